import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TenantView } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import './own-sign-in.css'

/** Mail domains that belong to tenants: only with an address of one may their sign-in or directory bring somebody in. */
export function Domains({ tenants }: { tenants: readonly TenantView[] }) {
  const { t } = useTranslation()
  const domains = useQuery({
    queryKey: keyOf(null, 'domain.list'),
    queryFn: ({ signal }) => call('domain.list', {}, null, signal),
  }).data?.domains
  const [domain, setDomain] = useState('')
  const [slug, setSlug] = useState(tenants[0]?.slug ?? '')
  const allowing = useInstallationChange('domain.allow', {
    stale: ['domain.list'],
    quiet: true,
    onDone: () => setDomain(''),
  })
  const withdrawing = useInstallationChange('domain.withdraw', { stale: ['domain.list'] })
  return (
    <section className="section setting" aria-labelledby="domains">
      <h2 id="domains">{t('domains.title')}</h2>
      <p>{t('domains.lead')}</p>
      {domains && domains.length > 0 ? (
        <ul className="rows">
          {domains.map((one) => (
            <li key={one.domain} className="row">
              <div className="row-main">
                <h3 className="row-title">{one.domain}</h3>
                <p className="note quiet">{one.slug}</p>
              </div>
              <Button
                variant="default"
                onClick={() => withdrawing.mutate({ domain: one.domain })}
                aria-label={t('domains.withdrawOf', { domain: one.domain })}
              >
                {t('domains.withdraw')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          allowing.mutate({ slug, domain: domain.trim() })
        }}
      >
        <TextInput
          label={t('domains.domain')}
          value={domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
          error={allowing.error ? sentenceOf(allowing.error, t) : undefined}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <NativeSelect
          label={t('tenant.title')}
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
          data={tenants.map((tenant) => ({ value: tenant.slug, label: tenant.name }))}
        />
        <Button type="submit" loading={allowing.isPending}>
          {t('domains.allow')}
        </Button>
      </form>
    </section>
  )
}
