import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { ClockOfReport } from '../report/Exploited.tsx'
import { Page } from '../frame/Page.tsx'
import { Part } from '../frame/Part.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Close, Lessons, Share } from './After.tsx'
import { Bulletin } from './Bulletin.tsx'
import { Clocks } from './Clocks.tsx'
import { Course, Roles, Tasks } from './Course.tsx'
import { AssessRisk, DecideBreach, DecidePeople } from './Decide.tsx'
import { Described } from './Described.tsx'
import type { Shown } from './incident-view.ts'
import { Controllers, Notices, RecordNotice } from './Tell.tsx'
import { Triage } from './Triage.tsx'
import './incident.css'

const route = getRouteApi('/signed-in/t/$slug/incident/$incidentId')

/** One incident: its clocks, what is to be done next, what was decided, and everything that was recorded. */
export function IncidentPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { incidentId } = route.useParams()
  const read = useRead('incident.show', { incidentId }, { refetchInterval: 60_000 })
  const incident = read.data?.incident
  return (
    <Page
      long
      title={incident ? `${incident.number} · ${incident.title}` : t('incident.title')}
      over={
        <Link to="/t/$slug/incidents" params={{ slug }} search={{}}>
          {t('incident.title')}
        </Link>
      }
    >
      <Loaded read={read}>{(shown) => <Whole shown={shown} />}</Loaded>
    </Page>
  )
}

type Asking = 'triage' | 'facts' | 'breach' | 'risk' | 'people' | 'notice' | 'close'

function Whole({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { incident, affected, timeZone } = shown
  const isOpen = incident.state !== 'closed'
  const done = () => setAsking(null)
  const forms: Readonly<Record<Asking, readonly [title: string, form: ReactNode]>> = {
    triage: [t('incident.step.triage'), <Triage key="triage" incident={incident} onDone={done} />],
    facts: [t('incident.describe'), <Described key="facts" incident={incident} onDone={done} />],
    breach: [t('incident.step.breach'), <DecideBreach key="breach" incident={incident} onDone={done} />],
    risk: [t('incident.step.risk'), <AssessRisk key="risk" incident={incident} onDone={done} />],
    people: [t('incident.step.people'), <DecidePeople key="people" incident={incident} onDone={done} />],
    notice: [t('incident.record'), <RecordNotice key="notice" shown={shown} onDone={done} />],
    close: [t('incident.close'), <Close key="close" incident={incident} onDone={done} />],
  }
  return (
    <>
      <Head shown={shown} />
      {isOpen ? <Steps shown={shown} onAsk={setAsking} /> : null}
      <Part id="clocks" title={t('incident.clocks')}>
        <Clocks clocks={incident.clocks} timeZone={timeZone} />
      </Part>
      {incident.source === 'report' && incident.sourceRef !== null ? (
        <ClockOfReport number={incident.sourceRef} />
      ) : null}
      <Part id="facts" title={t('incident.facts')}>
        <Facts shown={shown} />
      </Part>
      <Part id="decisions" title={t('incident.decisions')}>
        <Decisions shown={shown} />
      </Part>
      {incident.role === null || incident.role === 'controller' || incident.breach === false ? null : (
        <Part id="controllers" title={t('incident.controllers')}>
          <Controllers key={affected.length} incident={incident} affected={affected} />
        </Part>
      )}
      {incident.role === null ? null : (
        <Part id="notices" title={t('incident.notices')}>
          <Notices shown={shown} />
        </Part>
      )}
      <Part id="timeline" title={t('incident.timeline')}>
        <Course shown={shown} />
      </Part>
      <Part id="roles" title={t('incident.roles')}>
        <Roles shown={shown} />
      </Part>
      <Part id="tasks" title={t('incident.tasks')}>
        <Tasks shown={shown} />
      </Part>
      <Part id="lessons" title={t('incident.lessons')}>
        {incident.review === '' ? null : <p className="case-text">{incident.review}</p>}
        <Lessons shown={shown} />
      </Part>
      <Part id="public" title={t('incident.public')}>
        <Bulletin incident={incident} timeZone={timeZone} />
      </Part>
      <Part id="share" title={t('incident.outside')}>
        <Share shown={shown} />
      </Part>
      <Dialog
        title={asking === null ? '' : forms[asking][0]}
        opened={asking !== null}
        onClose={() => setAsking(null)}
        side
      >
        {asking === null ? null : forms[asking][1]}
      </Dialog>
    </>
  )
}

function Head({ shown: { incident } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const parts = [
    t(`incident.state.${incident.state}`),
    t(`incident.source.${incident.source}`),
    moment(incident.reportedAt, language),
    ...(incident.reportedBy === null ? [] : [incident.reportedBy]),
    ...(incident.sourceRef === null ? [] : [incident.sourceRef]),
    ...(incident.severity === null ? [] : [t('incident.severityIs', { severity: t(`severity.${incident.severity}`) })]),
    ...(incident.role === null ? [] : [t(`incident.role.${incident.role}`)]),
  ]
  return (
    <>
      {incident.source === 'drill' ? <p className="incident-drill">{t('incident.drillSecret')}</p> : null}
      <p className="note quiet">{parts.join(' · ')}</p>
      {incident.description === '' ? null : <p className="case-text">{incident.description}</p>}
      {incident.reporter === null ? null : <p>{t('incident.reporterIs', { reporter: incident.reporter })}</p>}
    </>
  )
}

/** What is to be done next; each with the form that does it. */
function Steps({ shown: { incident }, onAsk }: { shown: Shown; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation()
  const mayWrite = useMay('incident:write')
  const maySign = useMay('edition:sign')
  const [first] = incident.steps
  const forms = [
    ...(mayWrite ? (['triage', 'facts'] as const) : []),
    ...(maySign && incident.state === 'open' ? (['breach'] as const) : []),
    ...(maySign && incident.breach === true && incident.role !== 'processor' ? (['risk', 'people'] as const) : []),
    ...(maySign && incident.breach !== false && incident.awareAt !== null ? (['notice'] as const) : []),
    ...(maySign && (first === 'review' || first === 'close') ? (['close'] as const) : []),
  ]
  const words: Readonly<Record<Asking, string>> = {
    triage: t('incident.step.triage'),
    facts: t('incident.describe'),
    breach: t('incident.step.breach'),
    risk: t('incident.step.risk'),
    people: t('incident.step.people'),
    notice: t('incident.record'),
    close: t('incident.close'),
  }
  return (
    <section className="section" aria-labelledby="next">
      <h2 id="next">{t('incident.nextTitle')}</h2>
      <ol className="sentences">
        {incident.steps.map((step) => (
          <li key={step}>{t(`incident.step.${step}`)}</li>
        ))}
      </ol>
      <div className="actions">
        {forms.map((form) => (
          <Button key={form} variant={isFor(form, first) ? 'filled' : 'default'} onClick={() => onAsk(form)}>
            {words[form]}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** Whether a form does what is to be done first. */
function isFor(form: Asking, step: string | undefined): boolean {
  const by: Readonly<Record<string, Asking>> = {
    triage: 'triage',
    aware: 'triage',
    'authority-chosen': 'triage',
    breach: 'breach',
    risk: 'risk',
    people: 'people',
    complete: 'facts',
    authority: 'notice',
    'people-told': 'notice',
    review: 'close',
    close: 'close',
  }
  return step !== undefined && by[step] === form
}

const facts = [
  'nature',
  'peopleCategories',
  'people',
  'recordCategories',
  'records',
  'contact',
  'consequences',
  'measures',
] as const

function Facts({ shown: { incident } }: { shown: Shown }) {
  const { t } = useTranslation()
  return (
    <dl className="incident-facts">
      {facts.map((name) => (
        <div key={name}>
          <dt>{t(`incident.fact.${name}`)}</dt>
          <dd className="case-text">
            {incident.missing.includes(name) ? (
              <span className="quiet">{t('incident.missing')}</span>
            ) : (
              (incident.facts[name] ?? t('incident.fromSettings'))
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Decisions({ shown: { incident } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows = [
    [
      'breach',
      incident.breach === null ? null : t(incident.breach ? 'incident.isBreach' : 'incident.isNoBreach'),
      incident.breachReason,
      incident.breachAt,
    ],
    ['risk', incident.risk === null ? null : t(`incident.risk.${incident.risk}`), incident.riskReason, incident.riskAt],
    [
      'people',
      incident.people === null ? null : t(`incident.people.${incident.people}`),
      incident.peopleReason,
      incident.peopleAt,
    ],
  ] as const
  const made = rows.filter(([, said]) => said !== null)
  if (made.length === 0) return <p className="quiet">{t('incident.undecided')}</p>
  return (
    <dl className="incident-facts">
      {made.map(([name, said, reason, at]) => (
        <div key={name}>
          <dt>{t(`incident.step.${name}`)}</dt>
          <dd>
            {said}
            {at === null ? null : <span className="quiet"> · {moment(at, language)}</span>}
            <p className="case-text">{reason}</p>
          </dd>
        </div>
      ))}
    </dl>
  )
}
