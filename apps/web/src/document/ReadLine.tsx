import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FaultView, MeasureView, StatementView } from '../api/api.ts'
import { useMay } from '../account/session.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useLanguage } from '../language/use-language.ts'
import type { Task } from '../measure/MeasureEditor.tsx'
import { parameterName, parameterValue } from '../measure/parameter.ts'
import { isUnconfirmed } from '../register/register-view.ts'
import { Fault } from './Faults.tsx'

/** One statement, its faults below it, and what it means beside it. */
export function ReadLine({
  statement,
  faults,
  unfolded,
  stop,
  opened,
  busy,
  onStand,
  onConfirm,
}: {
  statement: StatementView
  faults: readonly FaultView[] | undefined
  /** Whether the faults say at once why and what to write. */
  unfolded: boolean
  /** The line that Tab comes to. */
  stop: boolean
  opened: boolean
  busy: boolean
  onStand: (id: string, task?: Task) => void
  onConfirm: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const { measure } = statement
  const parameters = Object.entries(statement.parameters)
  const text = (
    <div role="gridcell" className="line-text">
      <p className={measure === null || measure.ignored === null ? undefined : 'set-aside'}>{statement.text}</p>
      {measure === null || (statement.status === 'in-place' && parameters.length === 0) ? null : (
        <p className="note quiet" lang={i18n.language}>
          {[
            ...(statement.status === 'in-place' ? [] : [t(`status.${statement.status}`)]),
            ...parameters.map(([name, value]) => `${parameterName(name, t)}: ${parameterValue(value, language)}`),
          ].join(' · ')}
        </p>
      )}
      {faults ? (
        <ul className="faults">
          {faults.map((fault, position) => (
            <Fault key={`${fault.rule} ${position} ${unfolded}`} fault={fault} unfolded={unfolded} />
          ))}
        </ul>
      ) : null}
    </div>
  )
  if (measure === null) {
    return (
      <div role="row" className="line line-plain">
        {text}
      </div>
    )
  }
  return (
    <div
      role="row"
      id={`line-${statement.id}`}
      className="line line-read"
      data-opened={opened}
      tabIndex={stop ? 0 : -1}
      aria-keyshortcuts="c e s m i j k"
    >
      {text}
      <Meaning statement={statement} measure={measure} busy={busy} onStand={onStand} onConfirm={onConfirm} />
    </div>
  )
}

function Meaning({
  statement,
  measure,
  busy,
  onStand,
  onConfirm,
}: {
  statement: StatementView
  measure: MeasureView
  busy: boolean
  onStand: (id: string, task?: Task) => void
  onConfirm: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const mayConfirm = useMay('mapping:confirm')
  const mayWrite = useMay('register:write')
  const open = isUnconfirmed(measure)
  return (
    <div role="gridcell" className="meaning" lang={i18n.language}>
      {measure.ignored === null && measure.parts.length > 0 ? (
        <ul>
          {measure.parts.map(({ catalogueId }) => (
            <li key={catalogueId}>{measureTitle(catalogueId, language)}</li>
          ))}
        </ul>
      ) : null}
      <div className="meaning-foot">
        {measure.ignored === null ? (
          <span className={`note ${certaintyTone(statement, measure)}`}>
            <span className="glyph" aria-hidden>
              {measure.parts.length === 0 ? '△' : open ? (statement.sure ? '○' : '△') : '●'}
            </span>
            {t(`read.certainty.${certainty(statement, measure)}`)}
          </span>
        ) : (
          <span className="note quiet">{t('read.setAside', { reason: measure.ignored })}</span>
        )}
        {mayConfirm && open && measure.ignored === null ? (
          <Button size="compact-xs" loading={busy} onClick={() => onConfirm(statement.id)}>
            {t('read.confirm')}
          </Button>
        ) : null}
        {mayWrite ? (
          <button
            type="button"
            className="text-button"
            aria-label={t('read.changeLine', { text: statement.text })}
            onClick={() => onStand(statement.id, 'change')}
          >
            {t('read.change')}
          </button>
        ) : null}
      </div>
    </div>
  )
}

type Certainty = 'none' | 'sure' | 'unsure' | 'person' | 'release'

function certainty(statement: StatementView, measure: MeasureView): Certainty {
  if (measure.parts.length === 0) return 'none'
  if (isUnconfirmed(measure)) return statement.sure ? 'sure' : 'unsure'
  return measure.parts.every((part) => part.confirmedBy === 'release') ? 'release' : 'person'
}

function certaintyTone(statement: StatementView, measure: MeasureView): string {
  const which = certainty(statement, measure)
  return which === 'none' || which === 'unsure' ? 'waiting' : which === 'sure' ? 'quiet' : 'vouched'
}
