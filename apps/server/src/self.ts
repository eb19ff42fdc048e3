import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { leafHash, openCheckpoint, treeRoot, verifierKey } from '@art32/ledger'
import type { Signer } from '@art32/ledger'
import { countByWay, noticeOf } from '@art32/probes'
import type { Attempt, SelfFacts } from '@art32/probes'
import { leastPasswordLength } from './account/index.ts'
import type { Accounts, Recovery } from './account/index.ts'
import type { Backups } from './backup/index.ts'
import { holdsOnlySealedFacts } from './check/index.ts'
import { readEntries, findState } from './evidence/index.ts'
import type { Tenants } from './evidence/index.ts'
import { crossByApi, crossByDatabase, takeTurns } from './isolation/index.ts'
import type { Api, Round, Turn } from './isolation/index.ts'
import { bug } from './kernel/index.ts'
import { firstServer, layoutOf, ledgerCrypto } from './platform/index.ts'
import type { Config, Databases, Passwords } from './platform/index.ts'
import type { Retention } from './privacy/index.ts'
import type { Place, Registry } from './tenant/index.ts'

/** What the installation looks at to say something about itself. */
export interface SelfDependencies {
  readonly config: Config
  readonly databases: Databases
  readonly registry: Registry
  readonly passwords: Passwords
  readonly accounts: Accounts
  readonly recovery: Pick<Recovery, 'tryOut'>
  readonly tenants: Tenants
  readonly retention: Pick<Retention, 'facts'>
  readonly backups: Pick<Backups, 'facts'>
  /** Fetches the first page of this installation as a stranger sees it. */
  readonly firstPage: () => Promise<Headers>
  /** The privacy notice, as anybody gets it. */
  readonly notice: () => Promise<Response>
  /** The API as this installation serves it. */
  readonly api: Api
  readonly now: () => Date
  readonly listens: readonly { address: string; port: number; tls: boolean }[]
}

/** Looks at the running installation: live attempts and live settings, not its configuration file. */
export async function lookAtSelf(dependencies: SelfDependencies): Promise<SelfFacts> {
  const { config, databases, passwords } = dependencies
  const headers = await dependencies.firstPage()
  const resetTokens = await dependencies.recovery.tryOut()
  const name = await controlName(databases)
  const { round, results } = await takeTurns({ control: databases.control, now: dependencies.now }, (turn) =>
    lookAtTenant(turn, name, dependencies),
  )
  return {
    runtime: { product: 'nodejs', version: process.versions.node },
    database: await databaseFacts(dependencies),
    tenants: await tenantFacts(dependencies, round, results),
    passwords: {
      algorithm: 'argon2id',
      memoryKiB: passwords.cost.memoryKiB,
      iterations: passwords.cost.passes,
      minLength: leastPasswordLength,
      otherwiseStored: await countOne(
        databases,
        `select count(*)::int as n from credential where password is not null and password not like '$argon2id$%'`,
      ),
    },
    ...(resetTokens ? { resetTokens } : {}),
    sessions: await sessionFacts(dependencies),
    web: {
      contentSecurityPolicy: headers.get('content-security-policy') ?? '',
      listens: dependencies.listens.map(({ address, port, tls }) => ({
        address,
        port,
        tls: tls ? ('own' as const) : config.publicUrl?.startsWith('https:') ? ('proxy' as const) : ('none' as const),
      })),
    },
    ledger: ledgerFacts(round, results),
    masterKey: masterKeyFacts(config),
    evidence: await evidenceFacts(dependencies, round, results),
    retention: await dependencies.retention.facts(),
    notice: await noticeFacts(dependencies),
    backup: await dependencies.backups.facts(),
  }
}

async function noticeFacts({ notice }: SelfDependencies): Promise<NonNullable<SelfFacts['notice']>> {
  const page = await notice()
  return { found: 'given', status: page.status, ...noticeOf(await page.text()) }
}

function masterKeyFacts({ masterKey, masterKeyFile }: Config): NonNullable<SelfFacts['masterKey']> {
  if (masterKey.kind !== 'file') return { source: masterKey.kind, mode: null, ownedByProcess: null }
  const { mode, uid } = statSync(masterKeyFile)
  return { source: 'file', mode: mode & 0o777, ownedByProcess: uid === process.getuid?.() }
}

async function sessionFacts({ accounts }: SelfDependencies): Promise<NonNullable<SelfFacts['sessions']>> {
  const { secure, httpOnly, sameSite, idleSeconds } = await accounts.sessionCookie()
  return { cookieSecure: secure, cookieHttpOnly: httpOnly, cookieSameSite: sameSite, idleSeconds }
}

/** What was seen of one tenant in its turn. */
interface TenantLook {
  readonly attempts: readonly Attempt[]
  readonly ledger: LedgerLook
  /** Its newest facts are sealed: no text, and opened by its own key only. */
  readonly isSealed: boolean
}

async function lookAtTenant(turn: Turn, control: string, dependencies: SelfDependencies): Promise<TenantLook> {
  const { registry, databases, tenants, api } = dependencies
  const { id } = turn.own
  const byDatabase = await crossByDatabase(turn, {
    registry,
    serverOf: (name) => databases.serverOf(name),
    lyingOf: (name) => databases.lyingOf(name),
    control,
  })
  if (byDatabase.every(({ outcome }) => outcome === 'unseen')) throw bug('nothing could be tried')
  return {
    attempts: [...byDatabase, ...(await crossByApi(turn, { tenants, api }))],
    ledger: await lookAtLedger(id, registry),
    isSealed: await tenants.asSystem(id, holdsOnlySealedFacts, { evenSuspended: true }),
  }
}

async function evidenceFacts(
  { registry }: SelfDependencies,
  round: Round,
  looks: readonly TenantLook[],
): Promise<NonNullable<SelfFacts['evidence']>> {
  const { databases, keys } = await registry.survey()
  return {
    encrypted: looks.every(({ isSealed }) => isSealed),
    algorithm: 'AES-256-GCM',
    keyPerTenant: keys === databases.length,
    round,
  }
}

async function controlName({ control }: Databases): Promise<string> {
  const { rows } = await control.query<{ name: string }>('select current_database() as name')
  return rows[0]?.name ?? ''
}

async function countOne(databases: Databases, query: string): Promise<number> {
  const { rows } = await databases.control.query<{ n: number }>(query)
  return rows[0]?.n ?? 0
}

async function databaseFacts({ databases, config }: SelfDependencies): Promise<NonNullable<SelfFacts['database']>> {
  const { rows } = await databases.control.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('server_version', 'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')`,
  )
  const settings = new Map(rows.map((row) => [row.name, row.setting]))
  const { rows: encrypted } = await databases.control.query<{ ssl: boolean | null }>(
    'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
  )
  return {
    version: settings.get('server_version') ?? '',
    fsync: settings.get('fsync') === 'on',
    fullPageWrites: settings.get('full_page_writes') === 'on',
    synchronousCommit: settings.get('synchronous_commit') ?? '',
    checksums: settings.get('data_checksums') === 'on',
    transport: config.databaseUrl === null ? 'socket' : encrypted[0]?.ssl ? 'tls' : 'plain',
  }
}

/** Who may enter what, of all tenants; and what was tried with those whose turn it was. */
async function tenantFacts(
  { registry, databases, config }: SelfDependencies,
  round: Round,
  looks: readonly TenantLook[],
): Promise<NonNullable<SelfFacts['tenants']>> {
  const survey = await registry.survey()
  const separate = await countOnAll(databases, survey.places)
  const attempts = looks.flatMap((look) => look.attempts)
  return {
    count: survey.databases.length,
    ownDatabases: separate.databases,
    schemas: survey.databases.filter((name) => layoutOf(name) === 'schema').length,
    ownRoles: separate.logins,
    ownKeys: survey.keys,
    registryClosed: separate.isControlClosed,
    crossTenant: { ...round, ways: countByWay([...attempts, ...crossByFolder(config)]) },
  }
}

/**
 * From the catalogues of all servers where tenants lie. Where one does not answer nobody can say how separate they are: that
 * is neither yes nor no, so the whole look says that it saw nothing of this.
 */
async function countOnAll(databases: Databases, places: readonly Place[]): ReturnType<Databases['countSeparate']> {
  const servers = Map.groupBy(places, ({ server }) => server)
  const control = await databases.countSeparate((servers.get(firstServer) ?? []).map(({ database }) => database))
  servers.delete(firstServer)
  const others = await Promise.all(
    [...servers].map(([server, there]) => databases.on(server).countSeparate(there.map(({ database }) => database))),
  )
  return {
    databases: others.reduce((sum, one) => sum + one.databases, control.databases),
    logins: others.reduce((sum, one) => sum + one.logins, control.logins),
    isControlClosed: control.isControlClosed,
  }
}

/** Whether another account of this machine could read what lies in the data folder. */
function crossByFolder({ dataFolder, masterKeyFile }: Config): Attempt[] {
  const spool = join(dataFolder, 'spool')
  const postgres = join(dataFolder, 'postgres')
  const found = [masterKeyFile, join(postgres, 'data'), join(postgres, 'password'), spool].flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [stat.mode] : []
  })
  const spooled = statSync(spool, { throwIfNoEntry: false }) ? readdirSync(spool).map((name) => join(spool, name)) : []
  const files = spooled.flatMap((path) => statSync(path, { throwIfNoEntry: false })?.mode ?? [])
  return [...found, ...files].map((mode) => ({ way: 'folder', outcome: (mode & 0o077) === 0 ? 'refused' : 'reached' }))
}

/** The most leaves whose tree is computed again at each look. */
const mostLeaves = 200_000

/** What was seen of one ledger. */
interface LedgerLook {
  readonly appendOnly: boolean
  /** Null: too many leaves to compute their tree again. */
  readonly consistent: boolean | null
  readonly leaves: number
  readonly last: Date | null
}

function ledgerFacts(round: Round, looks: readonly TenantLook[]): NonNullable<SelfFacts['ledger']> {
  const ledgers = looks.map(({ ledger }) => ledger)
  const computed = ledgers.filter(({ consistent }) => consistent !== null)
  const last = Math.max(...ledgers.map((look) => look.last?.getTime() ?? 0))
  return {
    appendOnly: ledgers.every((look) => look.appendOnly),
    consistent: computed.every((look) => look.consistent),
    signed: true,
    leaves: computed.reduce((sum, { leaves }) => sum + leaves, 0),
    lastCheckpointAt: last > 0 ? new Date(last).toISOString() : null,
    tooLarge: ledgers.length - computed.length,
    round,
  }
}

const forgeries = [
  'update log_entry set at = at',
  'delete from log_entry',
  'truncate log_entry',
  'update log_state set size = 0',
]

async function lookAtLedger(tenantId: string, registry: Registry): Promise<LedgerLook> {
  const { connections, signer } = await registry.open(tenantId)
  const client = await connections.connect()
  try {
    let appendOnly = true
    for (const statement of forgeries) appendOnly &&= await isRefused(client, statement)
    const state = await findState(client)
    if (!state) return { appendOnly, consistent: true, leaves: 0, last: null }
    const { rows } = await client.query<{ at: Date }>('select at from log_checkpoint order by size desc limit 1')
    const last = rows[0]?.at ?? null
    const leaves = state.size
    const consistent = leaves > mostLeaves ? null : await isConsistent(client, state.note, signer)
    return { appendOnly, consistent, leaves, last }
  } finally {
    client.release()
  }
}

/** Whether the leaves give the signed head. A head that does not open is none. */
async function isConsistent(client: PoolClient, note: string, signer: Signer): Promise<boolean> {
  let head: ReturnType<typeof openCheckpoint>
  try {
    head = openCheckpoint(ledgerCrypto, note, [verifierKey(ledgerCrypto, signer)])
  } catch {
    return false
  }
  const hashes = (await readEntries(client, 0, head.size)).map((entry) => leafHash(ledgerCrypto, entry.leaf))
  return Buffer.from(treeRoot(ledgerCrypto, hashes)).equals(Buffer.from(head.root))
}

/** Whether the database refuses a statement for want of a right; it is undone in any case. @throws whatever else happens */
async function isRefused(client: PoolClient, statement: string): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query(statement)
    return false
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return true
    throw error
  } finally {
    await client.query('rollback')
  }
}
