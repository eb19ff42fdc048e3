import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** Makes another tenant. @param onMade what comes then, when the person is known to be its owner */
export function NewTenant({ onMade }: { onMade?: (slug: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const creating = useInstallationChange('tenant.create', {
    stale: ['tenant.list', 'overview.list'],
    quiet: true,
    onDone: ({ slug }) => {
      setName('')
      void client.fetchQuery({ ...whoami, staleTime: 0 }).then(() => onMade?.(slug))
    },
  })
  return (
    <section className="section" aria-labelledby="new-tenant">
      <h2 id="new-tenant">{t('tenants.new')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          creating.mutate({ name: name.trim(), language })
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
