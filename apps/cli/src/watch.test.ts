import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { EditionDocument, Line } from '@art32/press'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleBundle, type BundleWish } from './testing/bundle.ts'
import { listen, type TestServer } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'
import { watch } from './watch.ts'
import { weakened, type Alert } from './watch-compare.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-watch-'))
let published: Uint8Array | null = null
let server: TestServer
let url = ''
let state = ''
let count = 0
let onAnswer: (() => void) | undefined

beforeAll(async () => {
  server = await listen(
    createServer((_request, response) => {
      if (published === null) response.writeHead(503).end()
      else response.end(published, () => onAnswer?.())
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
  const [first] = lines.map((line) => JSON.parse(line) as { state: string; say: string; alerts: Alert[] })
  return {
    exit,
    lines: lines.length,
    state: first?.state,
    say: first?.say,
    kinds: first?.alerts.map(({ kind }) => kind),
    alerts: first?.alerts,
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

  it('follows a change of the key that the kept one signed, tells it once, and believes the old key no more', async () => {
    await look()
    publish({ changed: 'signed' })
    const told = await look()
    expect(told).toMatchObject({ exit: 1, state: 'alert', kinds: ['key-changed'] })
    expect(told.alerts?.[0]?.say).toContain('the key that was kept leads to')
    expect(await look()).toMatchObject({ exit: 0, state: 'in-order', kinds: [] })
    // The old key goes on: under the old name, and under the next one as after a restore.
    publish({ after: 5 })
    expect((await look()).kinds?.[0]).toBe('other-key')
    publish({ lost: 4 })
    expect((await look()).kinds?.[0]).toBe('other-key')
  })

  it('does not follow a key that the kept one never named, each time', async () => {
    await look()
    const before = keptText()
    publish({ changed: 'forged' })
    for (const _ of [1, 2]) expect((await look()).kinds).toContain('other-key')
    publish({ changed: 'compromised' })
    for (const _ of [1, 2]) expect(await look()).toMatchObject({ exit: 1, kinds: ['key-compromised'] })
    expect(keptText()).toBe(before)
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

  it('tells lines that promise less than in what was kept, in the words of the comparison, once', async () => {
    const edit = (edition: EditionDocument) =>
      edited(edition, 's4', { text: 'All visitors are accompanied.', rhythm: 'P1M' })
    publish({ edit })
    await look()
    publish({ edit, next: (edition) => edited(edition, 's4', { text: 'Visitors are accompanied.', rhythm: 'P1Y' }) })
    const { exit, kinds, alerts } = await look()
    expect([exit, kinds]).toEqual([1, ['weakened']])
    expect(alerts?.[0]?.say).toContain('rhythm: monthly → annually; ')
    expect(alerts?.[0]?.say).toContain('A person has to judge whether it promises less.')
    expect(alerts?.[0]?.differences?.map(({ aspect, direction }) => `${aspect} ${direction}`)).toEqual([
      'rhythm weaker',
      'whole weaker',
    ])
    expect(await look()).toMatchObject({ exit: 0, kinds: [] })
  })

  it('goes on with what an earlier release kept, and says that nothing of it can be compared', async () => {
    await look()
    const { edition, ...rest } = JSON.parse(keptText()) as { edition: { number: number; date: string } }
    const { number, date } = edition
    const old = { ...rest, schema: 'art32.watch/1', edition: { number, date, lines: [] } }
    writeFileSync(join(state, readdirSync(state)[0] ?? ''), JSON.stringify(old))
    const { exit, say } = await look()
    expect([exit, say]).toEqual([0, expect.stringContaining('the lines are compared from now on')])
    expect(keptText()).toContain('art32.watch/2')
  })

  it('tells an edition of another shape, and keeps what it had', async () => {
    await look()
    const before = keptText()
    publish({ next: (edition) => edited(edition, 's4', { systems: 7 as unknown as string[] }) })
    expect(await look()).toMatchObject({ exit: 1, state: 'alert', kinds: ['does-not-hold'] })
    expect(keptText()).toBe(before)
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

  it('keeps what it had whole when it is killed while it keeps it', { timeout: 60_000 }, async () => {
    await look()
    const program = fileURLToPath(new URL('main.ts', import.meta.url))
    for (const [round, pause] of [0, 15, 40, 80].entries()) {
      publish({ after: 2 + round })
      const child = spawn(process.execPath, [program, 'watch', url, '--state', state], { stdio: 'ignore' })
      const answered = new Promise<void>((resolve) => (onAnswer = resolve))
      await Promise.race([answered, once(child, 'exit')])
      await sleep(pause)
      const gone = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGKILL')
      await gone
      const files = readdirSync(state).filter((name) => name.endsWith('.json'))
      expect(files).toHaveLength(1)
      expect(JSON.parse(readFileSync(join(state, files[0] ?? ''), 'utf8'))).toMatchObject({ schema: 'art32.watch/2' })
    }
    expect(await look()).toMatchObject({ exit: 0, state: 'in-order' })
    publish({ after: 0 })
    expect(await look()).toMatchObject({ exit: 1, kinds: ['truncated'] })
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
  const before = editionWith({})
  const less = (change: Partial<Line>) => weakened(before, editionWith(change)).map(({ kind }) => kind)

  it.each<readonly [string, Partial<Line>, readonly string[]]>([
    ['nothing', {}, []],
    ['a better proof', { assurance: 'attested' }, []],
    ['a worse proof', { assurance: 'failing' }, ['lowered']],
    ['other words for the same', { text: 'Guests are accompanied.' }, []],
    ['a word that takes a part back', { text: 'Visitors are accompanied where possible.' }, ['weakened']],
    ['the customer as guarantor', { guarantor: 'customer' }, ['weakened']],
    ['a narrower scope', { systems: ['one'] }, ['weakened']],
    ['a negation', { text: 'Visitors are not accompanied.' }, ['changed']],
  ])('says of %s', (_what, change, kinds) => {
    expect(less(change)).toEqual(kinds)
  })

  it('says of a line that is gone that it may only be hidden, and what the publisher gave as reason', () => {
    const { sections, ...rest } = before
    const gone = {
      ...rest,
      withheld: { customers: 1, auditors: 0 },
      sections: sections.map((section) => ({ ...section, blocks: section.blocks.slice(0, 1) })),
    }
    expect(weakened(before, gone)).toMatchObject([
      { kind: 'removed', line: 's4', say: expect.stringContaining('1 lines more than before are not shown') },
    ])
    const decided = {
      ...gone,
      changes: {
        since: 1,
        date: gone.date,
        counts: { same: 1, reworded: 0, translated: 0, changed: 0, added: 0, removed: 1 },
        decisions: [
          {
            before: 'Visitors are accompanied.',
            after: '',
            differences: [],
            reason: 'The building has no visitors any more.',
            by: 'owner',
            at: gone.date,
            leaf: 1,
            visibility: 'public' as const,
          },
        ],
        levels: [],
      },
    }
    expect(weakened(before, decided)[0]?.say).toContain('reason given: "The building has no visitors any more."')
  })
})

/** The edition of the sample with one of its lines changed. */
function edited(edition: EditionDocument, id: string, change: Partial<Line>): EditionDocument {
  return {
    ...edition,
    sections: edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'line' && block.id === id ? { ...block, ...change } : block,
      ),
    })),
  }
}

function editionWith(change: Partial<Line>): EditionDocument {
  let made: EditionDocument | undefined
  sampleBundle({ edit: (edition) => (made = edited(edition, 's4', change)) })
  if (!made) throw new Error('no edition')
  return made
}
