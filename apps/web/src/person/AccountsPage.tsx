import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { SystemTabs } from '../connection/SystemTabs.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { AccountRow } from './AccountRow.tsx'
import { People } from './People.tsx'
import { accountKinds, kindFrom } from './account-kind.ts'
import './person.css'

type Accounts = Output<'holder.list'>

/** The accounts that looks saw, and whose they are. */
export function AccountsPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('holder.title')} lead={t('holder.lead')}>
      <SystemTabs />
      <AccountList />
      <People />
    </Page>
  )
}

function AccountList() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/t/$slug/accounts' })
  const search = useSearch({ from: '/signed-in/t/$slug/accounts' })
  const of = kindFrom(search.of)
  const [typed, setTyped] = useState('')
  const [systemId, setSystemId] = useState('')
  const [page, setPage] = useState(0)
  const read = useRead(
    'holder.list',
    {
      ...(of === undefined ? {} : { of }),
      ...(systemId === '' ? {} : { systemId }),
      ...(typed.trim() === '' ? {} : { find: typed.trim() }),
      page,
    },
    { keep: true },
  )
  const systems = useRead('system.list', {}).data?.systems ?? []
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  return (
    <Loaded read={read}>
      {(data) =>
        data.counts.all === 0 ? (
          <Nothing />
        ) : (
          <>
            <Kinds counts={data.counts} onChoose={() => setPage(0)} />
            <div className="account-filters">
              <TextInput
                type="search"
                label={t('holder.find')}
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  setPage(0)
                }}
              />
              <NativeSelect
                label={t('holder.system')}
                value={systemId}
                onChange={(event) => {
                  setSystemId(event.currentTarget.value)
                  setPage(0)
                }}
                data={[
                  { value: '', label: t('holder.everySystem') },
                  ...systems.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            </div>
            {data.accounts.length === 0 ? (
              <p>
                {t(of === undefined ? 'holder.notFound' : `holder.noneOf.${of}`)}{' '}
                {of === undefined ? null : (
                  <button type="button" className="text-button" onClick={() => void navigate({ search: {} })}>
                    {t('holder.showAll')}
                  </button>
                )}
              </p>
            ) : null}
            <ul className="rows" aria-busy={read.isPlaceholderData}>
              {data.accounts.map((account) => (
                <AccountRow
                  key={`${account.systemId} ${account.account}`}
                  account={account}
                  names={names}
                  onNames={(found) => setNames((known) => ({ ...known, ...found }))}
                />
              ))}
            </ul>
            <Pager data={data} onPage={setPage} />
          </>
        )
      }
    </Loaded>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <p>
      {t('holder.none')}{' '}
      <Link to="/t/$slug/systems" params={{ slug }}>
        {t('holder.connect')}
      </Link>
    </p>
  )
}

function Kinds({ counts, onChoose }: { counts: Accounts['counts']; onChoose: () => void }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <nav className="tabs" aria-label={t('holder.which')}>
      <Link
        to="/t/$slug/accounts"
        params={{ slug }}
        search={{}}
        onClick={onChoose}
        activeOptions={{ exact: true, explicitUndefined: true }}
      >
        {t('holder.kind.all', { count: counts.all })}
      </Link>
      {accountKinds.map((of) => (
        <Link
          key={of}
          to="/t/$slug/accounts"
          params={{ slug }}
          search={{ of }}
          onClick={onChoose}
          activeOptions={{ exact: true }}
        >
          {t(`holder.kind.${of}`, { count: counts[of] })}
        </Link>
      ))}
    </nav>
  )
}

function Pager({ data: { page, pages, found }, onPage }: { data: Accounts; onPage: (page: number) => void }) {
  const { t } = useTranslation()
  if (pages < 2) return null
  return (
    <nav className="pager" aria-label={t('holder.pages')}>
      <Button size="compact-sm" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('holder.before')}
      </Button>
      <span className="note quiet">{t('holder.page', { page: page + 1, pages, found })}</span>
      <Button size="compact-sm" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        {t('holder.next')}
      </Button>
    </nav>
  )
}
