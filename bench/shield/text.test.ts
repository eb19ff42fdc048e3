import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeFinder } from '../../packages/shield/src/detect/find.ts'
import { makeDetectors, textDetectors } from '../../packages/shield/src/detect/registry.ts'
import { makeTextEngine } from '../../packages/shield/src/text/makeTextEngine.ts'
import { makeSamples } from './corpus.ts'
import { customers, dump, events, logLines } from './corpus-tables.ts'
import { score } from './score.ts'
import type { Share } from './score.ts'
import { findWith } from './text.ts'

const engine = makeTextEngine(makeFinder(textDetectors(makeDetectors())))
const find = findWith(engine)

function percent(share: Share | undefined): number {
  return share === undefined || share.all === 0 ? Number.NaN : (100 * share.found) / share.all
}

describe.each(['development', 'heldOut'] as const)('texts for %s', (half) => {
  const result = score(makeSamples(800, half, 11), find)

  it('loses hardly a name of the record', () => expect(percent(result.recall.get('name linked'))).toBeGreaterThan(99))
  it('finds most names of others', () => expect(percent(result.recall.get('name unlinked'))).toBeGreaterThan(85))
  it.each(['mail', 'phone', 'iban', 'card', 'ip', 'postcode'])('finds every %s', (type) =>
    expect(percent(result.recall.get(type))).toBeGreaterThan(99),
  )
  it('leaves nearly every harmless word', () => expect(percent(result.destroyed)).toBeLessThan(2))
})

it('leaves the project’s own documentation, which holds hardly a name', () => {
  let words = 0
  let destroyed = 0
  for (const file of globSync('docs/**/*.md').slice(0, 300)) {
    const text = readFileSync(file, 'utf8')
    const marks = find({ text, language: 'en', gold: [], links: [] }, false)
    for (const word of text.matchAll(/[\p{L}\p{N}]+/gv)) {
      words += 1
      if (marks.subarray(word.index, word.index + word[0].length).includes(1)) destroyed += 1
    }
  }
  expect(words).toBeGreaterThan(10_000)
  expect(destroyed / words).toBeLessThan(0.01)
})

it('scores zero for a finder that finds nothing', () => {
  const result = score(makeSamples(50, 'development', 3), ({ text }) => new Uint8Array(text.length))
  expect(percent(result.recall.get('name linked'))).toBe(0)
  expect(percent(result.decoysKept)).toBe(100)
})

it('scores everything destroyed for one that takes all', () => {
  const result = score(makeSamples(50, 'development', 3), ({ text }) => new Uint8Array(text.length).fill(1))
  expect(percent(result.destroyed)).toBe(100)
  expect(percent(result.decoysKept)).toBe(0)
})

it.each([customers, events, logLines, dump])('makes the same file from the same seed', (make) => {
  const text = (seed: number): string => [...make(40, 'heldOut', seed)].map((piece) => piece.text).join('')
  expect(text(5)).toBe(text(5))
  expect(text(5)).not.toBe(text(6))
})

it('writes 23 columns and every gold value', () => {
  const pieces = [...customers(30, 'development', 9)]
  expect(pieces[0]?.text.split(',')).toHaveLength(23)
  for (const { text, gold } of pieces) {
    for (const line of gold) expect(text.replaceAll('""', '"')).toContain(line.slice(line.indexOf('\t') + 1))
  }
})
