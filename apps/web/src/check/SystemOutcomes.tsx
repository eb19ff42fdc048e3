import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../api/api.ts'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Sign } from '../frame/Sign.tsx'
import { OutcomeDetail } from './OutcomeDetail.tsx'
import { byWorst, outcomeSigns } from './outcome-sign.ts'
import { reasonWord } from './reason.ts'
import { useCheckTitle } from './use-checks.ts'

/** What was last judged of a system, the worst first; each opens. */
export function SystemOutcomes({
  systemId,
  only = () => true,
}: {
  systemId: string
  /** Of a system with several connections, those of one. */
  only?: (outcome: OutcomeView) => boolean
}) {
  const { t } = useTranslation()
  const title = useCheckTitle()
  const read = useRead('outcome.list', { systemId })
  return (
    <Loaded read={read}>
      {({ outcomes }) => {
        const own = outcomes.filter(only)
        if (own.length === 0) return <p className="quiet row-below">{t('systems.noOutcomes')}</p>
        return (
          <ul className="outcomes row-below">
            {byWorst(own).map((outcome) => (
              <li key={outcome.id}>
                <details>
                  <summary>
                    <Sign sign={outcomeSigns[outcome.state]} />
                    <span>
                      {title(outcome.check)}
                      {outcome.reason === null ? null : (
                        <span className="quiet"> – {reasonWord(outcome.reason, t)}</span>
                      )}
                    </span>
                  </summary>
                  <OutcomeDetail outcome={outcome} />
                </details>
              </li>
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}
