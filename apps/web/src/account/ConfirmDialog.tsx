import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answersConfirm } from '../api/confirm.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { ConfirmForm } from './ConfirmForm.tsx'
import { useFactorsChanged } from './factors.ts'

/** Before something dangerous: asks whether it is still the same person, and lets the call go on that waits for it. */
export function ConfirmDialog() {
  const { t } = useTranslation()
  const changed = useFactorsChanged()
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null)
  useEffect(() => answersConfirm(() => new Promise((resolve) => setAnswer(() => resolve))), [])
  const end = (isConfirmed: boolean) => {
    answer?.(isConfirmed)
    setAnswer(null)
    // A passkey has renewed the session.
    if (isConfirmed) void changed()
  }
  return (
    <Dialog title={t('factor.confirmTitle')} opened={answer !== null} onClose={() => end(false)}>
      <p>{t('factor.confirmText')}</p>
      <ConfirmForm onDone={() => end(true)} />
    </Dialog>
  )
}
