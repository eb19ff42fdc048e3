import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'

/** Gives a tenant another name. The short name in its addresses stays. */
export function Rename({ slug, name, onDone }: { slug: string; name: string; onDone?: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [wanted, setWanted] = useState(name)
  const renaming = useInstallationChange('tenant.rename', {
    stale: ['tenant.list', 'overview.list'],
    quiet: true,
    onDone: () => {
      void client.invalidateQueries({ queryKey: whoami.queryKey })
      onDone?.()
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        renaming.mutate({ slug, name: wanted })
      }}
    >
      <TextInput
        label={t('tenants.name')}
        description={t('tenant.renameHint', { slug })}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        error={renaming.error ? sentenceOf(renaming.error, t) : undefined}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={renaming.isPending} disabled={wanted.trim() === name}>
        {t('tenant.rename')}
      </Button>
    </form>
  )
}
