import { useTranslation } from 'react-i18next'
import { useMembership } from '../account/session.ts'
import { Page } from '../frame/Page.tsx'
import { Rename } from './Rename.tsx'

/** What an owner decides about the tenant itself. */
export function SettingsPage() {
  const { t } = useTranslation()
  const tenant = useMembership()
  return (
    <Page title={t('tenant.title')} lead={t('tenant.lead')}>
      {tenant?.role === 'owner' ? (
        <section className="section">
          <h2>{t('tenants.name')}</h2>
          <Rename key={tenant.slug} slug={tenant.slug} name={tenant.name} />
        </section>
      ) : (
        <p>{t('tenant.ownersOnly')}</p>
      )}
    </Page>
  )
}
