import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureView, StatementView } from '../api/api.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useFocus } from '../account/use-focus.ts'
import { cadenceWord, rhythms } from '../measure/cadence.ts'
import { parameterName } from '../measure/parameter.ts'
import { Conflict } from './Conflict.tsx'
import { changesAnything, draftOf, editOf, rebased } from './line-draft.ts'
import type { LineDraft, LineEdit } from './line-draft.ts'
import { useShowLine } from './use-show-line.ts'
import { useKeys } from './use-keys.ts'
import { useWeigh } from './use-weigh.ts'
import { Weighed } from './Weighed.tsx'

/** A line that was saved: with what it was before, so that it can be taken back. */
export interface Saved {
  readonly line: StatementView
  readonly undo: LineEdit
}

/** Edits one line where it stands: what it says, and who answers for it, where and how often. No assurance is settable. */
export function LineEditor({
  statement,
  measure,
  onSaved,
  onClose,
}: {
  statement: StatementView
  measure: MeasureView
  onSaved: (saved: Saved) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const now = draftOf(statement, measure)
  /** What it was when somebody began to write. */
  const [begun, setBegun] = useState({ revision: measure.revision, draft: now })
  const [draft, setDraft] = useState(now)
  const edit = editOf(begun.draft, draft, statement.parameters)
  const isChanged = changesAnything(edit)
  const { save, error, isPending } = useSaveLine(measure, onSaved)
  const weighed = useWeigh(isChanged ? { measureId: measure.id, ...edit.said, ...termsWeighed(edit) } : null, isPending)
  const write = (change: Partial<LineDraft>) => setDraft((known) => ({ ...known, ...change }))
  const submit = () => {
    if (!isChanged) onClose()
    else if (draft.text.trim().length >= 3 && !isPending)
      save(edit, editOf(draft, begun.draft, statement.parameters), begun.revision)
  }
  const field = useFocus()
  useKeys((event) => {
    if (!(event.target instanceof HTMLElement) || event.target.closest('.line-editor') === null) return
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
    }
  })
  const others = measure.revision !== begun.revision && !isPending
  return (
    <form
      className="line-editor stack"
      aria-label={t('line.edit')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {others ? (
        <Conflict
          statement={statement}
          measure={measure}
          onTheirs={onClose}
          onMine={() => {
            setDraft(rebased(begun.draft, draft, now))
            setBegun({ revision: measure.revision, draft: now })
          }}
        />
      ) : null}
      <Textarea
        label={t('line.text')}
        autosize
        minRows={2}
        ref={field}
        maxLength={10_000}
        value={draft.text}
        onChange={(event) => write({ text: event.currentTarget.value })}
        error={error instanceof Problem && error.status === 409 ? undefined : error ? sentenceOf(error, t) : undefined}
      />
      <Weighed weighed={weighed} />
      {edit.said === null || measure.parts.every(({ confirmedBy }) => confirmedBy === null) ? null : (
        <p className="note quiet">{t('line.confirmAnew')}</p>
      )}
      <div className="line-fields">
        <NativeSelect
          label={t('measure.status')}
          value={draft.status}
          onChange={(event) => {
            const status = statuses.find((known) => known === event.currentTarget.value)
            if (status) write({ status })
          }}
          data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <TextInput
          label={t('line.condition')}
          maxLength={500}
          value={draft.condition}
          onChange={(event) => write({ condition: event.currentTarget.value })}
        />
        <TextInput
          label={t('measure.owner')}
          maxLength={200}
          value={draft.owner}
          onChange={(event) => write({ owner: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('measure.guarantor')}
          value={draft.guarantor}
          onChange={(event) => {
            const guarantor = guarantors.find((known) => known === event.currentTarget.value)
            if (guarantor) write({ guarantor })
          }}
          data={guarantors.map((value) => ({ value, label: t(`guarantor.${value}`) }))}
        />
        <NativeSelect
          label={t('measure.visibility')}
          value={draft.visibility}
          onChange={(event) => {
            const visibility = visibilities.find((known) => known === event.currentTarget.value)
            if (visibility) write({ visibility })
          }}
          data={visibilities.map((value) => ({ value, label: t(`visibility.${value}`) }))}
        />
        <NativeSelect
          label={t('measure.cadence')}
          value={draft.cadence}
          onChange={(event) => write({ cadence: event.currentTarget.value })}
          data={[
            { value: '', label: t('measure.noCadence') },
            ...[...new Set([...rhythms, ...(now.cadence === '' ? [] : [now.cadence])])].map((value) => ({
              value,
              label: cadenceWord(value, t),
            })),
          ]}
        />
        {Object.entries(draft.parameters).map(([name, value]) => (
          <TextInput
            key={name}
            label={parameterName(name, t)}
            maxLength={200}
            value={value}
            onChange={(event) => {
              const written = event.currentTarget.value
              write({ parameters: { ...draft.parameters, [name]: written } })
            }}
          />
        ))}
      </div>
      <div className="actions">
        <Button type="submit" variant="filled" loading={isPending} disabled={!isChanged || others}>
          {t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <span className="note quiet">{t('line.keys')}</span>
      </div>
    </form>
  )
}

const statuses = ['in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable'] as const
const guarantors = ['us', 'processor', 'customer'] as const
const visibilities = ['public', 'customers', 'auditors'] as const

/** What of the terms counts as a promise. */
function termsWeighed({ terms }: LineEdit) {
  if (terms === null) return {}
  const { status, guarantor, cadence } = terms
  return {
    ...(status === undefined ? {} : { status }),
    ...(guarantor === undefined ? {} : { guarantor }),
    ...(cadence === undefined ? {} : { cadence }),
  }
}

/** Saves what changed: what the line says first, then its terms, each from the revision that somebody saw. */
export function useSaveLine(measure: MeasureView, onSaved: (saved: Saved) => void) {
  const rewording = useChange('measure.reword', { quiet: true })
  const changing = useChange('measure.change', { quiet: true })
  const showing = useShowLine()
  const [error, setError] = useState<Error | null>(null)
  const [isPending, setPending] = useState(false)
  const send = async (edit: LineEdit, undo: LineEdit, revision: number) => {
    let at = revision
    let line: StatementView | null = null
    if (edit.said) {
      ;({ line } = await rewording.mutateAsync({ measureId: measure.id, revision: at, ...edit.said }))
      at = line.measure?.revision ?? at + 1
    }
    if (edit.terms) {
      await changing.mutateAsync({ measureId: measure.id, revision: at, ...edit.terms })
      line = await showing(measure.id)
    }
    if (line) onSaved({ line, undo })
  }
  return {
    error,
    isPending,
    save: (edit: LineEdit, undo: LineEdit, revision: number) => {
      setPending(true)
      setError(null)
      send(edit, undo, revision)
        .catch((refused: unknown) => setError(refused instanceof Error ? refused : new Error(String(refused))))
        .finally(() => setPending(false))
    },
  }
}
