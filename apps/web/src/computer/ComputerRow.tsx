import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComputerView } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { OutcomeTally } from '../check/OutcomeTally.tsx'
import { SystemOutcomes } from '../check/SystemOutcomes.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { HistoryButton } from '../history/History.tsx'
import { duration, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { NameComputer } from './NameComputer.tsx'
import { timeOff } from './order.ts'

/** One computer: what it is, when it last sent, what came out, and what can be done with it. */
export function ComputerRow({ computer, mayChange }: { computer: ComputerView; mayChange: boolean }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const pausing = useChange('connection.pause', { stale: ['computer.list', 'connection.list'] })
  return (
    <li className="row row-open">
      <div className="row-main">
        <h3 className="row-title">
          {computer.name} {computer.declared ? null : <span className="computer-new">{t('computers.new')}</span>}
        </h3>
        <p className="note quiet">
          <Sent computer={computer} />
        </p>
        {computer.stale === 0 ? null : (
          <p className="note waiting">
            <span aria-hidden>△ </span>
            {t('computers.stale', { count: computer.stale })}
          </p>
        )}
        <OutcomeTally counts={computer.counts} />
      </div>
      <div className="row-actions">
        <button type="button" className="text-button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'systems.hideOutcomes' : 'systems.outcomes')}
        </button>
        <HistoryButton id={computer.systemId} name={computer.name} />
        {mayChange ? (
          <>
            <NameComputer computer={computer} />
            <button
              type="button"
              className="text-button"
              disabled={pausing.isPending}
              onClick={() => pausing.mutate({ connectionId: computer.connectionId, paused: !computer.paused })}
            >
              {t(computer.paused ? 'systems.resume' : 'systems.pause')}
            </button>
            <Remove computer={computer} />
          </>
        ) : null}
      </div>
      {opened ? <SystemOutcomes systemId={computer.systemId} /> : null}
    </li>
  )
}

function Sent({ computer: { last, paused, computer } }: { computer: ComputerView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const off = last === null ? null : timeOff(last.skewSeconds)
  const parts = [
    last === null ? t('computers.never') : t('computers.sent', { at: moment(last.at, language), by: last.collector }),
    last?.system,
    off === null
      ? ''
      : t(off.isAhead ? 'computers.ahead' : 'computers.behind', { time: duration(off.count, off.unit, language) }),
    paused ? t('systems.paused') : '',
    t('computers.id', { id: computer.slice(0, 8) }),
  ]
  return <>{parts.filter((part) => part !== undefined && part !== '').join(' · ')}</>
}

function Remove({ computer }: { computer: ComputerView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useChange('connection.remove', {
    stale: ['computer.list', 'connection.list', 'system.list'],
    onDone: () => setAsking(false),
  })
  return (
    <>
      <button type="button" className="text-button" onClick={() => setAsking(true)}>
        {t('systems.remove')}
      </button>
      <Dialog title={t('computers.removeTitle')} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('computers.removeText', { name: computer.name })}</p>
        <div className="actions">
          <Button
            color="bad"
            variant="filled"
            loading={removing.isPending}
            onClick={() => removing.mutate({ connectionId: computer.connectionId })}
          >
            {t('systems.remove')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}
