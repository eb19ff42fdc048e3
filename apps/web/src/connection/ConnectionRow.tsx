import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionView } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { OutcomeTally } from '../check/OutcomeTally.tsx'
import { useConnectorTitle } from '../check/connector.ts'
import { reasonWord } from '../check/reason.ts'
import { SystemOutcomes } from '../check/SystemOutcomes.tsx'
import { useChecks } from '../check/use-checks.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { HistoryButton } from '../history/History.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { cadenceWord } from '../measure/cadence.ts'
import { DrillKeys } from './DrillKeys.tsx'
import { EnterSettings } from './EnterSettings.tsx'

/** One connection: where it looks, when it last could, what came out, and what can be done with it. */
export function ConnectionRow({
  connection,
  onRun,
  mayChange,
}: {
  connection: ConnectionView
  onRun: (() => void) | null
  mayChange: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const connectorTitle = useConnectorTitle()
  const [opened, setOpened] = useState(false)
  const [asking, setAsking] = useState(false)
  const pausing = useChange('connection.pause', { stale: ['connection.list'] })
  const removing = useChange('connection.remove', {
    stale: ['connection.list', 'system.list'],
    onDone: () => setAsking(false),
  })
  const { last } = connection
  return (
    <li className="row row-open">
      <div className="row-main">
        <h3 className="row-title">
          <span className="connector">{connectorTitle(connection.connector)}</span>{' '}
          {connection.target === connection.systemName ? null : <code>{connection.target}</code>}
        </h3>
        <p className="note quiet">
          {last === null ? (
            t('systems.never')
          ) : last.read === 'ok' ? (
            t('systems.lookedAt', { at: moment(last.at, language) })
          ) : (
            <span className="waiting">
              <span aria-hidden>△ </span>
              {t('systems.couldNot', { at: moment(last.at, language), why: reasonWord(last.why ?? '', t) })}
            </span>
          )}
          {' · '}
          {connection.enterAgain
            ? t('systems.enterAgain')
            : connection.paused
              ? t('systems.paused')
              : connection.nextAt === null
                ? cadenceWord(connection.every, t)
                : t('systems.next', { at: moment(connection.nextAt, language) })}
        </p>
        <OutcomeTally counts={connection.counts} />
      </div>
      <div className="row-actions">
        {onRun && !connection.paused ? (
          <Button size="compact-xs" onClick={onRun} aria-label={t('systems.runOne', { target: connection.target })}>
            {t('systems.run')}
          </Button>
        ) : null}
        <button type="button" className="text-button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'systems.hideOutcomes' : 'systems.outcomes')}
        </button>
        <HistoryButton id={connection.id} name={connection.target} />
        {connection.connector === 'drill' ? <DrillKeys connection={connection} mayChange={mayChange} /> : null}
        {mayChange ? (
          <>
            <button
              type="button"
              className="text-button"
              disabled={pausing.isPending || connection.enterAgain}
              onClick={() => pausing.mutate({ connectionId: connection.id, paused: !connection.paused })}
            >
              {t(connection.paused ? 'systems.resume' : 'systems.pause')}
            </button>
            <EnterSettings connection={connection} />
            <button type="button" className="text-button" onClick={() => setAsking(true)}>
              {t('systems.remove')}
            </button>
          </>
        ) : null}
      </div>
      {opened ? <Outcomes connection={connection} /> : null}
      <Dialog title={t('systems.removeTitle')} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('systems.removeText', { target: connection.target })}</p>
        <div className="actions">
          <Button
            color="bad"
            variant="filled"
            loading={removing.isPending}
            onClick={() => removing.mutate({ connectionId: connection.id })}
          >
            {t('systems.remove')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </li>
  )
}

function Outcomes({ connection }: { connection: ConnectionView }) {
  const checks = useChecks()
  const { connector } = connection
  return (
    <SystemOutcomes
      systemId={connection.systemId}
      only={({ check }) => checks.get(check)?.connectors.includes(connector) ?? true}
    />
  )
}
