import { useTranslation } from 'react-i18next'
import { Failure } from './Failure.tsx'
import { Page } from './Page.tsx'

/** A page that could not be shown at all. */
export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation()
  return (
    <Page title={t('error.title')}>
      <Failure error={error} retry={reset} />
    </Page>
  )
}
