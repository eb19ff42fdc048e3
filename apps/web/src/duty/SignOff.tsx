import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { filledFrom, stale } from './rhythm.ts'
import type { Due } from './rhythm.ts'

/** Signs off one due day: the day on which it was done, and what is asked for. */
export function SignOff({ due, today, onDone }: { due: Due; today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [on, setOn] = useState(today)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [files, setFiles] = useState<Readonly<Record<string, readonly string[]>>>({})
  const [isBusy, setBusy] = useState(false)
  const signing = useChange('duty.sign', { stale, quiet: true, onDone })
  const type = (id: string, text: string) => setTyped((before) => ({ ...before, [id]: text }))
  const lacksFile = due.form.some(({ id, kind, required }) => kind === 'file' && required && !files[id]?.length)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        signing.mutate({
          occurrenceId: due.occurrenceId,
          effectiveOn: on,
          form: { ...filledFrom(due.form, typed), ...filesFrom(files) },
        })
      }}
    >
      {due.instruction === '' ? null : <p>{due.instruction}</p>}
      <TextInput
        type="date"
        required
        label={t('duty.doneOn')}
        description={t('duty.doneOnHint')}
        min={due.fromOn}
        max={today}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
      {due.form.map((field) =>
        field.kind === 'file' ? (
          <FileField
            key={field.id}
            label={field.label}
            required={field.required}
            value={files[field.id] ?? []}
            onChange={(ids) => setFiles((before) => ({ ...before, [field.id]: ids }))}
            onBusy={setBusy}
          />
        ) : (
          <Asked key={field.id} field={field} value={typed[field.id] ?? ''} onType={(text) => type(field.id, text)} />
        ),
      )}
      {signing.error ? (
        <p role="alert" className="bad">
          {sentenceOf(signing.error, t)}
        </p>
      ) : null}
      <p className="note quiet">{t('duty.signNote')}</p>
      <div className="actions">
        <Button type="submit" variant="filled" loading={signing.isPending} disabled={isBusy || lacksFile}>
          {t('duty.sign')}
        </Button>
      </div>
    </form>
  )
}

/** What was uploaded, by field; a field without files is left out. */
function filesFrom(files: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(files).flatMap(([id, ids]) => (ids.length === 0 ? [] : [[id, [...ids]]])))
}

function Asked({
  field: { label, kind, required },
  value,
  onType,
}: {
  field: Due['form'][number]
  value: string
  onType: (text: string) => void
}) {
  const { t } = useTranslation()
  const shown = { label, required, value }
  if (kind === 'number')
    return <NumberInput {...shown} onChange={(typed) => onType(String(typed))} hideControls inputMode="decimal" />
  if (kind === 'yes-no')
    return (
      <NativeSelect
        {...shown}
        onChange={(event) => onType(event.currentTarget.value)}
        data={[
          { value: '', label: '–' },
          { value: 'yes', label: t('duty.yes') },
          { value: 'no', label: t('duty.no') },
        ]}
      />
    )
  if (kind === 'list' || kind === 'text')
    return (
      <Textarea
        {...shown}
        autosize
        minRows={2}
        {...(kind === 'list' ? { description: t('duty.listHint') } : {})}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shown}
      type={kind === 'date' ? 'date' : 'url'}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
