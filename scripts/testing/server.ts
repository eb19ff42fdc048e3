import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import {
  cloneControl,
  dropInstallation,
  templatePrefix,
} from '../../apps/server/src/platform/postgres/testing/control.ts'
import { connectExternal } from '../../apps/server/src/platform/postgres/index.ts'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server, StartOptions } from '../../apps/server/src/main.ts'

/** A password that every test account has; the hash is cheap on purpose. */
export const testPassword = 'correct horse battery staple'

/** A real server on a free port, with databases of its own on the PostgreSQL of the run. */
export interface TestServer extends Server {
  /** A signed-in person with a role in a tenant: fetches as their browser would. */
  signIn(email: string): Promise<Person>
  /** Makes an account and gives it a role. */
  addPerson(email: string, tenant: string, role: 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'): Promise<Person>
}

/** Somebody who calls the API. */
export interface Person {
  readonly accountId: string
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  upload(path: string, bytes: Uint8Array): Promise<Response>
}

let count = 0

/** `ART32_LAYOUT=schema npm test` tries everything with tenants that lie as schemas. */
const layout: Record<string, string> = process.env['ART32_LAYOUT'] ? { ART32_LAYOUT: process.env['ART32_LAYOUT'] } : {}

/** Tests ask faster than people, all from one address. */
const testLimits = { caller: 100_000, token: 100_000, change: 100_000 }
/** And more at once, on a machine that is busy with other tests. */
const testCapacity = { answers: 100_000, bodies: 100_000, delayMs: 100_000 }

/** Starts a server for one test file. */
export async function startTestServer(
  environment: Record<string, string> = {},
  options: StartOptions = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'art32-test-server-'))
  const postgres = await connectExternal(inject('databaseUrl'))
  const prefix = `t${process.pid}x${Date.now().toString(36)}x${count++}`
  await cloneControl(postgres, prefix)
  const server = await startServer(
    readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error', ...layout, ...environment }),
    {
      postgres,
      prefix,
      templatePrefix,
      passwordCost: { memoryKiB: 64, passes: 1 },
      limits: testLimits,
      capacity: testCapacity,
      ...options,
    },
  )

  async function signIn(email: string): Promise<Person> {
    const response = await fetch(`${server.local}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email, password: testPassword }),
    })
    if (!response.ok) throw new Error(`signing in was answered with ${response.status}`)
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const { user } = (await response.json()) as { user: { id: string } }
    const headers = { cookie, origin: server.url }
    return {
      accountId: user.id,
      get: (path) => fetch(`${server.local}${path}`, { headers }),
      post: (path, body) =>
        fetch(`${server.local}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      upload: (path, bytes) =>
        fetch(`${server.local}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
    }
  }

  return {
    ...server,
    signIn,
    async addPerson(email, tenant, role) {
      const account = await server.accounts.create({
        name: email.split('@')[0] ?? email,
        email,
        password: testPassword,
      })
      await server.tenants.join(tenant, account.id, role)
      return await signIn(email)
    },
    async stop() {
      await server.stop()
      if (options.prefix === undefined) await dropInstallation(postgres, prefix)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Those who are signed in stay so, however far the clock of a test goes: until 2040. */
export async function staySignedIn({ databases }: Pick<TestServer, 'databases'>): Promise<void> {
  await databases.control.query(`update session set "expiresAt" = '2040-01-01', "createdAt" = '2039-12-31'`)
}
