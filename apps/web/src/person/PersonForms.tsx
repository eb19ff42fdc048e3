import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { useLanguage } from '../language/use-language.ts'
import { orNull, stale, staleLeaving, todayHere } from './record.ts'
import type { RecordShown } from './record.ts'

type Person = RecordShown['person']
const kinds = ['joiner', 'mover', 'leaver'] as const

/** The end of each of these forms: what was refused, and the buttons. */
function End({
  error,
  pending,
  disabled = false,
  action,
  onDone,
}: {
  error: Error | null
  pending: boolean
  disabled?: boolean
  action?: string
  onDone: () => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <>
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={pending} disabled={disabled}>
          {action ?? t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </>
  )
}

/** Somebody was bound to confidentiality, with the signed paper. */
export function AddAgreement({ personId, onDone }: { personId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [signedOn, setSignedOn] = useState(todayHere())
  const [note, setNote] = useState('')
  const [fileIds, setFiles] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const adding = useChange('confidentiality.add', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ personId, signedOn, note: note.trim(), fileIds })
      }}
    >
      <p>{t('record.agreementText')}</p>
      <TextInput
        type="date"
        required
        label={t('record.signedOn')}
        max={todayHere()}
        value={signedOn}
        onChange={(event) => setSignedOn(event.currentTarget.value)}
      />
      <FileField label={t('record.paper')} value={fileIds} onChange={setFiles} onBusy={setBusy} />
      <TextInput
        label={t('record.note')}
        value={note}
        maxLength={1_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <End error={adding.error} pending={adding.isPending} disabled={isBusy} onDone={onDone} />
    </form>
  )
}

/** The certificate of another provider. */
export function AddCertificate({ personId, onDone }: { personId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const courses = (useRead('course.list', { language }).data?.courses ?? []).filter(({ isRetired }) => !isRetired)
  const [chosen, setChosen] = useState('')
  const [provider, setProvider] = useState('')
  const [completedOn, setCompletedOn] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [fileIds, setFiles] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const adding = useChange('training.add', { stale, quiet: true, onDone })
  const courseId = chosen === '' ? (courses[0]?.courseId ?? '') : chosen
  if (courses.length === 0) return <p>{t('course.noneYet')}</p>
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ personId, courseId, provider: provider.trim(), completedOn, expiresOn, fileIds })
      }}
    >
      <NativeSelect
        label={t('course.one')}
        value={courseId}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={courses.map((course) => ({ value: course.courseId, label: course.title }))}
      />
      <TextInput
        required
        label={t('course.provider')}
        maxLength={200}
        value={provider}
        onChange={(event) => setProvider(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        required
        label={t('course.completedOn')}
        max={todayHere()}
        value={completedOn}
        onChange={(event) => setCompletedOn(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        required
        label={t('course.expiresOn')}
        value={expiresOn}
        onChange={(event) => setExpiresOn(event.currentTarget.value)}
      />
      <FileField label={t('course.certificate')} value={fileIds} onChange={setFiles} onBusy={setBusy} />
      <End error={adding.error} pending={adding.isPending} disabled={isBusy} onDone={onDone} />
    </form>
  )
}

/** A list for when somebody joins, moves or leaves. */
export function StartList({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const templates = useRead('checklist.templates', { language }).data?.templates ?? []
  const [chosen, setChosen] = useState('0')
  const [fromOn, setFromOn] = useState(person.leftOn ?? person.joinedOn ?? todayHere())
  const starting = useChange('checklist.start', { stale, quiet: true, onDone })
  const template = templates[Number(chosen)]
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (template)
          starting.mutate({
            personId: person.id,
            kind: template.kind,
            templateId: template.templateId,
            fromOn,
            language,
          })
      }}
    >
      <NativeSelect
        label={t('checklist.template')}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={templates.map(({ title, items }, index) => ({
          value: `${index}`,
          label: t('checklist.templateOf', { title, count: items.length }),
        }))}
      />
      <TextInput
        type="date"
        required
        label={t('checklist.fromOn')}
        description={t('checklist.fromHint')}
        value={fromOn}
        onChange={(event) => setFromOn(event.currentTarget.value)}
      />
      <End
        error={starting.error}
        pending={starting.isPending}
        disabled={!template}
        action={t('checklist.start')}
        onDone={onDone}
      />
    </form>
  )
}

/** Hands something to somebody that nobody has at the moment. */
export function IssueItem({ personId, onDone }: { personId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const read = useRead('item.list', {})
  const free = (read.data?.items ?? []).filter(({ holder, isRetired }) => holder === null && !isRetired)
  const [chosen, setChosen] = useState('')
  const [issuedOn, setIssuedOn] = useState(todayHere())
  const [note, setNote] = useState('')
  const issuing = useChange('item.issue', { stale, quiet: true, onDone })
  const itemId = chosen === '' ? (free[0]?.itemId ?? '') : chosen
  if (read.data && free.length === 0) return <p>{t('item.noneFree')}</p>
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        issuing.mutate({ itemId, personId, issuedOn, note: note.trim() })
      }}
    >
      <NativeSelect
        label={t('item.one')}
        value={itemId}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={free.map((item) => ({
          value: item.itemId,
          label: [t(`item.kind.${item.kind}`), item.label, item.number].filter((one) => one !== '').join(' · '),
        }))}
      />
      <TextInput
        type="date"
        required
        label={t('item.issuedOn')}
        max={todayHere()}
        value={issuedOn}
        onChange={(event) => setIssuedOn(event.currentTarget.value)}
      />
      <TextInput
        label={t('record.note')}
        value={note}
        maxLength={1_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <End error={issuing.error} pending={issuing.isPending} disabled={itemId === ''} onDone={onDone} />
    </form>
  )
}

/** Somebody does something else, with the list for it. */
export function MoveForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [movedOn, setMovedOn] = useState(todayHere())
  const [position, setPosition] = useState(person.position ?? '')
  const [area, setArea] = useState(person.area ?? '')
  const [starts, setStarts] = useState(true)
  const starting = useChange('checklist.start', { stale, quiet: true, onDone })
  const moving = useChange('record.move', {
    stale,
    quiet: true,
    onDone: () => {
      if (starts) starting.mutate({ personId: person.id, kind: 'mover', fromOn: movedOn, language })
      else onDone()
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        moving.mutate({ personId: person.id, movedOn, position: orNull(position), area: orNull(area) })
      }}
    >
      <TextInput
        type="date"
        required
        label={t('record.movedOn')}
        value={movedOn}
        onChange={(event) => setMovedOn(event.currentTarget.value)}
      />
      <TextInput
        label={t('person.position')}
        value={position}
        maxLength={200}
        onChange={(event) => setPosition(event.currentTarget.value)}
      />
      <TextInput
        label={t('record.area')}
        value={area}
        maxLength={100}
        onChange={(event) => setArea(event.currentTarget.value)}
      />
      <Checkbox
        label={t('record.startMover')}
        checked={starts}
        onChange={(event) => setStarts(event.currentTarget.checked)}
      />
      <End error={moving.error ?? starting.error} pending={moving.isPending || starting.isPending} onDone={onDone} />
    </form>
  )
}

/** The last day of somebody, with what is still to be returned and the list for it. */
export function LeaveForm({ record, onDone }: { record: RecordShown; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { person, items, checklists } = record
  const [leftOn, setLeftOn] = useState(person.leftOn ?? todayHere())
  const hasList = checklists.some(({ kind }) => kind === 'leaver')
  const [starts, setStarts] = useState(!hasList)
  const starting = useChange('checklist.start', { stale, quiet: true, onDone })
  const [atOnce, setAtOnce] = useState(false)
  const leaving = useChange('leaving.start', {
    stale: staleLeaving,
    quiet: true,
    onDone: (_, { on }) => {
      if (starts) starting.mutate({ personId: person.id, kind: kinds[2], fromOn: on, language })
      else onDone()
    },
  })
  const staying = useChange('leaving.stop', { stale: staleLeaving, quiet: true, onDone })
  const open = items.filter(({ returnedOn }) => returnedOn === null)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        leaving.mutate({ personId: person.id, on: leftOn, atOnce: atOnce && leftOn === todayHere() })
      }}
    >
      <TextInput
        type="date"
        required
        label={t('record.lastDay')}
        description={t('record.lastDayHint')}
        value={leftOn}
        onChange={(event) => setLeftOn(event.currentTarget.value)}
      />
      {leftOn === todayHere() ? (
        <Checkbox
          label={t('leaving.atOnce')}
          checked={atOnce}
          onChange={(event) => setAtOnce(event.currentTarget.checked)}
        />
      ) : null}
      <p className="note quiet">{t('leaving.startNote')}</p>
      {open.length === 0 ? (
        <p className="note quiet">{t('record.nothingHeld')}</p>
      ) : (
        <>
          <p>{t('record.toReturn', { count: open.length })}</p>
          <ul className="record-lines">
            {open.map((item) => (
              <li key={item.itemId}>
                {[t(`item.kind.${item.kind}`), item.label, item.number].filter((one) => one !== '').join(' · ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <Checkbox
        label={t('record.startLeaver')}
        checked={starts}
        onChange={(event) => setStarts(event.currentTarget.checked)}
      />
      {person.leftOn === null ? null : (
        <button
          type="button"
          className="text-button"
          disabled={staying.isPending}
          onClick={() => staying.mutate({ personId: person.id })}
        >
          {t('record.stays')}
        </button>
      )}
      <End
        error={leaving.error ?? staying.error ?? starting.error}
        pending={leaving.isPending || starting.isPending}
        onDone={onDone}
      />
    </form>
  )
}

/** What is said about a point of a list that is not simply done. */
export function PointForm({ itemId, onDone }: { itemId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [state, setState] = useState<'done' | 'not-needed'>('done')
  const [doneOn, setDoneOn] = useState(todayHere())
  const [note, setNote] = useState('')
  const ticking = useChange('checklist.tick', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ticking.mutate({ itemId, state, note: note.trim(), ...(state === 'done' ? { doneOn } : {}) })
      }}
    >
      <NativeSelect
        label={t('checklist.state')}
        value={state}
        onChange={(event) => setState(event.currentTarget.value === 'done' ? 'done' : 'not-needed')}
        data={[
          { value: 'done', label: t('checklist.stateOf.done') },
          { value: 'not-needed', label: t('checklist.stateOf.not-needed') },
        ]}
      />
      {state === 'done' ? (
        <TextInput
          type="date"
          required
          label={t('checklist.doneOn')}
          max={todayHere()}
          value={doneOn}
          onChange={(event) => setDoneOn(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        label={t(state === 'done' ? 'record.note' : 'checklist.why')}
        required={state === 'not-needed'}
        withAsterisk={false}
        value={note}
        maxLength={1_000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <End error={ticking.error} pending={ticking.isPending} onDone={onDone} />
    </form>
  )
}
