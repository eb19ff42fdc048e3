import { Button, FileInput, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { sendBytes } from '../file/send.ts'
import { PlanTable } from './PlanTable.tsx'
import { hasFirstRows, nameOfPlan } from './plan.ts'
import type { Plan } from './plan.ts'
import { PreviewRows } from './PreviewRows.tsx'

/** The plan of a file to be read and corrected, its first rows, and the import itself. */
export function PlanForm({
  file,
  profiled,
  onDone,
}: {
  file: File
  profiled: Plan
  onDone: (output: Output<'shield.import'>) => void
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayPreview = useMay('shield:preview')
  const [plan, setPlan] = useState(profiled)
  const [written, setWritten] = useState<Written | null>(null)
  const [begunWith, setBegunWith] = useState('')
  const [name, setName] = useState(nameOfPlan(file.name))
  const [sent, setSent] = useState(0)
  const sending = useRef<AbortController | null>(null)
  const text = written?.text ?? JSON.stringify(plan)
  const importing = useMutation({
    mutationFn: async () => {
      setSent(0)
      const leaving = new AbortController()
      sending.current = leaving
      const { planId } = await call('shield.plan_save', { name, plan: text }, slug)
      const address = tenantAddress(slug, 'shield.import', { name: file.name, planId })
      return await sendBytes<Output<'shield.import'>>(address, file, setSent, leaving.signal)
    },
    onSuccess: onDone,
  })
  if (importing.isPending)
    return (
      <div className="file-sending" role="status">
        <span>{t('shield.sending', { name: file.name })}</span>
        <progress
          aria-label={t('shield.progress', { name: file.name })}
          max={1}
          {...(sent < 1 ? { value: sent } : {})}
        />
        <button type="button" className="text-button" onClick={() => sending.current?.abort()}>
          {t('action.cancel')}
        </button>
      </div>
    )
  return (
    <form
      className="shield-plan"
      onSubmit={(event) => {
        event.preventDefault()
        importing.mutate()
      }}
    >
      <h2>{t('shield.plan')}</h2>
      <p>{t('shield.planText')}</p>
      <BeginWith
        begunWith={begunWith}
        onBegin={setBegunWith}
        profiled={profiled}
        onPlan={setPlan}
        onWritten={setWritten}
        onName={setName}
      />
      {written === null ? (
        <PlanTable plan={plan} onChange={setPlan} />
      ) : (
        <p>{t('shield.written', { name: written.name })}</p>
      )}
      <div className="shield-names">
        <TextInput
          label={t('shield.planName')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {written === null ? (
          <TextInput
            label={t('shield.domain')}
            description={t('shield.domainText')}
            required
            maxLength={100}
            pattern="[A-Za-z0-9._\-]+"
            value={plan.domain}
            onChange={(event) => setPlan({ ...plan, domain: event.currentTarget.value })}
          />
        ) : null}
      </div>
      {importing.error ? (
        <p role="alert" className="bad">
          {sentenceOf(importing.error, t)}
        </p>
      ) : null}
      {mayPreview && hasFirstRows(file) ? <PreviewRows file={file} plan={text} /> : null}
      {mayPreview && !hasFirstRows(file) ? <p className="note quiet">{t('shield.noPreview')}</p> : null}
      <div className="actions">
        <Button type="submit" variant="filled">
          {t('shield.import')}
        </Button>
      </div>
    </form>
  )
}

/** A plan that somebody brings as a file, to be used to the letter. */
interface Written {
  readonly name: string
  readonly text: string
}

/** In the list of what a plan can begin with. */
const fromFile = 'file'

/** What the file itself says, a plan that was kept, or one that is brought. */
function BeginWith({
  begunWith,
  onBegin,
  profiled,
  onPlan,
  onWritten,
  onName,
}: {
  /** The id of a kept plan, `fromFile`, or nothing: what the file says. */
  begunWith: string
  onBegin: (choice: string) => void
  profiled: Plan
  onPlan: (plan: Plan) => void
  onWritten: (written: Written | null) => void
  onName: (name: string) => void
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const list = useRead('shield.plan_list', {})
  const taking = useMutation({
    mutationFn: async (id: string) => await call('shield.plan_show', { planId: id }, slug),
    onSuccess: ({ plan, name }) => {
      onPlan(plan)
      onName(name)
    },
  })
  const plans = list.data?.plans ?? []
  const bring = (name: string, text: string) => {
    onWritten({ name, text })
    onName(nameOfPlan(name))
  }
  return (
    <>
      <NativeSelect
        className="shield-begin"
        label={t('shield.begin')}
        value={begunWith}
        onChange={(event) => {
          const id = event.currentTarget.value
          onBegin(id)
          onWritten(null)
          if (id === '') onPlan(profiled)
          else if (id !== fromFile) taking.mutate(id)
        }}
        data={[
          { value: '', label: t('shield.profiled') },
          ...plans.map((one) => ({ value: one.planId, label: one.name })),
          { value: fromFile, label: t('shield.planFile') },
        ]}
      />
      {begunWith === fromFile ? (
        <FileInput
          className="shield-begin"
          label={t('shield.planFile')}
          description={t('shield.planFileText')}
          accept=".yaml,.yml,.json"
          placeholder={t('shield.choose')}
          onChange={(file) => {
            if (file !== null) void file.text().then((text) => bring(file.name, text))
          }}
        />
      ) : null}
      {taking.error ? (
        <p role="alert" className="bad">
          {sentenceOf(taking.error, t)}
        </p>
      ) : null}
    </>
  )
}
