import { useTranslation } from 'react-i18next'
import type { LedgerHead } from '../api/api.ts'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Who else vouches for the log of the installation; that nobody does is said. */
export function Witnesses({ witnesses }: { witnesses: LedgerHead['instance']['witnesses'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div>
      <dt>{t('ledger.witnesses')}</dt>
      <dd>
        {witnesses.length === 0 ? t('ledger.witnessNone') : null}
        {witnesses.map(({ name, size, cosignedAt, problem }) => (
          <p key={name}>
            <code>{name}</code>{' '}
            {size === null || cosignedAt === null
              ? t('ledger.witnessNever')
              : t('ledger.witnessed', { size: count(size, language), time: moment(cosignedAt, language) })}
            {problem === null ? null : <> {t(`ledger.witnessProblem.${problem}`)}</>}
          </p>
        ))}
      </dd>
    </div>
  )
}
