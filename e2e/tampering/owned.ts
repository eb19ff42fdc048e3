/**
 * An installation with a published edition, and somebody who owns its database server: a superuser whom no right and no
 * trigger stops. What a customer has of it is outside: a bundle and a checkpoint that were kept, and `art32 verify`.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import type { RunningPostgres } from '../../apps/server/src/platform/index.ts'
import { runHere } from '../../apps/cli/src/testing/terminal.ts'
import { setUp, signIn } from '../durability/client.ts'
import type { Caller } from '../durability/client.ts'

const owner = { name: 'Owner', email: 'owner@example.com', password: 'seven quiet herons by the river' }
const document = [
  '# Measures',
  '',
  '## Access',
  '',
  '- All network communication uses TLS 1.2 or newer.',
  '- Multi-factor authentication is required for administrators.',
  '- Visitors are escorted by staff.',
].join('\n')

/** Everything of a ledger and of what it vouches for. */
export const logTables = ['log_entry', 'log_tile', 'log_state', 'log_checkpoint', 'opening'] as const
const savedTables = [...logTables, 'edition', 'edition_file'] as const

/** What a verification said. */
export interface Verdict {
  /** 0 it holds, 1 it does not, 2 it could not be read. */
  readonly exit: number | undefined
  /** `place: sentence` of each fault; with 2 the sentence of the refusal. */
  readonly faults: readonly string[]
}

/** The installation with what was kept of it. */
export interface Owned {
  readonly server: Server
  readonly caller: Caller
  readonly editionId: string
  /** Number of the leaf that records the edition. */
  readonly editionLeaf: number
  /** Of the log when the checkpoint was kept. */
  readonly size: number
  readonly trustUrl: string
  /** Files that the customer kept: the checkpoint, and the whole bundle. */
  readonly kept: { readonly checkpoint: string; readonly bundle: string }
  /** Something more happens. */
  grow(host: string): Promise<void>
  /** Statements of the superuser, with the triggers off; each must reach something. */
  tamper(...statements: readonly string[]): Promise<void>
  asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T>
  /** `art32 verify` of what the trust page gives out. */
  verify(...args: readonly string[]): Promise<Verdict>
  /** The same of a file. */
  verifyFile(path: string, ...args: readonly string[]): Promise<Verdict>
  /** The superuser takes the heads of the tenant out of the instance log, or puts them back: then a bundle holds no proof of it. */
  hideAnchor(): Promise<void>
  showAnchor(): Promise<void>
  /** A second server, started on the same database with a copy of the same keys. */
  second(): Promise<Server>
  /** Puts everything back as it was when the checkpoint was kept. */
  restore(): Promise<void>
  stop(): Promise<void>
}

/** Starts the installation, publishes an edition, lets more happen, and keeps a bundle and a checkpoint. */
export async function startOwned(): Promise<Owned> {
  const home = mkdtempSync(join(tmpdir(), 'art32-tampering-'))
  const postgres = await startPostgres({ folder: join(home, 'postgres'), durable: false })
  const server = await startOn(postgres, join(home, 'first'))
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await setUp(server.url, (await server.issueSetupToken()) ?? '', owner)
  const caller = await signIn(server.url, owner)
  const at = (operation: string) => `/api/tenants/alpha/${operation}`
  const editionId = await publish(caller, at)
  const grow = async (host: string) => {
    await caller.post(at('connection/add'), { target: `dns:${host}.example` })
    await server.ledgers.settle(await server.registry.open('alpha'))
  }
  for (const host of ['a', 'b', 'c']) await grow(host)
  await server.ledgers.anchorAll()

  const { connections } = await server.registry.open('alpha')
  const borrowed = await connections.connect()
  const { rows } = await borrowed.query<{ name: string }>('select current_database() as name')
  const edition = await borrowed.query<{ idx: string }>(
    `select idx from log_entry where type = 'edition.published' order by idx limit 1`,
  )
  borrowed.release()
  const asSuperuser = async <T>(work: (client: Client) => Promise<T>) =>
    await withClient(postgres.url(rows[0]?.name ?? ''), work)
  await asSuperuser(async (client) => {
    for (const table of savedTables) await client.query(`create table saved_${table} as table ${table}`)
  })
  const trustUrl = `${server.url}/trust/alpha`
  const kept = { checkpoint: join(home, 'kept.txt'), bundle: join(home, 'kept.zip') }
  writeFileSync(kept.bundle, Buffer.from(await (await fetch(`${trustUrl}/bundle.zip`)).arrayBuffer()))
  const { size, checkpoint } = await caller.get<{ size: number; checkpoint: string }>(at('ledger/show'))
  writeFileSync(kept.checkpoint, checkpoint)

  const control = await server.databases.control.query<{ name: string }>('select current_database() as name')
  const anchors = async (from: string, to: string) =>
    await withClient(postgres.url(control.rows[0]?.name ?? ''), async (client) => {
      await client.query(`set session_replication_role = 'replica'`)
      await client.query('update log_entry set type = $2 where type = $1', [from, to])
    })

  return {
    server,
    caller,
    editionId,
    editionLeaf: Number(edition.rows[0]?.idx),
    size,
    trustUrl,
    kept,
    grow,
    asSuperuser,
    async tamper(...statements) {
      await asSuperuser(async (client) => {
        await client.query(`set session_replication_role = 'replica'`)
        for (const statement of statements) {
          const { rowCount, command } = await client.query(statement)
          if (rowCount === 0 && command !== 'TRUNCATE') throw new Error(`nothing was reached by ${statement}`)
        }
      })
    },
    verify: async (...args) => await verify(trustUrl, ...args),
    verifyFile: verify,
    hideAnchor: async () => await anchors('tenant.checkpoint', 'tenant.hidden'),
    showAnchor: async () => await anchors('tenant.hidden', 'tenant.checkpoint'),
    async second() {
      mkdirSync(join(home, 'second'))
      cpSync(join(home, 'first', 'keys'), join(home, 'second', 'keys'), { recursive: true })
      return await startOn(postgres, join(home, 'second'))
    },
    async restore() {
      await asSuperuser(async (client) => {
        await client.query(`set session_replication_role = 'replica'`)
        await client.query(`truncate ${savedTables.join(', ')} cascade`)
        for (const table of savedTables) await client.query(`insert into ${table} table saved_${table}`)
      })
    },
    async stop() {
      await server.stop()
      await postgres.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function verify(source: string, ...args: readonly string[]): Promise<Verdict> {
  const { exit, out, err } = await runHere(['verify', source, '--json', ...args])
  if (exit === 2) return { exit, faults: [err] }
  const { faults } = JSON.parse(out) as { faults: { place: string; say: string }[] }
  return { exit, faults: faults.map(({ place, say }) => `${place}: ${say}`) }
}

async function startOn(postgres: RunningPostgres, folder: string): Promise<Server> {
  const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
    postgres,
    passwordCost: { memoryKiB: 64, passes: 1 },
    limits: { caller: 1_000_000, token: 1_000_000, change: 1_000_000 },
    capacity: { answers: 1_000_000, bodies: 1_000_000, delayMs: 1_000_000 },
  })
  // Whoever owns the machine can do away with its memory of what was signed, too; what that finds has tests of its own.
  Object.assign(server.registry.instance.heads, { of: () => undefined, family: () => [], keep: () => undefined })
  return server
}

/** @returns the id of the first edition of a register whose mapping a person confirmed */
async function publish(caller: Caller, at: (operation: string) => string): Promise<string> {
  const read = await caller.upload<{ document: { id: string } }>(
    `${at('document/read')}?name=tom.md`,
    new TextEncoder().encode(document),
  )
  await caller.post(at('document/adopt'), { documentId: read.document.id })
  const { statements } = await caller.get<{ statements: { measure: { id: string; revision: number } | null }[] }>(
    at('register/show'),
  )
  for (const { measure } of statements)
    if (measure) await caller.post(at('measure/confirm'), { measureId: measure.id, revision: measure.revision })
  const draft = await caller.post<{ id: string }>(at('edition/draft'), {})
  await caller.post(at('edition/sign'), { editionId: draft.id })
  const { editions } = await caller.get<{ editions: { id: string; state: string }[] }>(at('edition/list'))
  return editions.find(({ state }) => state === 'edition')?.id ?? ''
}
