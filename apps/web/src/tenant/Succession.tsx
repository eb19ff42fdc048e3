import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'

/** Somebody says that a ledger was restored: of a tenant, or without one of the installation. */
export function Succession({ slug }: { slug?: string }) {
  const { t } = useTranslation()
  const change = useInstallationChange('ledger.succeed', { quiet: true })
  return (
    <section className="section" aria-labelledby="succession">
      <h2 id="succession">{t('keyring.restored')}</h2>
      <p className="quiet">{t('keyring.restoredText')}</p>
      <div className="actions">
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(slug === undefined ? {} : { slug })}
        >
          {t('keyring.succeed')}
        </Button>
      </div>
      {change.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(change.error, t)}
        </p>
      ) : null}
      <p className="note quiet" role="status">
        {change.data ? t('keyring.succeeded', { origin: change.data.origin }) : ''}
      </p>
    </section>
  )
}
