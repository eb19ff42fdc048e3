import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { canonicalize, formatVkey, parseVkey, verifierKey } from '@art32/ledger'
import type { Signer } from '@art32/ledger'
import { AppError } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import {
  firstServer,
  isElsewhere,
  keyErrors,
  layoutOf,
  ledgerCrypto,
  ledgerSigner,
  newLedgerKey,
  noHeads,
  open,
  openAlone,
  reseal,
  seal,
} from '../platform/index.ts'
import type { Connections, Credential, Crew, Databases, KeyRing, Layout, SignedHeads } from '../platform/index.ts'
import { tenantErrors } from './errors.ts'
import * as store from './store.ts'
import {
  databaseOf,
  homeSlug,
  instanceOrigin,
  logNumber,
  newPublicId,
  slugOf,
  tenantOrigin,
  witnessName,
} from './tenant.ts'
import type { Tenant } from './tenant.ts'

/** Signs the heads of one log, and knows those that were signed here, whatever became of the database. */
export interface LogSigner extends Signer {
  readonly heads: SignedHeads
}

/** A tenant that is open for work, with its secrets in memory only. */
export interface OpenTenant {
  readonly tenant: Tenant
  readonly connections: Connections
  /** Seals the tenant's own secrets. */
  readonly dataKey: KeyRing
  readonly signer: LogSigner
  /** The origin of its first log; the present one has a number behind that where it succeeded another. */
  readonly firstOrigin: string
  /** The public key of one of its logs, by the origin. */
  vkeyOf(origin: string): string
  /** How much of the log stands in the instance log. */
  readonly anchoredSize: number
}

/** A tenant whose deletion has begun: what is still known of it. */
export interface ClosingTenant {
  readonly id: string
  readonly publicId: string
  readonly origin: string
  readonly vkey: string
  readonly server: string
  readonly databaseName: string
  readonly by: string
  readonly requestedAt: Date
}

/** Where a tenant lies. */
export interface Place {
  readonly server: string
  readonly database: string
}

/** As what an account may be let in without being a member. */
export type Visit = 'operator' | 'guest'

/** The registry of tenants and the installation's own identity. */
export interface Registry {
  /** The signer of the installation's own ledger, as it is at this moment: after a restore it is that of the next log. */
  readonly instance: LogSigner
  /** The origin of the installation's first log. */
  readonly firstOrigin: string
  readonly installationId: string
  /** The signer of the witness that this installation is to others; its key is made at the first call. */
  witness(): Promise<Signer>
  /** The present log of a tenant is the one with this number; the key stays, and the instance log says so. */
  setLog(tenantId: string, number: number, by: string | null): Promise<void>
  /**
   * Keeps a new key for a tenant's next log, durably and before anything names it. One at a time: see `lockLogKey`.
   *
   * @returns the signer of that log
   */
  prepareLogKey(tenantId: string, number: number): Promise<LogSigner>
  /** The present log of a tenant is the one with this number, with the key that was prepared for it if one was; again: nothing. */
  adoptLog(tenantId: string, number: number, by: string | null): Promise<void>
  /** Does something while nobody else changes the key of this log, on no other server either. */
  lockLogKey<T>(id: string, work: () => Promise<T>): Promise<T>
  /**
   * The next log of the installation has a new key, and the one before is destroyed.
   *
   * @param db the transaction in which that log begins
   * @returns its signer, and what is to be called when the transaction held
   */
  setInstanceKey(db: Pick<PoolClient, 'query'>, number: number): Promise<{ signer: LogSigner; held: () => void }>
  /** Looks whether another server changed the log of the installation. */
  refreshInstance(): Promise<void>
  /**
   * The present log of the installation is the one with this number; the key stays.
   *
   * @param db the transaction in which that log begins
   * @returns its signer, and what is to be called when the transaction held
   */
  setInstanceLog(db: Pick<PoolClient, 'query'>, number: number): Promise<{ signer: LogSigner; held: () => void }>
  /** Signs sessions; a new master key leaves it as it is. */
  readonly sessionSecret: string
  /**
   * Wraps anew, in one transaction, whatever lies under an earlier master key.
   *
   * @returns how many values did
   */
  rewrap(by: string | null): Promise<number>
  masterKeySince(): Promise<Date>
  /**
   * From now on a tenant lies in another database, which has its login already.
   *
   * @returns the name of the one before
   */
  replaceDatabase(tenantId: string, login: Credential, by: string): Promise<string>
  /** When all of this was put back from a backup, until `endRestore`. */
  restoredAt(): Promise<Date | null>
  /** Every ledger goes on under a new name. */
  endRestore(): Promise<void>
  /** The secret key to which a tenant's backups are sealed; made at the first call. Undefined: the tenant is gone. */
  backupKeyOf(tenantId: string, make?: () => Promise<string>): Promise<string | undefined>
  /** The keys of all tenants' backups, each as it lies under the master key. */
  listBackupKeys(): Promise<{ id: string; key: Buffer }[]>
  /** The age of a tenant's data key, and whether values may still lie under the one before. */
  dataKeyOf(tenantId: string): Promise<{ since: Date; isRotating: boolean }>
  /** Tenants whose values may still lie under an earlier data key. */
  listRotating(): Promise<string[]>
  /** Gives a tenant a new data key; until `endRotation` the one before opens, too. One that is under way goes on. */
  startRotation(tenantId: string, by: string): Promise<void>
  /** Whether somebody is still in the middle of something that began before, by the clock of the database. */
  isInUseSince(tenantId: string, since: string): Promise<boolean>
  /** Destroys the data key before. */
  endRotation(tenantId: string): Promise<void>
  create(input: {
    name: string
    slug?: string
    language: 'en' | 'de'
    /** Which server; the first with room unless told. */
    server?: string
    /** Who imports it: nobody else finds it before `endImport`. */
    importingBy?: string
  }): Promise<Tenant>
  /** Tenants whose import was interrupted, with who imported them. */
  listImporting(): Promise<{ id: string; by: string }[]>
  /** The import is whole: the tenant is there, and the instance log says so with this content. */
  endImport(tenantId: string, by: string, content: Record<string, string>): Promise<void>
  /** Notes in the instance log that a tenant was exported. */
  noteExport(tenantId: string, by: string): Promise<void>
  /** @throws {tenant.not_found} */
  open(slugOrId: string): Promise<OpenTenant>
  /**
   * The tenant, and whether an account is a member with the role as it was last seen: for show, never to decide by.
   *
   * @throws {tenant.not_found}
   */
  openFor(
    slugOrId: string,
    accountId: string,
  ): Promise<{ readonly open: OpenTenant; readonly door: { readonly role: Role | null } | null }>
  list(): Promise<Tenant[]>
  /** The tenants that an account may enter, as a member or let in for a time; if asked so, only those that it is a member of. */
  listOf(accountId: string, as?: 'member'): Promise<(Tenant & { readonly role: Role | null })[]>
  /** Whether a tenant stands open to a member, and the role as it was last seen: for show, never to decide by. */
  findDoor(tenantId: string, accountId: string): Promise<{ readonly role: Role | null } | undefined>
  /** @param role to show; null: it is seen when the account enters */
  grant(tenantId: string, accountId: string, role: Role | null): Promise<void>
  /** Keeps which role to show; the role itself lies in the tenant's own database. @param role null: it is seen when the account enters */
  showRole(tenantId: string, accountId: string, role: Role | null): Promise<void>
  /** Every role of a tenant is seen anew when its account enters. */
  hideRoles(tenantId: string): Promise<void>
  /** As what an account is let into a tenant for a time, without being a member. */
  visits(tenantId: string, accountId: string): Promise<Visit[]>
  /** Lets an account in until a time; one that is let in already stays at least as long. */
  admit(tenantId: string, accountId: string, visit: Visit, until: Date): Promise<void>
  /** Ends a visit at once. */
  dismiss(tenantId: string, accountId: string, visit: Visit): Promise<void>
  /** Closes the tenant to the account. @returns how many tenants it may still open */
  revoke(tenantId: string, accountId: string): Promise<number>
  /** Whether an account may open this tenant and no other. */
  isOnlyIn(tenantId: string, accountId: string): Promise<boolean>
  /** The login of a tenant's database, for the live proof that it opens nothing else. @throws {tenant.not_found} */
  loginOf(tenantId: string): Promise<Credential>
  /** Where a tenant lies at this moment. @throws {tenant.not_found} */
  placeOf(tenantId: string): Promise<Place>
  /** On which server each tenant lies, and whether in a database or a schema. */
  listPlaces(): Promise<readonly { readonly slug: string; readonly server: string; readonly layout: Layout }[]>
  /** How many tenants lie on each server, and how many at most; null: any number. */
  occupancy(): Promise<readonly { readonly server: string; readonly tenants: number; readonly most: number | null }[]>
  /**
   * From now on a tenant lies on another server, in a database of the same name. The instance log says so with this content.
   *
   * @param db the transaction in which that is so; it must be undone where this fails
   * @throws {tenant.moving} it lies elsewhere by now, or is being deleted
   */
  switchServer(
    db: Pick<PoolClient, 'query'>,
    tenantId: string,
    change: { from: string; to: string; login: Credential; by: string | null; content: string },
  ): Promise<void>
  /** Notes in the instance log that the copy on the server before is gone. @param db the transaction in which that is kept */
  noteCopyRemoved(db: Pick<PoolClient, 'query'>, tenantId: string, by: string | null, content: string): Promise<void>
  /** The databases of all tenants, each with the name of its login, and how many different data keys they have. */
  survey(): Promise<{
    readonly databases: readonly string[]
    readonly places: readonly Place[]
    readonly keys: number
  }>
  /**
   * Whether heads of tenants' logs are still to be put into the instance log: `late` are overtaken, and `early` of a log that
   * the registry does not know yet. Until the transaction ends no other process notes any of them.
   */
  lockAnchored(
    db: Pick<PoolClient, 'query'>,
    heads: readonly { readonly id: string; readonly origin: string; readonly size: number }[],
  ): Promise<Map<string, 'due' | 'early' | 'late'>>
  setAnchored(db: Pick<PoolClient, 'query'>, sizes: readonly { id: string; size: number }[]): Promise<void>
  /** Notes durably that this process has something in hand in a tenant, and that it has not any more. */
  mark(tenantId: string): Promise<void>
  unmark(tenantId: string): Promise<void>
  /** Tenants in which some process has something in hand. */
  listMarked(): Promise<string[]>
  /**
   * Takes over the notes of processes that died, and of those that ended.
   *
   * @returns the tenants in which they had something in hand
   */
  adopt(dead: readonly string[]): Promise<string[]>
  /** Another process says that the keys of a tenant changed, or that it went. */
  refreshKeys(tenantId: string): Promise<void>
  /** Every key is read again where it is used: words of other processes may have been missed. */
  refreshAllKeys(): Promise<void>
  /** Gives a tenant another name; its short name, and so its addresses, stay. */
  rename(tenantId: string, name: string, by: string): Promise<void>
  /** Opens the tenant only to who has shown a second factor, or again to everybody with a role. */
  setNeedsFactor(tenantId: string, needed: boolean, by: string): Promise<void>
  /** @throws {tenant.home_stays} */
  suspend(tenantId: string, by: string): Promise<void>
  resume(tenantId: string, by: string): Promise<void>
  /**
   * Begins a deletion; from here on the tenant is not found.
   *
   * @returns whether this call did: of two at the same moment only one does
   * @throws {tenant.home_stays}
   */
  startClosing(tenantId: string, by: string): Promise<boolean>
  /** Deletions that have begun and are not finished. */
  listClosing(): Promise<ClosingTenant[]>
  /** Drops database and login, destroys the keys and the name. May be repeated. @returns whether no trace is left on the disk */
  destroy(closing: ClosingTenant): Promise<boolean>
  /** Removes the last row; the instance log gets `tenant.closed` with this content (canonical JSON) in the same transaction. */
  finishClosing(closing: ClosingTenant, content: string): Promise<void>
}

/** How long another process may make the database of a tenant. Milliseconds. */
const makingMs = 60_000
/** Until a word has reached every process that hears. Milliseconds. */
const hearingMs = 2_000

/** Where the key of a tenant's backups is sealed. */
export const backupKeyPlace = (tenantId: string): string => `tenant:${tenantId}/backup_key`

/**
 * Opens the registry; makes the installation's identity at the very first start.
 *
 * @param room how many tenants at most lie on a server, by its name
 */
export async function openRegistry(
  databases: Databases,
  masterKey: KeyRing,
  now: () => Date,
  heads: SignedHeads = noHeads(),
  crew: Pick<Crew, 'id' | 'hold' | 'tell' | 'tellNow' | 'others'> = openAlone(),
  room: ReadonlyMap<string, number> = new Map(),
  layout: Layout = 'database',
): Promise<Registry> {
  const { control } = databases
  const installation = (await store.findInstallation(control)) ?? (await createInstallation(control, masterKey, now()))
  let instanceKey = openFirst(masterKey, installation)
  const signerOf = (origin: string, pkcs8: Uint8Array): LogSigner => ({ ...ledgerSigner(origin, pkcs8), heads })
  const instanceSigner = (number: number) => signerOf(instanceOrigin(installation.public_id, number), instanceKey)
  let instance = instanceSigner(installation.log_number)
  const sessionSecret = await openSessionSecret(control, masterKey, installation)
  // One ring for a tenant, so that a rotation reaches whoever works in it at that moment.
  const rings = new Map<string, { readonly ring: KeyRing; since: number }>()
  /** A row that was read before a rotation must not bring the key back that it ended: of two the later one counts. */
  const ringOf = (row: store.TenantRow): KeyRing => {
    const known = rings.get(row.id)
    const since = row.data_key_since.getTime()
    if (known && known.since >= since) {
      if (row.earlier_data_key === null && known.since === since) known.ring.earlier = []
      return known.ring
    }
    const unwrap = (sealed: Buffer) => open(masterKey, `tenant:${row.id}/data_key`, sealed)
    const current = unwrap(row.data_key)
    const earlier = row.earlier_data_key === null ? [] : [unwrap(row.earlier_data_key)]
    const ring = known?.ring ?? { current, earlier }
    Object.assign(ring, { current, earlier })
    rings.set(row.id, { ring, since })
    return ring
  }
  const originOf = (row: store.TenantRow) => tenantOrigin(installation.public_id, row.public_id, row.log_number)

  async function create({
    name,
    slug = slugOf(name),
    language,
    importingBy,
    server: wanted,
  }: Parameters<Registry['create']>[0]): Promise<Tenant> {
    if (await store.findTenant(control, slug)) throw tenantErrors.slug_taken({ slug })
    const id = randomUUID()
    const publicId = newPublicId()
    // The installation's own tenant says who runs it, so it lies where the registry does.
    const server = slug === homeSlug ? firstServer : await chooseServer(wanted)
    const database = databaseOf(publicId, layout)
    // One that is away is said so before there is a row that nobody could complete.
    if (server !== firstServer) await databases.on(server).has(database)
    const origin = tenantOrigin(installation.public_id, publicId)
    const dataKey = randomBytes(32)
    const pkcs8 = newLedgerKey()
    const row = {
      id,
      public_id: publicId,
      slug,
      name,
      language,
      server,
      database_name: database,
      data_key: seal(masterKey, `tenant:${id}/data_key`, dataKey),
      ledger_key: seal(dataKey, `tenant:${id}/ledger_key`, pkcs8),
      ledger_vkey: formatVkey(verifierKey(ledgerCrypto, ledgerSigner(origin, pkcs8))),
      since: now(),
      importing_by: importingBy ?? null,
    }
    await store.saveTenant(control, row).catch((error: unknown) => {
      // Somebody took the short name between the look and the row.
      if (error instanceof Error && 'code' in error && error.code === '23505') throw tenantErrors.slug_taken({ slug })
      throw error
    })
    await complete(id)
    return store.tenantOf(row, origin)
  }

  /**
   * The wanted server, or the first of them that answers and has room.
   *
   * Two that are made at the same moment may both take the last place: the number is a wish, and nothing breaks by it.
   */
  async function chooseServer(wanted: string | undefined): Promise<string> {
    const servers = databases.servers()
    if (wanted !== undefined && !servers.some(({ name }) => name === wanted))
      throw tenantErrors.no_server({ server: wanted, known: servers.map(({ name }) => name).join(', ') })
    const lying = await store.countOnServers(control)
    const hasRoom = (name: string) => (lying.get(name) ?? 0) < (room.get(name) ?? Infinity)
    const chosen =
      wanted === undefined
        ? servers.find(({ name, state }) => state === 'up' && hasRoom(name))
        : servers.find(({ name }) => name === wanted && hasRoom(name))
    if (!chosen) throw tenantErrors.no_room()
    return chosen.name
  }

  const completing = new Map<string, Promise<string>>()

  /** Makes the database; also finishes what a crash left between the registry's row and it. Two that want it share the work. */
  async function complete(id: string): Promise<string> {
    const running = completing.get(id) ?? makeDatabase(id).finally(() => completing.delete(id))
    completing.set(id, running)
    return await running
  }

  /** One process at a time: each would give the login another password. */
  async function makeDatabase(id: string): Promise<string> {
    const release = await crew.hold(`database ${id}`, makingMs)
    if (release === null) throw tenantErrors.being_made()
    try {
      return await makeOwnDatabase(id)
    } finally {
      await release()
    }
  }

  async function makeOwnDatabase(id: string): Promise<string> {
    const row = await store.findTenant(control, id)
    if (!row) throw tenantErrors.not_found()
    if (row.role_password !== null) return passwordOf(row.id, row.role_password)
    const made = await databases
      .on(row.server)
      .createDatabase(row.database_name)
      .catch((error: unknown) => {
        // Whole, but its password was lost: the crash came between the two. Only this row names the database.
        if (error instanceof AppError && error.code === 'postgres.exists') return null
        throw error
      })
    const { password } = made ?? (await databases.on(row.server).renewLogin(row.database_name))
    const sealed = seal(masterKey, `tenant:${id}/role_password`, Buffer.from(password))
    // One that was left over may have been made by an earlier release.
    await store.setReady(control, id, sealed, made && databases.tenantSchema)
    return password
  }

  const passwordOf = (id: string, sealed: Buffer) => open(masterKey, `tenant:${id}/role_password`, sealed).toString()

  /** It is opened for a new connection only: most requests find one that is there. */
  async function passwordFor({ id, role_password: sealed }: store.TenantRow): Promise<() => string> {
    if (sealed !== null) return () => passwordOf(id, sealed)
    const made = await complete(id)
    return () => made
  }

  const opening = new Map<string, Promise<OpenTenant>>()

  /** Who asks before the question is sent gets the same answer: of many jobs in one tenant each would ask by itself. */
  async function openTenant(slugOrId: string): Promise<OpenTenant> {
    const asked = opening.get(slugOrId)
    if (asked) return await asked
    const opened = setImmediate().then(async () => {
      opening.delete(slugOrId)
      return await openRow(await store.findTenant(control, slugOrId))
    })
    opening.set(slugOrId, opened)
    return await opened
  }

  async function openFor(slugOrId: string, accountId: string): ReturnType<Registry['openFor']> {
    const row = await store.findTenantFor(control, slugOrId, accountId)
    return { open: await openRow(row), door: row?.is_member ? { role: row.role } : null }
  }

  async function openRow(row: store.TenantRow | undefined): Promise<OpenTenant> {
    if (!row || row.state === 'deleting') throw tenantErrors.not_found()
    const dataKey = ringOf(row)
    const password = await passwordFor(row)
    let signer: LogSigner | undefined
    return {
      tenant: store.tenantOf(row, originOf(row)),
      connections: connectionsOf(row, password),
      dataKey,
      // Reading a key costs more than a query, and whoever only reads signs nothing.
      get signer() {
        signer ??= signerOf(originOf(row), open(dataKey, `tenant:${row.id}/ledger_key`, row.ledger_key))
        return signer
      },
      firstOrigin: tenantOrigin(installation.public_id, row.public_id),
      vkeyOf: (origin) => {
        const { publicKey } = parseVkey(
          ledgerCrypto,
          row.former_vkeys.findLast((vkey) => vkey.startsWith(`${origin}+`)) ?? row.ledger_vkey,
        )
        return formatVkey(verifierKey(ledgerCrypto, { name: origin, type: 0x01, publicKey }))
      },
      anchoredSize: Number(row.anchored_size),
    }
  }

  /** The connections of a tenant; where it was moved since the registry was read, those of its new place. */
  function connectionsOf(row: store.TenantRow, password: () => string): Connections {
    const at = ({ id, server, database_name: user, schema_digest: known }: store.TenantRow, its: () => string) =>
      databases.on(server).tenant(
        {
          user,
          get password() {
            return its()
          },
        },
        { known, remember: (schema) => store.setSchema(control, id, schema) },
      )
    const there = at(row, password)
    return {
      options: there.options,
      end: () => there.end(),
      connect: async () => {
        try {
          return await there.connect()
        } catch (error) {
          const now = isElsewhere(error) ? await store.findTenant(control, row.id) : undefined
          if (!now || now.state === 'deleting' || now.server === row.server) throw error
          return await at(now, await passwordFor(now)).connect()
        }
      },
    }
  }

  /** Changes the registry in the name of an account; the instance log gets the event in the same transaction. */
  async function changeAs(
    accountId: string | null,
    work: (db: PoolClient) => Promise<void>,
    content = '',
  ): Promise<void> {
    const client = await control.connect()
    try {
      await client.query('begin')
      await store.setActor(client, accountId, content)
      await work(client)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  async function setLog(tenantId: string, number: number, by: string | null): Promise<void> {
    const { signer } = await openTenant(tenantId)
    const row = await store.findTenant(control, tenantId)
    const origin = tenantOrigin(installation.public_id, row?.public_id ?? '', number)
    const vkey = formatVkey(verifierKey(ledgerCrypto, { ...signer, name: origin }))
    await changeAs(by, async (db) => {
      await store.setLog(db, tenantId, number, vkey)
      await store.note(db, 'log.continued', tenantId)
    })
  }

  async function refreshKeys(tenantId: string): Promise<void> {
    const row = await store.findTenant(control, tenantId)
    if (row && row.state !== 'deleting' && row.data_key.length > 0) ringOf(row)
    else rings.delete(tenantId)
  }

  function standingOf(
    head: { readonly origin: string; readonly size: number },
    row: Pick<store.TenantRow, 'public_id' | 'log_number' | 'anchored_size'> | undefined,
  ): 'due' | 'early' | 'late' {
    if (!row) return 'late'
    const first = tenantOrigin(installation.public_id, row.public_id)
    const ahead = logNumber(first, head.origin) - row.log_number
    if (ahead !== 0) return ahead > 0 ? 'early' : 'late'
    return head.size > Number(row.anchored_size) ? 'due' : 'late'
  }

  /** The installation's own tenant says who runs it: without it nobody could resume anything. */
  async function refuseHome(tenantId: string): Promise<void> {
    if ((await store.findTenant(control, tenantId))?.slug === homeSlug) throw tenantErrors.home_stays()
  }

  return {
    get instance() {
      return instance
    },
    firstOrigin: instanceOrigin(installation.public_id),
    async witness() {
      const place = 'installation/witness_key'
      const sealed = await store.keepWitnessKey(control, () => seal(masterKey, place, newLedgerKey()))
      return { ...ledgerSigner(witnessName(installation.public_id), open(masterKey, place, sealed)), type: 0x04 }
    },
    setLog,
    async prepareLogKey(tenantId, number) {
      const row = await store.findTenant(control, tenantId)
      if (!row) throw tenantErrors.not_found()
      const pkcs8 = newLedgerKey()
      const signer = signerOf(tenantOrigin(installation.public_id, row.public_id, number), pkcs8)
      const key = seal(masterKey, `tenant:${tenantId}/next_ledger_key`, pkcs8)
      await store.setNextKey(control, tenantId, { key, vkey: formatVkey(verifierKey(ledgerCrypto, signer)) })
      return signer
    },
    async adoptLog(tenantId, number, by) {
      const row = await store.findTenant(control, tenantId)
      if (!row || row.log_number >= number) return
      const { next_ledger_key: sealed, next_ledger_vkey: vkey } = row
      const origin = tenantOrigin(installation.public_id, row.public_id, number)
      if (sealed === null || vkey === null || !vkey.startsWith(`${origin}+`)) return await setLog(tenantId, number, by)
      const pkcs8 = open(masterKey, `tenant:${tenantId}/next_ledger_key`, sealed)
      const key = seal(ringOf(row), `tenant:${tenantId}/ledger_key`, pkcs8)
      await changeAs(by, async (db) => {
        if (await store.setNextLog(db, tenantId, { number, key, vkey })) await store.note(db, 'log.continued', tenantId)
      })
    },
    async lockLogKey(id, work) {
      const client = await control.connect()
      try {
        await client.query('begin')
        await client.query(`select pg_advisory_xact_lock(hashtextextended('log key ' || $1, 0))`, [id])
        return await work()
      } finally {
        await client.query('rollback').catch(() => undefined)
        client.release()
      }
    },
    async setInstanceKey(db, number) {
      const pkcs8 = newLedgerKey()
      const signer = signerOf(instanceOrigin(installation.public_id, number), pkcs8)
      const key = seal(masterKey, 'installation/ledger_key', pkcs8)
      await store.setInstanceKey(db, { number, key, vkey: formatVkey(verifierKey(ledgerCrypto, signer)) })
      const held = () => {
        instanceKey = pkcs8
        instance = signer
        crew.tell({ kind: 'installation' })
      }
      return { signer, held }
    },
    async refreshInstance() {
      const row = await store.findInstallation(control)
      if (!row) return
      instanceKey = open(masterKey, 'installation/ledger_key', row.ledger_key)
      instance = instanceSigner(row.log_number)
    },
    async setInstanceLog(db, number) {
      const signer = instanceSigner(number)
      await store.setInstanceLog(db, number, formatVkey(verifierKey(ledgerCrypto, signer)))
      const held = () => {
        instance = signer
        crew.tell({ kind: 'installation' })
      }
      return { signer, held }
    },
    installationId: installation.public_id,
    sessionSecret,
    async rewrap(by) {
      let count = 0
      await changeAs(by, async (db) => {
        for (const kind of store.underMasterKey)
          for (const { id, value } of await store.listSealed(db, kind)) {
            const anew = reseal(masterKey, kind.place.replace('{id}', id), value)
            if (!anew) continue
            await store.setSealed(db, kind, id, anew)
            count++
          }
        if (count > 0) await store.setMasterKeySince(db, now())
      })
      return count
    },
    masterKeySince: async () => (await store.findInstallation(control))?.master_key_since ?? now(),
    async dataKeyOf(tenantId) {
      const row = await store.findTenant(control, tenantId)
      if (!row) throw tenantErrors.not_found()
      return { since: row.data_key_since, isRotating: row.earlier_data_key !== null }
    },
    listRotating: async () =>
      (await store.listTenants(control)).filter((row) => row.earlier_data_key !== null).map((row) => row.id),
    async startRotation(tenantId, by) {
      const row = await store.findTenant(control, tenantId)
      if (!row || row.state === 'deleting') throw tenantErrors.not_found()
      const ring = ringOf(row)
      const key = randomBytes(32)
      const place = `tenant:${tenantId}/ledger_key`
      const change = {
        dataKey: seal(masterKey, `tenant:${tenantId}/data_key`, key),
        ledgerKey: seal(key, place, open(ring, place, row.ledger_key)),
        // By it the other processes know which key is the later one, whatever their clocks say.
        at: new Date(Math.max(now().getTime(), row.data_key_since.getTime() + 1)),
      }
      let isNew = false
      await changeAs(by, async (db) => void (isNew = await store.startRotation(db, tenantId, change)))
      // Only what is kept may seal: a value under a key that a crash forgot would be lost.
      if (!isNew) return
      ring.earlier = [ring.current]
      ring.current = key
      rings.set(tenantId, { ring, since: change.at.getTime() })
      await crew.tellNow({ kind: 'keys', id: tenantId })
      // Who seals there does so under the new key before it is looked who began earlier.
      if ((await crew.others()) > 0) await sleep(hearingMs)
    },
    async isInUseSince(tenantId, since) {
      const row = await store.findTenant(control, tenantId)
      return row !== undefined && (await databases.on(row.server).isInUseSince(row.database_name, since))
    },
    async endRotation(tenantId) {
      await store.endRotation(control, tenantId)
      const known = rings.get(tenantId)
      if (known) known.ring.earlier = []
      crew.tell({ kind: 'keys', id: tenantId })
    },
    async replaceDatabase(id, { user, password }, by) {
      const row = await store.findTenant(control, id)
      if (!row) throw tenantErrors.not_found()
      if (await store.isMoving(control, id)) throw tenantErrors.moving()
      const sealed = seal(masterKey, `tenant:${id}/role_password`, Buffer.from(password))
      await changeAs(by, async (db) => {
        await store.setDatabase(db, id, user, sealed)
        await store.note(db, 'restore.performed', id)
      })
      return row.database_name
    },
    restoredAt: () => store.findRestoredAt(control),
    endRestore: () => store.endRestore(control),
    async backupKeyOf(id, make) {
      const place = backupKeyPlace(id)
      const known = await store.findBackupKey(control, id)
      const sealed =
        known ?? (make && (await store.keepBackupKey(control, id, seal(masterKey, place, Buffer.from(await make())))))
      return sealed && open(masterKey, place, sealed).toString('utf8')
    },
    listBackupKeys: () => store.listBackupKeys(control),
    create,
    open: openTenant,
    openFor,
    list: async () => (await store.listTenants(control)).map((row) => store.tenantOf(row, originOf(row))),
    listOf: async (accountId, as) =>
      (await store.listTenantsOf(control, accountId, as === 'member' ? null : now())).map((row) => ({
        ...store.tenantOf(row, originOf(row)),
        role: row.role,
      })),
    findDoor: (tenantId, accountId) => store.findDoor(control, tenantId, accountId),
    grant: (tenantId, accountId, role) => store.grant(control, tenantId, accountId, role),
    showRole: (tenantId, accountId, role) => store.showRole(control, tenantId, accountId, role),
    hideRoles: (tenantId) => store.hideRoles(control, tenantId),
    visits: (tenantId, accountId) => store.listVisits(control, tenantId, accountId, now()),
    admit: (tenantId, accountId, visit, until) => store.admit(control, tenantId, accountId, visit, until),
    dismiss: (tenantId, accountId, visit) => store.dismiss(control, tenantId, accountId, visit),
    revoke: (tenantId, accountId) => store.revoke(control, tenantId, accountId),
    isOnlyIn: (tenantId, accountId) => store.isOnlyIn(control, tenantId, accountId),
    async loginOf(tenantId) {
      const row = await store.findTenant(control, tenantId)
      if (!row?.role_password) throw tenantErrors.not_found()
      return { user: row.database_name, password: passwordOf(row.id, row.role_password) }
    },
    async placeOf(tenantId) {
      const row = await store.findTenant(control, tenantId)
      if (!row || row.state === 'deleting') throw tenantErrors.not_found()
      return { server: row.server, database: row.database_name }
    },
    listPlaces: async () =>
      (await store.listTenants(control)).map(({ slug, server, database_name: name }) => ({
        slug,
        server,
        layout: layoutOf(name),
      })),
    async occupancy() {
      const lying = await store.countOnServers(control)
      return databases
        .servers()
        .map(({ name }) => ({ server: name, tenants: lying.get(name) ?? 0, most: room.get(name) ?? null }))
    },
    async switchServer(db, id, { from, to, login, by, content }) {
      const rolePassword = seal(masterKey, `tenant:${id}/role_password`, Buffer.from(login.password))
      await store.setActor(db, by, content)
      if (!(await store.setServer(db, id, { from, to, database: login.user, rolePassword })))
        throw tenantErrors.moving()
      await store.note(db, 'tenant.moved', id)
    },
    async noteCopyRemoved(db, id, by, content) {
      await store.setActor(db, by, content)
      await store.note(db, 'tenant.copy-removed', id)
    },
    async survey() {
      const whole = (await store.listTenants(control)).filter((row) => row.role_password !== null)
      const keys = new Set(whole.map((row) => Buffer.from(ringOf(row).current).toString('hex')))
      const places = whole.map((row) => ({ server: row.server, database: row.database_name }))
      return { databases: places.map(({ database }) => database), places, keys: keys.size }
    },
    mark: (tenantId) => store.mark(control, tenantId, crew.id),
    unmark: (tenantId) => store.unmark(control, tenantId, crew.id),
    listMarked: () => store.listMarked(control),
    adopt: (dead) => store.adopt(control, dead, crew.id),
    refreshKeys,
    async refreshAllKeys() {
      for (const id of rings.keys()) await refreshKeys(id)
    },
    async lockAnchored(db, heads) {
      const rows = await store.lockAnchored(
        db,
        heads.map(({ id }) => id),
      )
      const known = new Map(rows.map((row) => [row.id, row]))
      return new Map(heads.map(({ id, ...head }) => [id, standingOf(head, known.get(id))]))
    },
    setAnchored: (db, sizes) => store.setAnchored(db, sizes),
    rename: (tenantId, name, by) => changeAs(by, (db) => store.rename(db, tenantId, name)),
    setNeedsFactor: (tenantId, needed, by) => changeAs(by, (db) => store.setNeedsFactor(db, tenantId, needed)),
    async suspend(tenantId, by) {
      await refuseHome(tenantId)
      await changeAs(by, (db) => store.setSuspended(db, tenantId, true))
    },
    async startClosing(tenantId, by) {
      await refuseHome(tenantId)
      if (await store.isMoving(control, tenantId)) throw tenantErrors.moving()
      await completing.get(tenantId)
      return await store.setClosing(control, tenantId, by, now())
    },
    listClosing: async () =>
      (await store.listClosing(control)).map((row) => ({
        id: row.id,
        publicId: row.public_id,
        origin: originOf(row),
        vkey: row.ledger_vkey,
        server: row.server,
        databaseName: row.database_name,
        by: row.closing_by ?? '',
        requestedAt: row.closing_at ?? row.since,
      })),
    async destroy({ id, server, databaseName }) {
      await databases.on(server).dropDatabase(databaseName)
      rings.delete(id)
      await store.wipe(control, id)
      crew.tell({ kind: 'keys', id })
      // The files of a server beside the first one are not ours.
      // Nor are rows of a catalogue that tenants share gone when they are deleted: their bytes stay until they are written over.
      return (await databases.removeTraces('tenant')) && server === firstServer && layoutOf(databaseName) === 'database'
    },
    finishClosing: ({ id, by }, content) =>
      changeAs(by, async (db) => {
        await store.removeMembers(db, id)
        await store.setActor(db, by, content)
        await store.remove(db, id)
      }),
    listImporting: async () =>
      (await store.listImporting(control)).map(({ id, importing_by: by }) => ({ id, by: by ?? '' })),
    endImport: (tenantId, by, content) =>
      changeAs(
        by,
        async (db) => {
          await store.endImport(db, tenantId)
          await store.note(db, 'tenant.imported', tenantId)
        },
        canonicalize(content),
      ),
    noteExport: (tenantId, by) => changeAs(by, (db) => store.note(db, 'tenant.exported', tenantId)),
    resume: (tenantId, by) => changeAs(by, (db) => store.setSuspended(db, tenantId, false)),
  }
}

/** What was sealed first opens only under the key of this installation. @throws {master_key.of_another} */
function openFirst(masterKey: KeyRing, { ledger_key: sealed }: store.InstallationRow): Buffer {
  try {
    return open(masterKey, 'installation/ledger_key', sealed)
  } catch (cause) {
    throw keyErrors.of_another({}, { cause })
  }
}

/** Older releases derived it from the master key: that value is kept, so that no session and nothing under it ends. */
async function openSessionSecret(
  control: Pool,
  masterKey: KeyRing,
  { session_secret: sealed }: store.InstallationRow,
): Promise<string> {
  const place = 'installation/session_secret'
  if (sealed) return open(masterKey, place, sealed).toString('utf8')
  const first = masterKey.earlier.at(-1) ?? masterKey.current
  const derived = createHmac('sha256', first).update('art32 sessions').digest('hex')
  await store.setSessionSecret(control, seal(masterKey, place, Buffer.from(derived)))
  return derived
}

async function createInstallation(control: Pool, masterKey: KeyRing, since: Date): Promise<store.InstallationRow> {
  const publicId = newPublicId()
  const pkcs8 = newLedgerKey()
  const signer = ledgerSigner(instanceOrigin(publicId), pkcs8)
  const row = {
    public_id: publicId,
    ledger_key: seal(masterKey, 'installation/ledger_key', pkcs8),
    ledger_vkey: formatVkey(verifierKey(ledgerCrypto, signer)),
  }
  await store.saveInstallation(control, row, since)
  return { ...row, log_number: 1, former_vkeys: [], session_secret: null, master_key_since: since }
}
