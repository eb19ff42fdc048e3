import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Certificates } from './Certificates.tsx'
import { Contact } from './Contact.tsx'
import { Documents } from './Documents.tsx'
import { Requests } from './Requests.tsx'
import { Terms } from './Terms.tsx'
import './public.css'

/** What stands on the public page beside the document, and who gets what is not public. */
export function PublicPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayDisclose = useMay('ledger:read')
  const profile = useRead('profile.show', {})
  const disclosure = useRead('disclosure.list', {}, { enabled: mayDisclose })
  return (
    <Page
      title={t('public.title')}
      lead={t('public.lead')}
      actions={<a href={`/trust/${encodeURIComponent(slug)}`}>{t('edition.publicPage')}</a>}
    >
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
    </Page>
  )
}
