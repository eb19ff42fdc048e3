import { useTranslation } from 'react-i18next'

/** Shown only when an answer takes longer than a moment, so that quick ones do not flicker. */
export function Loading() {
  const { t } = useTranslation()
  return (
    <p className="loading" role="status">
      {t('state.loading')}
    </p>
  )
}
