import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionView } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { CheckList } from '../check/CheckList.tsx'
import { RunProgress } from '../check/RunProgress.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { AddConnection } from './AddConnection.tsx'
import { ConnectVendor } from './ConnectVendor.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import { environmentOf, environments } from './environment.ts'
import type { Environment } from './environment.ts'
import { MoveSystem } from './MoveSystem.tsx'
import { SystemTabs } from './SystemTabs.tsx'
import '../register/register.css'
import './connection.css'

/** The systems that can be looked at, what was last seen there, and the checks that look. */
export function SystemsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/t/$slug/systems' })
  const { run } = useSearch({ from: '/signed-in/t/$slug/systems' })
  const connections = useRead('connection.list', {})
  const mayRun = useMay('check:run')
  const mayConnect = useMay('connection:write')
  const running = useChange('check.run', {
    onDone: ({ runId }) => void navigate({ search: (search) => ({ ...search, run: runId }) }),
  })
  const [shown, setShown] = useState<Environment | 'all'>('all')
  const isShown = ({ environment }: ConnectionView) => shown === 'all' || environment === shown
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
      {run === undefined ? null : <RunProgress key={run} runId={run} />}
      <Loaded read={connections}>
        {({ connections }) => (
          <>
            {connections.length === 0 ? (
              <p>{t('systems.none')}</p>
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
                  {system.name} <HistoryButton id={system.id} name={system.name} />
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
          </>
        )}
      </Loaded>
      {mayConnect ? <AddConnection /> : null}
      {mayConnect ? <ConnectVendor /> : null}
      <CheckList />
    </Page>
  )
}

type SystemView = { readonly id: string; readonly name: string; readonly environment: Environment }

function bySystem(connections: readonly ConnectionView[]): [SystemView, ConnectionView[]][] {
  return [...Map.groupBy(connections, ({ systemId }) => systemId)].map(([id, all]) => [
    { id, name: all[0]?.systemName ?? id, environment: all[0]?.environment ?? 'production' },
    all,
  ])
}
