import { Button, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { GuidelineShown } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

const stale = ['guideline.show', 'guideline.list', 'guideline.mine', 'register.show'] as const

/** What may be decided about a guideline as it stands. */
export function Decisions({ shown }: { shown: GuidelineShown }) {
  const { t } = useTranslation()
  const maySign = useMay('edition:sign')
  const mayWrite = useMay('register:write')
  const [asked, setAsked] = useState<'approve' | 'withdraw' | null>(null)
  const { guideline, versions } = shown
  const { guidelineId, state } = guideline
  const reviewing = useChange('guideline.review', { stale })
  const close = () => setAsked(null)
  const isInForce = guideline.number !== null
  return (
    <>
      {maySign && guideline.hasDraft ? (
        <Button onClick={() => setAsked('approve')}>{t('guideline.approve')}</Button>
      ) : null}
      {maySign && isInForce ? (
        <Button variant="default" loading={reviewing.isPending} onClick={() => reviewing.mutate({ guidelineId })}>
          {t('guideline.review')}
        </Button>
      ) : null}
      {maySign && (isInForce || state === 'coming') ? (
        <Button variant="default" onClick={() => setAsked('withdraw')}>
          {t('guideline.withdraw')}
        </Button>
      ) : null}
      {mayWrite && versions.length === 0 ? <Discard guidelineId={guidelineId} /> : null}
      <Dialog title={t('guideline.approve')} opened={asked === 'approve'} onClose={close}>
        <Approve shown={shown} onDone={close} />
      </Dialog>
      <Dialog title={t('guideline.withdraw')} opened={asked === 'withdraw'} onClose={close}>
        <Withdraw guidelineId={guidelineId} onDone={close} />
      </Dialog>
    </>
  )
}

function Approve({ shown: { guideline, draft }, onDone }: { shown: GuidelineShown; onDone: () => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(() => new Date().toISOString().slice(0, 10))
  const approving = useChange('guideline.approve', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        approving.mutate({ guidelineId: guideline.guidelineId, revision: draft.revision, effectiveFrom: from })
      }}
    >
      <p>{t('guideline.approveWhat')}</p>
      <TextInput
        type="date"
        label={t('guideline.effectiveFrom')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        error={approving.error ? sentenceOf(approving.error, t) : undefined}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={approving.isPending}>
        {t('guideline.approve')}
      </Button>
    </form>
  )
}

function Withdraw({ guidelineId, onDone }: { guidelineId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const withdrawing = useChange('guideline.withdraw', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        withdrawing.mutate({ guidelineId, reason: reason.trim() })
      }}
    >
      <p>{t('guideline.withdrawWhat')}</p>
      <Textarea
        label={t('guideline.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={withdrawing.error ? sentenceOf(withdrawing.error, t) : undefined}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={1_000}
      />
      <Button type="submit" loading={withdrawing.isPending}>
        {t('guideline.withdraw')}
      </Button>
    </form>
  )
}

function Discard({ guidelineId }: { guidelineId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const discarding = useChange('guideline.discard', {
    stale: ['guideline.list'],
    onDone: () => void navigate({ to: '/t/$slug/guidelines', params: { slug }, search: {} }),
  })
  return (
    <Button variant="default" loading={discarding.isPending} onClick={() => discarding.mutate({ guidelineId })}>
      {t('guideline.discard')}
    </Button>
  )
}
