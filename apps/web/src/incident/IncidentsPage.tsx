import { Button, NativeSelect } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { ClockLine } from './Clocks.tsx'
import { firstClock, stale } from './incident-view.ts'
import type { IncidentView } from './incident-view.ts'
import { ReportForm } from './ReportForm.tsx'

/** What happened and is being dealt with; for who may not read cases, the form to report one. */
export function IncidentsPage() {
  const { t } = useTranslation()
  const mayRead = useMay('ledger:read')
  if (mayRead) return <Cases />
  return (
    <Page title={t('incident.report')} lead={t('incident.reportLead')}>
      <ReportForm />
    </Page>
  )
}

function Cases() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { state } = useSearch({ from: '/signed-in/t/$slug/incidents' })
  const read = useRead('incident.list', state === undefined ? {} : { state }, { refetchInterval: 60_000 })
  const mayWrite = useMay('incident:write')
  const [opened, setOpened] = useState<'report' | 'drill' | null>(null)
  return (
    <Page
      title={t('incident.title')}
      lead={t('incident.lead')}
      actions={
        <>
          <Button variant="filled" onClick={() => setOpened('report')}>
            {t('incident.report')}
          </Button>
          {mayWrite ? <Button onClick={() => setOpened('drill')}>{t('incident.drill')}</Button> : null}
          <Link to="/t/$slug/incidents/settings" params={{ slug }}>
            {t('incident.settings')}
          </Link>
        </>
      }
    >
      <nav className="tabs" aria-label={t('incident.title')}>
        <Link
          to="/t/$slug/incidents"
          params={{ slug }}
          search={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t('incident.open')}
        </Link>
        <Link to="/t/$slug/incidents" params={{ slug }} search={{ state: 'closed' }} activeOptions={{ exact: true }}>
          {t('incident.closed')}
        </Link>
      </nav>
      <Loaded read={read}>
        {({ incidents, timeZone }) =>
          incidents.length === 0 ? (
            <p>{t(state === 'closed' ? 'incident.noneClosed' : 'incident.none')}</p>
          ) : (
            <ul className="rows">
              {incidents.map((incident) => (
                <IncidentRow key={incident.incidentId} incident={incident} timeZone={timeZone} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <section className="section" aria-labelledby="register">
        <h2 id="register">{t('incident.register')}</h2>
        <p className="quiet">{t('incident.registerLead')}</p>
        <Downloads
          operation="incident.register"
          input={{}}
          formats={['pdf', 'docx', 'csv']}
          label={t('incident.register')}
        />
      </section>
      <Dialog title={t('incident.report')} opened={opened === 'report'} onClose={() => setOpened(null)}>
        <ReportForm />
      </Dialog>
      <Dialog title={t('incident.drill')} opened={opened === 'drill'} onClose={() => setOpened(null)}>
        <DrillForm />
      </Dialog>
    </Page>
  )
}

function IncidentRow({ incident, timeZone }: { incident: IncidentView; timeZone: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const language = useLanguage()
  const { incidentId, number, title, source, severity, reportedAt, breach, steps, clocks } = incident
  const first = firstClock(clocks)
  const parts = [
    t(`incident.source.${source}`),
    moment(reportedAt, language),
    ...(severity === null ? [] : [t('incident.severityIs', { severity: t(`severity.${severity}`) })]),
    ...(breach === null ? [] : [t(breach ? 'incident.isBreach' : 'incident.isNoBreach')]),
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/incident/$incidentId" params={{ slug, incidentId }}>
            {number} · {title}
          </Link>
        </h2>
        <p className="note quiet">{parts.join(' · ')}</p>
        {first ? <ClockLine clock={first} timeZone={timeZone} /> : null}
        {steps[0] === undefined ? null : (
          <p className="note">
            {t('incident.next')} {t(`incident.step.${steps[0]}`)}
          </p>
        )}
      </div>
    </li>
  )
}

const scenarios = ['laptop', 'mail', 'ransom', 'processor'] as const

function DrillForm() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [scenario, setScenario] = useState<(typeof scenarios)[number]>('laptop')
  const beginning = useChange('incident.drill', {
    stale,
    onDone: ({ incidentId }) => void navigate({ to: '/t/$slug/incident/$incidentId', params: { slug, incidentId } }),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        beginning.mutate({ scenario })
      }}
    >
      <p>{t('incident.drillLead')}</p>
      <NativeSelect
        label={t('incident.scenarioLabel')}
        value={scenario}
        onChange={(event) => setScenario(scenarios.find((one) => one === event.currentTarget.value) ?? 'laptop')}
        data={scenarios.map((value) => ({ value, label: t(`incident.scenario.${value}`) }))}
      />
      <div className="actions">
        <Button type="submit" variant="filled" loading={beginning.isPending}>
          {t('incident.begin')}
        </Button>
      </div>
    </form>
  )
}
