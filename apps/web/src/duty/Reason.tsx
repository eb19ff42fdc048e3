import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks for the reason of something that stays on record. */
export function Reason({
  lead,
  action,
  sending,
  onReason,
}: {
  lead: string
  action: string
  sending: { readonly isPending: boolean }
  onReason: (reason: string) => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onReason(reason)
      }}
    >
      <p>{lead}</p>
      <Textarea
        required
        minLength={3}
        label={t('duty.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" loading={sending.isPending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
