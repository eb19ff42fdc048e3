import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'

/** A new job over a folder: from where, by which plan, and where to. */
export function JobForm({ stores }: { stores: Output<'shield.store_list'>['stores'] }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const plans = useRead('shield.plan_list', {}).data?.plans ?? []
  const [storeId, setStoreId] = useState('')
  const [planId, setPlanId] = useState('')
  const [input, setInput] = useState('')
  const [output, setOutput] = useState('')
  const starting = useChange('shield.job_start', {
    stale: ['shield.job_list'],
    quiet: true,
    onDone: ({ jobId }) => void navigate({ to: '/t/$slug/shield/jobs/$jobId', params: { slug, jobId } }),
  })
  const plain = { required: true, withAsterisk: false, autoComplete: 'off', spellCheck: false, maxLength: 900 }
  const store = stores.find((one) => one.storeId === storeId) ?? stores[0]
  const plan = plans.find((one) => one.planId === planId) ?? plans[0]
  if (plan === undefined) return <p>{t('shieldJob.noPlan')}</p>
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (store) starting.mutate({ storeId: store.storeId, planId: plan.planId, input, output })
      }}
    >
      <NativeSelect
        label={t('shieldJob.store')}
        value={store?.storeId ?? ''}
        onChange={(event) => setStoreId(event.currentTarget.value)}
        data={stores.map((one) => ({ value: one.storeId, label: one.name }))}
      />
      <NativeSelect
        label={t('shieldJob.plan')}
        value={plan.planId}
        onChange={(event) => setPlanId(event.currentTarget.value)}
        data={plans.map((one) => ({
          value: one.planId,
          label: t('shieldJob.planOf', { name: one.name, version: one.version }),
        }))}
      />
      <TextInput
        {...plain}
        label={t('shieldJob.input')}
        description={t('shieldJob.inputText')}
        value={input}
        onChange={(event) => setInput(event.currentTarget.value)}
      />
      <TextInput
        {...plain}
        label={t('shieldJob.output')}
        description={t('shieldJob.outputText')}
        value={output}
        onChange={(event) => setOutput(event.currentTarget.value)}
      />
      {starting.error ? (
        <p role="alert" className="bad">
          {sentenceOf(starting.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={starting.isPending}>
          {t('shieldJob.start')}
        </Button>
      </div>
    </form>
  )
}
