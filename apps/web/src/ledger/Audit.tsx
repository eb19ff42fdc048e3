import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { count } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Computes the stored ledger again when somebody asks, and names each place that does not fit. */
export function Audit() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asked, setAsked] = useState(false)
  const read = useRead('ledger.audit', {}, { enabled: asked })
  return (
    <section className="section" aria-labelledby="audit">
      <h2 id="audit">{t('ledger.audit.title')}</h2>
      <Stack gap="sm">
        <p>{t('ledger.audit.text')}</p>
        <p>
          <Button
            variant="default"
            loading={asked && read.isFetching}
            onClick={() => {
              if (asked) void read.refetch()
              else setAsked(true)
            }}
          >
            {t('ledger.audit.start')}
          </Button>
        </p>
        {asked ? (
          <Loaded read={read}>
            {({ size, heads, tiles, contents, erased, faults }) => (
              <div aria-live="polite">
                <p>
                  {faults.length === 0 ? t('ledger.audit.fits') : t('ledger.audit.broken', { count: faults.length })}{' '}
                  {t('ledger.audit.looked', {
                    size: count(size, language),
                    heads: count(heads, language),
                    tiles: count(tiles, language),
                    contents: count(contents, language),
                    erased: count(erased, language),
                  })}
                </p>
                <ul className="subjects">
                  {faults.map(({ kind, place, say }, index) => (
                    <li key={`${place} ${index}`}>
                      <code>{place}</code>: {t(`ledger.audit.kind.${kind}`)}
                      {language === 'en' ? <span className="note quiet"> {say}</span> : null}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </Loaded>
        ) : null}
        <p className="quiet">{t('ledger.audit.limit')}</p>
      </Stack>
    </section>
  )
}
