import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionView } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { CheckList } from '../check/CheckList.tsx'
import { ExportOutcomes } from '../check/ExportOutcomes.tsx'
import { Outdated } from '../check/Outdated.tsx'
import { RunProgress } from '../check/RunProgress.tsx'
import { Runs } from '../check/Runs.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { AddConnection } from './AddConnection.tsx'
import { ConnectVendor } from './ConnectVendor.tsx'
import { ChangesLink } from './ChangesLink.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import { Discovered } from './Discovered.tsx'
import { environmentOf, environments } from './environment.ts'
import type { Environment } from './environment.ts'
import { MoveSystem } from './MoveSystem.tsx'
import { SystemTabs } from './SystemTabs.tsx'
import { homeSlug } from '../tenant/operator.ts'
import '../register/register.css'
import './connection.css'

/** The systems that can be looked at, what was last seen there, and the checks that look. */
export function SystemsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/t/$slug/systems' })
  const { run } = useSearch({ from: '/signed-in/t/$slug/systems' })
  const slug = useTenant()
  const connections = useRead('connection.list', {})
  const mayRun = useMay('check:run')
  const mayConnect = useMay('connection:write')
  const running = useChange('check.run', {
    onDone: ({ runId }) => void navigate({ search: (search) => ({ ...search, run: runId }) }),
  })
  const [again, setAgain] = useState(0)
  const [shown, setShown] = useState<Environment | 'all'>('all')
  // Computers have a page of their own.
  const isShown = ({ connector, environment }: ConnectionView) =>
    connector !== 'computer' && (shown === 'all' || environment === shown)
  const look = (connectionIds?: string[]) =>
    running.mutate(connectionIds ? { connectionIds } : { environments: shown === 'all' ? [...environments] : [shown] })
  const any = connections.data?.connections.some((one) => !one.paused && isShown(one)) ?? false
  return (
    <Page
      title={t('systems.title')}
      lead={t('systems.lead')}
      actions={
        mayRun && any ? (
          <Button variant="filled" loading={running.isPending} onClick={() => look()}>
            {t('systems.runAll')}
          </Button>
        ) : undefined
      }
    >
      <SystemTabs />
      {run === undefined ? null : (
        <RunProgress key={`${run} ${again}`} runId={run} onResume={() => setAgain(again + 1)} />
      )}
      <Runs shown={run} />
      <Outdated />
      <Loaded read={connections}>
        {({ connections }) => (
          <>
            {connections.length === 0 ? (
              <p>{t(slug === homeSlug ? 'systems.noneAtHome' : 'systems.none')}</p>
            ) : (
              <NativeSelect
                className="environment-filter"
                label={t('systems.shown')}
                value={shown}
                onChange={(event) =>
                  setShown(event.currentTarget.value === 'all' ? 'all' : environmentOf(event.currentTarget.value))
                }
                data={[
                  { value: 'all', label: t('systems.allEnvironments') },
                  ...environments.map((value) => ({ value, label: t(`systems.environments.${value}`) })),
                ]}
              />
            )}
            {connections.length > 0 && !connections.some(isShown) ? <p>{t('systems.noneHere')}</p> : null}
            {bySystem(connections.filter(isShown)).map(([system, ofSystem]) => (
              <section key={system.id} className="section system">
                <h2>
                  {system.name} <ChangesLink systemId={system.id} name={system.name} />{' '}
                  <HistoryButton id={system.id} name={system.name} />
                </h2>
                <div className="note quiet">
                  {t('systems.environment')}: {t(`systems.environments.${system.environment}`)}{' '}
                  {mayConnect ? (
                    <MoveSystem
                      key={system.environment}
                      systemId={system.id}
                      name={system.name}
                      from={system.environment}
                    />
                  ) : null}
                </div>
                <ul className="rows">
                  {ofSystem.map((connection) => (
                    <ConnectionRow
                      key={connection.id}
                      connection={connection}
                      onRun={mayRun ? () => look([connection.id]) : null}
                      mayChange={mayConnect}
                    />
                  ))}
                </ul>
              </section>
            ))}
            {connections.length > 0 ? <ExportOutcomes environment={shown === 'all' ? null : shown} /> : null}
          </>
        )}
      </Loaded>
      <Computers />
      <Discovered />
      {mayConnect ? <AddConnection /> : null}
      {mayConnect ? <ConnectVendor /> : null}
      <CheckList />
    </Page>
  )
}

/** How many computers send their facts, and the way to them. */
function Computers() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const read = useRead('computer.list', {})
  const computers = read.data?.computers ?? []
  const waiting = computers.filter(({ declared }) => !declared).length
  return (
    <section className="section" aria-labelledby="computers">
      <h2 id="computers">{t('computers.title')}</h2>
      <p>
        {computers.length === 0 ? t('computers.noneYet') : t('computers.count', { count: computers.length })}
        {waiting === 0 ? null : <> {t('computers.waiting', { count: waiting })}</>}{' '}
        <Link to="/t/$slug/computers" params={{ slug }}>
          {t('computers.open')}
        </Link>
      </p>
    </section>
  )
}

type SystemView = { readonly id: string; readonly name: string; readonly environment: Environment }

function bySystem(connections: readonly ConnectionView[]): [SystemView, ConnectionView[]][] {
  return [...Map.groupBy(connections, ({ systemId }) => systemId)].map(([id, all]) => [
    { id, name: all[0]?.systemName ?? id, environment: all[0]?.environment ?? 'production' },
    all,
  ])
}
