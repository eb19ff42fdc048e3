import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { keyOf } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** The witness that this installation is to others: what they set, and up to where it has cosigned their ledgers. */
export function Witnessed() {
  const { t } = useTranslation()
  const language = useLanguage()
  const shown = useQuery({
    queryKey: keyOf(null, 'witness.show'),
    queryFn: ({ signal }) => call('witness.show', {}, null, signal),
  })
  return (
    <section className="section" aria-labelledby="witnessed">
      <h2 id="witnessed">{t('witness.title')}</h2>
      <p className="note quiet">{t('witness.text')}</p>
      <Loaded read={shown}>
        {({ vkey, address, logs }) =>
          logs.length === 0 ? (
            <p>{t('witness.none')}</p>
          ) : (
            <>
              <p>{t('witness.set')}</p>
              <pre>
                {vkey} {address}
              </pre>
              <ul className="rows">
                {logs.map(({ origin, vkey: key, size, cosignedAt, conflict }) => (
                  <li key={key}>
                    <p>
                      <code>{origin}</code>
                    </p>
                    <p className="note quiet">
                      {size === null || cosignedAt === null
                        ? t('witness.unseen')
                        : t('witness.cosigned', { size: count(size, language), time: moment(cosignedAt, language) })}
                    </p>
                    {conflict === null ? null : (
                      <details>
                        <summary className="field-problem">
                          {t('witness.fork', { time: moment(conflict.at, language) })}
                        </summary>
                        <pre>{conflict.cosigned}</pre>
                        <pre>{conflict.other}</pre>
                      </details>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </section>
  )
}
