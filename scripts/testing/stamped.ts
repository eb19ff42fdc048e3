import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adopt, keepDocument } from '../../apps/server/src/measure/index.ts'
import { startTestServer } from './server.ts'
import type { Person, TestServer } from './server.ts'
import { makeAuthority, serveAuthority } from '@art32/timestamp/testing'
import type { Answering, TestAuthority } from '@art32/timestamp/testing'

/** How the authority stands, as the ledger of a tenant shows it. */
interface Shown {
  readonly host: string
  readonly last: {
    readonly size: number
    readonly authority: string
    readonly time: string
    readonly clock: { readonly aheadMs: number; readonly isApart: boolean } | null
  } | null
  readonly problem: string | null
}

/** A server that asks a real time-stamping authority. */
export interface Stamped {
  readonly server: TestServer
  readonly owner: Person
  readonly authority: TestAuthority
  /** Another one, whose certificate is over although its root is trusted. */
  readonly expired: TestAuthority
  readonly home: string
  readonly host: string
  /** What the authority answers from now on. */
  answer(lie: Answering): void
  honestly(): void
  asked(): number
  shown(): Promise<Shown | null>
  /** A minute passes. */
  minute(): Promise<void>
  /** Does something while the clock of the server is ahead by this much. */
  later(ms: number, work: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Starts a server with one tenant that has a register, and the authority that it asks. */
export async function startStamped(): Promise<Stamped> {
  const home = mkdtempSync(join(tmpdir(), 'art32-stamping-'))
  const [authority, expired] = [
    makeAuthority({ curve: true }),
    makeAuthority({ curve: true, validity: ['20200101000000Z', '20210101000000Z'] }),
  ]
  const honest: Answering = (request, response) => response.end(authority.reply(request))
  let answering = honest
  let asked = 0
  let ahead = 0
  const served = await serveAuthority(() => (request, response, message) => {
    asked += 1
    answering(request, response, message)
  })
  // Both roots are trusted, so that the one that is over fails by its time alone.
  writeFileSync(join(home, 'roots.pem'), authority.root + expired.root)
  const server = await startTestServer(
    { ART32_TSA: `${served.address} ${join(home, 'roots.pem')}` },
    { clock: { now: () => new Date(Date.now() + ahead) } },
  )
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  let owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const text = new TextEncoder().encode('All network communication uses TLS 1.2 or newer.\n')
  const read = await server.read(text, 'tom.txt', new Date())
  await server.tenants.asSystem('alpha', async (tx) => adopt(tx, (await keepDocument(tx, text, read)).id))
  return {
    server,
    get owner() {
      return owner
    },
    authority,
    expired,
    home,
    host: new URL(served.address).host,
    answer(lie) {
      answering = lie
    },
    honestly() {
      answering = honest
    },
    asked: () => asked,
    async shown() {
      const answer = await (await owner.get('/api/tenants/alpha/ledger/show')).json()
      return (answer as { instance: { timeStamps: Shown | null } }).instance.timeStamps
    },
    minute: () => server.ledgers.anchorAll(),
    async later(ms, work) {
      ahead += ms
      await work()
      ahead -= ms
      // Whatever looked at the time meanwhile may have ended sessions that were over.
      owner = await server.signIn('owner@example.com')
    },
    async stop() {
      await server.stop()
      served.server.closeAllConnections()
      served.server.close()
      authority.remove()
      expired.remove()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
