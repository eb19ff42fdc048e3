import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { clocksOf } from './incident.ts'
import type { Controller, Running, Told } from './incident.ts'
import { reminders } from './clock.ts'
import * as store from './store.ts'
import type { IncidentRow } from './store.ts'

/** What is known around all cases at one moment. */
export interface Looked {
  readonly timeZone: string
  /** Who answers questions, where a case says nobody of its own. */
  readonly contact: string
  clocks(row: IncidentRow): Running[]
  affected(row: IncidentRow): readonly Controller[]
  told(row: IncidentRow): readonly Told[]
}

/** In a fixed number of queries, for however many cases. */
export async function look(tx: TenantContext): Promise<Looked> {
  const { timeZone } = await findDay(tx)
  const affected = Map.groupBy(await store.listAffected(tx), (one) => one.incident_id)
  const told = Map.groupBy(await store.listTold(tx), (one) => one.incident_id)
  const of = <T>(all: ReadonlyMap<string, T[]>, row: IncidentRow) => all.get(row.id) ?? []
  const { contact } = await store.findSetting(tx)
  return {
    timeZone,
    contact,
    clocks: (row) => clocksOf(row, of(affected, row), of(told, row), timeZone),
    affected: (row) => of(affected, row),
    told: (row) => of(told, row),
  }
}

/** The queue in which clocks wake; its payload is an `IncidentJob`. */
export const incidentQueue = 'incident.attend'

/** A tenant in which a clock comes to a point. */
export interface IncidentJob {
  readonly tenantId: string
}

/** Asks to be woken at every point to come of the clocks of a case. Asking twice reminds once. */
export async function wakeLater(tx: TenantContext, id: string): Promise<void> {
  const row = await store.getIncident(tx, id)
  const job: IncidentJob = { tenantId: tx.tenant.id }
  const points = (await look(tx))
    .clocks(row)
    .filter(({ toldAt }) => toldAt === null)
    .flatMap(({ clock }) => reminders(clock).map(({ at }) => at.getTime()))
  for (const at of new Set(points)) if (at > tx.now.getTime()) await tx.enqueue(incidentQueue, job, new Date(at))
}

/**
 * Reminds of every clock that has come to a point and was not stopped. What was missed while no server ran is found the next
 * time, and of several points only the last is told.
 */
export async function attendIncidents(tx: TenantContext): Promise<void> {
  const rows = (await store.listOpen(tx)).filter(({ aware_at }) => aware_at !== null)
  if (rows.length === 0) return
  const looked = await look(tx)
  for (const row of rows)
    for (const { key, clock, toldAt } of looked.clocks(row)) {
      if (toldAt !== null) continue
      const fresh = []
      for (const point of reminders(clock).filter(({ at }) => at <= tx.now))
        if (await store.noteTold(tx, row.id, key, point.code)) fresh.push(point)
      const last = fresh.at(-1)
      if (!last) continue
      await tx.append({
        type: 'incident.reminded',
        about: { kind: 'incident', id: row.id },
        code: last.code,
        content: { content: { clock: key, point: last.code } },
        by: 'system',
      })
    }
}
