import { Button, SegmentedControl } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureView, RegisterView } from '../api/api.ts'
import { keyOf, useChange, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Page } from '../frame/Page.tsx'
import { Panel } from '../frame/Panel.tsx'
import { lineAction } from '../frame/keys.ts'
import { useLetterKeys } from '../frame/use-letter-keys.ts'
import { count } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { MeasureEditor } from '../measure/MeasureEditor.tsx'
import type { Task } from '../measure/MeasureEditor.tsx'
import { SectionHeading } from '../register/SectionHeading.tsx'
import { Windowed } from '../register/Windowed.tsx'
import {
  faultsByStatement,
  keepStatements,
  sectionsOf,
  sureOnes,
  withMeasure,
  withoutTitle,
} from '../register/register-view.ts'
import type { Section } from '../register/register-view.ts'
import { blocksOf } from '../register/windows.ts'
import { Coverage } from './Coverage.tsx'
import { Faults } from './Faults.tsx'
import { ReadLine } from './ReadLine.tsx'
import { inView, nextOpen, progressOf, step, stops, views } from './walk.ts'
import type { View } from './walk.ts'

/** A document with its measures beside each statement: confirm, change, split, merge, set aside. */
export function Workbench({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const { document, statements } = register
  const title = document.title ?? document.name
  const [view, setView] = useState<View>('all')
  const faults = useMemo(() => faultsByStatement(statements, register.faults), [statements, register.faults])
  const sections = useMemo(() => {
    const all = withoutTitle(sectionsOf(statements), title)
    return view === 'all' ? all : keepStatements(all, (statement) => inView(view, statement, faults))
  }, [statements, title, view, faults])
  const blocks = useMemo(() => blocksOf(sections), [sections])
  const shown = useMemo(() => sections.flatMap((section) => section.statements), [sections])
  const ids = useMemo(() => stops(shown), [shown])
  const { current, stand, task, setTask, confirm, merge, isBusy } = useWalk(register)
  const [letters] = useLetterKeys()
  const mayConfirm = useMay('mapping:confirm')
  const mayWrite = useMay('register:write')
  const editing = task === null ? undefined : statements.find(({ id }) => id === current)
  // The keys belong to the focused line: nothing else on the page reacts to them.
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.line')) return
    const line = event.target.id.replace('line-', '')
    const action = lineAction(event, letters)
    if (action === null) return
    event.preventDefault()
    if (action === 'next' || action === 'previous') stand(step(ids, line, action === 'next' ? 1 : -1))
    else if (action === 'leave') setTask(null)
    else if (action === 'confirm') {
      if (mayConfirm) confirm(line)
    } else if (mayWrite) {
      if (action === 'merge') merge(line)
      else stand(line, action)
    }
  }
  return (
    <Page
      wide
      over={t(`read.state.${document.state}`)}
      title={title}
      lead={<Progress register={register} />}
      actions={<DocumentActions register={register} />}
    >
      <Coverage coverage={register.coverage} />
      <Faults faults={faults.get(null) ?? []} />
      <div className="toolbar">
        <SegmentedControl
          aria-label={t('read.show')}
          value={view}
          onChange={(value) => setView(views.find((known) => known === value) ?? 'all')}
          data={views.map((value) => ({ value, label: t(`read.view.${value}`) }))}
        />
        <p className="note quiet toolbar-hint">{t('read.keysHint')}</p>
      </div>
      <div className="sheet">
        <div className="sheet-text" lang={document.language}>
          {shown.length === 0 ? <p className="quiet">{t(`read.empty.${view}`)}</p> : null}
          <Windowed blocks={blocks} pinned={current}>
            {(block) => (
              <>
                {block.first && block.section.heading ? (
                  <SectionHeading heading={block.section.heading}>
                    <ConfirmSection documentId={document.id} section={block.section} />
                  </SectionHeading>
                ) : null}
                <div
                  role="grid"
                  tabIndex={-1}
                  className="lines"
                  aria-label={block.section.name || t('read.lines')}
                  onKeyDown={onKey}
                >
                  {block.statements.map((statement) => (
                    <ReadLine
                      key={statement.id}
                      statement={statement}
                      unfolded={view === 'faults'}
                      faults={faults.get(statement.id)}
                      stop={current === null ? statement.id === ids[0] : statement.id === current}
                      opened={task !== null && statement.id === current}
                      busy={isBusy(statement)}
                      onStand={stand}
                      onConfirm={confirm}
                    />
                  ))}
                </div>
              </>
            )}
          </Windowed>
        </div>
        <aside className="sheet-side" aria-label={t('read.side')}>
          {editing && task !== null ? (
            <Panel
              title={t(task === 'change' ? 'editor.title' : `editor.task.${task}`)}
              onClose={() => {
                setTask(null)
                if (current !== null) focusLine(current)
              }}
            >
              <MeasureEditor
                key={`${editing.id} ${task}`}
                statement={editing}
                task={task}
                documentId={document.id}
                onTask={(next) => setTask(next)}
              />
            </Panel>
          ) : (
            <KeyList />
          )}
        </aside>
      </div>
    </Page>
  )
}

/** Where one stands, what is open beside it, and what a key does there. */
function useWalk(register: RegisterView) {
  const tenant = useTenant()
  const client = useQueryClient()
  const { line } = useSearch({ from: '/signed-in/t/$slug/read' })
  const [current, setCurrent] = useState<string | null>(line ?? null)
  const [task, setTask] = useState<Task | null>(line === undefined ? null : 'change')
  const stand = (id: string | null, next?: Task) => {
    setCurrent(id)
    if (next !== undefined) setTask(next)
    else if (task !== null && id !== current) setTask('change')
    // The line may only be drawn by this very change.
    if (id !== null && next === undefined) requestAnimationFrame(() => focusLine(id))
  }
  const keep = ({ measure }: { measure: MeasureView }) => {
    const key = keyOf(tenant, 'register.show', { documentId: register.document.id })
    client.setQueryData<RegisterView>(key, (known) => known && withMeasure(known, measure))
  }
  const confirming = useChange('measure.confirm', { onDone: keep })
  const merging = useChange('measure.merge', { stale: ['register.show'] })
  const measureOf = (id: string) => register.statements.find((statement) => statement.id === id)?.measure ?? null
  return {
    current,
    stand,
    task,
    setTask,
    isBusy: (statement: { measure: MeasureView | null }) =>
      confirming.isPending && confirming.variables.measureId === statement.measure?.id,
    confirm: (id: string) => {
      const measure = measureOf(id)
      if (measure === null || confirming.isPending) return
      if (measure.parts.length === 0) return stand(id, 'change')
      stand(nextOpen(register.statements, id) ?? id)
      if (measure.parts.some((part) => part.confirmedBy === null))
        confirming.mutate({ measureId: measure.id, revision: measure.revision })
    },
    merge: (id: string) => {
      const measure = measureOf(id)
      if (measure !== null && !merging.isPending) merging.mutate({ measureId: measure.id, revision: measure.revision })
    },
  }
}

function focusLine(id: string): void {
  const element = document.getElementById(`line-${id}`)
  element?.focus({ preventScroll: true })
  element?.scrollIntoView({ block: 'nearest' })
}

function Progress({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { lines, confirmed } = progressOf(register.statements)
  return (
    <div className="progress-line">
      <progress aria-label={t('read.confirmedLines')} max={Math.max(lines, 1)} value={confirmed} />
      <span>
        {t('read.confirmed', { count: lines, confirmed: count(confirmed, language), lines: count(lines, language) })}
      </span>
    </div>
  )
}

function ConfirmSection({ documentId, section }: { documentId: string; section: Section }) {
  const { t, i18n } = useTranslation()
  const may = useMay('mapping:confirm')
  const confirming = useChange('measure.confirm_section', { stale: ['register.show'] })
  const sure = sureOnes(section).length
  if (!may || sure === 0) return null
  return (
    <Button
      size="compact-sm"
      lang={i18n.language}
      loading={confirming.isPending}
      onClick={() => confirming.mutate({ documentId, section: section.name })}
    >
      {t('read.confirmSection', { count: sure })}
    </Button>
  )
}

function DocumentActions({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const mayWrite = useMay('register:write')
  const [asking, setAsking] = useState(false)
  const { document } = register
  const adopting = useChange('document.adopt', {
    stale: ['register.show', 'document.list'],
    onDone: () => void navigate({ to: '/t/$slug', params: { slug } }),
  })
  const { lines, confirmed } = progressOf(register.statements)
  return (
    <>
      {mayWrite && document.state !== 'register' ? (
        <Button variant="filled" onClick={() => setAsking(true)}>
          {t('read.adopt')}
        </Button>
      ) : null}
      <Link to="/t/$slug/read" params={{ slug }}>
        {t('read.another')}
      </Link>
      <Dialog title={t('read.adopt')} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('read.adoptText')}</p>
        {confirmed < lines ? <p className="quiet">{t('read.adoptOpen', { count: lines - confirmed })}</p> : null}
        <div className="actions">
          <Button
            variant="filled"
            loading={adopting.isPending}
            onClick={() => adopting.mutate({ documentId: document.id })}
          >
            {t('read.adopt')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}

function KeyList() {
  const { t } = useTranslation()
  return (
    <div className="key-list">
      <h2>{t('keys.title')}</h2>
      <dl className="keys">
        {(['j', 'k', 'c', 'e', 's', 'm', 'i'] as const).map((key, position) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>
              {t(
                (
                  [
                    'keys.next',
                    'keys.previous',
                    'keys.confirm',
                    'keys.change',
                    'keys.split',
                    'keys.merge',
                    'keys.ignore',
                  ] as const
                )[position] ?? 'keys.help',
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
