import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMembership } from '../account/session.ts'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Site } from './Site.tsx'
import { Subscribers } from './Subscribers.tsx'
import './public-page.css'

/** Where the public page lives, and who follows it. */
export function PublicPage() {
  const { t } = useTranslation()
  const slug = useMembership()?.slug ?? ''
  const shown = useRead('site.show', {})
  return (
    <Page
      title={t('publicPage.title')}
      over={
        <Link to="/t/$slug/editions" params={{ slug }}>
          {t('edition.title')}
        </Link>
      }
      lead={t('publicPage.lead')}
    >
      <Loaded read={shown}>
        {({ url, site }) => (
          <>
            <p className="public-address">
              <a href={url}>{url}</a>
            </p>
            <Site key={site?.domain ?? ''} site={site} />
          </>
        )}
      </Loaded>
      <Subscribers />
    </Page>
  )
}
