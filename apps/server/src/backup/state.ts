import type { SelfFacts } from '@art32/probes'
import type { Pool } from 'pg'
import type { BackupSetting, Target } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { lateMs } from './continuous/continuous.ts'
import type { ContinuousState } from './continuous/continuous.ts'
import { goneLateMs } from './continuous/ended.ts'
import * as store from './store.ts'

/** A newest backup that is older than this is late: a night was missed. Hours. */
export const lateHours = 26

/** A part with less than this share of what it usually has is odd, and so is one with more than the inverse and a bit. */
const oddShare = 0.5
const growthFreeRows = 10_000
const usualOf = 7
const shownRuns = 30

/** How the backups of an installation stand. */
export interface BackupState {
  readonly isSetUp: boolean
  readonly recipients: number
  readonly places: readonly ('folder' | 's3' | 'sftp')[]
  readonly runs: readonly RunView[]
  readonly drills: readonly store.Drill[]
  /** How far the log of the database is kept between the backups; null: it is not. */
  readonly continuous: ContinuousState | null
  /** Of a log that was switched off: until when it lies in each place. */
  readonly logEnds: readonly store.LogEnd[]
  /** What somebody has to look at, as codes. */
  readonly alerts: readonly { readonly code: Alert; readonly tenant: string | null; readonly place: number | null }[]
}

/** What is wrong with the backups. */
export type Alert =
  | 'failed'
  | 'late'
  | 'no-part'
  | 'odd-size'
  | 'not-sent'
  | 'drill-late'
  | 'drill-failed'
  | 'one-place'
  | 'log-late'
  | 'log-gap'
  | 'log-not-gone'

/** A backup, for whoever looks. */
export interface RunView extends store.Run {
  readonly bytes: number
  readonly rows: number
  readonly databases: number
  readonly missed: number
  readonly copies: readonly store.Copy[]
}

/** A drill that passed and is older than this is due again. Days. */
const drillDays = 9

/** Reads how the backups stand. */
export async function stateOf({
  control,
  setting,
  targets,
  tenants,
  continuous,
  logEnds,
  now,
}: {
  control: Pool
  setting: BackupSetting
  targets: readonly Target[]
  tenants: () => Promise<readonly Pick<Tenant, 'id' | 'since'>[]>
  continuous: ContinuousState | null
  logEnds: readonly store.LogEnd[]
  now: () => Date
}): Promise<BackupState> {
  const isSetUp = targets.length > 0 && setting.recipients.length > 0
  const runs = await store.listRuns(control, shownRuns)
  const ids = runs.map(({ id }) => id)
  const parts = Map.groupBy(await store.listParts(control, ids), ({ run_id: id }) => id)
  const copies = Map.groupBy(await store.listCopies(control, ids), ({ run_id: id }) => id)
  const views = runs.map((run): RunView => {
    const own = parts.get(run.id) ?? []
    const whole = own.filter(({ problem }) => problem === null)
    return {
      ...run,
      bytes: whole.reduce((sum, part) => sum + part.bytes, 0),
      rows: whole.reduce((sum, part) => sum + part.rows, 0),
      databases: whole.length,
      missed: own.length - whole.length,
      copies: copies.get(run.id) ?? [],
    }
  })
  const drills = await store.listDrills(control, 20)
  const alerts = isSetUp
    ? [
        ...alertsOfRuns(views, parts, await tenants(), targets.length, now()),
        ...alertsOfDrills(drills, targets.length, views, now()),
        ...(continuous === null ? [] : alertsOfLog(continuous, now())),
        ...alertsOfLogEnds(logEnds, now()),
        ...(targets.length < 2 ? [{ code: 'one-place' as const, tenant: null, place: null }] : []),
      ]
    : []
  return {
    isSetUp,
    recipients: setting.recipients.length,
    places: targets.map(({ kind }) => kind),
    runs: views,
    drills,
    continuous,
    logEnds,
    alerts,
  }
}

/** The same as facts for the checks of the installation; without a place where no backups are set up. */
export function factsOf(
  { isSetUp, places, runs, drills, alerts }: BackupState,
  tenants: number,
): NonNullable<SelfFacts['backup']> {
  // Whoever can make none has none, whatever lies there from before.
  if (!isSetUp) return { places: [], tenants, withoutPart: 0, odd: 0 }
  const has = (code: Alert, place: number) => alerts.some((alert) => alert.code === code && alert.place === place)
  const count = (code: Alert) => alerts.filter((alert) => alert.code === code).length
  return {
    places: places.map((kind, index) => {
      const place = index + 1
      const newest = runs.find((run) => run.copies.some((copy) => copy.place === place && copy.kept_at !== null))
      const drill = drills.find((one) => one.place === place && one.ended_at !== null)
      const seconds = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : ms / 1_000)
      return {
        place,
        kind,
        newestAt: newest?.started_at.toISOString() ?? null,
        late: has('late', place) || has('log-late', place),
        drilledAt: drill?.started_at.toISOString() ?? null,
        drillPassed: drill?.passed ?? null,
        drillLate: has('drill-late', place),
        rtoSeconds: seconds(drill?.rto_ms),
        rpoSeconds: seconds(drill?.rpo_ms),
      }
    }),
    tenants,
    withoutPart: count('no-part'),
    odd: count('odd-size'),
  }
}

type Alerts = BackupState['alerts'][number][]

function alertsOfRuns(
  runs: readonly RunView[],
  parts: ReadonlyMap<string, readonly store.Part[]>,
  tenants: readonly Pick<Tenant, 'id' | 'since'>[],
  places: number,
  now: Date,
): Alerts {
  const alerts: Alerts = []
  if (runs[0] && runs[0].problem !== null) alerts.push({ code: 'failed', tenant: null, place: null })
  const tooOld = (at: Date) => now.getTime() - at.getTime() > lateHours * 3_600_000
  for (let place = 1; place <= places; place++) {
    const newest = runs.find((run) => run.copies.some((copy) => copy.place === place && copy.kept_at !== null))
    const isNew = runs.every((run) => !tooOld(run.started_at)) && tenants.every(({ since }) => !tooOld(since))
    if (newest ? tooOld(newest.started_at) : !isNew) alerts.push({ code: 'late', tenant: null, place })
    const last = runs[0]?.copies.find((copy) => copy.place === place)
    if (last && last.kept_at === null) alerts.push({ code: 'not-sent', tenant: null, place })
  }
  const whole = runs.filter((run) => run.made_at !== null)
  const [last, ...before] = whole
  if (!last) return alerts
  const own = parts.get(last.id) ?? []
  for (const { id, since } of tenants) {
    const part = own.find((one) => one.tenant_id === id)
    if (since < last.started_at && (!part || part.problem !== null))
      alerts.push({ code: 'no-part', tenant: id, place: null })
  }
  const earlier = before.slice(0, usualOf).map((run) => parts.get(run.id) ?? [])
  for (const part of own) {
    const usual = earlier.flatMap((one) =>
      one.filter((other) => other.tenant_id === part.tenant_id && other.problem === null),
    )
    if (part.problem === null && usual.length > 0 && isOdd(part, usual))
      alerts.push({ code: 'odd-size', tenant: part.tenant_id, place: null })
  }
  return alerts
}

/** A place whose log is behind, and a log that had a gap: for a day, until a nightly backup has bridged it. */
function alertsOfLog({ places, startedAt, gapAt }: ContinuousState, now: Date): Alerts {
  const isLate = (at: Date) => now.getTime() - at.getTime() > lateMs
  return [
    ...places.flatMap(({ until }, index) =>
      isLate(until ?? startedAt) ? [{ code: 'log-late' as const, tenant: null, place: index + 1 }] : [],
    ),
    ...(gapAt !== null && now.getTime() - gapAt.getTime() < lateHours * 3_600_000
      ? [{ code: 'log-gap' as const, tenant: null, place: null }]
      : []),
  ]
}

/** A place in which something of a log lies that should be gone for days. */
function alertsOfLogEnds(ends: readonly store.LogEnd[], now: Date): Alerts {
  return ends.flatMap(({ place, due_at: dueAt, gone_at: goneAt }) =>
    goneAt === null && now.getTime() - dueAt.getTime() > goneLateMs
      ? [{ code: 'log-not-gone' as const, tenant: null, place }]
      : [],
  )
}

/** Less than half of what there usually is, a ledger that shrank, or many times more. */
export function isOdd(
  part: Pick<store.Part, 'rows' | 'leaves'>,
  usual: readonly Pick<store.Part, 'rows' | 'leaves'>[],
): boolean {
  const sorted = usual.map(({ rows }) => rows).toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return part.rows < median * oddShare || part.rows > median / oddShare ** 2 + growthFreeRows
}

function alertsOfDrills(drills: readonly store.Drill[], places: number, runs: readonly RunView[], now: Date): Alerts {
  const alerts: Alerts = []
  const due = new Date(now.getTime() - drillDays * 86_400_000)
  for (let place = 1; place <= places; place++) {
    const own = drills.filter((drill) => drill.place === place && drill.ended_at !== null)
    if (own[0]?.passed === false) alerts.push({ code: 'drill-failed', tenant: null, place })
    const proven = own.find((drill) => drill.passed === true)
    const oldest = runs.at(-1)
    if (proven ? proven.started_at < due : oldest !== undefined && oldest.started_at < due)
      alerts.push({ code: 'drill-late', tenant: null, place })
  }
  return alerts
}
