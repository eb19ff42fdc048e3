import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { Unreadable } from '../engine/reading.ts'
import { zipOf } from './zip-of.ts'
import { readZip } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { signal } = new AbortController()
async function entries(bytes: Buffer, isWanted = (_name: string) => true) {
  const path = join(folder, 'archive.zip')
  writeFileSync(path, bytes)
  const all: { name: string; text: string }[] = []
  for await (const entry of readZip(path, signal, isWanted)) all.push(entry)
  return all
}
const files = [
  { name: 'a.json', text: '{"a":1}' },
  { name: 'ü.json', text: 'x'.repeat(3_000_000) },
  { name: 'b.txt', text: '' },
]

describe('an archive', () => {
  it.each([{}, { large: true }, { method: 0 }] as const)('is read file by file (%j)', async (how) => {
    expect(await entries(zipOf(files, how))).toEqual(files)
  })

  it('gives only the files that are wanted', async () => {
    expect((await entries(zipOf(files), (name) => name.endsWith('.txt'))).map(({ name }) => name)).toEqual(['b.txt'])
  })

  it('that unpacks into far more than it holds is refused', async () => {
    const bomb = zipOf([{ name: 'a', text: Buffer.alloc(200_000_000) }])
    expect(bomb.length).toBeLessThan(300_000)
    await expect(entries(bomb)).rejects.toThrow('too large')
  })

  it('that is damaged anywhere is read or refused, in bounded time', async () => {
    const good = zipOf([files[0] ?? { name: '', text: '' }], { large: true })
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), async (at, byte, length) => {
        const bad = Buffer.from(good.subarray(0, length))
        if (at < bad.length) bad[at] = byte
        await entries(bad).catch((error: unknown) => expect(error).toBeInstanceOf(Unreadable))
      }),
      { numRuns: 300 },
    )
  })
})
