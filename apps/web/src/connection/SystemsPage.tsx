import { Button } from '@mantine/core'
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
import { ConnectionRow } from './ConnectionRow.tsx'
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
  const look = (connectionIds?: string[]) => running.mutate(connectionIds ? { connectionIds } : {})
  const any = connections.data?.connections.some(({ paused }) => !paused) ?? false
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
      {run === undefined ? null : <RunProgress key={run} runId={run} />}
      <Loaded read={connections}>
        {({ connections }) => (
          <>
            {connections.length === 0 ? <p>{t('systems.none')}</p> : null}
            {bySystem(connections).map(([system, ofSystem]) => (
              <section key={system.id} className="section system">
                <h2>
                  {system.name} <HistoryButton id={system.id} name={system.name} />
                </h2>
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
      <CheckList />
    </Page>
  )
}

function bySystem(connections: readonly ConnectionView[]): [{ id: string; name: string }, ConnectionView[]][] {
  return [...Map.groupBy(connections, ({ systemId }) => systemId)].map(([id, all]) => [
    { id, name: all[0]?.systemName ?? id },
    all,
  ])
}
