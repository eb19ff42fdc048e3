import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWhoami } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { GrantForm } from './GrantForm.tsx'

/** The operator asks the owners of a tenant to be let in; who is in already has nothing to ask. */
export function AskIn({ slug, name }: { slug: string; name: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const isIn = useWhoami()?.tenants.some((tenant) => tenant.slug === slug) ?? false
  const asking = useInstallationChange('grant.request', { quiet: true })
  if (isIn) return null
  return (
    <>
      <Button size="compact-sm" onClick={() => setOpened(true)} aria-label={t('grant.askOf', { name })}>
        {t('grant.ask')}
      </Button>
      <Dialog title={t('grant.askOf', { name })} opened={opened} onClose={() => setOpened(false)}>
        {asking.isSuccess ? (
          <p role="status">{t('grant.asked')}</p>
        ) : (
          <>
            <p>{t('grant.askText')}</p>
            <GrantForm
              pending={asking.isPending}
              problem={asking.error ? sentenceOf(asking.error, t) : undefined}
              submit={t('grant.ask')}
              onSubmit={(terms) => asking.mutate({ slug, ...terms })}
            />
          </>
        )}
      </Dialog>
    </>
  )
}
