import { FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useTenant } from '../api/use-api.ts'
import { sendBytes } from '../file/send.ts'
import { Page } from '../frame/Page.tsx'
import { Earlier } from './Earlier.tsx'
import { ObjectJobs } from './ObjectJobs.tsx'
import { isWorkbook } from './plan.ts'
import { PlanForm } from './PlanForm.tsx'
import { ReportShown } from './ReportShown.tsx'
import './shield.css'

/** What the server takes of a file, and of one that it has to have whole to look at it. */
const largestMiB = 40
const largestWorkbookMiB = 25
/** By how much of it a file is known. */
const sampleSize = 1_048_576

const accepted = '.csv,.tsv,.xlsx,.json,.ndjson,.jsonl,.txt,.log,.sql,.gz,.zst,.md'

/** Import of a file through the shield: what is in it, what is done with it, what came out; and earlier imports. */
export function ShieldPage() {
  const { t } = useTranslation()
  const may = useMay('shield:write')
  return (
    <Page title={t('shield.title')} lead={t('shield.lead')}>
      {may ? <NewImport /> : <p className="quiet">{t('shield.mayNot')}</p>}
      <Earlier />
      {may ? <ObjectJobs /> : null}
    </Page>
  )
}

const limitOf = ({ name }: File) => (isWorkbook(name) ? largestWorkbookMiB : largestMiB)
const isLarge = (file: File) => file.size > limitOf(file) * 1_048_576

function NewImport() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [done, setDone] = useState<Output<'shield.import'> | null>(null)
  const profiling = useMutation({
    mutationFn: async (chosen: File) =>
      await sendBytes<Output<'shield.profile'>>(
        tenantAddress(slug, 'shield.profile', { name: chosen.name }),
        isWorkbook(chosen.name) ? chosen : chosen.slice(0, sampleSize),
        () => {},
        new AbortController().signal,
      ),
  })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setDone(null)
    profiling.reset()
    if (chosen !== null && !isLarge(chosen)) profiling.mutate(chosen)
  }
  return (
    <section className="shield-new">
      <FileInput
        label={t('shield.file')}
        description={t('shield.fileText', { limit: largestMiB })}
        accept={accepted}
        value={file}
        onChange={choose}
        placeholder={t('shield.choose')}
        clearable
        clearButtonProps={{ 'aria-label': t('shield.clear') }}
      />
      {file !== null && isLarge(file) ? (
        <p role="alert" className="bad">
          {t('shield.large', { limit: limitOf(file) })}
        </p>
      ) : null}
      {profiling.isPending ? <p role="status">{t('shield.looking', { name: file?.name ?? '' })}</p> : null}
      {profiling.error ? (
        <p role="alert" className="bad">
          {sentenceOf(profiling.error, t)}
        </p>
      ) : null}
      {file !== null && profiling.data && done === null ? (
        <PlanForm
          key={file.name + String(file.lastModified)}
          file={file}
          profiled={profiling.data.plan}
          onDone={(output) => {
            setDone(output)
            for (const read of ['shield.import_list', 'shield.plan_list'] as const)
              void client.invalidateQueries({ queryKey: keyOf(slug, read) })
          }}
        />
      ) : null}
      {done === null ? null : (
        <>
          <p role="status" className="good">
            {t('shield.done', { name: file?.name ?? '' })}
          </p>
          <ReportShown report={done.report} files={done.files} kind="import" />
        </>
      )}
    </section>
  )
}
