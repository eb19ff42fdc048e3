import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import type { People } from './DutyForm.tsx'
import '../history/history.css'

const stale = ['absence.list', 'duty.calendar'] as const

/** Who is absent, and the caller's own link for a calendar. */
export function Away({ today, people }: { today: string; people: People }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const maySign = useMay('duty:sign')
  const read = useRead('absence.list', {})
  const removing = useChange('absence.remove', { stale })
  return (
    <section className="section" aria-labelledby="absences">
      <h2 id="absences">{t('duty.absences')}</h2>
      <p className="quiet">{t('duty.absencesLead')}</p>
      <Loaded read={read}>
        {({ absences, hasFeed }) => (
          <>
            <ul className="rows">
              {absences.map((one) => (
                <li key={one.absenceId} className="row">
                  <div className="row-main">
                    {t('duty.absentFrom', {
                      name: one.name,
                      from: day(one.from, language),
                      until: day(one.until, language),
                    })}
                  </div>
                  <div className="row-actions">
                    {one.isOwn || mayWrite ? (
                      <button
                        type="button"
                        className="text-button"
                        aria-label={t('duty.removeAbsenceOf', { name: one.name })}
                        onClick={() => removing.mutate({ absenceId: one.absenceId })}
                      >
                        {t('duty.removeAbsence')}
                      </button>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
            {maySign ? <AddAbsence today={today} people={mayWrite ? people : []} /> : null}
            {maySign ? <Feed hasFeed={hasFeed} /> : null}
          </>
        )}
      </Loaded>
    </section>
  )
}

/** @param people  whom the caller may say it of besides themselves */
function AddAbsence({ today, people }: { today: string; people: People }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(today)
  const [who, setWho] = useState('')
  const adding = useChange('absence.add', { stale, quiet: true })
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ from, until, ...(who === '' ? {} : { accountId: who }) })
      }}
    >
      {people.length === 0 ? null : (
        <NativeSelect
          label={t('duty.who')}
          value={who}
          data={[
            { value: '', label: t('duty.myself') },
            ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
          ]}
          onChange={(event) => setWho(event.currentTarget.value)}
        />
      )}
      <TextInput
        type="date"
        required
        label={t('duty.from')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        required
        label={t('duty.until')}
        value={until}
        error={adding.error ? sentenceOf(adding.error, t) : null}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" loading={adding.isPending}>
        {t(who === '' ? 'duty.iAmAway' : 'duty.isAway')}
      </Button>
    </form>
  )
}

function Feed({ hasFeed }: { hasFeed: boolean }) {
  const { t } = useTranslation()
  const [url, setUrl] = useState<string | null>(null)
  const making = useChange('calendar.link', { stale, onDone: (made) => setUrl(made.url) })
  const revoking = useChange('calendar.unlink', { stale, onDone: () => setUrl(null) })
  return (
    <>
      <h3>{t('duty.feed')}</h3>
      <p className="quiet">{t('duty.feedLead')}</p>
      {url === null ? null : <TextInput readOnly label={t('duty.feedOnce')} value={url} />}
      <div className="actions">
        <Button loading={making.isPending} onClick={() => making.mutate({})}>
          {t(hasFeed ? 'duty.feedAgain' : 'duty.feedMake')}
        </Button>
        {hasFeed ? (
          <Button loading={revoking.isPending} onClick={() => revoking.mutate({})}>
            {t('duty.feedRevoke')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
