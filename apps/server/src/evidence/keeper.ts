import { once } from 'node:events'
import { encodeBase64 } from '@art32/ledger'
import type { Checkpoint } from '@art32/ledger'
import { errorClass } from '../platform/index.ts'
import type { Clock, Databases, Log } from '../platform/index.ts'
import type { OpenTenant, Registry } from '../tenant/index.ts'
import { prepare } from './append.ts'
import { integratePending, startLog } from './sequencer.ts'
import * as store from './store.ts'

/** How long a tenant's new checkpoint waits until it stands in the instance log. */
const anchorEveryMs = 60_000

/** How long a server that stops finishes what waits. */
const finishMs = 5_000

/** How many tenants' logs are integrated at the same time after commits. */
const mostAtOnce = 8

/** How many heads go into the instance log in one transaction. */
const anchoredAtOnce = 200

/** The queue of heads to be put into the instance log at once; its payload is an `AnchorJob`. */
export const anchorQueue = 'ledger.anchor'

/** A tenant whose head is to stand in the instance log. */
export interface AnchorJob {
  readonly tenantId: string
  /** Whether an edition was published, so that the head is to be stamped as well. */
  readonly isPublished?: boolean
}

/** How long a tenant's log waits after a failure, at first; each further failure doubles it, up to `anchorEveryMs`. */
const retryAfterMs = 500

/** A job that a transaction put into its outbox. */
export interface OutboxJob {
  /** The idempotency key: relayed twice, it is queued once. */
  readonly id: string
  readonly queue: string
  readonly payload: object
  readonly startAfter: Date | null
}

/** Keeps every log integrated and signed, relays outboxes, and anchors tenants' logs in the instance log. */
export interface Ledgers {
  /**
   * Called before a commit: from here on the next start looks at this tenant, whatever happens to this process.
   *
   * @returns to be called when the commit is over and, where it held, after `wake`
   */
  hold(tenantId: string): Promise<() => void>
  /** Called after a commit: integrates this tenant's log soon; calls for a busy tenant run together. */
  wake(open: OpenTenant): void
  /** Integrates everything that waits in a tenant. @returns the signed head of its log */
  settle(open: OpenTenant): Promise<Checkpoint>
  /** Puts the tenant's current head into the instance log and signs that. */
  anchor(open: OpenTenant): Promise<void>
  /** Anchors every tenant that waits for it, and forgets the note of those in which nothing waits: what a timer does. */
  anchorAll(): Promise<void>
  /** Stops keeping the log of a tenant that is going to be deleted. */
  forget(tenantId: string): Promise<void>
  /** After a start: finishes what a crash left waiting, in the tenants that were noted and in no other. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

/** Opens the keeping of all logs. @param relay hands a job to the queue */
export async function openLedgers(options: {
  registry: Registry
  databases: Databases
  relay: (job: OutboxJob) => Promise<void>
  /** Told after each commit in a tenant, for whoever watches. */
  changed: (tenantId: string) => void
  /** After each round of anchoring. */
  anchored?: () => Promise<void>
  clock: Clock
  log: Log
}): Promise<Ledgers> {
  const { registry, databases, relay, changed, anchored, clock, log } = options
  const control: store.Queryable = databases.control
  const working = new Map<string, Promise<Checkpoint>>()
  const again = new Set<string>()
  const unanchored = new Map<string, Checkpoint>()
  const retries = new Map<string, NodeJS.Timeout>()
  const forgotten = new Set<string>()
  const waiting = new Map<string, { open: OpenTenant; pauseMs: number }>()
  const settling = new Set<Promise<void>>()
  let stopped = false
  const noted = new Map<string, Promise<void>>()
  const held = new Map<string, number>()
  const resting = new Map<string, Promise<void>>()
  await startLog(control, registry.instance)

  async function work(open: OpenTenant): Promise<Checkpoint> {
    const db = store.queryable(open.connections)
    const head = await integratePending(db, open.signer)
    for (const job of await store.listOutbox(db)) {
      await relay(job)
      await store.removeFromOutbox(db, job.id)
    }
    if (head.size > open.anchoredSize && !forgotten.has(open.tenant.id)) unanchored.set(open.tenant.id, head)
    return head
  }

  /** One run per tenant at a time; a call during a run makes it run once more, so that nothing committed is left behind. */
  async function settle(open: OpenTenant): Promise<Checkpoint> {
    const { id } = open.tenant
    const running = working.get(id)
    if (running) {
      again.add(id)
      await running.catch(() => undefined)
      return await (again.delete(id) ? settle(open) : (working.get(id) ?? running))
    }
    const run = work(open).finally(() => working.delete(id))
    working.set(id, run)
    return await run
  }

  /**
   * Some at a time: after a thousand commits at once the others wait here, and not for a connection that they would be
   * refused in the end.
   */
  function settleSoon(open: OpenTenant, pauseMs = retryAfterMs): void {
    if (forgotten.has(open.tenant.id)) return
    waiting.set(open.tenant.id, { open, pauseMs })
    if (settling.size === mostAtOnce) return
    const run = settleWaiting().finally(() => settling.delete(run))
    settling.add(run)
  }

  async function settleWaiting(): Promise<void> {
    for (const [id, { open, pauseMs }] of waiting) {
      waiting.delete(id)
      await settle(open).catch((error: unknown) => tryAgain(open, pauseMs, error))
    }
  }

  /** What fails, as while the database restarts, is tried again until it holds: it was acknowledged. */
  function tryAgain(open: OpenTenant, pauseMs: number, error: unknown): void {
    const { id } = open.tenant
    if (forgotten.has(id) || stopped) return
    report(error, id)
    if (retries.has(id)) return
    const retry = setTimeout(() => {
      retries.delete(id)
      settleSoon(open, Math.min(2 * pauseMs, anchorEveryMs))
    }, pauseMs)
    retries.set(id, retry.unref())
  }

  function report(error: unknown, tenant?: string): void {
    if (stopped) return
    log.error('ledger.failed', { error: errorClass(error), ...(tenant === undefined ? {} : { tenant }) })
  }

  /** Puts heads into the instance log in one transaction, and signs that. */
  async function anchorHeads(heads: readonly (readonly [id: string, head: Checkpoint])[]): Promise<void> {
    const client = await databases.control.connect()
    try {
      await client.query('begin')
      await store.addAppended(
        client,
        heads.map(([id, { origin, root, size }]) => {
          const head = { origin, root: encodeBase64(root), size }
          const happening = { type: 'tenant.checkpoint', about: { kind: 'tenant', id }, head } as const
          return prepare({ kind: 'system' }, happening, clock.now()).row
        }),
      )
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
    await integratePending(control, registry.instance)
    await registry.setAnchored(heads.map(([id, { size }]) => ({ id, size })))
    for (const [id, { size }] of heads) if ((unanchored.get(id)?.size ?? Infinity) <= size) unanchored.delete(id)
  }

  async function anchor(open: OpenTenant): Promise<void> {
    const head = await settle(open)
    await anchorHeads([[open.tenant.id, head]])
  }

  /** No tenant's database is opened for it: the heads are those that were signed here. */
  async function anchorAll(): Promise<void> {
    await integratePending(control, registry.instance)
    // What is anchored leaves the list; what a commit adds meanwhile has time until the next round.
    for (let left = unanchored.size; left > 0; left -= anchoredAtOnce) {
      if (stopped) return
      await anchorHeads([...unanchored].slice(0, anchoredAtOnce))
    }
    for (const id of noted.keys()) await rest(id)
  }

  async function hold(id: string): Promise<() => void> {
    held.set(id, (held.get(id) ?? 0) + 1)
    const release = () => {
      const left = (held.get(id) ?? 1) - 1
      if (left > 0) held.set(id, left)
      else held.delete(id)
    }
    try {
      await note(id)
    } catch (error) {
      release()
      throw error
    }
    return release
  }

  async function note(id: string): Promise<void> {
    // A note that is just being removed comes back after that.
    const known = noted.get(id) ?? (resting.get(id) ?? Promise.resolve()).then(() => registry.mark(id))
    noted.set(id, known)
    await known.catch((error: unknown) => {
      noted.delete(id)
      throw error
    })
  }

  /** Removes the note of a tenant in which nothing waits. */
  async function rest(id: string): Promise<void> {
    if (held.has(id) || waiting.has(id) || working.has(id) || retries.has(id) || unanchored.has(id)) return
    noted.delete(id)
    const removing = registry.unmark(id).finally(() => resting.delete(id))
    resting.set(id, removing)
    await removing
  }

  async function round(): Promise<void> {
    await anchorAll()
    await anchored?.()
  }

  let anchoring: Promise<void> | null = null
  const timer = setInterval(() => {
    // One round at a time: with a thousand tenants it may take longer than the pause.
    anchoring ??= round()
      .catch(report)
      .finally(() => (anchoring = null))
  }, anchorEveryMs)
  timer.unref()

  return {
    hold,
    wake(open) {
      changed(open.tenant.id)
      settleSoon(open)
    },
    settle,
    anchor,
    anchorAll: round,
    async forget(id) {
      forgotten.add(id)
      waiting.delete(id)
      unanchored.delete(id)
      noted.delete(id)
      clearTimeout(retries.get(id))
      retries.delete(id)
      await working.get(id)?.catch(() => undefined)
    },
    async sweep() {
      await integratePending(control, registry.instance)
      const ids = (await registry.listMarked()).values()
      const finish = async () => {
        for (const id of ids) {
          const open = await registry.open(id)
          noted.set(id, Promise.resolve())
          await startLog(store.queryable(open.connections), open.signer)
          await settle(open)
        }
      }
      await Promise.all(Array.from({ length: mostAtOnce }, finish))
    },
    async stop() {
      clearInterval(timer)
      for (const retry of retries.values()) clearTimeout(retry)
      retries.clear()
      const end = AbortSignal.timeout(finishMs)
      // What is finished and anchored now, the next start need not look at; the rest was noted.
      const finish = async () => {
        while (settling.size > 0 && !end.aborted) await Promise.allSettled(settling)
        if (!end.aborted) await anchorAll()
      }
      await Promise.race([finish().catch(report), once(end, 'abort')])
      stopped = true
      waiting.clear()
      await Promise.allSettled([anchoring, ...working.values()])
    },
  }
}
