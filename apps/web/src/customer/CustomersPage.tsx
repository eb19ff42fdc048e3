import { Button, NativeSelect, TextInput } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Announcements } from './Announcements.tsx'
import { CustomerForm } from './CustomerForm.tsx'
import { ImportCustomers } from './ImportCustomers.tsx'
import { OpenMatters } from './OpenMatters.tsx'
import type { Listed } from './words.ts'
import './customer.css'

const route = getRouteApi('/signed-in/t/$slug/customers')
const filters = ['all', 'in-force', 'ending', 'coming', 'expired', 'ended', 'none', 'no-edition'] as const

/** Customers with their agreements, what is open under these, and what customers were told. */
export function CustomersPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { of } = route.useSearch()
  return (
    <Page title={t('customer.title')} lead={t('customer.lead')}>
      <nav className="tabs" aria-label={t('customer.title')}>
        <Link
          to="/t/$slug/customers"
          params={{ slug }}
          search={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t('customer.tab.list')}
        </Link>
        <Link to="/t/$slug/customers" params={{ slug }} search={{ of: 'open' }} activeOptions={{ exact: true }}>
          {t('customer.tab.open')}
        </Link>
        <Link to="/t/$slug/customers" params={{ slug }} search={{ of: 'notices' }} activeOptions={{ exact: true }}>
          {t('customer.tab.notices')}
        </Link>
        <Link to="/t/$slug/processing" params={{ slug }}>
          {t('customer.tab.processing')}
        </Link>
      </nav>
      <div className="customer-all">
        {of === 'open' ? <OpenMatters /> : of === 'notices' ? <Announcements /> : <Customers />}
      </div>
    </Page>
  )
}

function Customers() {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const [find, setFind] = useState('')
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  // The last customer of each page before this one.
  const [before, setBefore] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<'add' | 'import' | null>(null)
  const after = before.at(-1)
  const list = useRead('customer.list', { find, of: filter, ...(after === undefined ? {} : { after }) }, { keep: true })
  const close = () => setAsked(null)
  return (
    <>
      {mayWrite ? (
        <p className="actions">
          <Button variant="filled" onClick={() => setAsked('add')}>
            {t('customer.add')}
          </Button>
          <Button onClick={() => setAsked('import')}>{t('customer.import.open')}</Button>
        </p>
      ) : null}
      <Loaded read={list}>
        {({ customers, counts, isMore }) => (
          <>
            {counts['all'] === 0 ? (
              <p>{t('customer.none')}</p>
            ) : (
              <div className="customer-filter">
                <TextInput
                  label={t('customer.find')}
                  value={find}
                  maxLength={100}
                  onChange={(event) => {
                    setFind(event.currentTarget.value)
                    setBefore([])
                  }}
                />
                <NativeSelect
                  label={t('customer.filter')}
                  value={filter}
                  data={filters.map((one) => ({
                    value: one,
                    label: t('customer.filtered', { what: t(`customer.of.${one}`), count: counts[one] ?? 0 }),
                  }))}
                  onChange={(event) => {
                    setFilter(filters.find((one) => one === event.currentTarget.value) ?? 'all')
                    setBefore([])
                  }}
                />
              </div>
            )}
            {customers.length === 0 && (counts['all'] ?? 0) > 0 ? <p>{t('customer.nothingFound')}</p> : null}
            <ul className="rows">
              {customers.map((customer) => (
                <CustomerRow key={customer.customerId} customer={customer} />
              ))}
            </ul>
            {before.length > 0 || isMore ? (
              <p className="actions">
                <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
                  {t('customer.earlier')}
                </Button>
                <Button disabled={!isMore} onClick={() => setBefore([...before, customers.at(-1)?.customerId ?? ''])}>
                  {t('customer.later')}
                </Button>
              </p>
            ) : null}
            {counts['all'] === 0 ? null : (
              <Downloads
                operation="customer.export"
                input={{}}
                formats={['csv', 'pdf', 'docx']}
                label={t('customer.title')}
              />
            )}
          </>
        )}
      </Loaded>
      <Dialog title={t('customer.add')} opened={asked === 'add'} onClose={close} side>
        <CustomerForm onDone={close} />
      </Dialog>
      <Dialog title={t('customer.import.open')} opened={asked === 'import'} onClose={close}>
        <ImportCustomers onDone={close} />
      </Dialog>
    </>
  )
}

function CustomerRow({ customer }: { customer: Listed }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { customerId, name, reference, state, validUntil, edition, isConfirmed, open, dueOn } = customer
  const parts = [
    state === null ? t('customer.of.none') : t(`customer.state.${state}`),
    ...(validUntil === null ? [] : [t('customer.until', { day: day(validUntil, language) })]),
    ...(state === null
      ? []
      : [edition === null ? t('customer.noEdition') : t('customer.edition', { number: edition })]),
    ...(state === null || isConfirmed ? [] : [t('customer.notConfirmed')]),
  ]
  const isBad = state === 'expired'
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/customer/$customerId" params={{ slug, customerId }}>
            {name}
          </Link>
          {reference === '' ? null : <span className="quiet"> {reference}</span>}
        </h2>
        <p className={isBad ? 'bad' : undefined}>{parts.join(' · ')}</p>
        {open === 0 ? null : (
          <p className="note">
            {t('customer.openCount', { count: open })}
            {dueOn === null ? null : ` · ${t('customer.dueOn', { day: day(dueOn, language) })}`}
          </p>
        )}
      </div>
    </li>
  )
}
