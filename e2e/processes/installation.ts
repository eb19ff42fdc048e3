import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { startRemotePostgres } from '../../scripts/testing/remote-postgres.ts'
import { startDoomed } from '../durability/doomed.ts'
import type { Doomed } from '../durability/doomed.ts'

/** The password of everybody here. */
const password = 'correct horse battery staple'
/** Where people reach the installation, whichever process answers. */
export const address = 'https://toms.example.com'

/** Somebody who is signed in, and asks whichever process they are sent to. */
export interface Person {
  readonly accountId: string
  get(of: Pick<Doomed, 'local'>, path: string): Promise<Response>
  post(of: Pick<Doomed, 'local'>, path: string, body: object): Promise<Response>
  upload(of: Pick<Doomed, 'local'>, path: string, bytes: Uint8Array): Promise<Response>
}

/** Several processes on one database. */
export interface Installation {
  /** One more process that answers, in this one: it looks into the databases for the tests. */
  readonly server: Server
  readonly webs: readonly [Doomed, Doomed]
  /** As many as were asked for. */
  readonly workers: readonly Doomed[]
  /** To whom letters came, one entry a letter. */
  readonly letters: string[]
  /** Starts one more. */
  start(role: string, settings?: Readonly<Record<string, string>>): Promise<Doomed>
  /** Settings that all have in common. */
  readonly settings: Readonly<Record<string, string>>
  readonly folder: string
  addPerson(email: string, tenant: string, role: 'owner' | 'editor' | 'member'): Promise<Person>
  signIn(email: string): Promise<Person>
  stop(): Promise<void>
}

/** Starts a PostgreSQL server, a mail server, and on an empty database all processes at once. */
export async function startInstallation({ workers }: { workers: number }): Promise<Installation> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-processes-')))
  // The account of PostgreSQL goes through it.
  chmodSync(folder, 0o755)
  const postgres = await startRemotePostgres(join(folder, 'postgres'))
  const letters: string[] = []
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        letters.push(session.envelope.rcptTo[0]?.address ?? '')
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const settings = {
    ART32_DATABASE_URL: postgres.url(join(folder, 'postgres', 'authority.pem')),
    ART32_MASTER_KEY: randomBytes(32).toString('base64'),
    ART32_URL: address,
    ART32_SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    ART32_MAIL_FROM: 'art32 <art32@example.com>',
  }
  const members: Doomed[] = []
  let count = 0
  const start = async (role: string, more: Readonly<Record<string, string>> = {}) => {
    const member = await startDoomed(join(folder, `${role}-${count++}`), 'member', {
      ...settings,
      ART32_ROLE: role,
      ...more,
    })
    members.push(member)
    return member
  }
  const own = { ...settings, ART32_ROLE: 'web', ART32_DATA: join(folder, 'own'), ART32_PORT: '0', ART32_LOG: 'error' }
  const starting = startServer(readConfig(own), { passwordCost: { memoryKiB: 64, passes: 1 } })
  const [webOne, webOther, working, server] = await Promise.all([
    start('web'),
    start('web'),
    Promise.all(Array.from({ length: workers }, () => start('worker'))),
    starting,
  ])

  async function signIn(email: string): Promise<Person> {
    const response = await fetch(`${webOne.local}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address },
      body: JSON.stringify({ email, password }),
    })
    if (!response.ok) throw new Error(`signing in was answered with ${response.status}: ${await response.text()}`)
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const { user } = (await response.json()) as { user: { id: string } }
    const headers = { cookie, origin: address }
    return {
      accountId: user.id,
      get: ({ local }, path) => fetch(`${local}${path}`, { headers }),
      post: ({ local }, path, body) =>
        fetch(`${local}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      upload: ({ local }, path, bytes) =>
        fetch(`${local}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
    }
  }

  return {
    server,
    webs: [webOne, webOther],
    workers: working,
    letters,
    start,
    settings,
    folder,
    signIn,
    async addPerson(email, tenant, role) {
      const [name = email] = email.split('@')
      const account = await server.accounts.create({ name, email, password })
      await server.tenants.join(tenant, account.id, role)
      return await signIn(email)
    },
    async stop() {
      await Promise.all(members.map((member) => member.kill()))
      await server.stop()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The body of an answer that must be good. */
export async function json<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text) as T
}
