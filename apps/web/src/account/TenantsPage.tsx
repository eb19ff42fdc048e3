import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import { useWhoami, whoami } from './session.ts'

/** Chooses among the tenants a person belongs to, and makes another. */
export function TenantsPage() {
  const { t } = useTranslation()
  const { tenants = [], locked = [] } = useWhoami() ?? {}
  return (
    <Page
      title={t('tenants.title')}
      lead={tenants.length + locked.length === 0 ? t('tenants.none') : t('tenants.lead')}
    >
      <ul className="rows">
        {tenants.map((tenant) => (
          <li key={tenant.slug} className="row">
            <Link to="/t/$slug" params={{ slug: tenant.slug }} className="row-title">
              {tenant.name}
            </Link>
            <span className="quiet">{t(`role.${tenant.role}`)}</span>
          </li>
        ))}
        {locked.map((tenant) => (
          <li key={tenant.slug} className="row">
            <Link to="/t/$slug" params={{ slug: tenant.slug }} className="row-title">
              {tenant.name}
            </Link>
            <span className="quiet">{t('factor.locked')}</span>
          </li>
        ))}
      </ul>
      <NewTenant />
    </Page>
  )
}

function NewTenant() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const creating = useMutation({
    mutationFn: () => call('tenant.create', { name: name.trim(), language }),
    onSuccess: async ({ slug }) => {
      await client.fetchQuery({ ...whoami, staleTime: 0 })
      await navigate({ to: '/t/$slug', params: { slug } })
    },
  })
  return (
    <section className="section">
      <h2>{t('tenants.new')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          creating.mutate()
        }}
      >
        <TextInput
          label={t('tenants.name')}
          description={t('tenants.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={creating.error ? sentenceOf(creating.error, t) : undefined}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={creating.isPending}>
          {t('tenants.create')}
        </Button>
      </form>
    </section>
  )
}
