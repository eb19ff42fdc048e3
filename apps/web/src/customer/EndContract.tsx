import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Refusal } from './Refusal.tsx'
import { stale, today } from './words.ts'
import type { Contract } from './words.ts'

/** Ends an agreement on a day, with a reason. */
export function EndContract({
  contract: { contractId, validFrom },
  onDone,
}: {
  contract: Contract
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [on, setOn] = useState(today())
  const [reason, setReason] = useState('')
  const ending = useChange('contract.end', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ending.mutate({ contractId, endedOn: on, reason })
      }}
    >
      <p>{t('contract.endWhat')}</p>
      <TextInput
        type="date"
        required
        label={t('contract.lastDay')}
        min={validFrom}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
      <Textarea
        required
        minLength={3}
        maxLength={1_000}
        label={t('contract.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal error={ending.error} />
      <Button type="submit" variant="filled" loading={ending.isPending}>
        {t('contract.end')}
      </Button>
    </form>
  )
}
