import type { Detector } from '../detect/detector.ts'
import { arrayFormat } from '../format/array.ts'
import type { Fields, Format } from '../format/fields.ts'
import { makeFields } from '../format/fields-make.ts'
import { ndjsonFormat } from '../format/json.ts'
import type { Changes } from '../format/rows.ts'
import { nameWithin, plannedWithin } from '../format/within.ts'
import type { Pseudonyms } from '../operation/operation.ts'
import type { Plan } from '../plan/plan.ts'
import type { TextEngine } from '../text/engine.ts'
import { makeSpans } from '../text/spans.ts'
import { actionOf, type Action, type Means, type Pseudonymiser } from './action.ts'
import { type Arena, copyBytes, makeArena, room } from './arena.ts'
import { type ColumnCount, type Counts, noColumnCount, noCounts } from './count.ts'
import { detectorsFor } from './detection.ts'
import { addLink, clearLinks, links, linking } from './link.ts'
import type { Spread } from '../report/spread.ts'
import { Watch } from '../report/watch.ts'
import { makeReplacer, type Replacer } from './replace.ts'
import { makeVerifier, type Role, roleOf, type Verifier } from './verify.ts'

/** Nothing that is found without the help of a name is shorter: a mail address a@b.co. */
const SHORTEST = 6
const SENTENCE = 12

/** A column, ready: what is done, whether it links, what is counted. */
interface Column {
  readonly action: Action
  /** Index of its type in the text engine's list; -1 where it does not link. */
  readonly link: number
  readonly count: ColumnCount
  /** Of a pseudonym: the batch of its key, which columns may share. */
  readonly batch: Batch | undefined
  readonly spread: Spread | undefined
  /** The most characters of a new value. */
  readonly most: number
  /** Of a document or an array in each value: what works on it. */
  readonly within: Within | undefined
}

interface Within {
  readonly format: Format
  readonly transformer: Transformer
  readonly fields: Fields
  readonly out: Arena
}

/** What values within values share with those around them. */
interface Around {
  readonly name: string
  readonly counts: Counts
  readonly watch: Watch
}

/** Values under one key that wait to be computed together: whose they are, by their place. */
interface Batch {
  readonly pseudonyms: Pseudonyms
  readonly fields: Int32Array
  readonly columns: Column[]
}

/**
 * Turns blocks into blocks. One per worker; it keeps buffers and is not to be entered twice.
 *
 * A field is a number here, its new value a range in `values`: nothing is made per cell.
 */
export class Transformer {
  /** What happened since it was made. */
  readonly counts: Counts
  /** What is left to be guessed in what was written. */
  readonly watch: Watch

  readonly #around: Around | undefined
  readonly #format: Format
  /** Whether the output is likely to be opened in a spreadsheet. */
  readonly #isSheet: boolean
  readonly #plan: Plan
  readonly #means: Means
  readonly #engine: TextEngine
  readonly #replace: Replacer
  readonly #columns: Column[] = []
  /** By index of the column, as `#columns`. */
  readonly #roles: Role[] = []
  readonly #detectors: readonly Detector[]
  #verifier: Verifier | undefined
  readonly #batches: Batch[] = []
  readonly #links = links()
  readonly #spans = makeSpans()
  /** The new values of a block, and where each field's is; start -1: it stays. */
  readonly #values: Arena = makeArena()
  #newStart = new Int32Array(0)
  #newEnd = new Int32Array(0)
  /** Fields of this record that are texts; they wait until all of it is known. */
  readonly #texts: number[] = []
  readonly #decoded: Arena = makeArena()
  readonly #canonical: Arena = makeArena()
  /** The value in hand, decoded. */
  #bytes: Uint8Array = new Uint8Array(0)
  #from = 0
  #to = 0

  constructor(format: Format, plan: Plan, means: Means, engine: TextEngine, around?: Around) {
    this.#around = around
    // Without a prototype, as `noCounts` makes them: `__proto__` is a column like any other.
    const none = noCounts()
    this.counts = around === undefined ? none : { ...none, columns: around.counts.columns }
    this.#format = format
    this.#plan = plan
    this.#isSheet = plan.format.kind === 'csv'
    this.#means = means
    this.#engine = engine
    this.#detectors = detectorsFor(plan)
    this.#replace = makeReplacer(plan, engine, means)
    this.watch = new Watch(around === undefined ? plan : { ...plan, quasiIdentifiers: [], sensitive: [] })
  }

  /**
   * Transforms what the format read into `fields` of a block of `length` bytes, and appends the new block to `out`. Everything
   * outside of changed values is copied byte by byte.
   */
  transform(fields: Fields, length: number, out: Arena): void {
    this.#change(fields)
    const before = out.length
    this.#assemble(fields, length, out)
    this.#counted(fields, length, out.length - before)
  }

  /** The same for a file of rows: what takes the place of each value, until the next call. */
  change(fields: Fields, length: number): Changes {
    this.#change(fields)
    this.#counted(fields, length, length)
    return { start: this.#newStart, end: this.#newEnd, bytes: this.#values.bytes }
  }

  #counted(fields: Fields, bytesIn: number, bytesOut: number): void {
    this.counts.records += fields.records
    this.counts.bytesIn += bytesIn
    this.counts.bytesOut += bytesOut
  }

  #change(fields: Fields): void {
    if (this.#newStart.length < fields.count) {
      this.#newStart = new Int32Array(fields.start.length)
      this.#newEnd = new Int32Array(fields.start.length)
    }
    this.#newStart.fill(-1, 0, fields.count)
    this.#values.length = 0
    let first = 0
    for (let record = 0; record < fields.records; record += 1) {
      const end = fields.recordEnd[record] ?? 0
      this.#record(fields, first, end)
      first = end
    }
    for (const batch of this.#batches) this.#runBatch(batch)
    if (!this.watch.isIdle) this.#watchRecords(fields)
    if (this.watch.verification.begin()) {
      this.#verifier ??= makeVerifier(this.#format, this.#detectors, this.#plan, this.#roles, this.watch.verification)
      this.#verifier.block(fields, { start: this.#newStart, end: this.#newEnd, bytes: this.#values.bytes })
    }
  }

  #watchRecords(fields: Fields): void {
    const values = { start: this.#newStart, end: this.#newEnd, bytes: this.#values.bytes }
    let first = 0
    for (let record = 0; record < fields.records; record += 1) {
      const end = fields.recordEnd[record] ?? 0
      this.watch.record(fields, first, end, values)
      first = end
    }
  }

  #record(fields: Fields, first: number, end: number): void {
    for (let field = first; field < end; field += 1) {
      const index = fields.column[field] ?? 0
      const column = this.#columns[index] ?? this.#prepare(index)
      column.count.values += 1
      if (fields.end[field] === fields.start[field]) column.count.empty += 1
      else this.#act(fields, field, column, first, end)
    }
    if (this.#texts.length > 0) this.#redact(fields, first, end)
  }

  #prepare(index: number): Column {
    const own = this.#format.columns[index] ?? '#unnamed'
    const name = this.#around === undefined ? own : nameWithin(this.#around.name, own)
    const action = actionOf(name, this.#format.columns, this.#plan, this.#means, own)
    const planned = Object.hasOwn(this.#plan.columns, name) ? this.#plan.columns[name] : undefined
    const type = planned?.type ?? ''
    const watch = this.#around?.watch ?? this.watch
    this.watch.know(index, name)
    const column: Column = {
      action,
      link: this.#engine.types.indexOf(linking.get(type) ?? ''),
      count: (this.counts.columns[name] ??= noColumnCount()),
      batch: action.kind === 'pseudonym' ? this.#batchOf(action.by.batch) : undefined,
      spread: action.kind === 'pseudonym' ? watch.spreadOf(name) : undefined,
      most: planned?.most ?? Infinity,
      within: action.kind === 'within' ? this.#within(name, action.format) : undefined,
    }
    this.#columns[index] = column
    this.#roles[index] = roleOf(name, action, this.#plan)
    return column
  }

  #within(name: string, kind: 'json' | 'array'): Within {
    const format = kind === 'json' ? ndjsonFormat(plannedWithin(name, Object.keys(this.#plan.columns))) : arrayFormat()
    const around = { name, counts: this.counts, watch: this.#around?.watch ?? this.watch }
    const transformer = new Transformer(format, this.#plan, this.#means.apart(), this.#engine, around)
    return { format, transformer, fields: makeFields(64), out: makeArena(1024) }
  }

  /** A value that has values of its own. */
  #descend(fields: Fields, field: number, column: Column): void {
    const { within } = column
    if (within === undefined) return
    this.#take(fields, field)
    const bytes = this.#bytes.subarray(this.#from, this.#to)
    within.format.read(bytes, bytes.length, null, within.fields)
    within.out.length = 0
    within.transformer.transform(within.fields, bytes.length, within.out)
    const { bytes: made, length } = within.out
    if (length === bytes.length && Buffer.compare(bytes, made.subarray(0, length)) === 0) return
    copyBytes(made, 0, length, room(this.#values, length), this.#values.length)
    this.#replaced(field, length, column)
  }

  #act(fields: Fields, field: number, column: Column, first: number, end: number): void {
    const { action, count } = column
    switch (action.kind) {
      case 'keep':
        return
      case 'guard':
        if ((fields.end[field] ?? 0) - (fields.start[field] ?? 0) >= SHORTEST) this.#guard(fields, field, column)
        return
      case 'text':
        this.#texts.push(field)
        return
      case 'delete':
        this.#replaced(field, 0, column)
        return
      case 'quarantine':
        count.quarantined += 1
        this.#replaced(field, 0, column)
        return
      case 'within':
        this.#descend(fields, field, column)
        return
      case 'pseudonym':
        this.#wait(fields, field, column, action.by)
        return
      case 'apply': {
        this.#take(fields, field)
        const out = room(this.#values, 4 * (this.#to - this.#from) + 64)
        const length = action.operation.apply(this.#bytes, this.#from, this.#to, out, this.#values.length)
        if (length === 0) count.unreadable += 1
        this.#replaced(field, length, column)
        return
      }
      case 'shift': {
        const subject = subjectIn(fields, first, end, action.subject)
        this.#take(fields, field)
        const out = room(this.#values, 4 * (this.#to - this.#from) + 64)
        const at = this.#values.length
        const length =
          subject === undefined ? 0 : action.operation.apply(this.#bytes, this.#from, this.#to, subject, out, at)
        if (length === 0) count.unreadable += 1
        this.#replaced(field, length, column)
      }
    }
  }

  /** A value that should be nobody's: sentences are looked at as text, all else for what can be told by its form. */
  #guard(fields: Fields, field: number, column: Column): void {
    this.#take(fields, field)
    const suspicious = this.#engine.suspicious(this.#bytes, this.#from, this.#to)
    // What begins with a digit and is not suspicious is an amount or a moment.
    if (!suspicious && isDigit(this.#bytes[this.#from] ?? 0)) return
    if (hasSentence(this.#bytes, this.#from, this.#to)) {
      this.#texts.push(field)
      return
    }
    if (!suspicious) return
    this.#engine.guard(this.#bytes, this.#from, this.#to, this.#spans)
    if (this.#spans.count > 0) this.#replaceFound(field, column)
  }

  #replaceFound(field: number, column: Column): void {
    const length = this.#replace(this.#bytes, this.#from, this.#to, this.#spans, this.#values, column.count)
    if (length >= 0) this.#replaced(field, length, column)
  }

  /** The decoded value of a field: in the block, or in a buffer that the next one overwrites. */
  #take(fields: Fields, field: number): void {
    const start = fields.start[field] ?? 0
    const end = fields.end[field] ?? 0
    const form = fields.form[field] ?? 0
    if (form === 0) {
      this.#bytes = fields.bytes
      this.#from = start
      this.#to = end
      return
    }
    this.#bytes = room(this.#decoded, end - start)
    this.#from = 0
    this.#to = this.#format.decode(form, fields.bytes, start, end, this.#bytes, 0)
  }

  /** The new value of the field was written behind the others. */
  #replaced(field: number, length: number, { count, most }: Column): void {
    count.changed += 1
    const at = this.#values.length
    this.#newStart[field] = at
    this.#values.length += length <= most ? length : cutTo(this.#values.bytes, at, length, most)
    this.#newEnd[field] = this.#values.length
  }

  #batchOf(pseudonyms: Pseudonyms): Batch {
    const known = this.#batches.find((batch) => batch.pseudonyms === pseudonyms)
    if (known !== undefined) return known
    const batch: Batch = { pseudonyms, fields: new Int32Array(pseudonyms.capacity), columns: [] }
    this.#batches.push(batch)
    return batch
  }

  #wait(fields: Fields, field: number, column: Column, { canonical }: Pseudonymiser): void {
    const { batch } = column
    if (batch === undefined) return
    const { pseudonyms } = batch
    if (pseudonyms.count === pseudonyms.capacity) this.#runBatch(batch)
    this.#take(fields, field)
    const into = room(this.#canonical, 4 * (this.#to - this.#from) + 64)
    const length = canonical(this.#bytes, this.#from, this.#to, into, 0)
    const place = pseudonyms.add(into, 0, length)
    if (place < 0) {
      column.count.unreadable += 1
      this.#replaced(field, 0, column)
      return
    }
    batch.fields[place] = field
    batch.columns[place] = column
  }

  #runBatch({ pseudonyms, fields, columns }: Batch): void {
    if (pseudonyms.count === 0) return
    pseudonyms.run()
    for (let place = 0; place < pseudonyms.count; place += 1) {
      const column = columns[place]
      if (column?.action.kind !== 'pseudonym') continue
      const out = room(this.#values, 40)
      const at = this.#values.length
      const length = pseudonyms.write(place, column.action.by.form, out, at)
      this.#replaced(fields[place] ?? 0, length, column)
      // A pseudonym is its own hash.
      column.spread?.add(word(out, at), word(out, at + 6))
    }
    pseudonyms.clear()
  }

  /** Texts come last in a record: what its other values say about a person is looked for in them. */
  #redact(fields: Fields, first: number, end: number): void {
    clearLinks(this.#links)
    for (let field = first; field < end; field += 1) {
      const link = this.#columns[fields.column[field] ?? 0]?.link ?? -1
      if (link < 0) continue
      this.#take(fields, field)
      addLink(this.#links, this.#bytes, this.#from, this.#to, link)
    }
    for (const field of this.#texts) {
      this.#take(fields, field)
      this.#engine.find(this.#bytes, this.#from, this.#to, this.#links, this.#spans)
      const column = this.#columns[fields.column[field] ?? 0]
      if (this.#spans.count === 0 || column === undefined) continue
      this.#replaceFound(field, column)
    }
    this.#texts.length = 0
  }

  /** With an apostrophe before it, which spreadsheets take as: this is text. */
  #encodeAsText(form: number, start: number, end: number, out: Arena): number {
    const value = new Uint8Array(end - start + 1)
    value[0] = APOSTROPHE
    value.set(this.#values.bytes.subarray(start, end), 1)
    return this.#format.encode(form, value, 0, value.length, room(out, 6 * value.length + 16), out.length)
  }

  /** The new block: the old one, with what was changed in its place. */
  #assemble(fields: Fields, length: number, out: Arena): void {
    const { bytes } = fields
    let copied = 0
    for (let field = 0; field < fields.count; field += 1) {
      const start = this.#newStart[field] ?? -1
      if (start < 0) continue
      const end = this.#newEnd[field] ?? 0
      const from = fields.start[field] ?? 0
      const into = room(out, from - copied + 6 * (end - start) + 16)
      copyBytes(bytes, copied, from, into, out.length)
      out.length += from - copied
      const form = fields.form[field] ?? 0
      out.length +=
        this.#isSheet && becomesFormula(this.#values.bytes, start, end, bytes[from] ?? 0)
          ? this.#encodeAsText(form, start, end, out)
          : this.#format.encode(form, this.#values.bytes, start, end, into, out.length)
      copied = fields.end[field] ?? 0
    }
    const into = room(out, length - copied)
    copyBytes(bytes, copied, length, into, out.length)
    out.length += length - copied
  }
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57

const APOSTROPHE = 0x27

/** Whether a spreadsheet would compute the new value (CWE-1236) though not the old one, of which this is the first byte. */
function becomesFormula(bytes: Uint8Array, start: number, end: number, before: number): boolean {
  return end > start && isFormulaStart(bytes[start] ?? 0) && !isFormulaStart(before)
}

/** = + - @, tab and carriage return. */
const isFormulaStart = (byte: number): boolean =>
  byte === 61 || byte === 43 || byte === 45 || byte === 64 || byte === 9 || byte === 13

/** Three spaces: a name, an address or a code has fewer. */
function hasSentence(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < SENTENCE) return false
  let spaces = 0
  for (let at = from; at < to; at += 1) {
    if (bytes[at] !== 32) continue
    spaces += 1
    if (spaces === 3) return true
  }
  return false
}

/** How many of the bytes are the first `most` characters of the UTF-8 text there. */
function cutTo(bytes: Uint8Array, at: number, length: number, most: number): number {
  let characters = 0
  for (let place = 0; place < length; place += 1) {
    if (((bytes[at + place] ?? 0) & 0xc0) !== 0x80) characters += 1
    if (characters > most) return place
  }
  return length
}

/** Thirty bits and more of what is written in letters and digits of which each says five, or four. */
function word(bytes: Uint8Array, at: number): number {
  let bits = 0
  for (let index = at; index < at + 6; index += 1) bits = Math.imul(bits, 33) + (bytes[index] ?? 0)
  return Math.imul(bits, 0x9e3779b1) ^ (bits >>> 15)
}

function subjectIn(fields: Fields, first: number, end: number, subject: number): Uint8Array | undefined {
  for (let field = first; field < end; field += 1) {
    if (fields.column[field] !== subject) continue
    const start = fields.start[field] ?? 0
    const stop = fields.end[field] ?? 0
    return start === stop ? undefined : fields.bytes.subarray(start, stop)
  }
  return undefined
}
