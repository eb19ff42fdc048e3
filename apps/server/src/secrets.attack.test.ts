import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { setUp, signIn } from '../../../e2e/durability/client.ts'
import type { Caller } from '../../../e2e/durability/client.ts'
import { readConfig } from './platform/index.ts'
import { connectExternal, withClient } from './platform/postgres/index.ts'
import { startServer } from './server.ts'
import type { Server } from './server.ts'

/** Nothing that opens anything may be found outside of where it belongs. */
const secrets = {
  password: 'canary password of the owner',
  guess: 'canary password of a guess',
  database: 'canary-of-the-database',
  web: 'canary-of-the-web-site',
  git: 'canary-of-the-repository',
  /** Replaced by what the server makes. */
  apiToken: 'canary of an API token',
}
/** What tells of a person or an organisation has no place in logs and leaves. */
const personal = {
  name: 'Canary Owner',
  email: 'canary-owner@example.com',
  statement: 'canary-plant',
  host: 'canary-host.example',
  reason: 'canary-reason',
}

const prefix = `t${process.pid}secrets`
const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

let server: Server
let folder: string
let caller: Caller
const logged: string[] = []
const refused: string[] = []
let token: string
const restore: (() => void)[] = []

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = (chunk: string | Uint8Array) => {
      logged.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
      return true
    }
    restore.push(() => void (stream.write = write))
  }
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    const print = console[method]
    console[method] = (...what: unknown[]) => void logged.push(inspect(what))
    restore.push(() => void (console[method] = print))
  }
  folder = mkdtempSync(join(tmpdir(), 'art32-secrets-'))
  server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'debug' }), {
    postgres: await connectExternal(inject('databaseUrl')),
    prefix,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  token = (await server.issueSetupToken()) ?? ''
  await setUp(server.url, token, { name: personal.name, email: personal.email, password: secrets.password })
  caller = await signIn(server.url, { email: personal.email, password: secrets.password })
  await work()
})
afterAll(async () => {
  for (const step of restore) step()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Does everything with secrets that can be done with them, well and badly. */
async function work(): Promise<void> {
  const badly = async (step: Promise<unknown>) => void (await step.catch((error: Error) => refused.push(error.message)))
  const text = `All network communication of the ${personal.statement} uses TLS 1.2 or newer.\n`
  const { document } = await caller.upload<{ document: { id: string } }>(
    `${at('document.read')}?name=tom.txt`,
    Buffer.from(text),
  )
  await caller.post(at('document.adopt'), { documentId: document.id })
  const { statements } = await caller.get<{ statements: { measure: { id: string; revision: number } | null }[] }>(
    at('register.show'),
  )
  const measure = statements.find((one) => one.measure)?.measure
  const targets = [
    `postgres://reader:${secrets.database}@${personal.host}:5432/customers`,
    `https://user:${secrets.web}@${personal.host}/`,
    `git:https://robot:${secrets.git}@${personal.host}/code.git`,
  ]
  for (const target of targets) {
    await badly(caller.post(at('connection.add'), { target }))
    await badly(caller.post(at('connection.add'), { target: `${target}\u0001`, name: secrets.web }))
    await badly(caller.post(at('connection.add'), { target, settings: { token: secrets.git } }))
  }
  await badly(signIn(server.url, { email: personal.email, password: secrets.guess }))
  await badly(signIn(server.url, { email: `${secrets.guess}@example.com`, password: secrets.guess }))
  await badly(setUp(server.url, token, { name: personal.name, email: personal.email, password: secrets.guess }))
  await badly(
    caller.upload(
      `${at('document.read')}?name=${personal.statement}.pdf`,
      Buffer.from(`%PDF-1.7 ${personal.statement}`),
    ),
  )
  await badly(caller.post(at('measure.ignore'), { measureId: measure?.id, revision: 99, reason: personal.reason }))
  // What the database itself says of a failure names values.
  await broken(
    'alter table measure add constraint canary check (owner is null)',
    'alter table measure drop constraint canary',
    () =>
      badly(
        caller.post(at('measure.change'), {
          measureId: measure?.id,
          revision: measure?.revision,
          owner: personal.name,
        }),
      ),
  )
  await broken(
    'alter table "session" rename to session_gone',
    'alter table session_gone rename to "session"',
    () => badly(signIn(server.url, { email: personal.email, password: secrets.password })),
    'control',
  )
  await useToken(badly)
  await caller.post(at('edition.draft'), {})
  await server.ledgers.anchor(await server.registry.open('alpha'))
}

/** Sends an API token well, to the wrong place, and while its table is away. */
async function useToken(badly: (step: Promise<unknown>) => Promise<void>): Promise<void> {
  const wish = { tenant: 'alpha', name: personal.reason, permissions: ['register:read'] }
  const made = await caller.post<{ token: string }>('/api/token/create', wish)
  secrets.apiToken = made.token.slice('art32_'.length)
  const send = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${made.token}` } })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    return await answer.text()
  }
  await send(at('connection.list'))
  await badly(send(`${at('connection.list')}?token=${made.token}`))
  await badly(send('/api/account/sessions'))
  await broken(
    'alter table api_token rename to api_token_gone',
    'alter table api_token_gone rename to api_token',
    () => badly(send(at('connection.list'))),
    'control',
  )
}

async function broken(
  spoil: string,
  mend: string,
  work: () => Promise<void>,
  where: 'tenant' | 'control' = 'tenant',
): Promise<void> {
  await asSuperuser(where, (query) => query(spoil))
  await work()
  await asSuperuser(where, (query) => query(mend))
}

async function asSuperuser<T>(
  where: 'tenant' | 'control',
  work: (query: (text: string) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const postgres = await connectExternal(inject('databaseUrl'))
  const { rows } = await server.databases.control.query<{ database_name: string }>('select database_name from tenant')
  const name = where === 'tenant' ? (rows[0]?.database_name ?? '') : `${prefix}_control`
  return await withClient(postgres.url(name), (client) =>
    work(async (text) => (await client.query<Record<string, unknown>>(text)).rows),
  )
}

/** Everything in a database, with bytes as they are. */
async function dump(where: 'tenant' | 'control'): Promise<string> {
  return await asSuperuser(where, async (query) => {
    const tables = await query(
      `select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const rows: string[] = []
    for (const { schema, name } of tables) {
      for (const row of await query(
        `select * from ${escapeIdentifier(String(schema))}.${escapeIdentifier(String(name))}`,
      )) {
        rows.push(
          ...Object.values(row).map((value) =>
            Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value),
          ),
        )
      }
    }
    return rows.join('\n')
  })
}

const found = (text: string, words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .filter(([, word]) => text.includes(word))
    .map(([what]) => what)

describe('a secret', () => {
  it('stands in no line of the log, at its most talkative', () => {
    const lines = logged.filter((line) => line.startsWith('{"at"'))
    expect(lines.length).toBeGreaterThan(5)
    expect(logged.filter((line) => !lines.includes(line))).toEqual([])
    expect(found(logged.join(''), { ...secrets, ...personal, token })).toEqual([])
  })

  it('stands in no answer that refuses something, nor does a line of code or a query', () => {
    expect(refused.length).toBeGreaterThan(8)
    const answers = refused.join('\n')
    expect(found(answers, { ...secrets, token })).toEqual([])
    expect(answers).not.toMatch(/\bat .*\.ts|node_modules|\bselect\b.*\bfrom\b|constraint|relation "/i)
  })

  it('lies in no database in clear', async () => {
    const tenant = await dump('tenant')
    expect(tenant).toContain(personal.statement)
    expect(found(tenant, { ...secrets, token })).toEqual([])
    const control = await dump('control')
    expect(control).toContain(personal.email)
    expect(found(control, { ...secrets, token, statement: personal.statement, host: personal.host })).toEqual([])
  })

  it('is not shown with the connection that uses it', async () => {
    const shown = JSON.stringify(await caller.get(at('connection.list')))
    expect(shown).toContain(personal.host)
    expect(found(shown, secrets)).toEqual([])
  })

  it('opens no session as it lies in the database', async () => {
    const { rows } = await server.databases.control.query<{ token: string }>('select token from session')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const response = await fetch(`${server.url}/api/account/whoami`, {
        headers: { cookie: `art32.session_token=${row.token}` },
      })
      expect(await response.json()).toMatchObject({ account: null })
    }
  })
})

describe('a sign-in', () => {
  it('stands in the log, right or wrong, by its way and without who, and so does what was refused', () => {
    const lines = logged.filter((line) => line.startsWith('{"at"')).map((line) => JSON.parse(line) as LogLine)
    const answered = lines.filter(({ event }) => event === 'sign-in.answered')
    expect(answered.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 401]))
    for (const line of answered) {
      expect(Object.keys(line)).toEqual(['at', 'level', 'event', 'trace', 'operation', 'status'])
      expect(line).toMatchObject({ level: 'info', operation: '/api/auth/sign-in/email' })
      expect(line.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    }
    expect(
      lines.filter(({ event }) => event === 'request.refused').map(({ operation, code }) => [operation, code]),
    ).toContainEqual(['account.sessions', 'http.token_confined'])
  })
})

interface LogLine {
  readonly at: string
  readonly event: string
  readonly operation?: string
  readonly code?: string
  readonly status?: number
}

describe('a leaf of the ledger', () => {
  it('tells of no person, text, address or secret', async () => {
    for (const where of ['tenant', 'control'] as const) {
      const leaves = await asSuperuser(where, async (query) =>
        (await query(`select convert_from(leaf, 'UTF8') as leaf from log_entry`)).map(({ leaf }) => String(leaf)),
      )
      expect(leaves.length).toBeGreaterThan(2)
      expect(found(leaves.join('\n'), { ...secrets, ...personal, token, tenant: 'Alpha', slug: 'alpha' })).toEqual([])
    }
  })
})
