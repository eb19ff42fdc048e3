import { Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'

/** Opens a tenant only to members who have shown a second factor. */
export function RequireFactor({ slug, needsFactor }: { slug: string; needsFactor: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const requiring = useInstallationChange('tenant.require_factor', {
    quiet: true,
    onDone: () => void client.invalidateQueries({ queryKey: whoami.queryKey }),
  })
  return (
    <Switch
      label={t('factor.require')}
      description={t('factor.requireHint')}
      checked={requiring.isPending ? requiring.variables.required : needsFactor}
      disabled={requiring.isPending}
      onChange={(event) => requiring.mutate({ slug, required: event.currentTarget.checked })}
      error={requiring.error ? sentenceOf(requiring.error, t) : undefined}
    />
  )
}
