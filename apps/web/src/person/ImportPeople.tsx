import { Button, Checkbox, FileInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { stale } from './record.ts'

type Plan = Output<'staff.preview'>

/** Reads a CSV file: first what it would do, line by line, then, when a person says so, that. */
export function ImportPeople({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [csv, setCsv] = useState('')
  const [skip, setSkip] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const planning = useChange('staff.preview', { quiet: true })
  const importing = useChange('staff.import', { stale, quiet: true, onDone })
  const error = planning.error ?? importing.error
  const choose = async (chosen: File | null) => {
    setFile(chosen)
    setSkip(false)
    importing.reset()
    if (chosen === null) return planning.reset()
    const text = decode(await chosen.arrayBuffer())
    setCsv(text)
    planning.mutate({ csv: text })
  }
  const plan = planning.data
  const isReady = plan !== undefined && plan.adds + plan.changes > 0 && (plan.refused === 0 || skip)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        importing.mutate({ csv, skip })
      }}
    >
      <p>{t('record.importText')}</p>
      <pre className="record-sample">{t('record.importSample')}</pre>
      <FileInput
        label={t('record.importFile')}
        accept=".csv,text/csv"
        value={file}
        onChange={(chosen) => void choose(chosen)}
        placeholder={t('record.importChoose')}
        clearable
        clearButtonProps={{ 'aria-label': t('record.importClear') }}
      />
      {planning.isPending ? <p role="status">{t('record.importReading')}</p> : null}
      {plan ? <PlanShown plan={plan} /> : null}
      {plan && plan.refused > 0 ? (
        <Checkbox
          label={t('record.importSkip', { count: plan.refused })}
          checked={skip}
          onChange={(event) => setSkip(event.currentTarget.checked)}
        />
      ) : null}
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" disabled={!isReady} loading={importing.isPending}>
          {t('record.importDo')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

function PlanShown({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const { adds, changes, same, refused, lines } = plan
  return (
    <div role="status">
      <p>{t('record.importSum', { adds, changes, same, refused })}</p>
      <ul className="record-lines">
        {lines.slice(0, 100).map(({ line, action, problems, name }) => (
          <li key={line} className={action === 'refused' ? 'bad' : ''}>
            {t('record.importLine', { line })} {name === '' ? '–' : name}:{' '}
            {action === 'refused'
              ? problems.map((one) => t(`record.problem.${one}`)).join('; ')
              : t(`record.importAction.${action}`)}
          </li>
        ))}
      </ul>
      {lines.length > 100 ? (
        <p className="note quiet">{t('record.importMore', { count: lines.length - 100 })}</p>
      ) : null}
    </div>
  )
}

/** Spreadsheets save UTF-8, or what Windows used before. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
