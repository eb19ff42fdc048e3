import { randomBytes, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { formatVkey, verifierKey } from '@art32/ledger'
import type { Signer } from '@art32/ledger'
import { AppError } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import { ledgerCrypto, ledgerSigner, newLedgerKey, open, seal } from '../platform/index.ts'
import type { Connections, Credential, Databases } from '../platform/index.ts'
import { tenantErrors } from './errors.ts'
import * as store from './store.ts'
import { databaseOf, homeSlug, instanceOrigin, newPublicId, slugOf, tenantOrigin } from './tenant.ts'
import type { Tenant } from './tenant.ts'

/** A tenant that is open for work, with its secrets in memory only. */
export interface OpenTenant {
  readonly tenant: Tenant
  readonly connections: Connections
  /** Seals the tenant's own secrets; 32 bytes. */
  readonly dataKey: Uint8Array
  readonly signer: Signer
  /** How much of the log stands in the instance log. */
  readonly anchoredSize: number
}

/** A tenant whose deletion has begun: what is still known of it. */
export interface ClosingTenant {
  readonly id: string
  readonly publicId: string
  readonly origin: string
  readonly vkey: string
  readonly databaseName: string
  readonly by: string
  readonly requestedAt: Date
}

/** As what an account may be let in without being a member. */
export type Visit = 'operator' | 'guest'

/** The registry of tenants and the installation's own identity. */
export interface Registry {
  /** The signer of the installation's own ledger. */
  readonly instance: Signer
  readonly installationId: string
  create(input: { name: string; slug?: string; language: 'en' | 'de' }): Promise<Tenant>
  /** @throws {tenant.not_found} */
  open(slugOrId: string): Promise<OpenTenant>
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
  /** The login of every tenant's database, for the live proof that it opens nothing else. */
  logins(): Promise<Credential[]>
  setAnchored(tenantId: string, size: number): Promise<void>
  /** Notes durably that a tenant has something in hand, and that it has not any more. */
  mark(tenantId: string): Promise<void>
  unmark(tenantId: string): Promise<void>
  /** Tenants that had something in hand when the server ended. */
  listMarked(): Promise<string[]>
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

/** Opens the registry; makes the installation's identity at the very first start. */
export async function openRegistry(databases: Databases, masterKey: Uint8Array, now: () => Date): Promise<Registry> {
  const { control } = databases
  const installation = (await store.findInstallation(control)) ?? (await createInstallation(control, masterKey, now()))
  const instance = ledgerSigner(
    instanceOrigin(installation.public_id),
    open(masterKey, 'installation/ledger_key', installation.ledger_key),
  )
  const originOf = (row: store.TenantRow) => tenantOrigin(installation.public_id, row.public_id)

  async function create({
    name,
    slug = slugOf(name),
    language,
  }: {
    name: string
    slug?: string
    language: 'en' | 'de'
  }): Promise<Tenant> {
    if (await store.findTenant(control, slug)) throw tenantErrors.slug_taken({ slug })
    const id = randomUUID()
    const publicId = newPublicId()
    const origin = tenantOrigin(installation.public_id, publicId)
    const dataKey = randomBytes(32)
    const pkcs8 = newLedgerKey()
    const row = {
      id,
      public_id: publicId,
      slug,
      name,
      language,
      database_name: databaseOf(publicId),
      data_key: seal(masterKey, `tenant:${id}/data_key`, dataKey),
      ledger_key: seal(dataKey, `tenant:${id}/ledger_key`, pkcs8),
      ledger_vkey: formatVkey(verifierKey(ledgerCrypto, ledgerSigner(origin, pkcs8))),
      since: now(),
    }
    await store.saveTenant(control, row).catch((error: unknown) => {
      // Somebody took the short name between the look and the row.
      if (error instanceof Error && 'code' in error && error.code === '23505') throw tenantErrors.slug_taken({ slug })
      throw error
    })
    await complete(id)
    return store.tenantOf(row, origin)
  }

  const completing = new Map<string, Promise<string>>()

  /** Makes the database; also finishes what a crash left between the registry's row and it. Two that want it share the work. */
  async function complete(id: string): Promise<string> {
    const running = completing.get(id) ?? makeDatabase(id).finally(() => completing.delete(id))
    completing.set(id, running)
    return await running
  }

  async function makeDatabase(id: string): Promise<string> {
    const row = await store.findTenant(control, id)
    if (!row) throw tenantErrors.not_found()
    if (row.role_password !== null) return passwordOf(row.id, row.role_password)
    const made = await databases.createDatabase(row.database_name).catch((error: unknown) => {
      // Whole, but its password was lost: the crash came between the two. Only this row names the database.
      if (error instanceof AppError && error.code === 'postgres.exists') return null
      throw error
    })
    const { password } = made ?? (await databases.renewLogin(row.database_name))
    const sealed = seal(masterKey, `tenant:${id}/role_password`, Buffer.from(password))
    // One that was left over may have been made by an earlier release.
    await store.setReady(control, id, sealed, made && databases.tenantSchema)
    return password
  }

  const passwordOf = (id: string, sealed: Buffer) => open(masterKey, `tenant:${id}/role_password`, sealed).toString()

  async function openTenant(slugOrId: string): Promise<OpenTenant> {
    const row = await store.findTenant(control, slugOrId)
    if (!row || row.state === 'deleting') throw tenantErrors.not_found()
    const dataKey = open(masterKey, `tenant:${row.id}/data_key`, row.data_key)
    const password = row.role_password === null ? await complete(row.id) : passwordOf(row.id, row.role_password)
    return {
      tenant: store.tenantOf(row, originOf(row)),
      connections: databases.tenant(
        { user: row.database_name, password },
        { known: row.schema_digest, remember: (schema) => store.setSchema(control, row.id, schema) },
      ),
      dataKey,
      signer: ledgerSigner(originOf(row), open(dataKey, `tenant:${row.id}/ledger_key`, row.ledger_key)),
      anchoredSize: Number(row.anchored_size),
    }
  }

  /** Changes the registry in the name of an account; the instance log gets the event in the same transaction. */
  async function changeAs(accountId: string, work: (db: PoolClient) => Promise<void>): Promise<void> {
    const client = await control.connect()
    try {
      await client.query('begin')
      await store.setActor(client, accountId)
      await work(client)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  /** The installation's own tenant says who runs it: without it nobody could resume anything. */
  async function refuseHome(tenantId: string): Promise<void> {
    if ((await store.findTenant(control, tenantId))?.slug === homeSlug) throw tenantErrors.home_stays()
  }

  return {
    instance,
    installationId: installation.public_id,
    create,
    open: openTenant,
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
    logins: async () =>
      (await store.listTenants(control)).flatMap((row) =>
        row.role_password
          ? [
              {
                user: row.database_name,
                password: passwordOf(row.id, row.role_password),
              },
            ]
          : [],
      ),
    mark: (tenantId) => store.mark(control, tenantId),
    unmark: (tenantId) => store.unmark(control, tenantId),
    listMarked: () => store.listMarked(control),
    setAnchored: (tenantId, size) => store.setAnchored(control, tenantId, size),
    rename: (tenantId, name, by) => changeAs(by, (db) => store.rename(db, tenantId, name)),
    setNeedsFactor: (tenantId, needed, by) => changeAs(by, (db) => store.setNeedsFactor(db, tenantId, needed)),
    async suspend(tenantId, by) {
      await refuseHome(tenantId)
      await changeAs(by, (db) => store.setSuspended(db, tenantId, true))
    },
    async startClosing(tenantId, by) {
      await refuseHome(tenantId)
      await completing.get(tenantId)
      return await store.setClosing(control, tenantId, by, now())
    },
    listClosing: async () =>
      (await store.listClosing(control)).map((row) => ({
        id: row.id,
        publicId: row.public_id,
        origin: originOf(row),
        vkey: row.ledger_vkey,
        databaseName: row.database_name,
        by: row.closing_by ?? '',
        requestedAt: row.closing_at ?? row.since,
      })),
    async destroy({ id, databaseName }) {
      await databases.dropDatabase(databaseName)
      await store.wipe(control, id)
      return await databases.removeTraces('tenant')
    },
    finishClosing: ({ id, by }, content) =>
      changeAs(by, async (db) => {
        await store.removeMembers(db, id)
        await store.setActor(db, by, content)
        await store.remove(db, id)
      }),
    resume: (tenantId, by) => changeAs(by, (db) => store.setSuspended(db, tenantId, false)),
  }
}

async function createInstallation(control: Pool, masterKey: Uint8Array, since: Date): Promise<store.InstallationRow> {
  const publicId = newPublicId()
  const pkcs8 = newLedgerKey()
  const signer = ledgerSigner(instanceOrigin(publicId), pkcs8)
  const row = {
    public_id: publicId,
    ledger_key: seal(masterKey, 'installation/ledger_key', pkcs8),
    ledger_vkey: formatVkey(verifierKey(ledgerCrypto, signer)),
  }
  await store.saveInstallation(control, row, since)
  return row
}
