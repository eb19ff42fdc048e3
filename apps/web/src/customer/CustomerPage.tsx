import { Button } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Downloads } from '../paper/Downloads.tsx'
import { ContractForm } from './ContractForm.tsx'
import { ContractPart } from './ContractPart.tsx'
import { CustomerForm } from './CustomerForm.tsx'
import { Notices } from './Notices.tsx'
import type { CustomerShown } from './words.ts'
import './customer.css'

const route = getRouteApi('/signed-in/t/$slug/customer/$customerId')

/** One customer: who it is, its agreements, what happened under them, and what it was told. */
export function CustomerPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { customerId } = route.useParams()
  const shown = useRead('customer.show', { customerId })
  return (
    <Page
      title={shown.data?.customer.name ?? t('customer.title')}
      over={
        <Link to="/t/$slug/customers" params={{ slug }} search={{}}>
          {t('customer.title')}
        </Link>
      }
    >
      <Loaded read={shown}>{(found) => <Whole shown={found} />}</Loaded>
    </Page>
  )
}

function Whole({ shown }: { shown: CustomerShown }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const mayWrite = useMay('register:write')
  const [asked, setAsked] = useState<'change' | 'contract' | null>(null)
  const { customer, contracts } = shown
  const { customerId } = customer
  const removing = useChange('customer.remove', {
    stale: ['customer.list'],
    onDone: () => void navigate({ to: '/t/$slug/customers', params: { slug }, search: {} }),
  })
  const told = useRead('announcement.of', { customerId })
  const close = () => setAsked(null)
  return (
    <>
      <Facts customer={customer} />
      {mayWrite ? (
        <p className="actions">
          <Button variant={contracts.length === 0 ? 'filled' : 'default'} onClick={() => setAsked('contract')}>
            {t('contract.add')}
          </Button>
          <Button onClick={() => setAsked('change')}>{t('customer.change')}</Button>
          {contracts.length === 0 ? (
            <Button loading={removing.isPending} onClick={() => removing.mutate({ customerId })}>
              {t('customer.remove')}
            </Button>
          ) : null}
        </p>
      ) : null}
      {contracts.length === 0 ? <p>{t('contract.none')}</p> : null}
      {contracts.map((contract) => (
        <ContractPart key={contract.contractId} contract={contract} shown={shown} />
      ))}
      <Loaded read={told}>{({ notices }) => <Notices notices={notices} today={shown.today} />}</Loaded>
      {contracts.length === 0 ? null : (
        <Downloads
          operation="matter.export"
          input={{ customerId }}
          formats={['pdf', 'docx', 'csv']}
          label={t('customer.record')}
        />
      )}
      <Dialog title={t('customer.change')} opened={asked === 'change'} onClose={close} side>
        <CustomerForm customer={customer} onDone={close} />
      </Dialog>
      <Dialog title={t('contract.add')} opened={asked === 'contract'} onClose={close} side>
        <ContractForm customerId={customerId} onDone={close} />
      </Dialog>
    </>
  )
}

function Facts({ customer }: { customer: CustomerShown['customer'] }) {
  const { t } = useTranslation()
  const contact = [customer.contactName, customer.contactEmail ?? ''].filter((one) => one !== '').join(', ')
  const facts = [
    [t('customer.field.reference'), customer.reference],
    [t('customer.field.address'), customer.address],
    [t('customer.contact'), contact],
    [t('customer.field.dpo'), customer.dpo],
    [t('customer.field.representative'), customer.representative],
  ].filter(([, value]) => value !== '')
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="customer-said">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
