import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { useLanguage } from '../language/use-language.ts'
import { Refusal } from './Refusal.tsx'
import { stale } from './words.ts'
import type { Kind, Step } from './words.ts'

/** Writes down one step of what happens under an agreement: its first one, or what came next. */
export function StepForm({
  kind,
  step,
  begins,
  goesOn,
  today,
  onDone,
}: {
  kind: Kind
  step: Step
  begins?: { contractId: string; kind: 'instruction' | 'request' | 'audit' | 'allowance' }
  goesOn?: { matterId: string; openedOn: string }
  today: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [on, setOn] = useState(today)
  const [said, setSaid] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(step.asks.flatMap(({ id, options }) => (options?.[0] ? [[id, options[0].id]] : []))),
  )
  const [roomId, setRoomId] = useState('')
  const [fileIds, setFileIds] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const opening = useChange('matter.open', { stale, quiet: true, onDone })
  const going = useChange('matter.step', { stale, quiet: true, onDone })
  const send = () => {
    const given = {
      said: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')),
      fileIds: [...fileIds],
    }
    if (begins) opening.mutate({ ...begins, ...given, openedOn: on, roomId: roomId === '' ? null : roomId })
    else if (goesOn) going.mutate({ matterId: goesOn.matterId, state: step.id, onDay: on, ...given })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {begins ? <p>{kind.about[language]}</p> : null}
      <TextInput
        type="date"
        required
        label={begins ? kind.opened[language] : t('matter.onDay')}
        max={today}
        {...(goesOn ? { min: goesOn.openedOn } : {})}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
      {step.asks.map((asked) => (
        <Field
          key={asked.id}
          asked={asked}
          value={said[asked.id] ?? ''}
          onType={(value) => setSaid((before) => ({ ...before, [asked.id]: value }))}
        />
      ))}
      {begins?.kind === 'audit' ? <Room value={roomId} onChange={setRoomId} /> : null}
      <FileField label={t('matter.files')} value={fileIds} onChange={setFileIds} onBusy={setBusy} />
      <Refusal error={opening.error ?? going.error} />
      <Button type="submit" variant="filled" loading={opening.isPending || going.isPending} disabled={isBusy}>
        {step.act[language]}
      </Button>
    </form>
  )
}

function Field({
  asked: { kind, label, required, options },
  value,
  onType,
}: {
  asked: Step['asks'][number]
  value: string
  onType: (value: string) => void
}) {
  const language = useLanguage()
  const common = {
    label: label[language],
    required,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value),
  }
  if (kind === 'choice')
    return (
      <NativeSelect {...common} data={(options ?? []).map((one) => ({ value: one.id, label: one.label[language] }))} />
    )
  if (kind === 'text') return <Textarea {...common} autosize minRows={2} maxLength={4_000} />
  return <TextInput {...common} maxLength={300} type={kind === 'day' ? 'date' : 'text'} />
}

/** The audit room for it, where there is one. */
function Room({ value, onChange }: { value: string; onChange: (roomId: string) => void }) {
  const { t } = useTranslation()
  const rooms = useRead('room.list', {}).data?.rooms ?? []
  if (rooms.length === 0) return <p className="note quiet">{t('matter.noRooms')}</p>
  return (
    <NativeSelect
      label={t('matter.room')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('matter.withoutRoom') },
        ...rooms.map((one) => ({ value: one.roomId, label: one.name })),
      ]}
    />
  )
}
