import { randomBytes, randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { canonicalize } from '@art32/ledger'
import { integratePending } from '../evidence/index.ts'
import type { Ledgers } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { databaseOutage, errorClass, isAway, layoutOf, partsOf } from '../platform/index.ts'
import type { Clock, CopyOut, Databases, Log, Scratch, TenantDatabases } from '../platform/index.ts'
import { homeSlug } from '../tenant/index.ts'
import type { OpenTenant, Registry } from '../tenant/index.ts'
import { compare, fill } from './copying.ts'
import type { Copied } from './copying.ts'
import { placementErrors } from './errors.ts'
import * as store from './store.ts'
import type { MoveRow } from './store.ts'

/** Where a move is: told before the next step, for tests that end the process there. */
export type MoveStep =
  | 'noted'
  | 'made'
  | 'held'
  | 'filled'
  | 'compared'
  | 'adopted'
  | 'switched'
  | 'removed'
  | 'settled'

/** What a move came to. */
export interface Moved extends Copied {
  readonly from: string
  readonly to: string
  /** How long nothing could be written in the tenant. Milliseconds. */
  readonly heldMs: number
  /** Whether the old copy is gone; where its server is away it is removed when that answers again. */
  readonly isRemoved: boolean
}

/** Moves tenants from one database server to another. */
export interface Moves {
  /**
   * Moves a tenant while everybody works: it can be read all the time, and not be written for a moment.
   *
   * @throws {placement.*, tenant.not_found, postgres.server_away} it stays where it was then
   */
  move(slug: string, to: string, by: string | null): Promise<Moved>
  /** Takes back or finishes what a kill or an absent server left. @returns how many moves are still not over */
  finish(): Promise<number>
  /** Moves that are not over. */
  list(): Promise<readonly MoveRow[]>
  stop(): void
}

/** How often what could not be finished is tried again. Milliseconds. */
const againMs = 60_000

/** What moving needs of the rest of the server. */
export interface MoveDependencies {
  readonly registry: Registry
  readonly databases: Databases
  readonly ledgers: Pick<Ledgers, 'settle'>
  readonly clock: Clock
  readonly log: Log
  /** Told of each step before the next one. */
  readonly at?: (step: MoveStep) => Promise<void>
}

/** Opens the moving of tenants. */
export function openMoves(dependencies: MoveDependencies): Moves {
  const { registry, databases, ledgers, clock, log, at = () => Promise.resolve() } = dependencies
  const { control } = databases
  let again: NodeJS.Timeout | null = null
  let isStopped = false

  /** Does something on a connection of its own while nobody else moves a tenant, in no other process either. */
  async function alone<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await control.connect()
    let isBroken = true
    try {
      if (!(await store.lockMoves(client))) {
        isBroken = false
        throw placementErrors.under_way()
      }
      const result = await work(client)
      await store.unlockMoves(client)
      isBroken = false
      return result
    } finally {
      // A connection that ends gives back the lock.
      client.release(isBroken)
    }
  }

  async function move(slug: string, to: string, by: string | null): Promise<Moved> {
    const known = databases.servers().map(({ name }) => name)
    if (!known.includes(to)) throw placementErrors.no_server({ server: to, known: known.join(', ') })
    const { tenant } = await registry.open(slug)
    if (tenant.slug === homeSlug) throw placementErrors.home_stays()
    const done = await alone(async (client) => {
      for (const left of await store.listMoves(client)) if (left.tenant_id === tenant.id) await finishOne(left, client)
      const { server: from, database } = await registry.placeOf(tenant.id)
      if (from === to) throw placementErrors.same_server({ server: to })
      // Whether both answer is seen before anything is noted.
      await databases.on(from).has(database)
      if (await databases.on(to).has(database)) await requireLeftover(to, database)
      const row = {
        tenant_id: tenant.id,
        id: randomUUID(),
        source: from,
        target: to,
        asked_by: by,
        started_at: clock.now(),
      }
      if (!(await store.addMove(client, row))) throw placementErrors.under_way()
      await at('noted')
      try {
        return await carry({ ...row, state: 'copying', scratch: null }, database, client)
      } catch (error) {
        return await giveUp(row.id, error)
      }
    })
    await integratePending(control, registry.instance)
    return done
  }

  /** A database of this name on the target may only be what a move left. */
  async function requireLeftover(server: string, database: string): Promise<void> {
    if (!(await databases.on(server).scratches.dropUnsettled(database)))
      throw placementErrors.occupied({ server, database })
  }

  /** Copies, compares and switches. Until the switch nothing counts but the old copy. */
  async function carry(row: MoveRow, database: string, client: PoolClient): Promise<Moved> {
    const open = await registry.open(row.tenant_id)
    const [source, target] = [databases.on(row.source), databases.on(row.target)]
    // What waits gets its place before, so that less is to be done after.
    await ledgers.settle(open)
    const scratch = await makeScratch(row, { source, target, database })
    const login = { user: database, password: randomBytes(24).toString('base64url') }
    await at('made')
    const start = performance.now()
    await source.hold(database)
    await at('held')
    const copied = await copy(row, { source, database, scratch, open })
    await scratch.adopt(login)
    await at('adopted')
    const { source: from, target: to } = row
    const content = canonicalize({ move: row.id, from, to, ...copied })
    await inTransaction(client, async (db) => {
      if (!(await store.setState(db, row.id, { from: 'copying', to: 'switched' }))) throw placementErrors.under_way()
      await registry.switchServer(db, row.tenant_id, { from, to, login, by: row.asked_by, content })
    })
    const heldMs = Math.round(performance.now() - start)
    await at('switched')
    log.info('tenant.moved', { tenant: row.tenant_id, durationMs: heldMs })
    const isRemoved = await tidy({ ...row, state: 'switched' }, database, client).then(
      () => true,
      (error: unknown) => {
        report(row, error)
        return false
      },
    )
    return { ...copied, from, to, heldMs, isRemoved }
  }

  async function makeScratch(
    row: MoveRow,
    { source, target, database }: { source: TenantDatabases; target: TenantDatabases; database: string },
  ): Promise<Scratch> {
    const shape = await source.copyOut(database)
    await shape.end()
    return await target.scratches.make(
      'tenant',
      shape.migrations,
      (name) => store.setScratch(control, row.id, name),
      layoutOf(database),
    )
  }

  async function copy(
    row: MoveRow,
    {
      source,
      database,
      scratch,
      open,
    }: { source: TenantDatabases; database: string; scratch: Scratch; open: OpenTenant },
  ): Promise<Copied> {
    const original: CopyOut = await source.copyOut(database)
    try {
      const tallies = await fill(original, scratch)
      await at('filled')
      const present = await registry.open(open.tenant.id)
      const copied = await compare(original, tallies, { scratch, server: row.target, vkey: present.tenant.vkey })
      await at('compared')
      return copied
    } finally {
      await original.end()
    }
  }

  /** After a failure: whatever the control database says of the move by now is carried out. */
  async function giveUp(id: string, error: unknown): Promise<never> {
    // The connection that held the lock may be the one that broke.
    const row = (await store.listMoves(control)).find((one) => one.id === id)
    if (row) await finishOne(row, control).catch((left: unknown) => report(row, left))
    schedule()
    if (error instanceof AppError) throw error
    throw databaseOutage(error) === null
      ? placementErrors.given_up({ server: row?.target ?? '', problem: codeOf(error) }, { cause: error })
      : error
  }

  /** Takes a move back, or finishes it. May be repeated. */
  async function finishOne(row: MoveRow, client: Parameters<typeof store.setState>[0]): Promise<void> {
    const { database } = await registry.placeOf(row.tenant_id)
    if (row.state === 'switched') return await tidy(row, database, client)
    if (row.state === 'copying' && !(await store.setState(client, row.id, { from: 'copying', to: 'undoing' }))) {
      const present = (await store.listMoves(client)).find(({ id }) => id === row.id)
      if (present) await finishOne(present, client)
      return
    }
    // The tenant first: it works again, whatever became of the other server.
    await databases.on(row.source).release(database)
    const { scratches } = databases.on(row.target)
    if (row.scratch !== null) await scratches.drop(row.scratch)
    if (!(await scratches.dropUnsettled(database))) throw placementErrors.occupied({ server: row.target, database })
    await store.removeMove(client, row.id)
    log.info('tenant.move-undone', { tenant: row.tenant_id })
  }

  /** Removes the old copy, sees that it is gone, and says so in the instance log. */
  async function tidy(row: MoveRow, database: string, client: Parameters<typeof store.setState>[0]): Promise<void> {
    const source = databases.on(row.source)
    await source.dropDatabase(database)
    if (await source.has(database)) throw placementErrors.occupied({ server: row.source, database })
    await at('removed')
    await databases.on(row.target).scratches.settle([database])
    await at('settled')
    const content = canonicalize({ move: row.id, server: row.source, gone: [...partsOf(database)] })
    await inTransaction(client, async (db) => {
      await store.removeMove(db, row.id)
      await registry.noteCopyRemoved(db, row.tenant_id, row.asked_by, content)
    })
  }

  async function inTransaction(
    client: Parameters<typeof store.setState>[0],
    work: (db: PoolClient) => Promise<void>,
  ): Promise<void> {
    const own = client === control ? await control.connect() : (client as PoolClient)
    try {
      await own.query('begin')
      await work(own)
      await own.query('commit')
    } catch (error) {
      await own.query('rollback').catch(() => undefined)
      throw error
    } finally {
      if (own !== client) own.release()
    }
  }

  async function finish(): Promise<number> {
    if ((await store.listMoves(control)).length === 0) return 0
    await alone(async (client) => {
      for (const row of await store.listMoves(client))
        await finishOne(row, client).catch((error: unknown) => report(row, error))
    }).catch((error: unknown) => {
      // Another process is at it: these are its moves.
      if (!(error instanceof AppError) || error.code !== 'placement.under_way') throw error
    })
    await integratePending(control, registry.instance)
    const left = (await store.listMoves(control)).length
    if (left > 0) schedule()
    return left
  }

  function schedule(): void {
    if (isStopped || again !== null) return
    again = setTimeout(() => {
      again = null
      finish().catch((error: unknown) => log.warn('tenant.move-waits', { error: errorClass(error) }))
    }, againMs)
    again.unref()
  }

  function report({ tenant_id: tenant }: MoveRow, error: unknown): void {
    log.warn('tenant.move-waits', { tenant, error: isAway(error) ? 'postgres.server_away' : codeOf(error) })
    schedule()
  }

  return {
    move,
    finish,
    list: () => store.listMoves(control),
    stop() {
      isStopped = true
      if (again !== null) clearTimeout(again)
    },
  }
}

/** An error as a code that may be kept and shown. */
function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : errorClass(error)
}
