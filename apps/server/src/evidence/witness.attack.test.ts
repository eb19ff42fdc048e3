import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCosignatures, encodeUtf8, openNote, parseVkey } from '@art32/ledger'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { readConfig, startServer } from '../main.ts'
import type { Server } from '../main.ts'
import { connectExternal, ledgerCrypto } from '../platform/index.ts'
import { ownLog } from './testing/own-log.ts'

const log = ownLog('log.example/t/first')
const racing = ownLog('log.example/t/racing')
const unknown = ownLog('log.example/t/unknown')
/** Bears the name of an allowed log, but not its key. */
const forged = ownLog('log.example/t/first')
const allowed = [log, racing].map(({ vkey }) => vkey).join(', ')

interface Shown {
  readonly vkey: string
  readonly address: string
  readonly logs: readonly {
    origin: string
    size: number | null
    conflict: { cosigned: string; other: string } | null
  }[]
}

let witness: TestServer
let operator: Person

const ask = async (body: string, at: Pick<Server, 'local'> = witness) => {
  const response = await fetch(`${at.local}/witness/add-checkpoint`, { method: 'POST', body })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}
const shown = async () => (await (await operator.get('/api/witness/show')).json()) as Shown

beforeAll(async () => {
  witness = await startTestServer({ ART32_WITNESSED_LOGS: allowed })
  await witness.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
  operator = await witness.addPerson('operator@example.com', 'this-installation', 'owner')
})
afterAll(() => witness.stop())

describe('an installation as a witness', () => {
  it('cosigns what an allowed log signed, by the key that it shows, and remembers it', async () => {
    const before = await shown()
    expect(before.address).toBe(`${witness.url}/witness`)
    expect(before.logs.map(({ origin, size }) => [origin, size])).toEqual([
      ['log.example/t/first', null],
      ['log.example/t/racing', null],
    ])
    const answer = await ask(log.request(0, 5))
    expect(answer.status).toBe(200)
    const key = parseVkey(ledgerCrypto, before.vkey)
    const cosigned = addCosignatures(ledgerCrypto, log.note(5), encodeUtf8(answer.text), [key])
    expect(openNote(ledgerCrypto, cosigned, [key]).verified).toHaveLength(1)
    expect((await ask(log.request(5, 300))).status).toBe(200)
    expect((await shown()).logs[0]).toMatchObject({ size: 300, conflict: null })
    // The same head once more is no news, and is cosigned.
    expect((await ask(log.request(300, 300))).status).toBe(200)
  })

  it.each([
    ['a log that nobody allowed', () => unknown.request(0, 5), 404],
    ['a key that is not the one of the log', () => forged.request(300, 301), 403],
    ['an old size that it does not know', () => log.request(5, 301), 409],
    ['a log that was cut', () => log.request(4, 5), 409],
    ['an old size beyond the new one', () => log.request(300, 5), 400],
    ['another history', () => log.forkAt(10).request(300, 400), 422],
    ['another root of the size that it knows', () => log.forkAt(10).request(300, 300), 409],
    ['no request', () => 'old\n', 400],
    ['nothing', () => '', 400],
    ['bytes', () => '\u0000\u0007'.repeat(50), 400],
    ['more than a request has', () => 'x'.repeat(200_000), 413],
  ])('refuses %s', async (_, body, status) => {
    const answer = await ask(body())
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer).toMatchObject({ text: '300\n', type: 'text/x.tlog.size' })
    expect((await shown()).logs[0]?.size).toBe(300)
  })

  it('keeps both checkpoints of a fork, which convict the log', async () => {
    const [first] = (await shown()).logs
    const key = parseVkey(ledgerCrypto, log.vkey)
    const roots = [first!.conflict!.cosigned, first!.conflict!.other].map(
      (note) => openNote(ledgerCrypto, note, [key]).text,
    )
    expect(new Set(roots).size).toBe(2)
    expect(roots.every((text) => text.startsWith('log.example/t/first\n300\n'))).toBe(true)
  })

  it('shows what it witnesses to who runs the installation only', async () => {
    await witness.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const other = await witness.addPerson('other@example.com', 'alpha', 'owner')
    expect((await other.get('/api/witness/show')).status).toBe(403)
  })

  it('cannot be made to go back by whoever has the login of the database', async () => {
    const change = (text: string) => witness.databases.control.query(text)
    await expect(change('update witnessed_log set size = 1')).rejects.toThrow('never goes back')
    await expect(change(`update witnessed_log set root = sha256('x')`)).rejects.toThrow('never goes back')
    await expect(change('delete from witnessed_log')).rejects.toThrow('permission denied')
  })
})

describe('two processes on one database', () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'art32-witness-')))
  let both: Server[]

  const start = async (folder: string, prefix: string) =>
    await startServer(
      readConfig({
        ART32_DATA: folder,
        ART32_PORT: '0',
        ART32_LOG: 'error',
        ART32_WITNESSED_LOGS: allowed,
        ART32_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      }),
      {
        postgres: await connectExternal(inject('databaseUrl')),
        prefix,
        passwordCost: { memoryKiB: 64, passes: 1 },
        limits: { caller: 100_000, token: 100_000, change: 100_000 },
      },
    )

  beforeAll(async () => {
    const prefix = `w${process.pid}x${Date.now().toString(36)}`
    both = []
    for (const folder of folders) both.push(await start(folder, prefix))
  })
  afterAll(async () => {
    for (const one of both) await one.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it('never cosign two roots of one size, however many ask at once', async () => {
    const liar = racing.forkAt(1)
    let size = 0
    let cosigned = 0
    for (let round = 0; round < 15; round++) {
      const next = size + 3
      // Before the fork point both are the same history.
      const requests = [racing, liar, racing, liar].flatMap((one) => both.map((at) => ask(one.request(size, next), at)))
      const answers = await Promise.all(requests)
      const kinds = answers.map(({ status, text }, i) =>
        status === 200 ? [i % 4 < 2 ? 'honest' : 'liar', text] : null,
      )
      const honest = kinds.filter((kind) => kind?.[0] === 'honest').length
      const lied = kinds.filter((kind) => kind?.[0] === 'liar').length
      expect(Math.min(honest, lied)).toBe(0)
      cosigned += honest + lied
      if (lied > 0) break
      size = next
    }
    expect(cosigned).toBeGreaterThan(0)
    const { rows } = await both[0]!.databases.control.query<{ n: number }>(
      `select count(*)::int as n from witnessed_log where origin = 'log.example/t/racing'`,
    )
    expect(rows[0]?.n).toBe(1)
  })

  it('do not go back where the database is put back: what was cosigned is remembered outside of it', async () => {
    const [one] = both
    const known = ownLog('log.example/t/first', log.signer)
    expect((await ask(known.request(0, 8), one)).status).toBe(200)
    const { rows } = await one!.databases.control.query<{ name: string }>('select current_database() as name')
    const client = new Client({
      connectionString: (await connectExternal(inject('databaseUrl'))).url(rows[0]?.name ?? ''),
    })
    await client.connect()
    await client.query('truncate witnessed_log')
    await client.end()
    expect(await ask(known.forkAt(3).request(0, 8), one)).toMatchObject({ status: 409, text: '8\n' })
    expect((await ask(known.request(8, 9), one)).status).toBe(200)
  })
})
