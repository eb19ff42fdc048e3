import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** How old a key is, and its change: of a tenant, or without one the master key of the installation. */
export function Key({ slug }: { slug?: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const input = slug === undefined ? {} : { slug }
  const queryKey = keyOf(null, 'keys.show', input)
  const shown = useQuery({ queryKey, queryFn: ({ signal }) => call('keys.show', input, null, signal) })
  const onDone = () => void client.invalidateQueries({ queryKey })
  const master = useInstallationChange('keys.rotate', { quiet: true, onDone })
  const own = useInstallationChange('keys.rotate_tenant', { quiet: true, onDone })
  const changing = slug === undefined ? master : own
  return (
    <section className="section" aria-labelledby="key">
      <h2 id="key">{t(slug === undefined ? 'keyring.master' : 'keyring.own')}</h2>
      <Loaded read={shown}>
        {(keys) => (
          <>
            {keys.master ? (
              <p>
                {t(`keyring.source.${keys.master.source}`)}{' '}
                {t('keyring.since', { day: day(keys.master.since, language) })}
              </p>
            ) : null}
            {keys.tenant ? (
              <p>
                {t('keyring.since', { day: day(keys.tenant.since, language) })}
                {keys.tenant.isRotating ? ` ${t('keyring.rotating')}` : ''}
              </p>
            ) : null}
          </>
        )}
      </Loaded>
      <p className="note quiet">{t('keyring.text')}</p>
      <div className="actions">
        <Button
          loading={changing.isPending}
          onClick={() => (slug === undefined ? master.mutate({}) : own.mutate({ slug }))}
        >
          {t('keyring.rotate')}
        </Button>
      </div>
      {changing.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(changing.error, t)}
        </p>
      ) : null}
      <p className="note quiet" role="status">
        {changing.data ? t('keyring.rotated', { count: changing.data.values }) : ''}
      </p>
    </section>
  )
}
