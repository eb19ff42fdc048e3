import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { stale } from './processor-view.ts'

/** Ends an agreement, or takes a certificate or report back. */
export function TakeBack({ processorId, id, what }: { processorId: string; id: string; what: 'agreement' | 'proof' }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [reason, setReason] = useState('')
  const onDone = () => setOpened(false)
  const ending = useChange('processor.end_agreement', { stale, onDone })
  const withdrawing = useChange('processor.withdraw_proof', { stale, onDone })
  const label = t(what === 'agreement' ? 'processor.endAgreement' : 'processor.withdrawProof')
  return (
    <>
      <button type="button" className="text-button" onClick={() => setOpened(true)}>
        {label}
      </button>
      <Dialog title={label} opened={opened} onClose={onDone}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            if (what === 'agreement') ending.mutate({ processorId, agreementId: id, reason })
            else withdrawing.mutate({ processorId, proofId: id, reason })
          }}
        >
          <p>{t('processor.takeBackLead')}</p>
          <Textarea
            required
            withAsterisk={false}
            minLength={3}
            maxLength={1_000}
            label={t('processor.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" loading={ending.isPending || withdrawing.isPending}>
            {label}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
