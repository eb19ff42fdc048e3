import { NativeSelect, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tenantAddress } from '../api/request.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Events } from './History.tsx'

const kinds = [
  'access',
  'audit',
  'check',
  'comment',
  'connection',
  'document',
  'edition',
  'exception',
  'finding',
  'mapping',
  'measure',
  'statement',
  'system',
  'tenant',
] as const

interface Wanted {
  readonly id?: string
  readonly kind?: string
  readonly person?: string
  /** Days. */
  readonly from?: string
  readonly to?: string
}

/** The instants that the days of a filter mean: from the first moment of one to the last of the other. */
function query({ id, kind, person, from, to }: Wanted): Record<string, string> {
  const start = from === undefined ? null : new Date(`${from}T00:00:00`)
  const end = to === undefined ? null : new Date(`${to}T00:00:00`)
  end?.setDate(end.getDate() + 1)
  const instant = (date: Date | null) => (date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined)
  return Object.fromEntries(
    Object.entries({ id, kind, person, from: instant(start), to: instant(end) }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}

/** Everything that anybody changed, by person, kind and time. */
export function HistoryPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { before, ...wanted } = useSearch({ from: '/signed-in/t/$slug/history' })
  const filter = query(wanted)
  const read = useRead('history.list', { ...filter, ...(before === undefined ? {} : { before }) }, { keep: true })
  return (
    <Page
      title={t('history.whole')}
      lead={t('history.lead')}
      actions={
        <>
          {(['csv', 'json'] as const).map((format) => (
            <a key={format} href={tenantAddress(slug, 'history.export', { ...filter, format })} download>
              {t(`history.export.${format}`)}
            </a>
          ))}
        </>
      }
    >
      <Filters wanted={wanted} />
      <Loaded read={read}>
        {({ events, next }) => (
          <>
            {events.length === 0 ? <p>{t('history.noneFound')}</p> : <Events events={events} />}
            <nav className="pager" aria-label={t('history.pages')}>
              {before === undefined ? null : (
                <Link to="/t/$slug/history" params={{ slug }} search={wanted}>
                  {t('history.newest')}
                </Link>
              )}
              {next === null ? null : (
                <Link to="/t/$slug/history" params={{ slug }} search={{ ...wanted, before: next }}>
                  {t('history.older')}
                </Link>
              )}
            </nav>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Filters({ wanted }: { wanted: Wanted }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const members = useRead('access.list', {}).data?.members ?? []
  const choose = (change: { [K in keyof Wanted]?: string }) => {
    const search = Object.fromEntries(Object.entries({ ...wanted, ...change }).filter(([, value]) => value !== ''))
    void navigate({ to: '/t/$slug/history', params: { slug }, search, replace: true })
  }
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <NativeSelect
        label={t('history.person')}
        value={wanted.person ?? ''}
        onChange={(event) => choose({ person: event.currentTarget.value })}
        data={[
          { value: '', label: t('history.everybody') },
          ...members.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <NativeSelect
        label={t('history.kind')}
        value={wanted.kind ?? ''}
        onChange={(event) => choose({ kind: event.currentTarget.value })}
        data={[
          { value: '', label: t('history.everything') },
          ...kinds.map((kind) => ({ value: kind, label: t(`event.noun.${kind}`) })),
        ]}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`history.${end}`)}
          value={wanted[end] ?? ''}
          onChange={(event) => choose({ [end]: event.currentTarget.value })}
        />
      ))}
    </form>
  )
}
