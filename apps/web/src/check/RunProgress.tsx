import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RunView } from '../api/api.ts'
import { keyOf, useTenant } from '../api/use-api.ts'
import { useStream } from '../api/use-stream.ts'
import { Sign } from '../frame/Sign.tsx'
import { OutcomeTally } from './OutcomeTally.tsx'
import { useConnectorTitle } from './connector.ts'
import { outcomeSigns } from './outcome-sign.ts'

/** A run as it goes on. One can leave the page and come back: the run does not depend on it. */
export function RunProgress({ runId }: { runId: string }) {
  const { t } = useTranslation()
  const tenant = useTenant()
  const client = useQueryClient()
  const connectorTitle = useConnectorTitle()
  const run = useStream<RunView>(tenant, 'run.watch', { runId }, () => {
    for (const read of ['connection.list', 'outcome.list', 'finding.list', 'register.show'] as const) {
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
      <h2 id="run">{t(run?.state === 'interrupted' ? 'run.interrupted' : run?.done ? 'run.done' : 'run.going')}</h2>
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
        </>
      ) : null}
    </section>
  )
}
