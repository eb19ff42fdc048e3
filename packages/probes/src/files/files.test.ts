import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { filesAt, mostBytes, parseJson, readWhole } from './read.ts'
import { readRecords } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { signal } = new AbortController()
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const reason = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: { reason?: { why: string } }) => error.reason?.why,
  )
async function records(path: string): Promise<{ all: unknown[]; complete: boolean }> {
  const { next } = await readRecords(path, signal, mostBytes)
  const all: unknown[] = []
  for (;;) {
    const step = await next.next()
    if (step.done === true) return { all, complete: step.value.complete }
    all.push(step.value)
  }
}

describe('a file', () => {
  it('that is missing, a folder, a device or too large is not read', async () => {
    const large = write('large', '')
    truncateSync(large, mostBytes + 1)
    const reasons = await Promise.all(
      [join(folder, 'none'), folder, '/dev/zero', large].map((p) => reason(readWhole(p, signal))),
    )
    expect(reasons).toEqual(['not-configured', 'not-configured', 'not-configured', 'contract'])
  })

  it('of a folder is chosen by its ending, the newest first', async () => {
    const place = join(folder, 'some')
    mkdirSync(place)
    for (const name of ['a.json', 'b.txt']) writeFileSync(join(place, name), '{}')
    expect(await filesAt(place, ['.json'], 5)).toEqual([join(place, 'a.json')])
    expect(await reason(filesAt(place, ['.sarif'], 5))).toBe('not-configured')
  })

  it('with a million nested lists is read in bounded time', async () => {
    const path = write('deep', '['.repeat(1_000_000) + ']'.repeat(1_000_000))
    const began = performance.now()
    const { text } = await readWhole(path, signal)
    expect(() => parseJson(text, z.object({ a: z.string() }))).toThrow('the file has another form: file (invalid_type)')
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

describe('records', () => {
  it('are the same in an array, on lines and behind each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))), async (all) => {
        const expected = all.map((one) => JSON.parse(JSON.stringify(one)) as unknown)
        const texts = all.map((one) => JSON.stringify(one))
        for (const text of [JSON.stringify(all, null, 1), texts.join('\n'), texts.join('')])
          expect(await records(write('records', text))).toEqual({ all: expected, complete: true })
      }),
      { numRuns: 40 },
    )
  })

  it('of a file that stops in the middle are not all', async () => {
    expect(await records(write('cut', '[{"a":1},{"b":'))).toEqual({ all: [{ a: 1 }], complete: false })
    expect(await records(write('open', '[{"a":1}'))).toEqual({ all: [{ a: 1 }], complete: false })
  })

  it('that are too long or broken are left out, and it is said', async () => {
    const long = JSON.stringify({ a: 'x'.repeat(3_000_000) })
    expect(await records(write('long', `[${long},{"b":2},{"c":}]`))).toEqual({ all: [{ b: 2 }], complete: false })
  })

  it('are not found in any other text, and nothing hangs', async () => {
    expect(await reason(records(write('text', 'hello')))).toBe('contract')
    expect(await records(write('deep', `[${'['.repeat(1_000_000)}`))).toEqual({ all: [], complete: false })
  })
})
