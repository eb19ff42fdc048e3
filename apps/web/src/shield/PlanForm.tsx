import { Button, NativeSelect, TextInput } from '@mantine/core'
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
  const [name, setName] = useState(nameOfPlan(file.name))
  const [sent, setSent] = useState(0)
  const sending = useRef<AbortController | null>(null)
  const text = JSON.stringify(plan)
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
      <BeginWith profiled={profiled} onPlan={setPlan} onName={setName} />
      <PlanTable plan={plan} onChange={setPlan} />
      <div className="shield-names">
        <TextInput
          label={t('shield.planName')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('shield.domain')}
          description={t('shield.domainText')}
          required
          maxLength={100}
          pattern="[A-Za-z0-9._\-]+"
          value={plan.domain}
          onChange={(event) => setPlan({ ...plan, domain: event.currentTarget.value })}
        />
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

/** What the file itself says, or a plan that was kept. */
function BeginWith({
  profiled,
  onPlan,
  onName,
}: {
  profiled: Plan
  onPlan: (plan: Plan) => void
  onName: (name: string) => void
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [planId, setPlanId] = useState('')
  const list = useRead('shield.plan_list', {})
  const taking = useMutation({
    mutationFn: async (id: string) => await call('shield.plan_show', { planId: id }, slug),
    onSuccess: ({ plan, name }) => {
      onPlan(plan)
      onName(name)
    },
  })
  const plans = list.data?.plans ?? []
  if (plans.length === 0) return null
  return (
    <>
      <NativeSelect
        className="shield-begin"
        label={t('shield.begin')}
        value={planId}
        onChange={(event) => {
          const id = event.currentTarget.value
          setPlanId(id)
          if (id === '') onPlan(profiled)
          else taking.mutate(id)
        }}
        data={[
          { value: '', label: t('shield.profiled') },
          ...plans.map((one) => ({ value: one.planId, label: one.name })),
        ]}
      />
      {taking.error ? (
        <p role="alert" className="bad">
          {sentenceOf(taking.error, t)}
        </p>
      ) : null}
    </>
  )
}
