import { Button, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue, controls } from '@art32/catalogue'
import type { Input, MeasureView, RegisterView, StatementView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useChange, useRead, useTenant } from '../api/use-api.ts'
import { environments } from '../connection/environment.ts'
import { partsOf } from '../document/walk.ts'
import { useLanguage } from '../language/use-language.ts'
import { withMeasure } from '../register/register-view.ts'
import { cadenceWord, rhythms } from './cadence.ts'

/** What is done with a line beside it. */
export type Task = 'change' | 'split' | 'ignore'

/** Changes one measure: what it means, who answers for it, where and how often; splits it; sets it aside. */
export function MeasureEditor({
  statement,
  task,
  documentId,
  onTask,
}: {
  statement: StatementView
  task: Task
  documentId: string
  onTask: (task: Task | null) => void
}) {
  const { measure } = statement
  if (measure === null) return null
  const common = { statement, measure, documentId, onTask }
  return (
    <div className="editor">
      <blockquote className="quoted">{statement.text}</blockquote>
      {task === 'split' ? <Split {...common} /> : task === 'ignore' ? <Ignore {...common} /> : <Change {...common} />}
    </div>
  )
}

type Editing = {
  statement: StatementView
  measure: MeasureView
  documentId: string
  onTask: (task: Task | null) => void
}

/** Keeps a changed measure in the register that is shown, without loading the whole again. */
function useKeep(documentId: string): (changed: { measure: MeasureView }) => void {
  const tenant = useTenant()
  const client = useQueryClient()
  return ({ measure }) => {
    client.setQueryData<RegisterView>(
      keyOf(tenant, 'register.show', { documentId }),
      (known) => known && withMeasure(known, measure),
    )
  }
}

const statuses = ['in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable'] as const

function Change({ statement, measure, documentId, onTask }: Editing) {
  const { t } = useTranslation()
  const language = useLanguage()
  const tenant = useTenant()
  const client = useQueryClient()
  const keep = useKeep(documentId)
  const systems = useRead('system.list', {}).data?.systems ?? []
  const changing = useChange('measure.change', {
    quiet: true,
    onDone: (changed, input) => {
      keep(changed)
      if (input.status !== undefined) void client.invalidateQueries({ queryKey: keyOf(tenant, 'register.show') })
    },
  })
  const merging = useChange('measure.merge', { stale: ['register.show'] })
  const restoring = useChange('measure.restore', { onDone: keep })
  const [owner, setOwner] = useState(measure.owner ?? '')
  const target = { measureId: measure.id, revision: measure.revision }
  const change = (what: Omit<Input<'measure.change'>, 'measureId' | 'revision'>) =>
    changing.mutate({ ...target, ...what })
  const own = measure.cadence !== null && !rhythms.some((rhythm) => rhythm === measure.cadence) ? [measure.cadence] : []
  return (
    <div className="stack" aria-busy={changing.isPending}>
      {measure.ignored === null ? null : (
        <p className="aside-note">
          {t('read.setAside', { reason: measure.ignored })}{' '}
          <Button size="compact-sm" loading={restoring.isPending} onClick={() => restoring.mutate(target)}>
            {t('editor.restore')}
          </Button>
        </p>
      )}
      <MultiSelect
        label={t('editor.meaning')}
        description={t('editor.meaningHint')}
        placeholder={t('editor.find')}
        searchable
        nothingFoundMessage={t('editor.nothingFound')}
        maxDropdownHeight={280}
        data={controls.map((control) => ({
          group: control.title[language],
          items: catalogue
            .filter((entry) => entry.control === control.id)
            .map((entry) => ({ value: entry.id, label: entry.title[language] })),
        }))}
        value={measure.parts.map((part) => part.catalogueId)}
        onChange={(catalogueIds) => change({ catalogueIds })}
        error={changing.error ? sentenceOf(changing.error, t) : undefined}
      />
      <NativeSelect
        label={t('measure.status')}
        value={statement.status}
        onChange={(event) => {
          const status = statuses.find((known) => known === event.currentTarget.value)
          if (status) change({ status })
        }}
        data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <TextInput
        label={t('measure.owner')}
        description={t('editor.ownerHint')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        onBlur={() => {
          const name = owner.trim()
          if (name !== (measure.owner ?? '')) change({ owner: name === '' ? null : name })
        }}
      />
      <NativeSelect
        label={t('measure.guarantor')}
        value={measure.guarantor}
        onChange={(event) => {
          const guarantor = (['us', 'processor', 'customer'] as const).find(
            (known) => known === event.currentTarget.value,
          )
          if (guarantor) change({ guarantor })
        }}
        data={(['us', 'processor', 'customer'] as const).map((value) => ({ value, label: t(`guarantor.${value}`) }))}
      />
      <MultiSelect
        label={t('measure.scope')}
        description={t('editor.scopeHint')}
        placeholder={measure.scope.length === 0 ? t('measure.everywhere') : ''}
        searchable
        data={systems
          .filter(({ id, environment }) => measure.environments.includes(environment) || measure.scope.includes(id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={[...measure.scope]}
        onChange={(scope) => change({ scope })}
      />
      <MultiSelect
        label={t('systems.counting')}
        description={t('systems.countingHint')}
        data={environments.map((value) => ({ value, label: t(`systems.environments.${value}`) }))}
        value={[...measure.environments]}
        onChange={(chosen) => {
          const counting = environments.filter((environment) => chosen.includes(environment))
          if (counting.length > 0) change({ environments: counting })
        }}
      />
      <NativeSelect
        label={t('measure.cadence')}
        value={measure.cadence ?? ''}
        onChange={(event) => change({ cadence: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        data={[
          { value: '', label: t('measure.noCadence') },
          ...[...rhythms, ...own].map((value) => ({ value, label: cadenceWord(value, t) })),
        ]}
      />
      <NativeSelect
        label={t('measure.visibility')}
        value={measure.visibility}
        onChange={(event) => {
          const visibility = (['public', 'customers', 'auditors'] as const).find(
            (known) => known === event.currentTarget.value,
          )
          if (visibility) change({ visibility })
        }}
        data={(['public', 'customers', 'auditors'] as const).map((value) => ({
          value,
          label: t(`visibility.${value}`),
        }))}
      />
      <div className="actions">
        <Button size="compact-sm" onClick={() => onTask('split')}>
          {t('keys.split')}
        </Button>
        <Button size="compact-sm" loading={merging.isPending} onClick={() => merging.mutate(target)}>
          {t('keys.merge')}
        </Button>
        {measure.ignored === null ? (
          <Button size="compact-sm" onClick={() => onTask('ignore')}>
            {t('keys.ignore')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function Split({ statement, measure, onTask }: Editing) {
  const { t } = useTranslation()
  const [lines, setLines] = useState(statement.text)
  const splitting = useChange('measure.split', { stale: ['register.show'], quiet: true, onDone: () => onTask(null) })
  const parts = partsOf(statement.text, lines)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (parts) splitting.mutate({ measureId: measure.id, revision: measure.revision, parts: [...parts] })
      }}
    >
      <Textarea
        label={t('editor.parts')}
        description={t('editor.partsHint')}
        autosize
        minRows={5}
        data-autofocus
        value={lines}
        onChange={(event) => setLines(event.currentTarget.value)}
        error={splitting.error ? sentenceOf(splitting.error, t) : undefined}
      />
      <p className="note quiet" role="status">
        {parts === null ? t('editor.partsWrong') : t('editor.partsCount', { count: parts.length })}
      </p>
      <div className="actions">
        <Button type="submit" variant="filled" disabled={parts === null} loading={splitting.isPending}>
          {t('keys.split')}
        </Button>
        <Button onClick={() => onTask('change')}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

function Ignore({ measure, documentId, onTask }: Editing) {
  const { t } = useTranslation()
  const keep = useKeep(documentId)
  const [reason, setReason] = useState('')
  const ignoring = useChange('measure.ignore', {
    quiet: true,
    onDone: (changed) => {
      keep(changed)
      onTask(null)
    },
  })
  const tooShort = reason.trim().length < 3
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!tooShort) ignoring.mutate({ measureId: measure.id, revision: measure.revision, reason: reason.trim() })
      }}
    >
      <Textarea
        label={t('editor.reason')}
        description={t('editor.reasonHint')}
        autosize
        minRows={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={ignoring.error ? sentenceOf(ignoring.error, t) : undefined}
      />
      <div className="actions">
        <Button type="submit" variant="filled" disabled={tooShort} loading={ignoring.isPending}>
          {t('keys.ignore')}
        </Button>
        <Button onClick={() => onTask('change')}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
