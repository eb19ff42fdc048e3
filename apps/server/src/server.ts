import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import { openAccounts } from './account/index.ts'
import type { Accounts } from './account/index.ts'
import { interruptRuns, lookAgain, run, runQueue, runToEnd } from './check/index.ts'
import type { RunDependencies, RunJob } from './check/index.ts'
import { lookQueue } from './connection/index.ts'
import type { Look } from './connection/index.ts'
import { finishRotations, removeHalfMade } from './custody/index.ts'
import type { EditionDependencies } from './edition/index.ts'
import { anchorQueue, openClosings, openLedgers, openTenants } from './evidence/index.ts'
import type { AnchorJob, Ledgers, TenantContext, Tenants } from './evidence/index.ts'
import { settleFindings } from './finding/index.ts'
import { createApp, webFiles } from './http/index.ts'
import { AppError } from './kernel/index.ts'
import type { AnyOperation, Role } from './kernel/index.ts'
import type { MeasureDependencies } from './measure/index.ts'
import { allOperations } from './operations.ts'
import {
  connectExternal,
  errorClass,
  openDatabases,
  openLog,
  openMasterKey,
  openPasswords,
  openQueue,
  openSpool,
  readApart,
  startPostgres,
  systemClock,
} from './platform/index.ts'
import type { Config, Databases, PasswordCost, PostgresServer, RunningPostgres } from './platform/index.ts'
import { trustPage } from './portal/index.ts'
import type { Visitor } from './portal/index.ts'
import { lookAtSelf } from './self.ts'
import { homeSlug, openRegistry } from './tenant/index.ts'
import type { Registry, Tenant } from './tenant/index.ts'

/** The version of this release. */
export const version = '0.1.0'

/** The running server. */
export interface Server extends EditionDependencies {
  /** Where people reach it, without a trailing slash. */
  readonly url: string
  /** Where this machine itself reaches it. */
  readonly local: string
  readonly registry: Registry
  readonly tenants: Tenants
  readonly ledgers: Ledgers
  readonly databases: Databases
  readonly accounts: Accounts
  /** Every operation, for whoever walks them. */
  readonly operations: readonly AnyOperation[]
  readonly read: MeasureDependencies['read']
  /** A new one-time link's token while there is no account yet; null afterwards. */
  issueSetupToken(): Promise<string | null>
  /** Works a queued run off in this process and waits for its end, whoever works on it. */
  runNow(slug: string, runId: string): Promise<void>
  stop(): Promise<void>
}

/** What tests and the CLI may set besides the configuration. */
export interface StartOptions {
  /** Resolves when the workplace is built; pages wait for it, everything else does not. */
  readonly webReady?: Promise<void>
  /** A cheap cost, for tests. */
  readonly passwordCost?: PasswordCost
  /** A server that runs already, for tests. */
  readonly postgres?: PostgresServer
  /** Begins the names of databases on a shared server. */
  readonly prefix?: string
}

const migrations = (name: string) => fileURLToPath(new URL(`../migrations/${name}`, import.meta.url))
const typefaceFile = fileURLToPath(
  import.meta.resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'),
)
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

/**
 * Starts everything and listens.
 *
 * @throws {config.*, postgres.*, master_key.*} each with its remedy; what was started is stopped again
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<Server> {
  const clock = systemClock
  const log = openLog(config.logLevel, clock.now)
  const cleanup: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of cleanup.splice(0).toReversed())
      await step().catch((error: unknown) => log.error('stop.failed', { error: errorClass(error) }))
  }
  try {
    mkdirSync(config.dataFolder, { recursive: true })
    const masterKey = await openMasterKey(config.masterKey, config.masterKeyFile)
    const postgres = options.postgres ?? (await openPostgres(config))
    if (!options.postgres && 'stop' in postgres) cleanup.push(() => (postgres as RunningPostgres).stop())
    const databases = await openDatabases(postgres, {
      controlMigrations: [migrations('ledger'), migrations('control')],
      tenantMigrations: [migrations('ledger'), migrations('tenant')],
      ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    })
    cleanup.push(() => databases.close())
    const registry = await openRegistry(databases, masterKey.ring, clock.now)
    if (masterKey.ring.earlier.length > 0) {
      await registry.rewrap(null)
      masterKey.finish()
    }
    const queue = await openQueue(databases.controlUrl, log)
    cleanup.push(() => queue.stop())
    const changes = new EventEmitter().setMaxListeners(0)
    const notify = (tenantId: string) => void changes.emit(tenantId)
    const ledgers = await openLedgers({
      registry,
      databases,
      clock,
      log,
      changed: notify,
      relay: (job) => queue.add(job.queue, job),
    })
    cleanup.push(() => ledgers.stop())
    const closings = openClosings({ registry, databases, ledgers, clock, log })
    await closings.finish()
    await removeHalfMade({ registry, closings })
    const tenants = openTenants(registry, ledgers, clock.now)

    const http = createServer()
    cleanup.push(
      () =>
        new Promise((resolve) => {
          http.close(resolve)
          http.closeAllConnections()
        }),
    )
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject)
      http.listen(config.port, config.host, resolve)
    })
    const { port, address } = http.address() as AddressInfo
    const url = config.publicUrl ?? `http://localhost:${port}`

    const passwords = openPasswords(options.passwordCost)
    const accounts = openAccounts({
      pool: databases.control,
      baseUrl: url,
      secret: registry.sessionSecret,
      passwords,
      now: clock.now,
    })
    const editions: EditionDependencies = { registry, databases }
    const welcome = async ({ id }: { id: string }) => {
      for (const tenant of await registry.list()) await tenants.join(tenant.slug, id, 'owner')
    }
    const operations = allOperations({
      ...editions,
      tenants,
      closings,
      ledgers,
      clock,
      masterKey,
      accounts,
      read: readApart,
      version,
      baseUrl: url,
      mayBeLocal,
      accountsById: accounts.byId,
      endSessions: (accountId) => accounts.endSessions(accountId),
      isOperator: async (accountId) => {
        const home = (await registry.list()).find((tenant) => tenant.slug === homeSlug)
        if (!home || !(await registry.mayOpen(home.id, accountId))) return false
        return await tenants.within(homeSlug, { id: accountId }, ({ caller }) =>
          Promise.resolve(caller.role === 'owner'),
        )
      },
      tenantsOf: async (accountId) => {
        const roleIn = (slug: string) =>
          tenants.within<Role>(slug, { id: accountId }, ({ caller }) => Promise.resolve(caller.role))
        const all = await Promise.all(
          (await registry.listOf(accountId)).map(async ({ slug, name, language }) => {
            const role = await unlessAway(() => roleIn(slug))
            return role === undefined ? [] : [{ slug, name, language, role }]
          }),
        )
        return all.flat()
      },
      welcome,
    })
    const files = webFiles(webFolder, options.webReady ?? Promise.resolve())
    const app = createApp({
      operations,
      tenants,
      baseUrl: url,
      version,
      log,
      spool: openSpool(join(config.dataFolder, 'spool')),
      whoIs: (headers) => accounts.whoIs(headers),
      authenticate: (request, peer) => accounts.handle(request, peer),
      onChange(tenantId, wake) {
        changes.on(tenantId, wake)
        return () => changes.off(tenantId, wake)
      },
      async pages(request, nonce, account) {
        const { pathname, searchParams } = new URL(request.url)
        if (!pathname.startsWith('/trust/')) return await files(pathname, nonce)
        const language = searchParams.get('language')
        const visitor: Visitor = {
          isLocal: isLoopback(config) && !isForwarded(request.headers),
          accountId: account?.id ?? null,
          language: language === 'en' || language === 'de' ? language : null,
        }
        return await trustPage(pathname.slice('/trust/'.length), visitor, {
          ...editions,
          tenants,
          typeface: () => readFile(typefaceFile),
        })
      },
    })
    const listener = getRequestListener(app.fetch)
    http.on('request', (request, response) => void listener(request, response))

    const context: RunDependencies['context'] = {
      self: () =>
        lookAtSelf({
          config,
          server: postgres,
          databases,
          registry,
          passwords,
          accounts,
          tenants,
          listens: [{ address, port }],
          firstPage: async () => (await app.request('/')).headers,
        }),
    }
    const runs: RunDependencies = { tenants, context, mayBeLocal, random: Math.random, notify, judged: settleFindings }
    await queue.work<RunJob>(runQueue, { expireSeconds: 900 }, (job) => unlessAway(() => run(job, runs)))
    await queue.work<AnchorJob>(anchorQueue, { expireSeconds: 60 }, ({ tenantId }) =>
      unlessAway(async () => ledgers.anchor(await registry.open(tenantId))),
    )
    await queue.work<Look>(lookQueue, { expireSeconds: 60 }, ({ tenantId, connectionId }) =>
      unlessAway(() => lookAgain(tenantId, connectionId, runs)),
    )
    for (const tenant of await registry.list()) {
      const interrupt = async (tx: TenantContext) => {
        for (const id of await interruptRuns(tx))
          await tx.append({ type: 'check.run', about: { kind: 'run', id }, code: 'interrupted' })
      }
      await tenants.asSystem(tenant.id, interrupt, { evenSuspended: true })
    }
    await ledgers.sweep()
    await finishRotations({ registry, tenants, masterKey })
    // A crash between the first account and its tenants would leave an installation that nobody can enter.
    const first = await accounts.findFirst()
    if (first && (await registry.listOf(first.id)).length === 0) await welcome(first)

    return {
      ...editions,
      tenants,
      ledgers,
      accounts,
      operations,
      url,
      local: `http://localhost:${port}`,
      read: readApart,
      issueSetupToken: () => accounts.issueSetupToken(),
      runNow: async (slug, runId) => runToEnd({ tenantId: (await registry.open(slug)).tenant.id, runId }, runs),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Works in a tenant; one that was suspended or deleted meanwhile needs it no more. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && ['tenant.not_found', 'tenant.suspended'].includes(error.code)) return undefined
    throw error
  }
}

async function openPostgres(config: Config): Promise<PostgresServer> {
  if (config.databaseUrl !== null) return await connectExternal(config.databaseUrl)
  return await startPostgres({ folder: join(config.dataFolder, 'postgres') })
}

/** Only the installation's own tenant looks at the machine it runs on. */
function mayBeLocal(tenant: Tenant): boolean {
  return tenant.slug === homeSlug
}

/** Whether a proxy stands in between: then whoever asks is not at the machine, although the connection is. */
function isForwarded(headers: Headers): boolean {
  return ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((name) => headers.has(name))
}

/** Whether only this machine can reach the server: then whoever sees a page sits at it. */
function isLoopback({ host, publicUrl }: Config): boolean {
  return publicUrl === null && ['127.0.0.1', '::1', 'localhost'].includes(host)
}
