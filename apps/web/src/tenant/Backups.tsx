import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { bytesIn, count, moment, second, span } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import '../frame/blocks.css'

type State = Output<'backup.show'>
type Run = State['runs'][number]
type Drill = State['drills'][number]
type Log = NonNullable<State['continuous']>[number]
type EndedLog = State['endedLogs'][number]

const shownRuns = 7
const shownDrills = 4

/** When the installation was backed up and where that lies, what drills found, and what somebody has to look at. */
export function Backups() {
  const { t } = useTranslation()
  const state = useQuery({
    queryKey: keyOf(null, 'backup.show'),
    queryFn: ({ signal }) => call('backup.show', {}, null, signal),
    // A backup that was asked for takes a while; the page shows it when it is there.
    refetchInterval: 5_000,
  })
  const making = useInstallationChange('backup.make', { stale: ['backup.show'] })
  const drilling = useInstallationChange('backup.drill', { stale: ['backup.show'] })
  return (
    <section className="section" aria-labelledby="backups">
      <h2 id="backups">{t('backups.title')}</h2>
      <div className="blocks">
        <Loaded read={state}>
          {(shown) =>
            shown.isSetUp ? (
              <>
                <Shown state={shown} />
                <div className="actions">
                  <Button loading={making.isPending} onClick={() => making.mutate({})}>
                    {t('backups.now')}
                  </Button>
                  <Button loading={drilling.isPending} onClick={() => drilling.mutate({})}>
                    {t('backups.drillNow')}
                  </Button>
                </div>
              </>
            ) : (
              <p role="status">{t('backups.notSetUp')}</p>
            )
          }
        </Loaded>
      </div>
    </section>
  )
}

function Shown({ state }: { state: State }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="quiet">{t('backups.lead')}</p>
      <p className="note quiet">
        {state.places.map((kind, at) => t(`backups.placeIs.${kind}`, { place: at + 1 })).join(' · ')}
      </p>
      <Alerts state={state} />
      <Moments continuous={state.continuous} endedLogs={state.endedLogs} />
      <div className="blocks blocks-part">
        <h3>{t('backups.last')}</h3>
        {state.runs.length === 0 ? (
          <p className="quiet">{t('backups.none')}</p>
        ) : (
          <ul className="rows">
            {state.runs.slice(0, shownRuns).map((run) => (
              <RunRow key={run.set} run={run} />
            ))}
          </ul>
        )}
      </div>
      <div className="blocks blocks-part">
        <h3>{t('backups.drills')}</h3>
        {state.drills.length === 0 ? (
          <p className="quiet">{t('backups.noDrill')}</p>
        ) : (
          <ul className="rows">
            {state.drills.slice(0, shownDrills).map((drill) => (
              <DrillRow key={`${drill.startedAt} ${drill.place}`} drill={drill} state={state} />
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

function Alerts({ state: { alerts, runs, tenants } }: { state: State }) {
  const { t } = useTranslation()
  // Where nothing was made yet, nothing is in order either.
  if (alerts.length === 0 && runs.length === 0) return null
  if (alerts.length === 0) return <p role="status">{t('backups.inOrder')}</p>
  return (
    <ul aria-label={t('backups.alerts')}>
      {alerts.map(({ code, tenant, place }) => (
        <li key={`${code} ${tenant} ${place}`} className={code === 'one-place' ? 'quiet' : 'field-problem'}>
          {t(`backups.alert.${code}`, { place, tenant: nameOf(tenants, tenant) ?? t('backups.installation') })}
        </li>
      ))}
    </ul>
  )
}

/** To which moments a restore leads; or what it takes that it does. */
function Moments({ continuous, endedLogs }: Pick<State, 'continuous' | 'endedLogs'>) {
  const { t } = useTranslation()
  return (
    <section className="blocks blocks-part" aria-labelledby="moments">
      <h3 id="moments">{t('backups.moments')}</h3>
      {continuous === null ? (
        <p className="quiet">{t('backups.logOff')}</p>
      ) : (
        <>
          <p className="quiet">{t('backups.logOn')}</p>
          <ul className="rows">
            {continuous.map((log) => (
              <LogRow key={log.place} log={log} />
            ))}
          </ul>
        </>
      )}
      {endedLogs.length === 0 ? null : (
        <ul className="rows">
          {endedLogs.map((log) => (
            <EndedLogRow key={log.place} log={log} />
          ))}
        </ul>
      )}
    </section>
  )
}

function LogRow({ log: { place, spans, problem, kind } }: { log: Log }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{t('backups.place', { place })}</h4>
        {spans.length === 0 ? <p className="note quiet">{t('backups.noMoment')}</p> : null}
        {spans.map(({ from, until }, at) => (
          <Fragment key={from}>
            {at === 0 ? null : (
              <p className="note quiet">
                {t('backups.gap', {
                  from: second(spans[at - 1]?.until ?? from, language),
                  until: second(from, language),
                })}
              </p>
            )}
            <p className="note">
              {t('backups.span', { from: second(from, language), until: second(until, language) })}
            </p>
          </Fragment>
        ))}
        {problem === null || kind === null ? null : (
          <p className="field-problem">{t(`backups.kind.${kind}`, { code: problem })}</p>
        )}
      </div>
    </li>
  )
}

/** A log that was switched off: its moments end, and it goes. */
function EndedLogRow({ log: { place, endedAt, dueAt, goneAt, problem, kind } }: { log: EndedLog }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{t('backups.place', { place })}</h4>
        <p className="note quiet">
          {goneAt === null
            ? t('backups.logEnded', { at: moment(endedAt, language), due: moment(dueAt, language) })
            : t('backups.logGone', { at: moment(goneAt, language) })}
        </p>
        {problem === null || kind === null ? null : (
          <p className="field-problem">{t(`backups.kind.${kind}`, { code: problem })}</p>
        )}
      </div>
    </li>
  )
}

function RunRow({ run }: { run: Run }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { startedAt, endedAt, problem, kind, databases, rows, bytes, missed, copies } = run
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{moment(startedAt, language)}</h4>
        <p className="note quiet">
          {t('backups.holds', {
            databases: count(databases, language),
            rows: count(rows, language),
            size: bytesIn(bytes, language),
          })}
          {endedAt === null && copies.every((copy) => copy.problem === null) ? ` · ${t('backups.running')}` : null}
        </p>
        {copies.map((copy) => (
          <p key={copy.place} className={copy.problem === null || endedAt !== null ? 'note quiet' : 'field-problem'}>
            <CopyText copy={copy} isOver={endedAt !== null} />
          </p>
        ))}
        {problem === null || kind === null ? null : (
          <p className="field-problem">{t('backups.problem', { why: t(`backups.kind.${kind}`, { code: problem }) })}</p>
        )}
        {missed > 0 ? <p className="field-problem">{t('backups.missed', { count: missed })}</p> : null}
      </div>
    </li>
  )
}

function CopyText({
  copy: { place, keptAt, removedAt, problem, kind },
  isOver,
}: {
  copy: Run['copies'][number]
  /** Nobody tries any more to bring it there. */
  isOver: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (removedAt !== null) return t('backups.removed', { place, at: moment(removedAt, language) })
  if (keptAt !== null) return t('backups.kept', { place, at: moment(keptAt, language) })
  if (isOver) return t('backups.neverKept', { place })
  if (problem === null || kind === null) return t('backups.waits', { place })
  return t('backups.notKept', { place, why: t(`backups.kind.${kind}`, { code: problem }) })
}

function DrillRow({ drill, state }: { drill: Drill; state: State }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { startedAt, place, passed, findings, databases, rows, rtoSeconds, rpoSeconds } = drill
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">
          {moment(startedAt, language)} · {t('backups.place', { place })}
        </h4>
        {passed === null ? <p className="note quiet">{t('backups.running')}</p> : null}
        {passed === true ? (
          <p className="note quiet">
            {t('backups.passed', {
              databases: count(databases, language),
              rows: count(rows, language),
              rto: span(rtoSeconds ?? 0, language),
              rpo: span(rpoSeconds ?? 0, language),
            })}
          </p>
        ) : null}
        {sentencesOf(findings).map(({ code, kind, tenant }) => (
          <p key={`${kind} ${tenant}`} className="field-problem">
            {t('backups.found', {
              why: t(`backups.kind.${kind}`, { code }),
              tenant: nameOf(state.tenants, tenant) ?? t('backups.installation'),
            })}
          </p>
        ))}
      </div>
    </li>
  )
}

/** What says the same of the same tenant is said once. */
function sentencesOf(findings: Drill['findings']): Drill['findings'] {
  return findings.filter(
    (one, at) => at === findings.findIndex(({ kind, tenant }) => kind === one.kind && tenant === one.tenant),
  )
}

function nameOf(tenants: State['tenants'], id: string | null): string | undefined {
  return id === null ? undefined : tenants.find((tenant) => tenant.id === id)?.name
}
