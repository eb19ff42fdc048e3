import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { errorClass, openAlone } from '../platform/index.ts'
import type { Crew, Log } from '../platform/index.ts'
import * as store from './store.ts'
import type { CountedSummary } from './store.ts'
import { summarise } from './summary.ts'

/** How long a burst of changes is waited for before a tenant is counted. */
const patienceMs = 1_000
/** Counting rests so many times as long as it took: of a busy server it takes a tenth of one processor at most. */
const restTimes = 9
/** How often it is asked whose counts time has changed. */
const everyMs = 60_000
/** So many of those are counted in one go. */
const atOnce = 200

/** Keeps the projection. */
export interface Overview {
  /** Something changed in a tenant: it is counted soon. */
  changed(tenantId: string): void
  /** Counts what waits, and those whose counts time has changed, now. */
  catchUp(): Promise<void>
  summaries(tenantIds: readonly string[]): Promise<Map<string, CountedSummary>>
  stop(): Promise<void>
}

/** Opens the keeping of the projection; one tenant after the other is counted, so that it never crowds out anybody. */
export function openOverview(options: {
  control: Pool
  tenants: Tenants
  now: () => Date
  log: Log
  crew?: Pick<Crew, 'tryHold'>
  /** Whether this process counts; the others only read. */
  counts?: boolean
}): Overview {
  const { control, tenants, now, log, crew = openAlone(), counts = true } = options
  const waiting = new Set<string>()
  let work = Promise.resolve()
  const stopping = new AbortController()
  let soon: NodeJS.Timeout | undefined

  /** Every process that counts hears of each change: one that counts already hears of what comes meanwhile, and counts again. */
  async function count(id: string): Promise<void> {
    const release = await crew.tryHold(`overview ${id}`).catch(() => undefined)
    if (release === null) return
    try {
      await countHeld(id)
    } finally {
      await release?.()
    }
  }

  async function countHeld(id: string): Promise<void> {
    try {
      await store.save(control, id, await tenants.asSystem(id, summarise, { readsOnly: true }), now())
    } catch (error) {
      if (error instanceof AppError && error.definition.family === 'refusal') return
      // It is stale still, or will be within a day: a later round counts it.
      log.warn('overview.failed', { tenant: id, error: errorClass(error) })
    }
  }

  /** @param rests lets others work in between */
  async function round(rests: boolean): Promise<void> {
    for (const id of waiting) {
      if (stopping.signal.aborted) return
      // First: what changes while it is counted waits anew.
      waiting.delete(id)
      const begun = performance.now()
      await count(id)
      const ms = performance.now() - begun
      if (rests) await sleep(restTimes * ms, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined)
    }
  }

  async function catchUp(): Promise<void> {
    for (const id of await store.listStale(control, now(), atOnce)) waiting.add(id)
    work = work.then(() => round(false))
    await work
  }

  const countSoon = () => {
    soon ??= setTimeout(() => {
      work = work
        .then(() => round(true))
        .then(() => {
          soon = undefined
          // What came as the round ended.
          if (waiting.size > 0 && !stopping.signal.aborted) countSoon()
        })
    }, patienceMs).unref()
  }

  const timer = setInterval(() => {
    if (!counts) return
    catchUp().catch((error: unknown) => log.warn('overview.failed', { error: errorClass(error) }))
  }, everyMs)
  timer.unref()

  return {
    changed(tenantId) {
      if (!counts) return
      waiting.add(tenantId)
      countSoon()
    },
    catchUp,
    summaries: (ids) => store.list(control, ids),
    async stop() {
      stopping.abort()
      clearInterval(timer)
      clearTimeout(soon)
      await work
    },
  }
}
