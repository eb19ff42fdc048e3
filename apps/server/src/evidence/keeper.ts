import { once } from 'node:events'
import { decodeBase64, encodeBase64, formatVkey, parseLeaf, verifierKey } from '@art32/ledger'
import type { Checkpoint } from '@art32/ledger'
import { AppError } from '../kernel/index.ts'
import { errorClass, ledgerCrypto } from '../platform/index.ts'
import type { Clock, Databases, Log } from '../platform/index.ts'
import { logNumber } from '../tenant/index.ts'
import type { OpenTenant, Registry } from '../tenant/index.ts'
import { prepare } from './append.ts'
import { transactionOn } from './connection.ts'
import { restate } from './earlier.ts'
import { changeInstanceKey, changeTenantKey } from './key-change.ts'
import type { KeyChange } from './key-change.ts'
import { integratePending, startLog } from './sequencer.ts'
import * as store from './store.ts'
import { findLosses, nextNumber, succeed } from './succession.ts'
import type { Loss } from './succession.ts'

/** How long a tenant's new checkpoint waits until it stands in the instance log. */
const anchorEveryMs = 60_000

/** How long a server that stops finishes what waits. */
const finishMs = 5_000

/** How many tenants' logs are integrated at the same time after commits. */
const mostAtOnce = 8

/** How many of those of a killed process at the same time: what people do now comes first. */
const sweptAtOnce = 2

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
  /**
   * Begins with a tenant's log, once in a process: starts it, or compares it with what was signed of it before. After a restore
   * it goes on under a new origin.
   *
   * @returns the tenant with its present log
   */
  begin(open: OpenTenant): Promise<OpenTenant>
  /**
   * Compares once more, and lets the log go on under a new origin where it must.
   *
   * @param by a person who says that it was restored: then it does in any case
   */
  compare(open: OpenTenant, by?: string): Promise<OpenTenant>
  /** The same for the instance log. @returns whether it goes on under a new origin */
  compareInstance(by?: string): Promise<boolean>
  /** Lets the log of a tenant go on under the next name with a new key, and destroys the one before. @returns the tenant with it */
  changeKey(tenantId: string, change: KeyChange): Promise<OpenTenant>
  /** The same for the instance log. */
  changeInstanceKey(change: KeyChange): Promise<void>
  /** Integrates everything that waits in a tenant. @returns the signed head of its log */
  settle(open: OpenTenant): Promise<Checkpoint>
  /** Puts the tenant's current head into the instance log and signs that. */
  anchor(open: OpenTenant): Promise<void>
  /** Anchors every tenant that waits for it, and forgets the note of those in which nothing waits: what a timer does. */
  anchorAll(): Promise<void>
  /** Stops keeping the log of a tenant that is going to be deleted. */
  forget(tenantId: string): Promise<void>
  /**
   * After a start, and whenever another process died: begins to finish what it left waiting, in the tenants that were noted and
   * in no other. After a busy minute those are hundreds, and nobody waits for them: each is noted until it is finished.
   *
   * @param ids the tenants whose notes are this process's now
   */
  sweep(ids: readonly string[]): Promise<void>
  /** Others may have taken this process for dead meanwhile: what it notes is noted anew. */
  noteAnew(): void
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
  /** Heads of the instance log that witnesses know and it does not continue. */
  witnessed?: () => Promise<Loss[]>
  /** What live records of a tenant rest on: it is taken over into the log that goes on. */
  cited: (sql: store.Queryable) => Promise<Buffer[]>
  clock: Clock
  log: Log
}): Promise<Ledgers> {
  const { registry, databases, relay, changed, anchored, witnessed, cited, clock, log } = options
  const control: store.Queryable = databases.control
  const working = new Map<string, Promise<Checkpoint>>()
  const again = new Set<string>()
  const unanchored = new Map<string, Checkpoint>()
  const retries = new Map<string, NodeJS.Timeout>()
  const forgotten = new Set<string>()
  const waiting = new Map<string, { open: OpenTenant; pauseMs: number }>()
  const settling = new Set<Promise<void>>()
  const sweeping = new Set<Promise<void>>()
  let stopped = false
  const noted = new Map<string, Promise<void>>()
  const held = new Map<string, number>()
  const resting = new Map<string, Promise<void>>()
  const begun = new Map<string, Promise<string>>()
  await compareInstance(await witnessed?.())

  /** @returns whether the log goes on under a new origin */
  async function compareInstance(others: readonly Loss[] = []): Promise<boolean> {
    const { firstOrigin, instance } = registry
    const state = await store.findState(control)
    const losses = [...(await findLosses(control, state, { firstOrigin, heads: instance.heads })), ...others]
    if (losses.length === 0) {
      await startLog(control, instance)
      return false
    }
    const number = nextNumber(firstOrigin, state, 1, losses)
    let held = () => {}
    await succeed({
      connections: databases.control,
      state,
      vkey: formatVkey(verifierKey(ledgerCrypto, instance)),
      subject: { kind: 'installation', id: `${registry.installationId}-ledger` },
      losses,
      async begin(connection) {
        const next = await registry.setInstanceLog(connection, number)
        held = next.held
        return next.signer
      },
      async also(connection) {
        // What witnesses cosigned was of the log before.
        await connection.query('update witness set size = null, note = null, cosigned_at = null')
      },
      at: clock.now(),
    })
    held()
    log.error('ledger.restored', { count: losses.length })
    return true
  }

  /** Whatever was restored while this process ran is found by the next batch, which then signs nothing. */
  async function integrateInstance(): Promise<void> {
    const { instance } = registry
    const { name } = instance
    try {
      await integratePending(control, instance)
    } catch (error) {
      if (!isRolledBack(error)) throw error
      // Its key may just have been changed, here or by another server.
      await registry.refreshInstance()
      if (registry.instance.name === name && !(await compareInstance())) throw error
      await integratePending(control, registry.instance)
    }
  }

  /** @returns the origin of the present log */
  async function beginLog(open: OpenTenant, by?: string): Promise<string> {
    const { id } = open.tenant
    const { firstOrigin } = open
    const db = store.queryable(open.connections)
    const state = await store.findState(db)
    const entry = await store.findLastHead(control, id)
    const head = entry && parseLeaf(entry.leaf).head
    const losses = await findLosses(db, state, {
      firstOrigin,
      heads: open.signer.heads,
      ...(head ? { anchored: { ...head, root: decodeBase64(head.root) } } : {}),
    })
    if (by !== undefined && losses.length === 0)
      losses.push({ origin: open.tenant.origin, size: state?.size ?? 0, root: null, from: 'declared' })
    const registered = logNumber(firstOrigin, open.tenant.origin)
    const present = state ? logNumber(firstOrigin, state.origin) : registered
    if (losses.length === 0 && present >= registered) {
      // The registry alone was restored: it does not know of a log that goes on.
      if (present > registered) await registry.adoptLog(id, present, null)
      const { signer } = present > registered ? await registry.open(id) : open
      await startLog(db, signer)
      return signer.name
    }
    const number = nextNumber(firstOrigin, state, registered, losses)
    await registry.setLog(id, number, by ?? null)
    // Its first leaves are going to wait: the next start looks at it, whatever happens to this process.
    await note(id)
    const next = await registry.open(id)
    await succeed({
      connections: open.connections,
      state,
      vkey: open.vkeyOf(state?.origin ?? open.signer.name),
      subject: { kind: 'tenant', id },
      losses,
      begin: () => Promise.resolve(next.signer),
      async also(connection) {
        const commitments = await cited(connection)
        for (let at = 0; at < commitments.length; at += 500)
          await restate({ sql: connection, now: clock.now() }, commitments.slice(at, at + 500))
      },
      at: clock.now(),
    })
    unanchored.delete(id)
    log.error('ledger.restored', { tenant: id, count: losses.length })
    settleSoon(next)
    return next.signer.name
  }

  async function begin(open: OpenTenant): Promise<OpenTenant> {
    const { id, origin } = open.tenant
    const beginning = begun.get(id) ?? beginLog(open)
    begun.set(id, beginning)
    const present = await beginning.catch((error: unknown) => {
      begun.delete(id)
      throw error
    })
    return present === origin ? open : await registry.open(id)
  }

  async function integrate(asked: OpenTenant): Promise<{ open: OpenTenant; head: Checkpoint }> {
    const open = await begin(asked)
    try {
      return { open, head: await integratePending(store.queryable(open.connections), open.signer) }
    } catch (error) {
      if (!isRolledBack(error)) throw error
      begun.delete(open.tenant.id)
      const next = await begin(open)
      return { open: next, head: await integratePending(store.queryable(next.connections), next.signer) }
    }
  }

  async function work(asked: OpenTenant): Promise<Checkpoint> {
    const { open, head } = await integrate(asked)
    const db = store.queryable(open.connections)
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
      await settle(open).catch((error: unknown) => tryAgain(id, pauseMs, error))
    }
  }

  /** What fails, as while the database restarts, is tried again until it holds: it was acknowledged. */
  function tryAgain(id: string, pauseMs: number, error: unknown): void {
    if (forgotten.has(id) || stopped || isGone(error)) return
    report(error, id)
    if (retries.has(id)) return
    const retry = setTimeout(() => {
      retries.delete(id)
      const next = Math.min(2 * pauseMs, anchorEveryMs)
      // It may lie on another server by now.
      registry.open(id).then(
        (present) => settleSoon(present, next),
        (again: unknown) => tryAgain(id, next, again),
      )
    }, pauseMs)
    retries.set(id, retry.unref())
  }

  async function settleNoted(id: string): Promise<void> {
    try {
      const open = await registry.open(id)
      if (!forgotten.has(id)) await settle(open)
    } catch (error) {
      tryAgain(id, retryAfterMs, error)
    }
  }

  function report(error: unknown, tenant?: string): void {
    if (stopped) return
    log.error('ledger.failed', { error: errorClass(error), ...(tenant === undefined ? {} : { tenant }) })
  }

  /** Puts heads into the instance log in one transaction, and signs that. */
  async function anchorHeads(heads: readonly (readonly [id: string, head: Checkpoint])[]): Promise<void> {
    const standing = await transactionOn(databases.control, async (client) => {
      // Another process may have put a later head there, or deleted the tenant: the instance log never goes back.
      const standing = await registry.lockAnchored(
        client,
        heads.map(([id, { origin, size }]) => ({ id, origin, size })),
      )
      const due = heads.filter(([id]) => standing.get(id) === 'due')
      const rows = due.map(([id, { origin, root, size }]) => {
        const head = { origin, root: encodeBase64(root), size }
        const happening = { type: 'tenant.checkpoint', about: { kind: 'tenant', id }, head } as const
        return prepare({ kind: 'system' }, happening, clock.now()).row
      })
      await store.addAppended(client, rows)
      await registry.setAnchored(
        client,
        due.map(([id, { size }]) => ({ id, size })),
      )
      return standing
    })
    await integrateInstance()
    for (const [id, head] of heads) if (standing.get(id) !== 'early' && isNotAfter(id, head)) unanchored.delete(id)
  }

  const isNotAfter = (id: string, { origin, size }: Checkpoint): boolean => {
    const known = unanchored.get(id)
    return known !== undefined && (known.origin !== origin || known.size <= size)
  }

  async function anchor(open: OpenTenant): Promise<void> {
    const head = await settle(open)
    await anchorHeads([[open.tenant.id, head]])
  }

  /** No tenant's database is opened for it: the heads are those that were signed here. */
  async function anchorAll(): Promise<void> {
    await integrateInstance()
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
    registry.instance.heads.sync()
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
    begin,
    async compare({ tenant: { id } }, by) {
      // Nothing is under way in it while it changes its name; what comes meanwhile waits for that.
      await working.get(id)?.catch(() => undefined)
      const beginning = beginLog(await registry.open(id), by)
      begun.set(id, beginning)
      await beginning.catch((error: unknown) => {
        begun.delete(id)
        throw error
      })
      const open = await registry.open(id)
      await settle(open)
      return open
    },
    async compareInstance(by) {
      const state = await store.findState(control)
      const said = { from: 'declared' as const, origin: registry.instance.name, size: state?.size ?? 0, root: null }
      const isNew = await compareInstance(by === undefined ? [] : [said])
      if (isNew) await integrateInstance()
      return isNew
    },
    async changeKey(id, change) {
      // Nothing is under way in it while it changes its key; what comes meanwhile waits for that.
      while (working.has(id)) await working.get(id)?.catch(() => undefined)
      const changing = registry.lockLogKey(id, async () => {
        begun.delete(id)
        const open = await begin(await registry.open(id))
        await note(id)
        await changeTenantKey(open, change, { registry, cited, clock })
        begun.delete(id)
        unanchored.delete(id)
        const next = await begin(await registry.open(id))
        await note(id)
        return await work(next)
      })
      const run = changing.finally(() => working.delete(id))
      working.set(id, run)
      await run
      return await registry.open(id)
    },
    async changeInstanceKey(change) {
      await registry.lockLogKey('installation', async () => {
        await integrateInstance()
        await changeInstanceKey(change, { registry, control: databases.control, clock })
      })
      unanchored.clear()
      await integrateInstance()
    },
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
      begun.delete(id)
      waiting.delete(id)
      unanchored.delete(id)
      noted.delete(id)
      clearTimeout(retries.get(id))
      retries.delete(id)
      await working.get(id)?.catch(() => undefined)
    },
    async sweep(tenantIds) {
      await integrateInstance()
      for (const id of tenantIds) noted.set(id, Promise.resolve())
      // Held until its turn, so that no round of anchoring takes it for finished.
      const left = await Promise.all(tenantIds.map(async (id) => ({ id, release: await hold(id) })))
      const turns = left.values()
      const finish = async () => {
        for (const { id, release } of turns) {
          // It stays noted for the next start.
          if (stopped) return
          await settleNoted(id)
          release()
        }
      }
      for (let n = 0; n < sweptAtOnce; n++) {
        const run = finish().finally(() => sweeping.delete(run))
        sweeping.add(run)
      }
    },
    noteAnew: () => noted.clear(),
    async stop() {
      clearInterval(timer)
      for (const retry of retries.values()) clearTimeout(retry)
      retries.clear()
      const end = AbortSignal.timeout(finishMs)
      // What is finished and anchored now, the next start need not look at; the rest was noted.
      const finish = async () => {
        while (settling.size + sweeping.size > 0 && !end.aborted) await Promise.allSettled([...settling, ...sweeping])
        if (!end.aborted) await anchorAll()
      }
      await Promise.race([finish().catch(report), once(end, 'abort')])
      stopped = true
      waiting.clear()
      await Promise.allSettled([anchoring, ...sweeping, ...working.values()])
    },
  }
}

/** It was deleted meanwhile, here or by another process. */
function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'tenant.not_found'
}

function isRolledBack(error: unknown): boolean {
  return error instanceof AppError && error.code === 'ledger.rolled_back'
}
