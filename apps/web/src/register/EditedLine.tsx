import { useTranslation } from 'react-i18next'
import type { MeasureView, StatementView } from '../api/api.ts'
import { LineActions } from './LineActions.tsx'
import { LineEditor } from './LineEditor.tsx'
import type { Saved } from './LineEditor.tsx'
import { placesOf } from './places.ts'
import type { Section } from './register-view.ts'

/** A line that is being edited, in its place on the page. */
export function EditedLine({
  statement,
  measure,
  sections,
  onSaved,
  onClose,
  onAdded,
  onRemoved,
}: {
  statement: StatementView
  measure: MeasureView
  /** The document's own chapters; null: the lines are shown in another order, or not all of them. */
  sections: readonly Section[] | null
  onSaved: (saved: Saved) => void
  onClose: () => void
  onAdded: (id: string) => void
  onRemoved: () => void
}) {
  const { i18n } = useTranslation()
  return (
    <li className="line line-editing" lang={i18n.language}>
      <LineEditor statement={statement} measure={measure} onSaved={onSaved} onClose={onClose} />
      <LineActions
        statement={statement}
        measure={measure}
        places={sections === null ? { above: null, below: null, chapters: [] } : placesOf(sections, statement.id)}
        onAdded={onAdded}
        onRemoved={onRemoved}
      />
    </li>
  )
}
