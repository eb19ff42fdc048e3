import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assuranceSigns } from '@art32/press'
import type { Assurance } from '@art32/press'
import { useWhoami } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { reportsAddress, tenantAddress } from '../api/request.ts'
import { keyOf } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Sign } from '../frame/Sign.tsx'
import { count, day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { NewTenant } from '../tenant/NewTenant.tsx'
import { ReadMany } from './ReadMany.tsx'
import { calendarOf, findTenants } from './calendar.ts'
import '../document/document.css'
import './overview.css'

type TenantOverview = Output<'overview.list'>['tenants'][number]

/** So many are shown at once; typing finds the others. */
const shownAtOnce = 100
/** From so many on a field to find one is worth its place. */
const manyTenants = 8
const calendarDays = 60
/** The server puts no more reports into one file. */
const mostReports = 200

/** How all tenants of a person stand, the worst first, and what is due in all of them. */
export function OverviewPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const overview = useQuery({
    queryKey: keyOf(null, 'overview.list'),
    queryFn: ({ signal }) => call('overview.list', {}, null, signal),
    refetchInterval: 30_000,
  })
  const navigate = useNavigate()
  const many = overview.data?.tenants.length ?? 0
  const mayReport = many > 0 && many <= mostReports
  return (
    <Page
      title={t('overview.title')}
      lead={t('overview.lead')}
      actions={
        mayReport ? (
          <a href={reportsAddress(language)} download>
            {t('overview.reports')}
          </a>
        ) : undefined
      }
    >
      <Loaded read={overview}>
        {({ tenants }) => (
          <>
            <Tenants tenants={tenants} />
            <Locked />
            <Rooms />
            <Calendar tenants={tenants} now={overview.dataUpdatedAt} />
            <ReadMany />
            <NewTenant onMade={(slug) => void navigate({ to: '/t/$slug', params: { slug } })} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Tenants({ tenants }: { tenants: readonly TenantOverview[] }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [most, setMost] = useState(shownAtOnce)
  const found = findTenants(tenants, typed)
  const locked = useWhoami()?.locked ?? []
  const rooms = useRooms()
  if (tenants.length === 0) return locked.length + rooms.length === 0 ? <p>{t('overview.none')}</p> : null
  return (
    <>
      {tenants.length < manyTenants ? null : (
        <TextInput
          className="find"
          label={t('overview.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <p className="hidden" role="status">
        {t('overview.found', { count: found.length })}
      </p>
      <ul className="rows tenants">
        {found.slice(0, most).map((tenant) => (
          <Tenant key={tenant.slug} tenant={tenant} />
        ))}
      </ul>
      {found.length > most ? (
        <Button onClick={() => setMost(found.length)}>{t('overview.showAll', { count: found.length })}</Button>
      ) : null}
    </>
  )
}

/** Those that open only after a second factor. */
function Locked() {
  const { t } = useTranslation()
  const locked = useWhoami()?.locked ?? []
  if (locked.length === 0) return null
  return (
    <ul className="rows">
      {locked.map(({ slug, name }) => (
        <li key={slug} className="row">
          <Link to="/t/$slug" params={{ slug }} className="row-title">
            {name}
          </Link>
          <span className="quiet">{t('factor.locked')}</span>
        </li>
      ))}
    </ul>
  )
}

/** The tenants of which somebody sees audit rooms and nothing else. */
function useRooms() {
  return (useWhoami()?.tenants ?? []).filter(({ role }) => role === 'guest')
}

function Rooms() {
  const { t } = useTranslation()
  const rooms = useRooms()
  if (rooms.length === 0) return null
  return (
    <section className="section" aria-labelledby="rooms">
      <h2 id="rooms">{t('overview.rooms')}</h2>
      <ul className="rows">
        {rooms.map(({ slug, name }) => (
          <li key={slug} className="row">
            <Link to="/t/$slug/rooms" params={{ slug }} className="row-title">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is worth a word: what is not as promised, then what is. */
const told: readonly Assurance[] = ['failing', 'lapsed', 'absent', 'planned', 'stated', 'verified']

function Tenant({ tenant: { slug, name, summary } }: { tenant: TenantOverview }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const role = useWhoami()?.tenants.find((one) => one.slug === slug)?.role
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug" params={{ slug }}>
            {name}
          </Link>
        </h2>
        <p className="note quiet">
          {[
            ...(role ? [t(`role.${role}`)] : []),
            ...(summary ? [] : [t('overview.notCounted')]),
            ...(summary && summary.lines === 0 ? [t('overview.noRegister')] : []),
            ...(summary?.publishedAt ? [t('overview.published', { day: day(summary.publishedAt, language) })] : []),
          ].join(' · ')}
        </p>
      </div>
      {summary ? (
        <div className="standing">
          <ul className="standing-tally">
            {told
              .filter((assurance) => summary.assurance[assurance] > 0)
              .map((assurance) => (
                <li key={assurance} title={t(`assurance.${assurance}`)}>
                  {count(summary.assurance[assurance], language)} <Sign sign={assuranceSigns[assurance]} />
                </li>
              ))}
          </ul>
          {summary.findings > 0 ? (
            <p className="note">
              <Link to="/t/$slug/findings" params={{ slug }}>
                {t('overview.findings', { count: summary.findings })}
              </Link>
              {summary.overdue > 0 ? ` · ${t('overview.overdue', { count: summary.overdue })}` : ''}
            </p>
          ) : null}
        </div>
      ) : null}
      <div className="row-actions">
        <a href={tenantAddress(slug, 'overview.report', { language })} download>
          {t('overview.report')}
          <span className="hidden"> {name}</span>
        </a>
      </div>
    </li>
  )
}

/** What is due in all of them, by day. */
function Calendar({ tenants, now }: { tenants: readonly TenantOverview[]; now: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const until = new Date(now + calendarDays * 86_400_000).toISOString().slice(0, 10)
  const today = new Date(now).toISOString().slice(0, 10)
  const days = calendarOf(tenants, until)
  if (tenants.length === 0) return null
  return (
    <section className="section">
      <h2>{t('overview.calendar')}</h2>
      {days.length === 0 ? <p className="quiet">{t('overview.nothingDue', { count: calendarDays })}</p> : null}
      <dl className="calendar">
        {days.map(({ day: date, entries }) => (
          <div key={date}>
            <dt>
              {day(date, language)}
              {date < today ? <span className="note"> {t('overview.past')}</span> : null}
            </dt>
            <dd>
              <ul>
                {entries.map(({ slug, name, kind, count: due }) => (
                  <li key={`${slug}-${kind}`}>
                    <Link to={kind === 'finding' ? '/t/$slug/findings' : '/t/$slug/systems'} params={{ slug }}>
                      {name}
                    </Link>
                    {': '}
                    {t(`overview.due.${kind}`, { count: due })}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
