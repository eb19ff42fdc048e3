import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue } from '@art32/catalogue'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { cadenceWord, rhythms } from '../measure/cadence.ts'
import { monthName, stale } from './rhythm.ts'
import type { DutyView, Rhythm } from './rhythm.ts'

export type People = Output<'duty.list'>['people']

const roles = ['owner', 'editor', 'signatory', 'member'] as const
const months = Array.from({ length: 12 }, (_, index) => index + 1)

/** What a duty is: added, or changed. */
export function DutyForm({
  duty,
  people,
  today,
  onDone,
}: {
  duty?: DutyView
  people: People
  today: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [title, setTitle] = useState(duty?.title ?? '')
  const [instruction, setInstruction] = useState(duty?.instruction ?? '')
  const [catalogueId, setCatalogueId] = useState(duty?.catalogueId ?? '')
  const [rhythm, setRhythm] = useState<Rhythm>(duty?.rhythm ?? { kind: 'every', duration: 'P1Y', from: today })
  const [owner, setOwner] = useState(duty?.owner?.accountId ?? duty?.ownerRole ?? 'owner')
  const [deputy, setDeputy] = useState(duty?.deputy?.accountId ?? '')
  const [leadDays, setLeadDays] = useState(duty?.leadDays ?? 30)
  const [graceDays, setGraceDays] = useState(duty?.graceDays ?? 14)
  const [fourEyes, setFourEyes] = useState(duty?.fourEyes ?? false)
  const [needsFile, setNeedsFile] = useState(duty?.form.some(({ kind }) => kind === 'file') ?? false)
  const adding = useChange('duty.add', { stale, quiet: true, onDone })
  const changing = useChange('duty.change', { stale, quiet: true, onDone })
  const error = adding.error ?? changing.error
  const send = () => {
    const role = roles.find((one) => one === owner) ?? null
    const terms = {
      title,
      instruction,
      catalogueId: catalogueId === '' ? null : catalogueId,
      rhythm,
      ownerAccount: role === null ? owner : null,
      ownerRole: role,
      deputyAccount: deputy === '' ? null : deputy,
      leadDays,
      graceDays,
      fourEyes,
      form: [
        ...(duty?.form ?? [{ id: 'result', label: t('duty.result'), kind: 'text' as const, required: true }]).filter(
          ({ kind }) => needsFile || kind !== 'file',
        ),
        ...(needsFile && !duty?.form.some(({ kind }) => kind === 'file')
          ? [{ id: 'file', label: t('duty.fileLabel'), kind: 'file' as const, required: true }]
          : []),
      ],
    }
    if (duty) changing.mutate({ dutyId: duty.dutyId, ...terms })
    else adding.mutate(terms)
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput
        required
        maxLength={200}
        label={t('duty.what')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        autosize
        minRows={2}
        maxLength={4_000}
        label={t('duty.instruction')}
        value={instruction}
        onChange={(event) => setInstruction(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('duty.measure')}
        description={t('duty.measureHint')}
        value={catalogueId}
        onChange={(event) => setCatalogueId(event.currentTarget.value)}
        data={[
          { value: '', label: t('duty.noMeasure') },
          ...catalogue.map((one) => ({ value: one.id, label: one.title[language] })),
        ]}
      />
      <RhythmFields rhythm={rhythm} today={today} onChange={setRhythm} />
      <NativeSelect
        label={t('duty.owner')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        data={[
          ...roles.map((role) => ({ value: role, label: t('duty.everyRole', { role: t(`role.${role}`) }) })),
          ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <NativeSelect
        label={t('duty.deputy')}
        description={t('duty.deputyHint')}
        value={deputy}
        onChange={(event) => setDeputy(event.currentTarget.value)}
        data={[
          { value: '', label: t('duty.noDeputy') },
          ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <NumberInput
        hideControls
        label={t('duty.leadLabel')}
        min={0}
        max={366}
        value={leadDays}
        onChange={(value) => setLeadDays(Number(value))}
      />
      <NumberInput
        hideControls
        label={t('duty.grace')}
        min={0}
        max={366}
        value={graceDays}
        onChange={(value) => setGraceDays(Number(value))}
      />
      <Checkbox
        label={t('duty.fourEyesHint')}
        checked={fourEyes}
        onChange={(event) => setFourEyes(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('duty.needsFile')}
        checked={needsFile}
        onChange={(event) => setNeedsFile(event.currentTarget.checked)}
      />
      {error ? (
        <p role="alert" className="bad">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
          {duty ? t('duty.save') : t('duty.add')}
        </Button>
      </div>
    </form>
  )
}

const kinds = ['every', 'month', 'quarter', 'last-working-day', 'release', 'once'] as const

function RhythmFields({
  rhythm,
  today,
  onChange,
}: {
  rhythm: Rhythm
  today: string
  onChange: (rhythm: Rhythm) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const first: Readonly<Record<Rhythm['kind'], Rhythm>> = {
    every: { kind: 'every', duration: 'P1Y', from: today },
    month: { kind: 'month', month: 1 },
    quarter: { kind: 'quarter' },
    'last-working-day': { kind: 'last-working-day' },
    release: { kind: 'release', days: 7 },
    once: { kind: 'once', on: today },
  }
  return (
    <>
      <NativeSelect
        label={t('duty.rhythmLabel')}
        value={rhythm.kind}
        onChange={(event) => {
          const kind = kinds.find((one) => one === event.currentTarget.value)
          if (kind) onChange(first[kind])
        }}
        data={kinds.map((kind) => ({ value: kind, label: t(`duty.rhythm.${kind}`) }))}
      />
      {rhythm.kind === 'every' ? (
        <>
          <NativeSelect
            label={t('duty.howOften')}
            value={rhythm.duration}
            onChange={(event) => onChange({ ...rhythm, duration: event.currentTarget.value })}
            data={[...new Set([...rhythms, rhythm.duration])].map((one) => ({
              value: one,
              label: cadenceWord(one, t),
            }))}
          />
          <TextInput
            type="date"
            required
            label={t('duty.firstOn')}
            value={rhythm.from}
            onChange={(event) => onChange({ ...rhythm, from: event.currentTarget.value })}
          />
        </>
      ) : null}
      {rhythm.kind === 'month' ? (
        <NativeSelect
          label={t('duty.month')}
          value={String(rhythm.month)}
          onChange={(event) => onChange({ kind: 'month', month: Number(event.currentTarget.value) })}
          data={months.map((month) => ({ value: String(month), label: monthName(month, language) }))}
        />
      ) : null}
      {rhythm.kind === 'once' ? (
        <TextInput
          type="date"
          required
          label={t('duty.onceDay')}
          value={rhythm.on}
          onChange={(event) => onChange({ kind: 'once', on: event.currentTarget.value })}
        />
      ) : null}
    </>
  )
}
