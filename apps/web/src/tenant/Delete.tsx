import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

/** Deletes a tenant for good: after a question that only its short name answers. */
export function Delete({
  slug,
  name,
  keep,
  onDone,
}: {
  slug: string
  name: string
  /** What may be kept, offered before. */
  keep: ReactNode
  onDone: (tenantId: string) => void
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const deleting = useInstallationChange('tenant.delete', {
    quiet: true,
    onDone: ({ tenantId }) => {
      setAsking(false)
      onDone(tenantId)
    },
  })
  const title = t('deletion.of', { name })
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={title}>
        {t('deletion.ask')}
      </Button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('deletion.text')}</p>
        <div>{keep}</div>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            deleting.mutate({ slug, confirm: typed })
          }}
        >
          <TextInput
            label={t('deletion.confirm', { slug })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={deleting.error ? sentenceOf(deleting.error, t) : undefined}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={deleting.isPending} disabled={typed !== slug}>
              {t('deletion.forGood')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
