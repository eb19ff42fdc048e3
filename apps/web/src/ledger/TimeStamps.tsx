import { useTranslation } from 'react-i18next'
import type { LedgerHead } from '../api/api.ts'
import { count, moment, span } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Whose clock vouches for the log of the installation; that nobody's does is said. */
export function TimeStamps({ timeStamps }: { timeStamps: LedgerHead['instance']['timeStamps'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const clockSays = ({ aheadMs, isApart }: { readonly aheadMs: number; readonly isApart: boolean }) =>
    isApart
      ? t(aheadMs > 0 ? 'ledger.clockAhead' : 'ledger.clockBehind', { span: span(Math.abs(aheadMs) / 1_000, language) })
      : t('ledger.clockAgrees')
  return (
    <div>
      <dt>{t('ledger.timeStamps')}</dt>
      <dd>
        {timeStamps === null ? (
          t('ledger.timeStampNone')
        ) : (
          <p>
            <code>{timeStamps.host}</code>{' '}
            {timeStamps.last === null
              ? t('ledger.timeStampNever')
              : t('ledger.timeStamped', {
                  authority: timeStamps.last.authority,
                  size: count(timeStamps.last.size, language),
                  time: moment(timeStamps.last.time, language),
                })}
            {timeStamps.last?.clock ? <> {clockSays(timeStamps.last.clock)}</> : null}
            {timeStamps.problem === null ? null : <> {t(`ledger.timeStampProblem.${timeStamps.problem}`)}</>}
          </p>
        )}
      </dd>
    </div>
  )
}
