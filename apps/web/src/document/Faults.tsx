import { useTranslation } from 'react-i18next'
import { documentRules } from '@art32/catalogue'
import type { FaultView } from '../api/api.ts'
import { useLanguage } from '../language/use-language.ts'

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
          <Fault key={`${fault.rule} ${position}`} fault={fault} unfolded />
        ))}
      </ul>
    </details>
  )
}

/** One fault, beside its line or in the list of those of the whole document; unfolded, it says why and what to write. */
export function Fault({ fault, unfolded }: { fault: FaultView; unfolded: boolean }) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const tone = fault.level === 'error' ? 'bad' : fault.level === 'warning' ? 'waiting' : 'quiet'
  const title = documentRules.find(({ id }) => id === fault.rule)?.title[language] ?? fault.rule
  return (
    <li className="fault">
      <details open={unfolded}>
        <summary>
          <span className={`glyph ${tone}`} role="img" aria-label={t(`fault.level.${fault.level}`)}>
            {fault.level === 'error' ? '▲' : fault.level === 'warning' ? '△' : '○'}
          </span>
          <span>
            <span lang={i18n.language}>{title}</span>
            {fault.text === '' ? null : (
              <>
                : <q>{fault.text}</q>
              </>
            )}
          </span>
        </summary>
        <p>
          {fault.why} <em>{fault.remedy}</em>
        </p>
      </details>
    </li>
  )
}
