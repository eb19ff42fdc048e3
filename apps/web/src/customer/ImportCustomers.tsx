import { Button, FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { problemFrom } from '../api/problem.ts'
import { tenantAddress } from '../api/request.ts'
import { keyOf, useTenant } from '../api/use-api.ts'
import { Refusal } from './Refusal.tsx'
import { stale } from './words.ts'

async function send<O extends 'customer.preview' | 'customer.import'>(
  tenant: string,
  operation: O,
  file: File,
): Promise<Output<O>> {
  const response = await fetch(tenantAddress(tenant, operation, { name: 'customers.csv' }), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'accept-language': document.documentElement.lang },
    body: file,
  })
  const body: unknown = await response.json()
  if (!response.ok) throw problemFrom(response.status, body)
  return body as Output<O>
}

/** Customers from a file: looked at first, then taken over whole. */
export function ImportCustomers({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const looking = useMutation({ mutationFn: async (one: File) => await send(slug, 'customer.preview', one) })
  const taking = useMutation({
    mutationFn: async (one: File) => await send(slug, 'customer.import', one),
    onSuccess: async () => {
      await Promise.all(stale.map((one) => client.invalidateQueries({ queryKey: keyOf(slug, one) })))
      onDone()
    },
  })
  const plan = looking.data
  const isReady = plan !== undefined && plan.counts.fault === 0 && plan.counts.add + plan.counts.change > 0
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (file) taking.mutate(file)
      }}
    >
      <p>{t('customer.import.how')}</p>
      <p>
        <a href={tenantAddress(slug, 'customer.template', {})} download>
          {t('customer.import.template')}
        </a>
      </p>
      <FileInput
        label={t('customer.import.file')}
        placeholder={t('transfer.choose')}
        accept=".csv,text/csv"
        value={file}
        onChange={(one) => {
          setFile(one)
          looking.reset()
          if (one) looking.mutate(one)
        }}
      />
      <Refusal error={looking.error ?? taking.error} />
      {plan ? (
        <div role="status" className="customer-part">
          <p>
            {t('customer.import.counts', {
              add: plan.counts.add,
              change: plan.counts.change,
              same: plan.counts.same,
              fault: plan.counts.fault,
            })}
          </p>
          <ul className="sentences">
            {plan.rows.slice(0, 20).map(({ line, name, fate, faults }) => (
              <li key={line} className={fate === 'fault' ? 'bad' : undefined}>
                {t('customer.import.line', { line, name, fate: t(`customer.import.fate.${fate}`) })}
                {faults.length === 0 ? null : `: ${faults.join(', ')}`}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <Button type="submit" variant="filled" disabled={!isReady} loading={looking.isPending || taking.isPending}>
        {t('customer.import.take')}
      </Button>
    </form>
  )
}
