import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MeasureView, RegisterView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useTenant } from '../api/use-api.ts'
import { useSaveLine } from './LineEditor.tsx'
import type { Saved } from './LineEditor.tsx'
import { useWeigh } from './use-weigh.ts'
import { Weighed } from './Weighed.tsx'
import { changesAnything } from './line-draft.ts'

/** That a line was saved, whether it needs a decision now, and the way back. */
export function SavedNote({
  saved,
  register,
  onUndone,
  onClose,
}: {
  saved: Saved
  register: RegisterView
  onUndone: (saved: Saved) => void
  onClose: () => void
}) {
  const measure = register.statements.find(({ id }) => id === saved.line.id)?.measure
  return measure ? <Note saved={saved} measure={measure} onUndone={onUndone} onClose={onClose} /> : null
}

function Note({
  saved,
  measure,
  onUndone,
  onClose,
}: {
  saved: Saved
  measure: MeasureView
  onUndone: (saved: Saved) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { save, error, isPending } = useSaveLine(measure, onUndone)
  const weighed = useWeigh({ measureId: measure.id, text: saved.line.text }, isPending)
  const back = changesAnything(saved.undo)
  return (
    <div className="saved-note">
      <p role="status">
        {t(back ? 'line.saved' : 'line.undone')}{' '}
        {back ? (
          <Button
            size="compact-sm"
            loading={isPending}
            onClick={() => save(saved.undo, { said: null, terms: null }, measure.revision)}
          >
            {t('line.undo')}
          </Button>
        ) : null}
        <Button size="compact-sm" onClick={onClose}>
          {t('action.close')}
        </Button>
        {error ? <span className="field-problem"> {sentenceOf(error, t)}</span> : null}
      </p>
      <Weighed weighed={weighed} />
      {weighed?.decision === 'needed' ? (
        <Link to="/t/$slug/editions/compare" params={{ slug }} search={{}}>
          {t('line.decide')}
        </Link>
      ) : null}
    </div>
  )
}
