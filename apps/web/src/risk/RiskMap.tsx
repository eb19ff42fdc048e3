import { useTranslation } from 'react-i18next'
import type { RiskView } from '../api/api.ts'
import { levelOf, steps, toneOf } from './level.ts'
import './risk.css'

/** How many risks stand where, before and after the measures. */
export function RiskMaps({ risks }: { risks: readonly RiskView[] }) {
  return (
    <div className="risk-maps">
      <RiskMap risks={risks} when="before" />
      <RiskMap risks={risks} when="after" />
    </div>
  )
}

function RiskMap({ risks, when }: { risks: readonly RiskView[]; when: 'before' | 'after' }) {
  const { t } = useTranslation()
  const countAt = (likelihood: number, severity: number) =>
    risks.filter(({ [when]: at }) => at.likelihood === likelihood && at.severity === severity).length
  return (
    <table className="risk-map">
      <caption>{t(`risk.map.${when}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('risk.severityUp')}</th>
          {steps.map((likelihood) => (
            <th key={likelihood} scope="col">
              {likelihood}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.toReversed().map((severity) => (
          <tr key={severity}>
            <th scope="row">{severity}</th>
            {steps.map((likelihood) => {
              const level = levelOf({ likelihood, severity })
              return (
                <td key={likelihood} className={toneOf[level]}>
                  <strong>{countAt(likelihood, severity) || ''}</strong>
                  <span>{t(`risk.level.${level}`)}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th colSpan={5}>{t('risk.likelihoodRight')}</th>
        </tr>
      </tfoot>
    </table>
  )
}
