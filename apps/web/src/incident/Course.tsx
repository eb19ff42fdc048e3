import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange } from '../api/use-api.ts'
import { FileField } from '../file/FileField.tsx'
import { Timeline } from '../file/Timeline.tsx'
import { useLanguage } from '../language/use-language.ts'
import { fromField, instant, stale } from './incident-view.ts'
import type { Shown } from './incident-view.ts'

/** What happened in the case, with its evidence files. */
export function Course({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('incident:write')
  const { entries, files, timeZone } = shown
  return (
    <Timeline
      entries={entries.map(({ at, happenedAt, by, kind, text }) => ({
        key: at,
        at: instant(happenedAt, language, timeZone),
        by,
        said: kind === 'note' ? null : t(`incident.entry.${known(kind)}`),
        text,
      }))}
      files={files}
    >
      {mayWrite ? <AddNote incidentId={shown.incident.incidentId} /> : null}
    </Timeline>
  )
}

const kinds = [
  'reported',
  'triaged',
  'described',
  'breach',
  'no-breach',
  'assessed',
  'people-decided',
  'affected',
  'assigned',
  'task-done',
  'told-authority',
  'told-controller',
  'told-people',
  'not-told',
  'learnt',
  'published',
  'unpublished',
  'bulletin-closed',
  'closed',
] as const

/** A later server may write more kinds. */
function known(kind: string): (typeof kinds)[number] | 'other' {
  return kinds.find((one) => one === kind) ?? 'other'
}

function AddNote({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [happenedAt, setHappenedAt] = useState('')
  const [fileIds, setFileIds] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const adding = useChange('incident.note', {
    stale,
    onDone() {
      setText('')
      setHappenedAt('')
      setFileIds([])
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ incidentId, text, happenedAt: fromField(happenedAt), fileIds })
      }}
    >
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={8_000}
        label={t('incident.noteLabel')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('incident.happenedAt')}
        value={happenedAt}
        onChange={(event) => setHappenedAt(event.currentTarget.value)}
      />
      <FileField label={t('incident.files')} value={fileIds} onChange={setFileIds} onBusy={setBusy} />
      <div className="actions">
        <Button type="submit" disabled={isBusy} loading={adding.isPending}>
          {t('incident.addNote')}
        </Button>
      </div>
    </form>
  )
}

const roles = ['lead', 'deputy', 'technical', 'communication', 'legal'] as const

/** Who does what in the case. */
export function Roles({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('incident:write')
  const assigning = useChange('incident.assign', { stale })
  const { incident, people } = shown
  const isOpen = mayWrite && incident.state !== 'closed'
  return (
    <div className="form">
      {roles.map((role) => {
        const holder = shown.roles.find((one) => one.role === role)
        return isOpen ? (
          <NativeSelect
            key={role}
            label={t(`incident.caseRole.${role}`)}
            value={holder?.accountId ?? ''}
            onChange={(event) =>
              assigning.mutate({
                incidentId: incident.incidentId,
                role,
                accountId: event.currentTarget.value === '' ? null : event.currentTarget.value,
              })
            }
            data={[
              { value: '', label: t('incident.nobody') },
              ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
            ]}
          />
        ) : (
          <p key={role}>
            {t(`incident.caseRole.${role}`)}: {holder?.name ?? t('incident.nobody')}
          </p>
        )
      })}
    </div>
  )
}

/** What is to be done in the case. */
export function Tasks({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('incident:write')
  const [title, setTitle] = useState('')
  const [assignee, setAssignee] = useState('')
  const [dueAt, setDueAt] = useState('')
  const adding = useChange('incident.add_task', { stale, onDone: () => setTitle('') })
  const finishing = useChange('incident.finish_task', { stale })
  const { incident, tasks, people, timeZone } = shown
  return (
    <>
      <ul className="rows">
        {tasks.map((task) => (
          <li key={task.taskId} className="row">
            <div className="row-main">
              <p>{task.title}</p>
              <p className="note quiet">
                {task.assignee ?? t('incident.nobody')}
                {task.dueAt === null ? null : ` · ${instant(task.dueAt, language, timeZone)}`}
                {task.doneAt === null ? null : ` · ${t('incident.done')}`}
              </p>
            </div>
            {mayWrite && task.doneAt === null ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('incident.finishOf', { title: task.title })}
                  onClick={() => finishing.mutate({ taskId: task.taskId })}
                >
                  {t('incident.finish')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite && incident.state !== 'closed' ? (
        <details>
          <summary>{t('incident.addTask')}</summary>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              adding.mutate({
                incidentId: incident.incidentId,
                title,
                assignee: assignee === '' ? null : assignee,
                dueAt: fromField(dueAt),
              })
            }}
          >
            <TextInput
              required
              minLength={3}
              maxLength={400}
              label={t('incident.taskLabel')}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('incident.assignee')}
              value={assignee}
              onChange={(event) => setAssignee(event.currentTarget.value)}
              data={[
                { value: '', label: t('incident.nobody') },
                ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
              ]}
            />
            <TextInput
              type="datetime-local"
              label={t('incident.dueAt')}
              value={dueAt}
              onChange={(event) => setDueAt(event.currentTarget.value)}
            />
            <div className="actions">
              <Button type="submit" loading={adding.isPending}>
                {t('incident.add')}
              </Button>
            </div>
          </form>
        </details>
      ) : null}
    </>
  )
}
