import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleBundle, type BundleWish } from './testing/bundle.ts'
import { listen, type TestServer } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'
import { watch } from './watch.ts'
import { weakened } from './watch-compare.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-watch-'))
let published: Uint8Array | null = null
let server: TestServer
let url = ''
let state = ''
let count = 0

beforeAll(async () => {
  server = await listen(
    createServer((_request, response) => {
      if (published === null) response.writeHead(503).end()
      else response.end(published)
    }),
  )
  url = `http://localhost:${server.port}/trust/example`
})
afterAll(async () => {
  await server.close()
  rmSync(home, { recursive: true, force: true })
})
beforeEach(() => {
  state = join(home, String((count += 1)))
  publish({})
})

const publish = (wish: BundleWish) => {
  published = zipSync(Object.fromEntries(sampleBundle(wish).files))
}
/** A day on which the sample's proof counts, and one on which it no longer does. */
const day = new Date('2026-11-23T00:00:00.000Z')
const later = new Date('2026-12-24T00:00:00.000Z')

/** One look, as `--json` tells it. */
async function look(now = day, urls = [url]) {
  let out = ''
  const terminal = { out: (text: string) => void (out += text), err: () => undefined, columns: 100, isLive: false }
  const exit = await watch(
    urls,
    { state, json: true },
    { ...terminal, environment: {}, input: process.stdin },
    { now: () => now },
  )
  const lines = out.trim().split('\n')
  const [first] = lines.map(
    (line) => JSON.parse(line) as { state: string; say: string; alerts: { kind: string; line: string | null }[] },
  )
  return {
    exit,
    lines: lines.length,
    state: first?.state,
    say: first?.say,
    kinds: first?.alerts.map(({ kind }) => kind),
  }
}
const keptText = () => readFileSync(join(state, readdirSync(state)[0] ?? ''), 'utf8')

describe('art32 watch', () => {
  it('keeps what it saw, and asks the next look to continue it', async () => {
    expect(await look()).toMatchObject({ exit: 0, state: 'first', kinds: [] })
    publish({ after: 5 })
    expect(await look()).toMatchObject({ exit: 0, state: 'in-order', say: 'The log continues what was kept.' })
    expect(keptText()).toContain(JSON.stringify(sampleBundle({ after: 5 }).checkpoint))
  })

  it('tells a log that was cut, rewritten or replaced, each time, and keeps what it had', async () => {
    publish({ after: 5 })
    await look()
    const before = keptText()
    publish({ after: 1 })
    expect(await look()).toMatchObject({ exit: 1, state: 'alert', kinds: ['truncated'] })
    expect(await look()).toMatchObject({ exit: 1, kinds: ['truncated'] })
    publish({ after: 9, edit: (edition) => ({ ...edition, title: 'Other measures' }) })
    expect(await look()).toMatchObject({ exit: 1, kinds: ['rewritten'] })
    publish({ after: 9, seed: 'other ' })
    const { exit, kinds } = await look()
    expect([exit, kinds?.[0]]).toEqual([1, 'other-key'])
    expect(keptText()).toBe(before)
  })

  it('tells once what a restore lost, and goes on with the log behind it', async () => {
    publish({ after: 5 })
    await look()
    const lost = sampleBundle({ after: 5 }).checkpoint
    publish({ lost: 4 })
    expect(await look()).toMatchObject({
      exit: 1,
      state: 'alert',
      kinds: ['restored'],
      say: 'The log was restored from a copy and goes on without what is named below.',
    })
    // What proves the loss to others stays.
    expect((JSON.parse(keptText()) as { lost: string[] }).lost).toEqual([lost])
    expect(await look()).toMatchObject({ exit: 0, state: 'in-order', kinds: [] })
    publish({ after: 5 })
    expect((await look()).kinds).not.toEqual([])
  })

  it('says nothing of a restore that lost nothing of what was kept', async () => {
    await look()
    publish({ lost: 4 })
    expect(await look()).toMatchObject({ exit: 0, state: 'in-order', kinds: [] })
  })

  it('tells a bundle that does not hold at all, and keeps nothing of it', async () => {
    const { files } = sampleBundle()
    published = zipSync({ ...Object.fromEntries(files), 'files/edition.pdf': Uint8Array.of(1) })
    expect(await look()).toMatchObject({ exit: 1, state: 'alert', kinds: ['does-not-hold'] })
    expect(readdirSync(state)).toEqual([])
  })

  it('tells a lapsed proof once', async () => {
    await look()
    expect(await look(later)).toMatchObject({ exit: 1, state: 'alert', kinds: ['lapsed'] })
    expect(await look(later)).toMatchObject({ exit: 0, state: 'in-order', kinds: [] })
  })

  it('tells lines that say less than in what was kept', async () => {
    await look()
    const kept = JSON.parse(keptText()) as { edition: { lines: Record<string, string>[] } }
    const [first, second] = kept.edition.lines
    Object.assign(second ?? {}, { assurance: 'attested', text: 'Visitors are always accompanied.' })
    kept.edition.lines = [{ ...first, id: 'gone', text: 'Disks are encrypted.' }, second ?? {}]
    writeFileSync(join(state, readdirSync(state)[0] ?? ''), JSON.stringify(kept))
    expect(await look()).toMatchObject({ exit: 1, kinds: ['removed', 'lowered', 'reworded'] })
    expect(await look()).toMatchObject({ exit: 0, kinds: [] })
  })

  it('says that it could not look, and keeps what it had', async () => {
    await look()
    const before = keptText()
    published = null
    expect(await look()).toMatchObject({ exit: 2, state: 'not-looked', kinds: [] })
    published = new TextEncoder().encode('hello')
    expect(await look()).toMatchObject({ exit: 2, state: 'not-looked' })
    expect(keptText()).toBe(before)
  })

  it('looks at several, each by itself, and at the same one once', async () => {
    const found = await look(day, [url, `${url}2`, url])
    expect([found.exit, found.lines, readdirSync(state).length]).toEqual([0, 2, 2])
  })

  it('looks again and again until it ends', async () => {
    let pauses = 0
    const pause = async (milliseconds: number) => milliseconds === 3_600_000 && (pauses += 1) < 3
    let out = ''
    const terminal = { out: (text: string) => void (out += text), err: () => undefined, columns: 100, isLive: false }
    const world = { now: () => day, pause }
    await watch([url], { state, every: '1h' }, { ...terminal, environment: {}, input: process.stdin }, world)
    expect([pauses, out.split('✓').length - 1]).toEqual([3, 3])
  })

  it('is a command, with its refusals', async () => {
    expect((await runHere(['watch', url, '--state', state])).out).toContain('Seen for the first time')
    const tries: readonly (readonly [string[], string])[] = [
      [['bundle.zip', '--state', state], 'Name the addresses of trust pages'],
      [[url, '--state', state, '--every', '1s'], '--every takes minutes'],
      [[url, '--state', state, '--every', '30d'], '--every takes minutes'],
      [[url], '--state'],
      [[url, '--state', '/dev/null/x'], 'the folder cannot be made'],
    ]
    for (const [args, say] of tries) {
      const { exit, err } = await runHere(['watch', ...args])
      expect([exit, err]).toEqual([2, expect.stringContaining(say)])
    }
    writeFileSync(join(state, readdirSync(state)[0] ?? ''), '{}')
    expect(await runHere(['watch', url, '--state', state])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('to begin anew with this provider, delete it'),
    })
  })
})

describe('what got weaker', () => {
  const line = { id: 'a', text: 'Disks are encrypted.', assurance: 'attested', guarantor: 'us' } as const

  it.each([
    ['nothing', [line], []],
    ['a better proof', [{ ...line, assurance: 'verified' }], []],
    ['a new line', [line, { ...line, id: 'b', text: 'New.' }], []],
    ['a line under another id', [{ ...line, id: 'b' }], []],
    ['no line', [], ['removed']],
    ['a worse proof', [{ ...line, assurance: 'lapsed' }], ['lowered']],
    ['other words', [{ ...line, text: 'Disks are encrypted where possible.' }], ['reworded']],
    ['another guarantor', [{ ...line, guarantor: 'customer' }], ['guarantor']],
  ] as const)('says of %s', (_what, now, kinds) => {
    expect(weakened([line], now).map(({ kind }) => kind)).toEqual(kinds)
  })
})
