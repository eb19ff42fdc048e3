import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyBundle } from '@art32/ledger'
import { readRoots, readStamp } from '@art32/timestamp'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStamped } from '../../../../scripts/testing/stamped.ts'
import type { Stamped } from '../../../../scripts/testing/stamped.ts'
import { ledgerCrypto, openLog } from '../platform/index.ts'
import { openStamping } from './stamping.ts'

let stamped: Stamped
const day = 86_400_000

beforeAll(async () => {
  stamped = await startStamped()
})
afterAll(() => stamped.stop())

const grow = (slug: string) => stamped.server.registry.create({ name: slug, slug, language: 'en' })
const bundleNow = async () => {
  const response = await fetch(`${stamped.server.local}/trust/alpha/bundle.zip`)
  return new Map(Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))))
}
const publish = async () => {
  const { owner } = stamped
  const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
  expect((await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })).status).toBe(200)
}

describe('time stamps', () => {
  it('are asked for once, and again only when a day is over and the ledger grew', async () => {
    stamped.honestly()
    await stamped.minute()
    const first = await stamped.shown()
    expect(first).toMatchObject({ last: { authority: 'Example TSA', size: expect.any(Number) }, problem: null })
    const before = stamped.asked()
    await grow('beta')
    await stamped.minute()
    await stamped.minute()
    expect(stamped.asked()).toBe(before)
    await stamped.later(25 * 3_600_000, async () => await stamped.minute())
    expect(stamped.asked()).toBe(before + 1)
    expect((await stamped.shown())?.last?.size).toBeGreaterThan(first?.last?.size ?? Infinity)
  })

  it('cover each published edition, whose bundle holds and OpenSSL verifies', async () => {
    await publish()
    await expect
      .poll(async () => (await verified()).proven.join(' '), { timeout: 20_000 })
      .toContain('the edition is among them')
    const files = await bundleNow()
    const report = await verified()
    expect(report.proven.join(' ')).toContain('The time-stamping authority Example TSA saw a head')
    for (const name of ['token.tsr', 'tsa.pem', 'checkpoint'])
      writeFileSync(join(stamped.home, name), files.get(`stamp/${name}`) ?? '')
    const note = new TextDecoder().decode(files.get('stamp/checkpoint'))
    writeFileSync(join(stamped.home, 'text'), note.slice(0, note.indexOf('\n\n') + 1))
    const args = ['ts', '-verify', '-in', 'token.tsr', '-data', 'text', '-CAfile', 'tsa.pem']
    expect(execFileSync('openssl', args, { cwd: stamped.home, stdio: 'pipe' }).toString()).toContain('Verification: OK')
    const page = await (await fetch(`${stamped.server.local}/trust/alpha`)).text()
    expect(page).toContain('The time-stamping authority Example TSA has stamped a head of it, by its own clock ')
    expect(page).toContain('with this edition')
    expect(page).toContain(`goes to the time-stamping authority (RFC 3161) at ${stamped.host} once a day`)
  })

  it('are tried again until one covers an edition, and the page says so meanwhile', async () => {
    stamped.answer((_, response) => void response.writeHead(500).end())
    await publish()
    await expect.poll(async () => (await stamped.shown())?.problem, { timeout: 20_000 }).toBe('refused')
    expect(await (await fetch(`${stamped.server.local}/trust/alpha`)).text()).toContain('and this edition not yet')
    stamped.honestly()
    await stamped.minute()
    expect(await stamped.shown()).toMatchObject({ problem: null })
    expect((await verified()).proven.join(' ')).toContain('the edition is among them')
  })

  it('count in a bundle for that very checkpoint only', async () => {
    const files = await bundleNow()
    const { rows } = await stamped.server.databases.control.query<{ token: Buffer }>(
      'select token from time_stamp order by size',
    )
    const other = new Map(files).set('stamp/token.tsr', new Uint8Array(rows[0]?.token ?? Buffer.alloc(0)))
    const elsewhere = await readStamp(new Uint8Array(rows[0]?.token ?? []), {
      text: await textOfFirst(),
      roots: await readRoots(stamped.authority.root),
    })
    const stamp = { imprint: elsewhere.imprint, time: '', authority: '', rootFrom: 'bundle' } as const
    const report = verifyBundle(ledgerCrypto, other, { stamp })
    expect(report.steps.filter(({ ok }) => !ok).map(({ say }) => say)).toEqual([
      'The time stamp is of something else than this checkpoint.',
    ])
    for (const name of ['token.tsr', 'tsa.pem', 'leaf', 'checkpoint', 'tenant.tlog-proof']) {
      const cut = new Map(files)
      cut.delete(`stamp/${name}`)
      expect([name, verifyBundle(ledgerCrypto, cut).holds]).toEqual([name, false])
    }
  })

  it('tell the log and the page of the ledger where the clock of art32 is wrong, and where it is right', async () => {
    const { server, authority, host } = stamped
    stamped.honestly()
    const lines: string[] = []
    let movedMs = 0
    const clock = { now: () => new Date(Date.now() + movedMs) }
    const stamping = openStamping({
      authority: { address: `http://${host}/tsa`, host, roots: authority.root },
      registry: server.registry,
      control: server.databases.control,
      clock,
      log: openLog('warn', clock.now, (line) => void lines.push(line)),
    })
    // The authority stays where it is; the clock of art32 moves away from it and comes back.
    for (const [place, moved] of [0, 3 * day, 12_000, -3_600_000, 10 * 365 * day, -10 * 365 * day].entries()) {
      await grow(`clock-${place}`)
      await server.ledgers.anchorAll()
      await stamping.want()
      movedMs = moved
      await stamping.send()
      const shown = (await stamped.shown())?.last?.clock
      expect([moved, shown?.isApart]).toEqual([moved, moved !== 0])
      // A whole second and the one that the authority states of itself explain that much.
      expect(Math.abs((shown?.aheadMs ?? 0) - moved)).toBeLessThanOrEqual(3_000)
    }
    // By its own clock the last one came ten years ago, so that the server stamps anew, and all is well again.
    await grow('clock-right')
    await stamped.minute()
    expect((await stamped.shown())?.last?.clock).toMatchObject({ isApart: false })
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject(
      ['ahead', 'ahead', 'behind', 'ahead', 'behind'].map((code) => ({ event: 'clock.apart', level: 'warn', code })),
    )
  })
})

/** Judged as `art32 verify` does. */
async function verified() {
  const files = await bundleNow()
  const note = new TextDecoder().decode(files.get('stamp/checkpoint'))
  const token = files.get('stamp/token.tsr')
  if (token === undefined) return verifyBundle(ledgerCrypto, files)
  const text = new TextEncoder().encode(note.slice(0, note.indexOf('\n\n') + 1))
  const found = await readStamp(token, {
    text,
    roots: await readRoots(new TextDecoder().decode(files.get('stamp/tsa.pem'))),
  })
  const stamp = { ...found, time: found.time.toISOString(), rootFrom: 'bundle' } as const
  return verifyBundle(ledgerCrypto, files, { stamp })
}

async function textOfFirst(): Promise<Uint8Array> {
  const { rows } = await stamped.server.databases.control.query<{ note: string }>(
    'select note from time_stamp order by size',
  )
  const note = rows[0]?.note ?? ''
  return new TextEncoder().encode(note.slice(0, note.indexOf('\n\n') + 1))
}
