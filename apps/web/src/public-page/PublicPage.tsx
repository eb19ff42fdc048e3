import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay, useMembership } from '../account/session.ts'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Certificates } from './Certificates.tsx'
import { Contact } from './Contact.tsx'
import { Documents } from './Documents.tsx'
import { Requests } from './Requests.tsx'
import { Site } from './Site.tsx'
import { Subscribers } from './Subscribers.tsx'
import { Terms } from './Terms.tsx'
import './public-page.css'

/** Where the public page lives, what stands on it beside the document, who gets what is not public, and who follows it. */
export function PublicPage() {
  const { t } = useTranslation()
  const slug = useMembership()?.slug ?? ''
  const mayDisclose = useMay('ledger:read')
  const shown = useRead('site.show', {})
  const profile = useRead('profile.show', {})
  const disclosure = useRead('disclosure.list', {}, { enabled: mayDisclose })
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
        {({ url }) => (
          <p className="public-address">
            <a href={url}>{url}</a>
          </p>
        )}
      </Loaded>
      {mayDisclose ? (
        <Loaded read={disclosure}>
          {({ requests, documents, terms }) => (
            <>
              <Requests requests={requests} documents={documents} />
              <Documents documents={documents} />
              <Terms terms={terms} />
            </>
          )}
        </Loaded>
      ) : null}
      <Loaded read={profile}>
        {({ contact, certificates }) => (
          <>
            <Certificates certificates={certificates} />
            <Contact contact={contact} />
          </>
        )}
      </Loaded>
      <Loaded read={shown}>{({ site }) => <Site key={site?.domain ?? ''} site={site} />}</Loaded>
      <Subscribers />
    </Page>
  )
}
