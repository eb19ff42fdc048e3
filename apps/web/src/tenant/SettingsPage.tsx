import { useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembership, whoami } from '../account/session.ts'
import { SignInOutcome } from '../account/SignInOutcome.tsx'
import { certificateAddress } from '../api/request.ts'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { TenantDeletions } from './Deletions.tsx'
import { Delete } from './Delete.tsx'
import { Export } from './Export.tsx'
import { Key } from './Key.tsx'
import { LedgerKey } from './LedgerKey.tsx'
import { Succession } from './Succession.tsx'
import { homeSlug } from './operator.ts'
import { OwnSignIn } from './OwnSignIn.tsx'
import { Rename } from './Rename.tsx'
import { RequireFactor } from './RequireFactor.tsx'

/** What an owner decides about the tenant itself. */
export function SettingsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const tenant = useMembership()
  const { 'sign-in': outcome } = useSearch({ strict: false })
  const [deleted, setDeleted] = useState<string | null>(null)
  if (deleted !== null) return <Deleted tenantId={deleted} />
  return (
    <Page title={t('tenant.title')} lead={t('tenant.lead')} long>
      <SignInOutcome outcome={outcome} />
      {tenant?.role === 'owner' ? (
        <>
          <section className="section" aria-labelledby="name">
            <h2 id="name">{t('tenants.name')}</h2>
            <Rename key={tenant.slug} slug={tenant.slug} name={tenant.name} />
            <div>
              <HistoryButton kind="tenant" name={tenant.name} />
            </div>
          </section>
          <section className="section" aria-labelledby="require-factor">
            <h2 id="require-factor">{t('factor.title')}</h2>
            <RequireFactor slug={tenant.slug} needsFactor={tenant.needsFactor} />
          </section>
          <OwnSignIn slug={tenant.slug} />
          <section className="section" aria-labelledby="export">
            <h2 id="export">{t('transfer.exportTitle')}</h2>
            <Export key={tenant.slug} slug={tenant.slug} />
          </section>
          <section className="section" aria-labelledby="deletions">
            <h2 id="deletions">{t('deletions.title')}</h2>
            <TenantDeletions />
          </section>
          <Key key={`key of ${tenant.slug}`} slug={tenant.slug} />
          <LedgerKey key={`ledger key of ${tenant.slug}`} slug={tenant.slug} />
          <Succession key={`succession of ${tenant.slug}`} slug={tenant.slug} />
          {tenant.slug === homeSlug ? null : (
            <section className="section" aria-labelledby="delete">
              <h2 id="delete">{t('deletion.title')}</h2>
              <Delete
                slug={tenant.slug}
                name={tenant.name}
                keep={
                  <>
                    <Link to="/t/$slug/editions" params={{ slug: tenant.slug }}>
                      {t('deletion.keep')}
                    </Link>
                    <Export slug={tenant.slug} />
                  </>
                }
                onDone={(tenantId) => {
                  setDeleted(tenantId)
                  void client.invalidateQueries({ queryKey: whoami.queryKey })
                }}
              />
            </section>
          )}
        </>
      ) : (
        <p>{t('tenant.ownersOnly')}</p>
      )}
    </Page>
  )
}

function Deleted({ tenantId }: { tenantId: string }) {
  const { t } = useTranslation()
  return (
    <Page title={t('deletion.done')} lead={t('deletion.doneLead')}>
      <p>
        <a href={certificateAddress(tenantId)} download={`${tenantId}.json`}>
          {t('deletion.certificate')}
        </a>
      </p>
      <p>
        <Link to="/tenants">{t('frame.tenants')}</Link>
      </p>
    </Page>
  )
}
