/** How much was found, how much harmless text was destroyed. Strict: of a value not one letter or digit may be left. */
import type { Sample } from './corpus.ts'

/** Marks characters that are replaced, in characters of the text. */
export type Finder = (sample: Sample, useLinks: boolean) => Uint8Array

export interface Share {
  found: number
  all: number
}

export interface Score {
  /** Per type of gold; names twice: `name linked` and `name unlinked`. */
  readonly recall: Map<string, Share>
  /** Words in which anything was replaced though nothing of them is personal. */
  readonly destroyed: Share
  readonly decoysKept: Share
  /** Misses and destroyed words with a little of what stands around them, for looking at. */
  readonly examples: string[]
}

const WRITTEN = /[\p{L}\p{N}]/v

function isCovered(text: string, marks: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (marks[at] === 0 && WRITTEN.test(text.charAt(at))) return false
  return true
}

function isTouched(marks: Uint8Array, start: number, end: number): boolean {
  return marks.subarray(start, end).includes(1)
}

function count(share: Map<string, Share>, key: string, found: boolean): void {
  const entry = share.get(key) ?? { found: 0, all: 0 }
  entry.all += 1
  if (found) entry.found += 1
  share.set(key, entry)
}

function near(text: string, start: number, end: number): string {
  return `${text.slice(Math.max(0, start - 25), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 20)}`.replaceAll(
    '\n',
    '⏎',
  )
}

/**
 * Runs the finder twice over each sample: with the record's values, for linked names, and without, where everything is unlinked.
 */
export function score(samples: readonly Sample[], find: Finder): Score {
  const result: Score = {
    recall: new Map(),
    destroyed: { found: 0, all: 0 },
    decoysKept: { found: 0, all: 0 },
    examples: [],
  }
  for (const sample of samples) {
    const linked = find(sample, true)
    const unlinked = find(sample, false)
    for (const gold of sample.gold) scoreGold(result, sample, gold, linked, unlinked)
    scoreHarmless(result, sample, linked)
  }
  return result
}

function scoreGold(
  result: Score,
  sample: Sample,
  gold: Sample['gold'][number],
  linked: Uint8Array,
  unlinked: Uint8Array,
): void {
  const { text } = sample
  if (gold.type === 'decoy') {
    const kept = !isTouched(linked, gold.start, gold.end)
    result.decoysKept.all += 1
    if (kept) result.decoysKept.found += 1
    else result.examples.push(`decoy lost: ${near(text, gold.start, gold.end)}`)
    return
  }
  if (gold.type !== 'name') {
    const found = isCovered(text, linked, gold.start, gold.end)
    count(result.recall, gold.type, found)
    if (!found) result.examples.push(`${gold.type} missed: ${near(text, gold.start, gold.end)}`)
    return
  }
  if (gold.linked) {
    const found = isCovered(text, linked, gold.start, gold.end)
    count(result.recall, 'name linked', found)
    if (!found) result.examples.push(`name linked missed: ${near(text, gold.start, gold.end)}`)
  }
  const found = isCovered(text, unlinked, gold.start, gold.end)
  count(result.recall, 'name unlinked', found)
  if (!found) result.examples.push(`name unlinked missed: ${near(text, gold.start, gold.end)}`)
}

function scoreHarmless(result: Score, sample: Sample, marks: Uint8Array): void {
  const owned = new Uint8Array(sample.text.length)
  for (const gold of sample.gold) owned.fill(1, gold.start, gold.end)
  for (const word of sample.text.matchAll(/[\p{L}\p{N}]+/gv)) {
    const end = word.index + word[0].length
    if (isTouched(owned, word.index, end)) continue
    result.destroyed.all += 1
    if (!isTouched(marks, word.index, end)) continue
    result.destroyed.found += 1
    result.examples.push(`destroyed: ${near(sample.text, word.index, end)}`)
  }
}
