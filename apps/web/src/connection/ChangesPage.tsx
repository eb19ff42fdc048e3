import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactChangeView } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { useConnectorTitle } from '../check/connector.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { ApproveChanges } from './ApproveChanges.tsx'
import './changes.css'

/** What changed on the systems from one look to the next, and who said that it was meant to. */
export function ChangesPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { system, all } = useSearch({ from: '/signed-in/t/$slug/changes' })
  const [before, setBefore] = useState<readonly string[]>([])
  const last = before.at(-1)
  const read = useRead('fact.changes', {
    ...(system === undefined ? {} : { systemId: system }),
    open: all ? 'false' : 'true',
    ...(last === undefined ? {} : { before: last }),
  })
  const of = read.data?.changes[0]?.systemName
  const tab = { to: '/t/$slug/changes', params: { slug } } as const
  const here = system === undefined ? {} : { system }
  return (
    <Page
      title={t('changes.title')}
      over={
        <Link to="/t/$slug/systems" params={{ slug }} search={{}}>
          {t('systems.title')}
        </Link>
      }
      lead={system !== undefined && of !== undefined ? t('changes.leadOf', { name: of }) : t('changes.lead')}
    >
      <nav className="tabs" aria-label={t('changes.which')}>
        <Link
          {...tab}
          search={here}
          activeOptions={{ exact: true, explicitUndefined: true }}
          onClick={() => setBefore([])}
        >
          {t('changes.open')}
        </Link>
        <Link {...tab} search={{ ...here, all: true }} activeOptions={{ exact: true }} onClick={() => setBefore([])}>
          {t('changes.all')}
        </Link>
      </nav>
      <Loaded read={read}>
        {({ changes, next }) => (
          <>
            {changes.length === 0 ? <p>{t(all ? 'changes.none' : 'changes.noneOpen')}</p> : null}
            <Timeline changes={changes} named={system === undefined} />
            <div className="actions">
              {before.length === 0 ? null : (
                <Button onClick={() => setBefore(before.slice(0, -1))}>{t('changes.newer')}</Button>
              )}
              {next === null ? null : (
                <Button onClick={() => setBefore([...before, next])}>{t('changes.older')}</Button>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Timeline({ changes, named }: { changes: readonly FactChangeView[]; named: boolean }) {
  const language = useLanguage()
  const days = Map.groupBy(changes, ({ at }) => day(at, language))
  return [...days].map(([date, ofDay]) => (
    <section key={date} className="section" aria-label={date}>
      <h2 className="change-day">{date}</h2>
      <ol className="rows">
        {ofDay.map((change) => (
          <Change key={change.id} change={change} named={named} />
        ))}
      </ol>
    </section>
  ))
}

function Change({ change, named }: { change: FactChangeView; named: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const connectorTitle = useConnectorTitle()
  const mayApprove = useMay('register:write')
  const { state, approval } = change
  return (
    <li className="row change">
      <div className="row-main">
        <h3 className="row-title">
          {named ? `${change.systemName} · ` : ''}
          <span className="connector">{connectorTitle(change.connector)}</span>{' '}
          <span className="quiet">{change.part}</span>
        </h3>
        <Lines change={change} />
        <p className="note quiet">
          {moment(change.at, language)}
          {change.earlierAt === null ? '' : ` · ${t('changes.before', { at: moment(change.earlierAt, language) })}`}
        </p>
        {approval === null ? null : (
          <p className="note">
            {t('changes.approvedBy', {
              who: approval.by ?? t('changes.somebody'),
              at: moment(approval.at, language),
            })}
            {approval.ticket === null ? null : (
              <>
                {' · '}
                <Ticket text={approval.ticket} />
              </>
            )}
            : <q>{approval.note}</q>
          </p>
        )}
      </div>
      <div className="change-side">
        <p className={`sign ${state === 'open' ? 'waiting' : 'quiet'}`}>
          <span className="glyph" aria-hidden>
            {state === 'open' ? '△' : state === 'approved' ? '●' : '○'}
          </span>
          {t(`changes.state.${state}`)}
        </p>
        {state === 'open' && mayApprove ? <ApproveChanges change={change} /> : null}
      </div>
    </li>
  )
}

function Lines({ change }: { change: FactChangeView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [whole, setWhole] = useState(false)
  const { lines, earlierAt, size } = change
  if (earlierAt === null) return <p>{t('changes.first')}</p>
  if (lines === null) return <p className="quiet">{t('changes.gone', { count: size })}</p>
  const few = 8
  const shown = whole ? lines : lines.slice(0, few)
  return (
    <>
      <ul className="change-lines">
        {shown.map(({ kind, say }, position) => (
          <li key={`${position} ${say.en}`} className={`change-${kind}`}>
            <span className="glyph" aria-hidden>
              {signs[kind]}
            </span>
            <span>{say[language]}</span>
          </li>
        ))}
      </ul>
      {lines.length > few && !whole ? (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('changes.more', { count: size - few })}
        </button>
      ) : null}
      {whole && size > lines.length ? (
        <p className="note quiet">{t('changes.rest', { count: size - lines.length })}</p>
      ) : null}
    </>
  )
}

const signs = { added: '+', removed: '−', changed: '→', moved: '↕' } as const

/** A ticket is a link only where it is an address of the web and nothing else. */
function Ticket({ text }: { text: string }) {
  const url = /^https?:\/\/\S+$/.test(text) ? URL.parse(text) : null
  if (url === null || url.username !== '' || url.password !== '') return text
  return (
    <a href={url.href} rel="noreferrer noopener" target="_blank">
      {text}
    </a>
  )
}
