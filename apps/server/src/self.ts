import { statSync } from 'node:fs'
import { Client } from 'pg'
import { leafHash, openCheckpoint, treeRoot, verifierKey } from '@art32/ledger'
import type { SelfFacts } from '@art32/probes'
import { leastPasswordLength } from './account/index.ts'
import type { Accounts, Recovery } from './account/index.ts'
import { holdsOnlySealedFacts } from './check/index.ts'
import { readEntries, findState } from './evidence/index.ts'
import type { Tenants } from './evidence/index.ts'
import { ledgerCrypto } from './platform/index.ts'
import type { Config, Databases, Passwords, PostgresServer } from './platform/index.ts'
import type { Retention } from './privacy/index.ts'
import type { Registry } from './tenant/index.ts'

/** What the installation looks at to say something about itself. */
export interface SelfDependencies {
  readonly config: Config
  readonly server: PostgresServer
  readonly databases: Databases
  readonly registry: Registry
  readonly passwords: Passwords
  readonly accounts: Accounts
  readonly recovery: Pick<Recovery, 'tryOut'>
  readonly tenants: Tenants
  readonly retention: Pick<Retention, 'facts'>
  /** Fetches the first page of this installation as a stranger sees it. */
  readonly firstPage: () => Promise<Headers>
  readonly listens: readonly { address: string; port: number; tls: boolean }[]
}

/** Looks at the running installation: live attempts and live settings, not its configuration file. */
export async function lookAtSelf(dependencies: SelfDependencies): Promise<SelfFacts> {
  const { config, databases, passwords } = dependencies
  const headers = await dependencies.firstPage()
  const resetTokens = await dependencies.recovery.tryOut()
  return {
    runtime: { product: 'nodejs', version: process.versions.node },
    database: await databaseFacts(dependencies),
    tenants: await tenantFacts(dependencies),
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
    ledger: await ledgerFacts(dependencies),
    masterKey: masterKeyFacts(config),
    evidence: await evidenceFacts(dependencies),
    retention: await dependencies.retention.facts(),
  }
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

/** Looks at stored facts of every tenant: sealed ones are no text and open with the tenant's own key only. */
async function evidenceFacts({ registry, tenants }: SelfDependencies): Promise<NonNullable<SelfFacts['evidence']>> {
  let encrypted = true
  const keys = new Set<string>()
  for (const { id } of await registry.list()) {
    await tenants.asSystem(
      id,
      async (tx) => {
        keys.add(Buffer.from(tx.dataKey.current).toString('hex'))
        encrypted &&= await holdsOnlySealedFacts(tx)
      },
      { evenSuspended: true },
    )
  }
  return { encrypted, algorithm: 'AES-256-GCM', keyPerTenant: keys.size === (await registry.list()).length }
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

/** Tries, with the role of each tenant, to reach the control database and the next tenant's. */
async function tenantFacts({
  registry,
  databases,
  server,
}: SelfDependencies): Promise<NonNullable<SelfFacts['tenants']>> {
  const logins = await registry.logins()
  const { rows } = await databases.control.query<{ name: string }>('select current_database() as name')
  const control = rows[0]?.name ?? ''
  let tried = 0
  let denied = 0
  for (const [i, login] of logins.entries()) {
    const neighbour = logins[(i + 1) % logins.length]
    const others = [control, ...(neighbour && neighbour !== login ? [neighbour.user] : [])]
    for (const other of others) {
      tried++
      if (await isDenied(server.url(other, login))) denied++
    }
  }
  return {
    count: logins.length,
    ownDatabases: new Set(logins.map((login) => login.user)).size,
    ownRoles: new Set(logins.map((login) => login.user)).size,
    ownKeys: await countOne(databases, 'select count(distinct data_key)::int as n from tenant'),
    crossTenant: { tried, denied },
  }
}

async function isDenied(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '42501'
  }
}

/** The most leaves whose tree is computed again at each look. */
const mostLeaves = 200_000

async function ledgerFacts({ registry }: SelfDependencies): Promise<NonNullable<SelfFacts['ledger']>> {
  let appendOnly = true
  let consistent = true
  let leaves = 0
  let last: Date | null = null
  for (const { id } of await registry.list()) {
    const { connections, signer } = await registry.open(id)
    const client = await connections.connect()
    try {
      for (const statement of [
        'update log_entry set at = at',
        'delete from log_entry',
        'truncate log_entry',
        'update log_state set size = 0',
      ]) {
        appendOnly &&= await client
          .query('begin')
          .then(() => client.query(statement))
          .then(
            () => false,
            () => true,
          )
        await client.query('rollback')
      }
      const state = await findState(client)
      if (!state) continue
      const { size, root } = openCheckpoint(ledgerCrypto, state.note, [verifierKey(ledgerCrypto, signer)])
      leaves += size
      if (size <= mostLeaves) {
        const hashes = (await readEntries(client, 0, size)).map((entry) => leafHash(ledgerCrypto, entry.leaf))
        consistent &&= Buffer.from(treeRoot(ledgerCrypto, hashes)).equals(Buffer.from(root))
      }
      const { rows } = await client.query<{ at: Date }>('select at from log_checkpoint order by size desc limit 1')
      if (rows[0] && (last === null || rows[0].at > last)) last = rows[0].at
    } finally {
      client.release()
    }
  }
  return { appendOnly, consistent, signed: true, leaves, lastCheckpointAt: last?.toISOString() ?? null }
}
