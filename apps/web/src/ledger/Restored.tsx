import { useTranslation } from 'react-i18next'
import type { LedgerHead } from '../api/api.ts'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Which log this one continues after a restore, what was kept and what is lost; and every log before. */
export function Restored({ restored, earlier }: Pick<LedgerHead, 'restored' | 'earlier'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      {restored === null ? null : (
        <div>
          <dt>{t('ledger.restored')}</dt>
          <dd>
            <p>
              {restored.kept === null
                ? t('ledger.restoredNothing', { time: moment(restored.at, language) })
                : t('ledger.restoredKept', {
                    time: moment(restored.at, language),
                    size: count(restored.kept.size, language),
                    origin: restored.kept.origin,
                  })}
            </p>
            {restored.lost.map(({ origin, size }) => (
              <p key={origin ?? ''}>
                {origin === null || size === null
                  ? t('ledger.lostUnknown')
                  : t('ledger.lost', { size: count(size, language), origin })}
              </p>
            ))}
          </dd>
        </div>
      )}
      {earlier.length === 0 ? null : (
        <div>
          <dt>{t('ledger.earlier')}</dt>
          <dd>
            {earlier.map(({ origin, size }) => (
              <p key={origin}>{t('ledger.earlierOne', { origin, size: count(size, language) })}</p>
            ))}
          </dd>
        </div>
      )}
    </>
  )
}
