/** Puts what is found by structure and what is found by words together: one pass over a text, spans without overlap. */
import type { Finder } from '../detect/find.ts'
import { markStreets, markTowns } from '../names/addresses.ts'
import { markBirths } from '../names/births.ts'
import { openGazetteer, readGazetteer } from '../names/gazetteer.ts'
import type { Gazetteer } from '../names/gazetteer.ts'
import { makeLinked } from '../names/linked.ts'
import { makePage, readPage, TAKEN } from '../names/page.ts'
import type { Page } from '../names/page.ts'
import { makeKnown, markPersons, remember } from '../names/persons.ts'
import type { Known } from '../names/persons.ts'
import type { TextEngine } from './engine.ts'
import { makeHarmless } from './harmless.ts'
import { addSpan, makeSpans } from './spans.ts'
import type { Spans } from './spans.ts'
import * as gap from './tokens.ts'

/** A longer text is looked at in windows of this many bytes, cut at a space. */
const WINDOW = 65_536

/** `gazetteer`: the table of words, which threads may share. */
export function makeTextEngine(finder: Finder, gazetteer: ArrayBufferLike = readGazetteer()): TextEngine {
  const names = openGazetteer(gazetteer)
  const ids = finder.detectors.map(({ id }) => id)
  const types = [...new Set([...ids, 'name', 'address', 'birth-date'])]
  const page = makePage(names)
  const found = makeSpans()
  /** Streets and postcodes: they are seen together with the words around them. */
  const streets = makeSpans()
  const isStreet = Uint8Array.from(ids, (id) => (id === 'street' || id === 'postcode' ? 1 : 0))
  const known = makeKnown()
  const name = types.indexOf('name') + 1
  const birth = types.indexOf('birth-date') + 1
  const address = types.indexOf('address') + 1
  const email = ids.indexOf('email')
  const linked = makeLinked(names, types, name)
  const harmless = makeHarmless()

  function window(bytes: Uint8Array, start: number, end: number, spans: Spans): void {
    found.count = 0
    finder.find(bytes, start, end, found)
    setApart(found, streets, isStreet)
    readPage(page, bytes, start, end, names)
    take(page, found, email, known, names)
    if (linked.any) linked.mark(page)
    markStreets(page, address)
    overlay(page, streets, address)
    markTowns(page, address)
    markPersons(page, name, known)
    markBirths(page, name, birth)
    merge(page, found, spans, name)
  }

  /** Whether any value of the record is in a text that has nothing else in it. */
  function holdsLinked(bytes: Uint8Array, start: number, end: number): boolean {
    if (!linked.any) return false
    readPage(page, bytes, start, end, names)
    linked.mark(page)
    for (let index = 0; index < page.tokens.count; index += 1) if (page.mark[index] !== 0) return true
    return false
  }

  return {
    types,
    find(bytes, start, end, links, spans) {
      spans.count = 0
      known.count = 0
      linked.read(links)
      if (harmless.has(bytes, start, end) && !holdsLinked(bytes, start, end)) return
      for (let at = start; at < end;) {
        const cut = end - at <= WINDOW ? end : lastSpace(bytes, at, at + WINDOW)
        window(bytes, at, cut, spans)
        at = cut
      }
      if (spans.count === 0) harmless.keep(bytes, start, end)
    },
    guard(bytes, start, end, spans) {
      spans.count = 0
      finder.find(bytes, start, end, spans)
    },
    suspicious: (bytes, start, end) => finder.suspicious(bytes, start, end),
  }
}

/** Behind the last line end or space of bytes [start, end); `end` when there is none in its second half. */
function lastSpace(bytes: Uint8Array, start: number, end: number): number {
  const half = start + ((end - start) >> 1)
  for (let at = end; at > half; at -= 1) if (bytes[at - 1] === 10) return at
  for (let at = end; at > half; at -= 1) if (bytes[at - 1] === 32) return at
  return end
}

/** Moves the spans of some types from `found` to `apart`. */
function setApart(found: Spans, apart: Spans, types: Uint8Array): void {
  apart.count = 0
  let kept = 0
  for (let span = 0; span < found.count; span += 1) {
    if (types[found.type[span] ?? 0] === 1) {
      copy(found, span, apart)
      continue
    }
    found.start[kept] = found.start[span] ?? 0
    found.end[kept] = found.end[span] ?? 0
    found.type[kept] = found.type[span] ?? 0
    kept += 1
  }
  found.count = kept
}

/** Marks the words within the spans that nothing else has marked. */
function overlay(page: Page, spans: Spans, type: number): void {
  const { tokens, mark } = page
  let index = 0
  for (let span = 0; span < spans.count; span += 1) {
    const start = spans.start[span] ?? 0
    const end = spans.end[span] ?? 0
    while (index < tokens.count && (tokens.end[index] ?? 0) <= start) index += 1
    for (; index < tokens.count && (tokens.start[index] ?? 0) < end; index += 1)
      if (mark[index] === 0) mark[index] = type
  }
}

/** Words within what was found by structure are taken; those of a mail address are names elsewhere in the text. */
function take(page: Page, found: Spans, email: number, known: Known, names: Gazetteer): void {
  const { tokens, mark } = page
  let index = 0
  for (let span = 0; span < found.count; span += 1) {
    const start = found.start[span] ?? 0
    const end = found.end[span] ?? 0
    while (index < tokens.count && (tokens.end[index] ?? 0) <= start) index += 1
    let local = found.type[span] === email
    for (; index < tokens.count && (tokens.start[index] ?? 0) < end; index += 1) {
      mark[index] = TAKEN
      if (((tokens.gap[index] ?? 0) & gap.AT) !== 0) local = false
      if (local && isName(page, index, names)) remember(known, tokens.hash[index] ?? 0)
    }
  }
}

function isName(page: Page, index: number, names: Gazetteer): boolean {
  if ((page.tokens.letters[index] ?? 0) < 3 || page.tokens.shape[index] === gap.NUMBER) return false
  return names.cue(page.tokens.hash[index] ?? 0) === 0 && !page.isCommon(index)
}

const BETWEEN = gap.SPACE | gap.HYPHEN | gap.APOSTROPHE | gap.UNDERSCORE

/**
 * Whether two words of the same type are one span: nothing but a space, a hyphen, an apostrophe between, or an initial's full
 * stop; in anything but a name up to three characters.
 */
function joins(page: Page, index: number, isName: boolean): boolean {
  const before = page.tokens.gap[index] ?? 0
  if (!isName)
    return (before & gap.LINE_END) === 0 && (page.tokens.start[index] ?? 0) - (page.tokens.end[index - 1] ?? 0) <= 3
  if ((before & ~BETWEEN) === 0) return true
  if ((before & ~(BETWEEN | gap.STOP)) !== 0) return false
  return page.tokens.shape[index - 1] === gap.INITIAL || before === gap.STOP
}

/** Writes both kinds of find to `spans` in the order of the text. */
function merge(page: Page, found: Spans, spans: Spans, name: number): void {
  const { tokens, mark } = page
  let span = 0
  for (let index = 0; index < tokens.count; index += 1) {
    const type = mark[index] ?? 0
    if (type === 0 || type === TAKEN) continue
    const start = tokens.start[index] ?? 0
    let last = index
    while (last + 1 < tokens.count && mark[last + 1] === type && joins(page, last + 1, type === name)) last += 1
    for (; span < found.count && (found.start[span] ?? 0) < start; span += 1) copy(found, span, spans)
    addSpan(spans, start, tokens.end[last] ?? 0, type - 1)
    index = last
  }
  for (; span < found.count; span += 1) copy(found, span, spans)
}

function copy(found: Spans, span: number, spans: Spans): void {
  addSpan(spans, found.start[span] ?? 0, found.end[span] ?? 0, found.type[span] ?? 0)
}
