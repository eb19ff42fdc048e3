import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { bytesIn, count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import '../frame/blocks.css'

type State = Output<'backup.show'>
type Run = State['runs'][number]
type Drill = State['drills'][number]

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
      <Alerts state={state} />
      <h3>{t('backups.last')}</h3>
      {state.runs.length === 0 ? <p className="quiet">{t('backups.none')}</p> : null}
      <ul className="rows">
        {state.runs.slice(0, shownRuns).map((run) => (
          <RunRow key={run.set} run={run} />
        ))}
      </ul>
      <h3>{t('backups.drills')}</h3>
      {state.drills.length === 0 ? <p className="quiet">{t('backups.noDrill')}</p> : null}
      <ul className="rows">
        {state.drills.slice(0, shownDrills).map((drill) => (
          <DrillRow key={`${drill.startedAt} ${drill.place}`} drill={drill} state={state} />
        ))}
      </ul>
    </>
  )
}

function Alerts({ state: { alerts, tenants } }: { state: State }) {
  const { t } = useTranslation()
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

function RunRow({ run }: { run: Run }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { startedAt, endedAt, problem, databases, rows, bytes, missed, copies } = run
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
          {endedAt === null ? ` · ${t('backups.running')}` : null}
        </p>
        {copies.map((copy) => (
          <p key={copy.place} className={copy.problem === null ? 'note quiet' : 'field-problem'}>
            {copy.removedAt !== null
              ? t('backups.removed', { place: copy.place, at: moment(copy.removedAt, language) })
              : copy.keptAt === null
                ? t('backups.notKept', { place: copy.place, problem: copy.problem ?? '' })
                : t('backups.kept', { place: copy.place, at: moment(copy.keptAt, language) })}
          </p>
        ))}
        {problem === null ? null : <p className="field-problem">{t('backups.problem', { problem })}</p>}
        {missed > 0 ? <p className="field-problem">{t('backups.missed', { count: missed })}</p> : null}
      </div>
    </li>
  )
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
              rto: count(Math.ceil(rtoSeconds ?? 0), language),
              rpo: count(Math.round((rpoSeconds ?? 0) / 3_600), language),
            })}
          </p>
        ) : null}
        {findings.map(({ code, tenant }) => (
          <p key={`${code} ${tenant}`} className="field-problem">
            {t('backups.found', { code, tenant: nameOf(state.tenants, tenant) ?? t('backups.installation') })}
          </p>
        ))}
      </div>
    </li>
  )
}

function nameOf(tenants: State['tenants'], id: string | null): string | undefined {
  return id === null ? undefined : tenants.find((tenant) => tenant.id === id)?.name
}
