import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Files } from '../file/Files.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day, moment, plainValue } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { DutyForm } from './DutyForm.tsx'
import type { People } from './DutyForm.tsx'
import { dueSentence } from './DueList.tsx'
import { Downloads } from '../paper/Downloads.tsx'
import { Pager } from './Pager.tsx'
import { Reason } from './Reason.tsx'
import { rhythmWord, stale } from './rhythm.ts'
import type { DutyView } from './rhythm.ts'

/** Every duty with its owner and its figure, a page at a time; those that are over come last. */
export function Duties({ people, today }: { people: People; today: string }) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const [page, setPage] = useState(0)
  const read = useRead('duty.list', { find, page }, { keep: true })
  return (
    <section className="section" aria-labelledby="all-duties">
      <h2 id="all-duties">{t('duty.all')}</h2>
      <Loaded read={read}>
        {({ duties, found, pages }) => (
          <>
            {pages > 1 || find !== '' ? (
              <div className="filters">
                <TextInput
                  type="search"
                  label={t('duty.find')}
                  value={find}
                  maxLength={200}
                  onChange={(event) => {
                    setFind(event.currentTarget.value)
                    setPage(0)
                  }}
                />
                <p role="status" className="note quiet">
                  {t('duty.found', { count: found })}
                </p>
              </div>
            ) : null}
            <ul className="rows" aria-busy={read.isPlaceholderData}>
              {duties.map((duty) => (
                <DutyRow key={duty.dutyId} duty={duty} people={people} today={today} />
              ))}
            </ul>
            <Pager page={page} pages={pages} onPage={setPage} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function DutyRow({ duty, people, today }: { duty: DutyView; people: People; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write') && !duty.isRetired
  const [asking, setAsking] = useState<'show' | 'change' | 'retire' | null>(null)
  const retiring = useChange('duty.retire', { stale, onDone: () => setAsking(null) })
  const { title, figure, owner, ownerRole, deputy, dutyId } = duty
  const said = [
    duty.isRetired ? t('duty.isRetired') : rhythmWord(duty.rhythm, t, language),
    owner?.name ?? t(`role.${ownerRole ?? 'owner'}`),
    deputy === null ? null : t('duty.deputyIs', { name: deputy.name }),
    duty.fourEyes ? t('duty.fourEyes') : null,
    figure.counted === 0 ? t('duty.noFigure') : t('duty.figure', { onTime: figure.onTime, of: figure.counted }),
    figure.recordedLater === 0 ? null : t('duty.recordedLater', { count: figure.recordedLater }),
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{title}</h3>
        <p className="note quiet">{said.filter((one) => one !== null).join(' · ')}</p>
      </div>
      <div className="row-actions">
        <button
          type="button"
          className="text-button"
          aria-label={t('duty.showOf', { name: title })}
          onClick={() => setAsking('show')}
        >
          {t('duty.show')}
        </button>
        {mayWrite ? (
          <>
            <button
              type="button"
              className="text-button"
              aria-label={t('duty.changeOf', { name: title })}
              onClick={() => setAsking('change')}
            >
              {t('duty.change')}
            </button>
            <button
              type="button"
              className="text-button"
              aria-label={t('duty.retireOf', { name: title })}
              onClick={() => setAsking('retire')}
            >
              {t('duty.retire')}
            </button>
          </>
        ) : null}
      </div>
      <Dialog title={title} opened={asking === 'show'} onClose={() => setAsking(null)}>
        <Records dutyId={dutyId} />
      </Dialog>
      <Dialog title={t('duty.changeOf', { name: title })} opened={asking === 'change'} onClose={() => setAsking(null)}>
        <DutyForm duty={duty} people={people} today={today} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog title={t('duty.retireOf', { name: title })} opened={asking === 'retire'} onClose={() => setAsking(null)}>
        <Reason
          lead={t('duty.retireText')}
          action={t('duty.retire')}
          sending={retiring}
          onReason={(reason) => retiring.mutate({ dutyId, reason })}
        />
      </Dialog>
    </li>
  )
}

/** Each due day with its records: what the figure is made of. */
function Records({ dutyId }: { dutyId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead('duty.show', { dutyId })
  const mayWrite = useMay('register:write')
  const [taking, setTaking] = useState<string | null>(null)
  const withdrawing = useChange('duty.withdraw', { stale, onDone: () => setTaking(null) })
  return (
    <Loaded read={read}>
      {({ duty, occurrences, signOffs }) => {
        const gone = new Set(signOffs.flatMap(({ kind, ofId }) => (kind === 'withdrawn' ? (ofId ?? []) : [])))
        const confirmed = new Set(signOffs.flatMap(({ kind, ofId }) => (kind === 'given' ? (ofId ?? []) : [])))
        const labels = new Map(duty.form.map(({ id, label }) => [id, label]))
        const fileFields = new Set(duty.form.flatMap(({ id, kind }) => (kind === 'file' ? id : [])))
        return (
          <>
            {duty.instruction === '' ? null : <p>{duty.instruction}</p>}
            {occurrences.length === 0 ? (
              <p>{t('duty.noneYet')}</p>
            ) : (
              <Downloads
                operation="duty.record"
                input={{ dutyId }}
                formats={['pdf', 'docx', 'csv']}
                label={t('duty.takeRecord')}
              />
            )}
            <ul className="rows">
              {occurrences.map((one) => (
                <li key={one.occurrenceId} className="row">
                  <div className="row-main">
                    <h3 className="row-title">{one.label === '' ? day(one.dueOn, language) : one.label}</h3>
                    <p className="note quiet">{dueSentence(one, t, language)}</p>
                    {signOffs
                      .filter(({ occurrenceId }) => occurrenceId === one.occurrenceId)
                      .map((record) => (
                        <div key={record.signOffId} className="note">
                          <p>
                            {t(`duty.record.${record.kind}`, {
                              name: record.by ?? '–',
                              at: moment(record.at, language),
                              on: day(record.effectiveOn, language),
                            })}
                            {record.reason === '' ? null : ` ${record.reason}`}
                          </p>
                          {record.ofId === null
                            ? Object.entries(record.form)
                                .filter(([id]) => !fileFields.has(id))
                                .map(([id, value]) => (
                                  <p key={id} className="quiet">
                                    {labels.get(id) ?? id}: {valueWord(value, t)}
                                  </p>
                                ))
                            : null}
                          {record.ofId === null ? <Files files={record.files} /> : null}
                          {record.kind !== 'withdrawn' &&
                          !gone.has(record.signOffId) &&
                          !confirmed.has(record.signOffId) &&
                          (record.isOwn || mayWrite) ? (
                            <button
                              type="button"
                              className="text-button"
                              onClick={() => setTaking(taking === record.signOffId ? null : record.signOffId)}
                            >
                              {t('duty.withdraw')}
                            </button>
                          ) : null}
                          {taking === record.signOffId ? (
                            <Reason
                              lead={t('duty.withdrawText')}
                              action={t('duty.withdraw')}
                              sending={withdrawing}
                              onReason={(reason) => withdrawing.mutate({ signOffId: record.signOffId, reason })}
                            />
                          ) : null}
                        </div>
                      ))}
                  </div>
                </li>
              ))}
            </ul>
          </>
        )
      }}
    </Loaded>
  )
}

function valueWord(value: unknown, t: TFunction): string {
  return typeof value === 'boolean' ? t(value ? 'duty.yes' : 'duty.no') : plainValue(value)
}

/** Adds a duty of one's own. */
export function AddDuty({ people, today }: { people: People; today: string }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('duty.add')}</Button>
      <Dialog title={t('duty.add')} opened={asking} onClose={() => setAsking(false)}>
        <DutyForm people={people} today={today} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}
