import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Covered } from './Covered.tsx'
import { Figures } from './Figures.tsx'
import { ImportPeople } from './ImportPeople.tsx'
import { NewPerson } from './NewPerson.tsx'
import { workOf } from './record.ts'
import type { ListedPerson } from './record.ts'

const states = ['coming', 'here', 'leaving', 'left'] as const
const gaps = ['agreement', 'training', 'points', 'items'] as const

/** Everybody who works here, with what is missing of each. */
export function Everybody() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/t/$slug/people' })
  const search = useSearch({ from: '/signed-in/t/$slug/people' })
  const mayWrite = useMay('person:write')
  const [state, gap] = [states.find((one) => one === search.state), gaps.find((one) => one === search.gap)]
  const [typed, setTyped] = useState('')
  const [page, setPage] = useState(0)
  const [asking, setAsking] = useState<'add' | 'import' | null>(null)
  const read = useRead(
    'record.list',
    {
      ...(state === undefined ? {} : { state }),
      ...(gap === undefined ? {} : { gap }),
      ...(typed.trim() === '' ? {} : { find: typed.trim() }),
      page,
    },
    { keep: true },
  )
  const narrow = (change: { state?: string; gap?: string }) => {
    setPage(0)
    const both = { state: state ?? '', gap: gap ?? '', ...change }
    void navigate({
      search: Object.fromEntries(Object.entries(both).filter(([, value]) => value !== '')) as Record<string, string>,
      replace: true,
    })
  }
  return (
    <>
      <Figures />
      {mayWrite ? (
        <div className="actions">
          <Button onClick={() => setAsking('add')}>{t('record.add')}</Button>
          <Button onClick={() => setAsking('import')}>{t('record.import')}</Button>
        </div>
      ) : null}
      <Loaded read={read}>
        {(data) =>
          data.counts.all === 0 ? (
            <p>{t('record.none')}</p>
          ) : (
            <>
              <div className="record-filters">
                <TextInput
                  type="search"
                  label={t('record.find')}
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.currentTarget.value)
                    setPage(0)
                  }}
                />
                <NativeSelect
                  label={t('record.state')}
                  value={state ?? ''}
                  onChange={(event) => narrow({ state: event.currentTarget.value })}
                  data={[
                    { value: '', label: t('record.present') },
                    ...states.map((one) => ({
                      value: one,
                      label: `${t(`record.stateOf.${one}`)} (${data.counts[one]})`,
                    })),
                  ]}
                />
                <NativeSelect
                  label={t('record.gap')}
                  value={gap ?? ''}
                  onChange={(event) => narrow({ gap: event.currentTarget.value })}
                  data={[
                    { value: '', label: t('record.noGap') },
                    ...gaps.map((one) => ({ value: one, label: t(`record.gapOf.${one}`) })),
                  ]}
                />
              </div>
              {data.people.length === 0 ? <p>{t('record.notFound')}</p> : null}
              <ul className="rows" aria-busy={read.isPlaceholderData}>
                {data.people.map((person) => (
                  <PersonLine key={person.id} person={person} />
                ))}
              </ul>
              {data.pages < 2 ? null : (
                <nav className="pager" aria-label={t('record.pages')}>
                  <Button size="compact-sm" disabled={data.page === 0} onClick={() => setPage(data.page - 1)}>
                    {t('record.before')}
                  </Button>
                  <span className="note quiet">
                    {t('record.page', { page: data.page + 1, pages: data.pages, found: data.found })}
                  </span>
                  <Button
                    size="compact-sm"
                    disabled={data.page + 1 >= data.pages}
                    onClick={() => setPage(data.page + 1)}
                  >
                    {t('record.next')}
                  </Button>
                </nav>
              )}
              <Downloads
                operation="staff.export"
                input={{}}
                formats={['pdf', 'docx', 'csv']}
                label={t('record.exportCounts')}
              />
              <Downloads
                operation="staff.export"
                input={{ names: 'yes', left: 'yes' }}
                formats={['pdf', 'docx', 'csv']}
                label={t('record.exportNames')}
              />
            </>
          )
        }
      </Loaded>
      <Dialog title={t('record.add')} opened={asking === 'add'} onClose={() => setAsking(null)}>
        <NewPerson areas={read.data?.areas ?? []} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog title={t('record.import')} opened={asking === 'import'} onClose={() => setAsking(null)} side>
        <ImportPeople onDone={() => setAsking(null)} />
      </Dialog>
    </>
  )
}

function PersonLine({ person }: { person: ListedPerson }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { id, name, state, joinedOn, leftOn, agreement, training, overduePoints, openPoints, held } = person
  const when =
    state === 'coming' && joinedOn !== null
      ? t('record.comesOn', { day: day(joinedOn, language) })
      : leftOn === null
        ? null
        : t(state === 'left' ? 'record.leftOn' : 'record.leavesOn', { day: day(leftOn, language) })
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/people/$personId" params={{ slug, personId: id }}>
            {name}
          </Link>
        </h2>
        <p className="note quiet">
          {[workOf(person, t), when].filter((one) => one !== null && one !== '').join(' · ')}
        </p>
        <p className="note record-signs">
          <Covered coverage={agreement} of="agreement" />
          {training === null ? null : <Covered coverage={training} of="training" />}
          {overduePoints > 0 ? (
            <span className="bad">
              <span aria-hidden>▲ </span>
              {t('record.overduePoints', { count: overduePoints })}
            </span>
          ) : openPoints > 0 ? (
            <span className="quiet">{t('record.openPoints', { count: openPoints })}</span>
          ) : null}
          {held > 0 ? (
            <span className={state === 'left' ? 'bad' : 'quiet'}>
              {state === 'left' ? <span aria-hidden>▲ </span> : null}
              {t('record.held', { count: held })}
            </span>
          ) : null}
        </p>
      </div>
    </li>
  )
}
