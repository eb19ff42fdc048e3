import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunView } from '../api/api.ts'
import { keyOf, useChange, useTenant } from '../api/use-api.ts'
import { useStream } from '../api/use-stream.ts'
import { useMay } from '../account/session.ts'
import { Sign } from '../frame/Sign.tsx'
import { OutcomeTally } from './OutcomeTally.tsx'
import { useConnectorTitle } from './connector.ts'
import { outcomeSigns } from './outcome-sign.ts'

/** A run as it goes on. One can leave the page and come back: the run does not depend on it. */
export function RunProgress({ runId, onResume }: { runId: string; onResume: () => void }) {
  const { t } = useTranslation()
  const tenant = useTenant()
  const client = useQueryClient()
  const connectorTitle = useConnectorTitle()
  const run = useStream<RunView>(tenant, 'run.watch', { runId }, () => {
    for (const read of stale) {
      void client.invalidateQueries({ queryKey: keyOf(tenant, read) })
    }
  })
  if (run === 'broken') {
    return (
      <p className="aside-note" role="alert">
        {t('run.unknown')}
      </p>
    )
  }
  return (
    <section className="run" aria-labelledby="run">
      <h2 id="run">{t(run === null || !run.done ? 'run.going' : `run.${endOf(run.state)}`)}</h2>
      <p role="status">
        {run ? t('run.progress', { count: run.connections, finished: run.finished }) : t('run.waiting')}
      </p>
      <progress aria-labelledby="run" {...(run ? { max: Math.max(run.connections, 1), value: run.finished } : {})} />
      {run ? (
        <>
          <OutcomeTally counts={run.outcomes} />
          <ul className="run-lines">
            {run.lines.map((line) => (
              <li key={line.connectionId}>
                <span>
                  {line.systemName} <span className="quiet">{connectorTitle(line.connector)}</span>
                </span>
                {line.state === 'done' && line.worst !== null ? (
                  <Sign sign={outcomeSigns[line.worst]} />
                ) : (
                  <span className="quiet">{t(`run.state.${line.state}`)}</span>
                )}
              </li>
            ))}
          </ul>
          {run.done ? null : <p className="note quiet">{t('run.leave')}</p>}
          <RunActions run={run} onResume={onResume} />
        </>
      ) : null}
    </section>
  )
}

const stale = [
  'connection.list',
  'outcome.list',
  'finding.list',
  'register.show',
  'run.list',
  'fact.changes',
  'scope.list',
] as const

function endOf(state: RunView['state']): 'done' | 'interrupted' | 'cancelled' {
  return state === 'interrupted' || state === 'cancelled' ? state : 'done'
}

/** Cancels a run that goes on, and goes on with one that ended early: what was collected stays. */
function RunActions({ run, onResume }: { run: RunView; onResume: () => void }) {
  const { t } = useTranslation()
  const mayRun = useMay('check:run')
  const cancelling = useChange('run.cancel', { stale: ['run.list'] })
  const resuming = useChange('run.resume', { stale: ['run.list'], onDone: onResume })
  if (!mayRun || (run.done && !run.canResume)) return null
  return (
    <div className="actions">
      {run.done ? (
        <Button loading={resuming.isPending} onClick={() => resuming.mutate({ runId: run.runId })}>
          {t('run.resume', { count: run.connections - run.finished })}
        </Button>
      ) : (
        <Button loading={cancelling.isPending} onClick={() => cancelling.mutate({ runId: run.runId })}>
          {t('run.cancel')}
        </Button>
      )}
    </div>
  )
}
