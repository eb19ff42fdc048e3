import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { IncidentView, Output } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { SystemTabs } from '../connection/SystemTabs.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Acknowledge } from './Acknowledge.tsx'
import './platform.css'

type Platforms = Output<'platform.list'>

/** Colour and glyph of how an incident stands here. */
const signs = {
  missed: { tone: 'bad', glyph: '▲' },
  due: { tone: 'waiting', glyph: '△' },
  planned: { tone: 'quiet', glyph: '○' },
  late: { tone: 'waiting', glyph: '◐' },
  acknowledged: { tone: 'good', glyph: '●' },
} as const

/** Incidents that platforms in use tell of, and who here saw each. */
export function PlatformsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { all = false } = useSearch({ from: '/signed-in/t/$slug/platforms' })
  const platforms = useRead('platform.list', {}, { refetchInterval: 60_000 })
  const mayConnect = useMay('connection:write')
  return (
    <Page title={t('platform.title')} lead={t('platform.lead')}>
      <SystemTabs />
      <Loaded read={platforms}>
        {({ pages, incidents, unacknowledged }) => {
          if (pages.length === 0)
            return (
              <p>
                {t('platform.none')}{' '}
                {mayConnect ? (
                  <Link to="/t/$slug/systems" params={{ slug }}>
                    {t('platform.connect')}
                  </Link>
                ) : null}
              </p>
            )
          const shown = all ? incidents : incidents.filter(isOpen)
          return (
            <>
              <Blind pages={pages} />
              <nav className="tabs" aria-label={t('platform.which')}>
                <Link
                  to="/t/$slug/platforms"
                  params={{ slug }}
                  search={{}}
                  activeOptions={{ exact: true, explicitUndefined: true }}
                >
                  {t('platform.open', { count: unacknowledged })}
                </Link>
                <Link to="/t/$slug/platforms" params={{ slug }} search={{ all: true }} activeOptions={{ exact: true }}>
                  {t('platform.all', { count: incidents.length })}
                </Link>
              </nav>
              {shown.length === 0 ? <p>{t(incidents.length === 0 ? 'platform.quiet' : 'platform.done')}</p> : null}
              <ul className="rows">
                {shown.map((incident) => (
                  <IncidentRow key={`${incident.systemId} ${incident.incident}`} incident={incident} />
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const isOpen = ({ standing }: IncidentView) => standing === 'missed' || standing === 'due' || standing === 'planned'

/** Says which pages could not be read lately: no news there is not good news. */
function Blind({ pages }: { pages: Platforms['pages'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const blind = pages.filter(({ seenAt, isBlind }) => isBlind || seenAt === null)
  if (blind.length === 0) return null
  return (
    <ul className="blind">
      {blind.map(({ systemId, systemName, address, seenAt }) => (
        <li key={`${systemId} ${address}`} className="waiting">
          <span aria-hidden>△ </span>
          {seenAt === null
            ? t('platform.neverSeen', { name: systemName })
            : t('platform.blind', { name: systemName, at: moment(seenAt, language) })}
        </li>
      ))}
    </ul>
  )
}

function IncidentRow({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const mayLedger = useMay('ledger:read')
  const { title, systemName, state, touches, link, publishedAt, dueAt, standing, acknowledgement } = incident
  const name = title ?? incident.incident
  const affected = touches.filter((one) => one !== '*')
  return (
    <li className="row incident">
      <div className="row-main">
        <h2 className="row-title">{name}</h2>
        <p>
          {systemName} ·{' '}
          {standing === 'planned'
            ? t('platform.from', { at: moment(publishedAt, language) })
            : `${t(`platform.state.${state ?? 'unknown'}`)} · ${t('platform.since', { at: moment(publishedAt, language) })}`}
        </p>
        <p className="note quiet">
          {affected.length === 0 ? t('platform.unsaid') : t('platform.affects', { what: affected.join(', ') })}
          {link === null ? null : (
            <>
              {' · '}
              <a href={link} rel="noreferrer" target="_blank">
                {t('platform.read')}
              </a>
            </>
          )}
        </p>
        {acknowledgement === null ? null : (
          <p className="note">
            {t('platform.by', {
              role: t(`role.${acknowledgement.role}`),
              at: moment(acknowledgement.at, language),
            })}
            {acknowledgement.note === null ? null : <q className="said-note">{acknowledgement.note}</q>}
          </p>
        )}
      </div>
      <div className="incident-side">
        <p className={`sign ${signs[standing].tone}`}>
          <span className="glyph" aria-hidden>
            {signs[standing].glyph}
          </span>
          {t(`platform.standing.${standing}`)}
        </p>
        {standing === 'due' || standing === 'missed' ? (
          <p className="note quiet">{t('platform.due', { at: moment(dueAt, language) })}</p>
        ) : null}
        {mayWrite && (standing === 'due' || standing === 'missed') ? (
          <Acknowledge incident={incident} name={name} />
        ) : null}
        {mayLedger && acknowledgement ? <HistoryButton id={acknowledgement.id} name={name} /> : null}
      </div>
    </li>
  )
}
