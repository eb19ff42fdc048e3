import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useLanguage } from '../language/use-language.ts'

/** Makes another tenant and opens it. */
export function NewTenant() {
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
