import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWhoami, whoami } from '../account/session.ts'
import type { ClosedTenantView, Output, TenantView } from '../api/api.ts'
import { call } from '../api/call.ts'
import { certificateAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { AskIn } from '../access/AskIn.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { MailTest } from '../notification/MailTest.tsx'
import { Backups } from './Backups.tsx'
import { InstallationDeletions } from './Deletions.tsx'
import { Delete } from './Delete.tsx'
import { Domains } from './Domains.tsx'
import { Import } from './Import.tsx'
import { Key } from './Key.tsx'
import { LedgerKey } from './LedgerKey.tsx'
import { Succession } from './Succession.tsx'
import { NewTenant } from './NewTenant.tsx'
import { Rename } from './Rename.tsx'
import { Witnessed } from './Witnessed.tsx'

/** All tenants of the installation, for whoever runs it. It shows nothing of what they hold. */
export function InstallationPage() {
  const { t } = useTranslation()
  const tenants = useQuery({
    queryKey: keyOf(null, 'tenant.list'),
    queryFn: ({ signal }) => call('tenant.list', {}, null, signal),
  })
  const lying = useQuery({
    queryKey: keyOf(null, 'placement.show'),
    queryFn: ({ signal }) => call('placement.show', {}, null, signal),
  })
  const places = new Map(lying.data?.tenants.map((place) => [place.slug, place]))
  return (
    <Page title={t('installation.title')} lead={t('installation.lead')} long>
      <Loaded read={tenants}>
        {({ tenants, closed }) => (
          <>
            <ul className="rows">
              {tenants.map((tenant) => (
                <Tenant key={tenant.slug} tenant={tenant} place={places.get(tenant.slug)} />
              ))}
            </ul>
            <NewTenant />
            <Import />
            <Domains tenants={tenants} />
            <MailTest />
            <Backups />
            <InstallationDeletions />
            <Closed closed={closed} />
            <Key />
            <LedgerKey />
            <Succession />
            <Witnessed />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Tenant({
  tenant,
  place,
}: {
  tenant: TenantView
  /** Where and how it lies; undefined: not known yet. */
  place: Output<'placement.show'>['tenants'][number] | undefined
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const [renaming, setRenaming] = useState(false)
  const { slug, name, state, isHome } = tenant
  const isMember = useWhoami()?.tenants.some((own) => own.slug === slug) ?? false
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          {isMember ? (
            <Link to="/t/$slug" params={{ slug }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <p className="note quiet">
          {slug} · {t(`installation.state.${state}`)} · {t('installation.since', { day: day(tenant.since, language) })}
          {place === undefined ? null : ` · ${t(`installation.lies.${place.layout}`)}`}
        </p>
        {isHome ? <p className="note quiet">{t('installation.isHome')}</p> : null}
      </div>
      <div className="row-actions">
        <Button size="compact-sm" onClick={() => setRenaming(true)} aria-label={t('installation.rename', { name })}>
          {t('tenant.rename')}
        </Button>
        {isHome || state === 'suspended' ? null : <AskIn slug={slug} name={name} />}
        {isHome ? null : <Rest tenant={tenant} />}
        {isHome ? null : (
          <Delete
            slug={slug}
            name={name}
            keep={t('installation.keep')}
            onDone={() => {
              void client.invalidateQueries({ queryKey: keyOf(null, 'tenant.list') })
              void client.invalidateQueries({ queryKey: whoami.queryKey })
            }}
          />
        )}
      </div>
      <Dialog title={t('installation.rename', { name })} opened={renaming} onClose={() => setRenaming(false)}>
        <Rename slug={slug} name={name} onDone={() => setRenaming(false)} />
      </Dialog>
    </li>
  )
}

/** What is left of deleted tenants: a random id and the certificate. */
function Closed({ closed }: { closed: readonly ClosedTenantView[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (closed.length === 0) return null
  return (
    <section className="section" aria-labelledby="closed">
      <h2 id="closed">{t('deletion.closed')}</h2>
      <ul className="rows">
        {closed.map(({ tenantId, at }) => (
          <li key={tenantId} className="row">
            <span className="quiet">
              {day(at, language)} · {tenantId}
            </span>
            <a href={certificateAddress(tenantId)} download={`${tenantId}.json`}>
              {t('deletion.certificate')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Lets a tenant rest, after a question, or work again. */
function Rest({ tenant: { slug, name, state } }: { tenant: TenantView }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const onDone = () => {
    setAsking(false)
    void client.invalidateQueries({ queryKey: whoami.queryKey })
  }
  const suspending = useInstallationChange('tenant.suspend', { stale: ['tenant.list'], quiet: true, onDone })
  const resuming = useInstallationChange('tenant.resume', { stale: ['tenant.list'], onDone })
  if (state === 'suspended')
    return (
      <Button
        size="compact-sm"
        loading={resuming.isPending}
        onClick={() => resuming.mutate({ slug })}
        aria-label={t('installation.resumeOf', { name })}
      >
        {t('installation.resume')}
      </Button>
    )
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={t('installation.suspendOf', { name })}>
        {t('installation.suspend')}
      </Button>
      <Dialog title={t('installation.suspendOf', { name })} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('installation.suspendText')}</p>
        {suspending.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(suspending.error, t)}
          </p>
        ) : null}
        <div className="actions">
          <Button variant="filled" loading={suspending.isPending} onClick={() => suspending.mutate({ slug })}>
            {t('installation.suspend')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}
