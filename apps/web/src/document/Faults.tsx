import { useTranslation } from 'react-i18next'
import type { FaultView } from '../api/api.ts'

/** Faults of the document: what, why it matters, what to write instead. */
export function Faults({ faults }: { faults: readonly FaultView[] }) {
  const { t } = useTranslation()
  if (faults.length === 0) return null
  return (
    <details className="fold">
      <summary>
        <h2>{t('fault.whole')}</h2>
        <span className="quiet">{t('fault.count', { count: faults.length })}</span>
      </summary>
      <ul className="faults">
        {faults.map((fault, position) => (
          <Fault key={`${fault.rule} ${position}`} fault={fault} />
        ))}
      </ul>
    </details>
  )
}

/** One fault, beside its line or in the list of those of the whole document. */
export function Fault({ fault }: { fault: FaultView }) {
  const { t } = useTranslation()
  const tone = fault.level === 'error' ? 'bad' : fault.level === 'warning' ? 'waiting' : 'quiet'
  return (
    <li className="fault">
      <span className={`glyph ${tone}`} role="img" aria-label={t(`fault.level.${fault.level}`)}>
        {fault.level === 'error' ? '▲' : fault.level === 'warning' ? '△' : '○'}
      </span>
      <span>
        {fault.text === '' ? null : <q>{fault.text}</q>} {fault.why} <em>{fault.remedy}</em>
      </span>
    </li>
  )
}
