import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { durationWord } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { kindKey } from './kind.ts'

/** What is offered; another length is set by the API. */
const offered = [3, 6, 12, 24, 36, 48, 60, 72, 120]

/** How long files are kept, by the kind of what they belong to. */
export function Periods({ kinds }: { kinds: Output<'file.search'>['kinds'] }) {
  const { t } = useTranslation()
  const mayChange = useMay('access:write')
  const changing = useChange('file.set_period', { stale: ['file.search'] })
  const word = useMonths()
  return (
    <section className="section" aria-labelledby="file-periods">
      <h2 id="file-periods">{t('file.periods')}</h2>
      <p>{t('file.periodsText')}</p>
      {mayChange ? (
        <div className="file-periods">
          {kinds.map(({ kind, months }) => (
            <NativeSelect
              key={kind}
              label={t(`file.kind.${kindKey(kind)}`)}
              value={months === null ? '' : String(months)}
              onChange={(event) => {
                const { value } = event.currentTarget
                changing.mutate({ kind, months: value === '' ? null : Number(value) })
              }}
              data={[
                { value: '', label: t('file.withIt') },
                ...[...new Set([...offered, ...(months === null ? [] : [months])])]
                  .toSorted((a, b) => a - b)
                  .map((one) => ({ value: String(one), label: word(one) })),
              ]}
            />
          ))}
        </div>
      ) : (
        <ul className="sentences">
          {kinds.map(({ kind, months }) => (
            <li key={kind}>
              {t('file.periodOf', {
                kind: t(`file.kind.${kindKey(kind)}`),
                period: months === null ? t('file.withIt') : word(months),
              })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function useMonths(): (months: number) => string {
  const language = useLanguage()
  return (months) => durationWord(months % 12 === 0 ? `P${months / 12}Y` : `P${months}M`, language)
}
