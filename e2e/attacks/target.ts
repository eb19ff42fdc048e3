import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { methodOf, pathOf } from '../../apps/server/src/http/index.ts'
import type { AnyOperation } from '../../apps/server/src/kernel/index.ts'
import { allOperations } from '../../apps/server/src/operations.ts'
import { connectExternal } from '../../apps/server/src/platform/postgres/index.ts'
import { dropInstallation } from '../../apps/server/src/platform/postgres/testing/control.ts'
import type { Weakening } from './weakening.ts'
import { addressOf, peoplesPassword } from './people.ts'
import type { PersonName } from './people.ts'

const program = fileURLToPath(new URL('target.process.ts', import.meta.url))
const weakener = new URL('weaken.ts', import.meta.url).href

/** What a request is made of besides its address. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown
}

/** What was answered. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The code of a refusal; empty for anything else. */
  readonly code: string
  json<T>(): T
}

/** A server under attack. */
export interface Target {
  readonly url: string
  readonly operations: readonly AnyOperation[]
  /** Asks as a program would; redirects are not followed. */
  send(path: string, sent?: Sent): Promise<Answer>
  /** Asks as a page of the workplace would, with the cookies of somebody. @param cookie empty: signed out */
  call(cookie: string, operationId: string, input?: object, tenant?: string): Promise<Answer>
  /** Sends bytes as they are; client libraries would straighten them. @returns everything that was answered */
  raw(bytes: string): Promise<string>
  /** @returns the cookies of a new session */
  signIn(name: PersonName): Promise<string>
  /** Of the control database, or of a tenant's; what no stranger can ask. */
  query<R>(sql: string, values?: readonly unknown[], tenant?: string): Promise<R[]>
  /** A link for a new password, as the command line gives it out. */
  resetLink(email: string): Promise<string | null>
  /** Everything it wrote so far. */
  log(): string
  /** kill -9, and a start on the same databases. @param weaken of this build from now on; the one before where it is not said */
  restart(weaken?: readonly Weakening[]): Promise<void>
  stop(): Promise<void>
}

/** How to start it. */
export interface Wish {
  readonly databaseUrl: string
  readonly weaken?: readonly Weakening[]
  readonly environment?: Readonly<Record<string, string>>
  readonly earnest?: boolean
  /** Whether every tenant may have art32 ask this machine, where the providers of the tests are. */
  readonly mayBeLocal?: boolean
}

let count = 0

export async function startTarget({
  databaseUrl,
  weaken = [],
  environment = {},
  earnest = false,
  mayBeLocal = false,
}: Wish): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'art32-attacked-'))
  const prefix = `t${process.pid}attack${Date.now().toString(36)}x${count++}`
  const written: string[] = []
  let child: ChildProcess
  let url = ''
  let asked = 0

  /** What is weakened in the build that runs. */
  let build = weaken

  async function start(weakened: readonly Weakening[]): Promise<void> {
    const wish = { folder, databaseUrl, prefix, earnest, mayBeLocal, environment, weaken: weakened }
    const argument = JSON.stringify(wish)
    // The runner of the tests says NODE_ENV=test; an installation runs without.
    const { NODE_ENV: _, TEST: __, VITEST: ___, ...env } = process.env
    child = fork(program, [argument], { env, execArgv: ['--import', weakener], silent: true })
    // Answers are told apart by their number, many at once.
    child.setMaxListeners(0)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => void written.push(String(data)))
    const ready = once(child, 'message').then(([said]) => said as { url: string })
    const ended = once(child, 'exit').then(() => null)
    const said = await Promise.race([ready, ended])
    if (said === null) throw new Error(`the server did not start: ${written.join('')}`)
    url = said.url
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  function ask<T>(question: object): Promise<T> {
    const id = asked++
    return new Promise((resolve, reject) => {
      const hear = (said: { id: number; value: T; error?: string }) => {
        if (said.id !== id) return
        child.off('message', hear)
        if (said.error === undefined) resolve(said.value)
        else reject(new Error(said.error))
      }
      child.on('message', hear)
      child.send({ id, asked: question })
    })
  }

  try {
    await start(build)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  const operations = allOperations({} as Parameters<typeof allOperations>[0])
  const target: Target = {
    get url() {
      return url
    },
    operations,
    async send(path, { method = 'GET', headers = {}, body } = {}) {
      const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
      })
      const isStream = response.headers.get('content-type') === 'text/event-stream'
      const text = isStream ? await firstOf(response) : await response.text()
      return answerOf(response, text)
    },
    async call(cookie, operationId, input = {}, tenant = 'alpha') {
      const operation = operations.find(({ id }) => id === operationId)
      if (!operation) throw new Error(`there is no operation ${operationId}`)
      return await target.send(...requestOf(operation, input, tenant, { cookie, origin: url }))
    },
    raw: (bytes) =>
      new Promise((resolve) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1')
        let answer = ''
        socket.setTimeout(5_000, () => socket.destroy())
        socket.on('data', (data) => void (answer += data.toString('latin1')))
        // A server may close before it has read everything that is wrong.
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(answer))
        socket.write(bytes, 'latin1')
      }),
    async signIn(name) {
      const answer = await target.send('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { origin: url },
        body: { email: addressOf(name), password: peoplesPassword },
      })
      if (answer.status !== 200) throw new Error(`${name} could not sign in: ${answer.status} ${answer.text}`)
      return cookiesOf(answer)
    },
    query: (sql, values = [], tenant) => ask(tenant === undefined ? { sql, values } : { tenant, sql, values }),
    resetLink: (email) => ask({ reset: email }),
    log: () => written.join(''),
    async restart(weakened = build) {
      build = weakened
      await kill()
      await start(build)
    },
    async stop() {
      await kill()
      await dropInstallation(await connectExternal(databaseUrl), prefix)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return target
}

/** The request that asks for an operation. */
export function requestOf(
  operation: AnyOperation,
  input: object,
  tenant: string,
  headers: Readonly<Record<string, string>>,
): [string, Sent] {
  const path = pathOf(operation).replace('{tenant}', tenant)
  const query = () =>
    new URLSearchParams(Object.entries(input).map(([name, value]) => [name, textOf(value)])).toString()
  if (operation.kind === 'upload') {
    const sent = { method: 'POST', headers: { 'content-type': 'application/octet-stream', ...headers } }
    return [`${path}?${query()}`, { ...sent, body: Buffer.from('All communication uses TLS 1.2 or newer.\n') }]
  }
  if (methodOf(operation) === 'get') return [`${path}?${query()}`, { headers }]
  return [path, { method: 'POST', headers, body: input }]
}

/** What a browser would send back of an answer's cookies. */
export function cookiesOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function answerOf({ status, headers }: Response, text: string): Answer {
  const json = <T>() => JSON.parse(text) as T
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false
  return { status, headers, text, json, code: isProblem ? json<{ code: string }>().code : '' }
}

/** The first event of a stream that goes on. */
async function firstOf(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const part = await reader?.read()
  await reader?.cancel()
  return Buffer.from(part?.value ?? []).toString()
}
