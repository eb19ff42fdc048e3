import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { Dialog } from '../frame/Dialog.tsx'

/** Removes a second factor, after a question that says what goes with it. */
export function RemoveFactor({ title, onRemove }: { title: string; onRemove: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useMutation({ mutationFn: onRemove, onSuccess: () => setAsking(false) })
  return (
    <>
      <Button onClick={() => setAsking(true)} aria-label={title}>
        {t('factor.remove')}
      </Button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('factor.removeText')}</p>
        {removing.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(removing.error, t)}
          </p>
        ) : null}
        <div className="actions">
          <Button variant="filled" loading={removing.isPending} onClick={() => removing.mutate()}>
            {t('factor.remove')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}
