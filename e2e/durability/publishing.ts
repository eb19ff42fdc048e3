/**
 * A server that publishes editions and is killed while it does: on a durable PostgreSQL that outlives it, with a mail server
 * that counts. Where it is killed is decided from outside, by locks on which it has to wait and by what it asks.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { SMTPServer } from 'smtp-server'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp, signIn } from './client.ts'
import type { Caller } from './client.ts'
import { childOf, startDoomed } from './doomed.ts'
import type { Doomed } from './doomed.ts'
import { hurry } from '../../scripts/testing/hurry.ts'

const password = 'correct horse battery staple'
const owner = { name: 'Owner', email: 'owner@example.com', password }
const reader = { name: 'Reader', email: 'reader@example.com', password }
const document = new TextEncoder().encode(
  '# Measures\n\n## Access\n\n- All network communication uses TLS 1.2 or newer.\n- Visitors are escorted by staff.\n',
)
const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

/** Where the server is killed. */
const steps = [
  'while the files are typeset',
  'before the commit',
  'after the commit, before the leaf has its place',
  'before its jobs are handed to the queue',
  'when it was answered, before the letters',
  'while a letter is handed over',
  'while the bundle is made',
] as const
/** One of the steps. */
export type Step = (typeof steps)[number]

/** A letter as the mail server has it. */
interface Arrived {
  readonly to: string
  readonly id: string
  /** Of an invitation. */
  readonly token: string | null
}

/** What tests do with it. */
export interface Publishing {
  /** Publishes and kills on the way. @returns whether the edition was acknowledged */
  killAt(step: Step): Promise<boolean>
  /** Publishes, undisturbed, and waits for its letter. */
  publish(): Promise<void>
  /** What is wrong with what is stored; empty: document and ledger have the same editions, whole. */
  faults(): Promise<string[]>
  readonly letters: readonly Arrived[]
  editions(): Promise<number[]>
  stop(): Promise<void>
}

/** Starts it, with one person who publishes and one who wants a letter about it. */
export async function startPublishing(): Promise<Publishing> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-publishing-')))
  const postgres = await startPostgres({ folder: join(home, 'postgres'), durable: true })
  const letters: Arrived[] = []
  let onLetter: (() => void) | null = null
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=')
        letters.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          id: /^Message-ID: <(.+?)@/im.exec(raw)?.[1] ?? '',
          token: /(?:[?&]token=|\/invitation#)([\w.~-]+)/.exec(raw)?.[1] ?? null,
        })
        // It has the letter, and whoever sent it is gone before hearing so.
        if (onLetter) onLetter()
        else done()
      })
    },
  })
  smtp.on('error', () => undefined)
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const settings = {
    ART32_DATABASE_URL: postgres.url(postgres.maintenance),
    ART32_SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    ART32_MAIL_FROM: 'art32@example.com',
  }
  const start = async () => await startDoomed(join(home, 'data'), 'stay', settings)
  let doomed: Doomed | null = await start()
  await setUp(doomed.url, doomed.token ?? '', owner)
  let caller = await signIn(doomed.url, owner)
  await invite(caller)
  for (const deadline = Date.now() + 10_000; letters.length === 0 && Date.now() < deadline;) await sleep(20)
  await acceptInvitation(doomed, letters.splice(0)[0]?.token ?? '')

  const databases = await withClient(settings.ART32_DATABASE_URL, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where not datistemplate and datname <> 'postgres'`,
    )
    return rows.map(({ datname }) => postgres.url(datname))
  })
  const find = async (table: string) => {
    for (const url of databases) {
      const has = await withClient(url, async (client) => {
        const { rows } = await client.query<{ is: boolean }>('select to_regclass($1) is not null as is', [table])
        return rows[0]?.is
      })
      if (has === true) return url
    }
    throw new Error(`no database has ${table}`)
  }
  const tenantUrl = await find('public.edition')
  const controlUrl = await find('pgboss.job')

  const alive = async (): Promise<Doomed> => {
    if (doomed?.isAlive() === true) return doomed
    doomed = await start()
    caller = await signIn(doomed.url, owner)
    return doomed
  }
  const kill = async () => {
    await doomed?.kill()
    doomed = null
    await withClient(controlUrl, forgetDead)
    await withClient(tenantUrl, forgetDead)
  }
  const draft = async () => (await caller.post<{ id: string }>(at('edition.draft'), {})).id
  const sign = async (editionId: string) =>
    await caller.post(at('edition.sign'), { editionId }).then(
      () => true,
      () => false,
    )
  const lettersAreDue = async () => {
    await withClient(controlUrl, (client) => hurry(client, 'notification.letters'))
  }

  /** Holds a lock, lets something begin that needs it, kills when it waits. */
  const killWaiting = async (url: string, lock: string, begin: () => Promise<boolean>): Promise<boolean> =>
    await withClient(url, async (client) => {
      await client.query('begin')
      await client.query(lock)
      const begun = begin()
      await waitsForLock(client)
      await kill()
      await client.query('rollback')
      return await begun
    })

  const ways: Readonly<Record<Step, () => Promise<boolean>>> = {
    'while the files are typeset': async () => {
      const id = await draft()
      let isOver = false
      const signed = sign(id).finally(() => {
        isOver = true
      })
      await childOf((await alive()).pid, 'typeset.process', () => isOver)
      await kill()
      return await signed
    },
    'before the commit': async () => {
      const id = await draft()
      return await killWaiting(tenantUrl, 'lock table edition_file in exclusive mode', () => sign(id))
    },
    'after the commit, before the leaf has its place': async () => {
      const id = await draft()
      return await killWaiting(tenantUrl, 'lock table log_checkpoint in exclusive mode', () => sign(id))
    },
    'before its jobs are handed to the queue': async () => {
      const id = await draft()
      await withClient(tenantUrl, (client) => until(client, 'select not exists (select 1 from outbox) as is'))
      return await withClient(controlUrl, async (client) => {
        await client.query('begin')
        await client.query('lock table pgboss.job in access exclusive mode')
        const signed = sign(id)
        await withClient(tenantUrl, hasUnsentJobs)
        await kill()
        await client.query('rollback')
        return await signed
      })
    },
    'when it was answered, before the letters': async () => {
      const signed = await sign(await draft())
      await kill()
      return signed
    },
    'while a letter is handed over': async () => {
      const signed = await sign(await draft())
      const handed = new Promise<void>((resolve) => (onLetter = resolve))
      await lettersAreDue()
      await handed
      onLetter = null
      await kill()
      return signed
    },
    'while the bundle is made': async () => {
      const signed = await sign(await draft())
      const url = `${(await alive()).url}/trust/alpha/bundle.zip`
      await killWaiting(tenantUrl, 'lock table edition_file in access exclusive mode', async () => {
        await fetch(url).catch(() => undefined)
        return signed
      })
      return signed
    },
  }

  return {
    letters,
    async killAt(step) {
      await alive()
      return await ways[step]()
    },
    async publish() {
      await alive()
      const before = letters.length
      if (!(await sign(await draft()))) throw new Error('publishing failed after a restart')
      for (const deadline = Date.now() + 20_000; letters.length === before && Date.now() < deadline; await sleep(50))
        await lettersAreDue()
      // Whatever comes a second time would come about now.
      await sleep(300)
    },
    async faults() {
      const { url } = await alive()
      return [
        ...(await ledgerFaults(caller)),
        ...(await withClient(tenantUrl, storedFaults)),
        ...(await shownFaults(url)),
      ]
    },
    async editions() {
      await alive()
      const { editions } = await caller.get<{ editions: { state: string; number: number }[] }>(at('edition.list'))
      return editions.filter(({ state }) => state === 'edition').map(({ number }) => number)
    },
    async stop() {
      await doomed?.kill()
      await postgres.stop()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function invite(caller: Caller): Promise<void> {
  const read = await caller.upload<{ document: { id: string } }>(`${at('document.read')}?name=tom.md`, document)
  await caller.post(at('document.adopt'), { documentId: read.document.id })
  const { name, email } = reader
  await caller.post(at('access.invite'), { name, email, role: 'dpo' })
}

async function acceptInvitation({ url }: Doomed, token: string): Promise<void> {
  const { name } = reader
  const response = await fetch(`${url}/api/invitation/accept`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ token, account: { name, password } }),
  })
  if (!response.ok) throw new Error(`the invitation was answered with ${response.status} ${await response.text()}`)
  const own = await signIn(url, reader)
  await own.post(at('notification.choose'), { choices: [{ kind: 'edition.published', rhythm: 'now' }] })
}

/** PostgreSQL notices only when it next writes to it that a client is gone; what it was about must not go on meanwhile. */
async function forgetDead(client: Client): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'
       and usename <> current_user`,
  )
}

async function waitsForLock(client: Client): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(10)) {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))',
    )
    if ((rows[0]?.n ?? 0) > 0) return
  }
  throw new Error('nothing waited for the lock')
}

/** The edition has its leaf, and its jobs lie beside it still. */
const hasUnsentJobs = async (client: Client): Promise<void> =>
  await until(
    client,
    `select exists (select 1 from outbox where queue = 'notification.letters')
       and not exists (select 1 from log_pending) as is`,
  )

async function until(client: Client, question: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(10)) {
    const { rows } = await client.query<{ is: boolean }>(question)
    if (rows[0]?.is === true) return
  }
  throw new Error(`this never came: ${question}`)
}

async function ledgerFaults(caller: Caller): Promise<string[]> {
  const { faults } = await caller.get<{ faults: { place: string; say: string }[] }>(at('ledger.audit'))
  return faults.map(({ place, say }) => `${place}: ${say}`)
}

/** Both or none: each edition has its leaf, each leaf of one its edition; numbers from 1; files as the leaf has their hashes. */
async function storedFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    with e as (select e.*, o.idx, o.content as recorded from edition e left join opening o on o.commitment = e.commitment)
    select 'edition without a leaf: ' || coalesce(number, 0) as fault from e where idx is null
    union all select 'leaf without an edition: ' || l.idx from log_entry l
      where l.type = 'edition.published' and not exists (select 1 from edition where id::text = l.subject)
    union all select 'number twice or missing: ' || n from (select row_number() over (order by number) as n, number from e
      where state = 'edition') as counted where n <> number
    union all select 'file of ' || e.number || ' is not the recorded one: ' || f.name from e
      join edition_file f on f.edition_id = e.id
      where encode(sha256(f.bytes), 'hex') is distinct from convert_from(e.recorded, 'UTF8')::jsonb -> 'files' ->> f.name
    union all select 'file of ' || e.number || ' is missing: ' || name from e,
      lateral jsonb_object_keys(convert_from(e.recorded, 'UTF8')::jsonb -> 'files') as name
      where not exists (select 1 from edition_file f where f.edition_id = e.id and f.name = name)
    union all select 'still waits: ' || count(*) from log_pending having count(*) > 0`)
  return rows.map(({ fault }) => fault)
}

async function shownFaults(url: string): Promise<string[]> {
  const { runHere } = await import('../../apps/cli/src/testing/terminal.ts')
  const { exit, out, err } = await runHere(['verify', `${url}/trust/alpha`])
  const page = await fetch(`${url}/trust/alpha`)
  return [
    ...(exit === 0 ? [] : [`the bundle: ${out}${err}`]),
    ...(page.status === 200 ? [] : [`the page: ${page.status}`]),
  ]
}
