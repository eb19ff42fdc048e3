import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Files } from '../file/Files.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { NewAdvisory } from './Advisories.tsx'
import { Assess, NewLink, Plan, Say, Steps } from './Deeds.tsx'
import { Clock } from './Clock.tsx'
import { ToIncident } from './Exploited.tsx'
import type { ReportShown } from './shown.ts'
import { Standing } from './Standing.tsx'
import './report.css'

const route = getRouteApi('/signed-in/t/$slug/report/$reportId')

/** One report: what it says, what becomes of it, what was said, and its deadlines. */
export function ReportPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { reportId } = route.useParams()
  const shown = useRead('report.show', { reportId })
  return (
    <Page
      title={shown.data?.title ?? t('report.title')}
      over={
        <Link to="/t/$slug/reports" params={{ slug }} search={{}}>
          {t('report.title')}
        </Link>
      }
    >
      <Loaded read={shown}>{(report) => <Whole report={report} />}</Loaded>
    </Page>
  )
}

function Whole({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const { reporter, credit } = report
  return (
    <>
      <Standing report={report} />
      <section className="section" aria-labelledby="described">
        <h2 id="described">{t('report.description')}</h2>
        <p className="report-text">{report.description}</p>
        <p className="note quiet">
          {t('report.received', { moment: moment(report.receivedAt, language) })} ·{' '}
          {reporter === null
            ? t('report.anonymous')
            : `${t('report.from')} ${[reporter.name, reporter.email].filter((one) => one !== null).join(', ')}`}
          {credit === null ? null : ` · ${t('report.credit')} ${credit}`}
        </p>
        {report.files.length === 0 ? null : (
          <>
            <h3>{t('report.files')}</h3>
            <Files files={report.files} />
          </>
        )}
      </section>
      {mayWrite ? <Steps report={report} /> : null}
      <Said report={report} />
      {mayWrite ? <Assess key={report.vector} report={report} /> : null}
      {mayWrite ? <Plan key={report.discloseOn} report={report} /> : null}
      <section className="section" aria-labelledby="advisories-of">
        <h2 id="advisories-of">{t('report.advisoryOf')}</h2>
        <OwnAdvisories report={report} />
        <NewAdvisory
          reportIds={[report.reportId]}
          title={report.title}
          product={report.product}
          vector={report.vector}
          cve={report.cve}
          credit={credit ?? ''}
        />
      </section>
      <Clock report={report} />
      {report.clock === null ? null : <ToIncident report={report} />}
      <Letters report={report} />
      {mayWrite ? <NewLink report={report} /> : null}
    </>
  )
}

/** What went to the address that was left in the form; what letters say stands in no list, since they say nothing of their own. */
function Letters({ report: { letters } }: { report: ReportShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (letters.length === 0) return null
  return (
    <section className="section" aria-labelledby="letters">
      <h2 id="letters">{t('report.letters')}</h2>
      <p className="note quiet">{t('report.lettersText')}</p>
      <ul className="rows">
        {letters.map(({ kind, state, at }, index) => (
          <li key={`${at} ${index}`} className="row">
            <div className="row-main">
              {t(`report.letter.${kind}`)}
              <p className="note quiet">
                {t(`report.letterState.${state}`)} · {moment(at, language)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function OwnAdvisories({ report: { advisories } }: { report: ReportShown }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  if (advisories.length === 0) return <p>{t('report.advisoriesNone')}</p>
  return (
    <ul>
      {advisories.map(({ advisoryId, trackingId }) => (
        <li key={advisoryId}>
          <Link to="/t/$slug/advisory/$advisoryId" params={{ slug, advisoryId }}>
            {trackingId}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Said({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  return (
    <section className="section" aria-labelledby="said">
      <h2 id="said">{t('report.said')}</h2>
      {report.messages.length === 0 ? <p>{t('report.saidNothing')}</p> : null}
      <ul className="rows">
        {report.messages.map(({ kind, by, text, at }, index) => (
          <li key={`${at} ${index}`} className="row">
            <div className="row-main">
              <p className="note quiet">
                {t(`report.kind.${kind}`)}
                {by === null ? null : ` · ${by}`} · {moment(at, language)}
              </p>
              <p className="report-text">{text}</p>
            </div>
          </li>
        ))}
      </ul>
      {mayWrite ? <Say key={report.messages.length} report={report} /> : null}
    </section>
  )
}
