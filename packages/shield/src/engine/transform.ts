import type { Detector } from '../detect/detector.ts'
import { arrayFormat } from '../format/array.ts'
import type { Fields, Format } from '../format/fields.ts'
import { makeFields } from '../format/fields-make.ts'
import { ndjsonFormat } from '../format/json.ts'
import type { Changes } from '../format/rows.ts'
import { nameWithin, plannedWithin } from '../format/within.ts'
import type { Canonical } from '../operation/canonical.ts'
import type { Plan } from '../plan/plan.ts'
import type { TextEngine } from '../text/engine.ts'
import { makeSpans } from '../text/spans.ts'
import { actionOf, type Action, type Means, type Pseudonymiser } from './action.ts'
import { type Arena, copyBytes, makeArena, room } from './arena.ts'
import { assemble } from './assemble.ts'
import { Batch, type Waiting } from './batch.ts'
import { type Counts, noColumnCount, noCounts } from './count.ts'
import { detectorsFor } from './detection.ts'
import { addLink, clearLinks, links, linking } from './link.ts'
import { NewValues } from './new-values.ts'
import { Watch } from '../report/watch.ts'
import { makeReplacer, type Replacer } from './replace.ts'
import { makeVerifier, type Role, roleOf, type Verifier } from './verify.ts'

/** Nothing that is found without the help of a name is shorter: a mail address a@b.co. */
const SHORTEST = 6
const SENTENCE = 12

/** A column, ready: what is done, whether it links, what is counted. */
interface Column extends Waiting {
  readonly action: Action
  /** Index of its type in the text engine's list; -1 where it does not link. */
  readonly link: number
  /** Of a pseudonym: the batch of its key, which columns may share. */
  readonly batch: Batch | undefined
  readonly canonical: Canonical | undefined
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

/** What is done with a value that is not empty, by column: not known yet, nothing, a pseudonym, what its action says. */
const UNKNOWN = 0
const STAYS = 1
const WAITS = 2
const ACTS = 3

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
  readonly #values = new NewValues()
  /** By index of the column, as `#columns`; numbers apart from objects, since every cell asks. */
  #ways = new Uint8Array(64)
  #words = new Uint8Array(64)
  /** Values of the block in hand, and those that are empty. */
  #seen = new Int32Array(64)
  #empty = new Int32Array(64)
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
    const assembly = { format: this.#format, isSheet: this.#isSheet, words: this.#words }
    assemble(assembly, fields, length, this.#values, out)
    this.#counted(fields, length, out.length - before)
  }

  /** The same for a file of rows: what takes the place of each value, until the next call. */
  change(fields: Fields, length: number): Changes {
    this.#change(fields)
    this.#counted(fields, length, length)
    return this.#values
  }

  #counted(fields: Fields, bytesIn: number, bytesOut: number): void {
    this.counts.records += fields.records
    this.counts.bytesIn += bytesIn
    this.counts.bytesOut += bytesOut
  }

  #change(fields: Fields): void {
    this.#values.begin(fields.count, fields.start.length)
    let first = 0
    for (let record = 0; record < fields.records; record += 1) {
      const end = fields.recordEnd[record] ?? 0
      this.#record(fields, first, end)
      first = end
    }
    for (const batch of this.#batches) batch.run(this.#values)
    this.#addUp()
    if (!this.watch.isIdle) this.#watchRecords(fields)
    if (this.watch.verification.begin()) {
      this.#verifier ??= makeVerifier(this.#format, this.#detectors, this.#plan, this.#roles, this.watch.verification)
      this.#verifier.block(fields, this.#values)
    }
  }

  #watchRecords(fields: Fields): void {
    let first = 0
    for (let record = 0; record < fields.records; record += 1) {
      const end = fields.recordEnd[record] ?? 0
      this.watch.record(fields, first, end, this.#values)
      first = end
    }
  }

  #record(fields: Fields, first: number, end: number): void {
    const { column: indices, start: starts, end: ends } = fields
    for (let field = first; field < end; field += 1) {
      const index = indices[field] ?? 0
      if ((this.#ways[index] ?? UNKNOWN) === UNKNOWN) this.#prepare(index)
      const way = this.#ways[index]
      this.#seen[index] = (this.#seen[index] ?? 0) + 1
      if (ends[field] === starts[field]) this.#empty[index] = (this.#empty[index] ?? 0) + 1
      else if (way === WAITS) this.#wait(fields, field, this.#columns[index])
      else if (way === ACTS) this.#act(fields, field, this.#columns[index], first, end)
    }
    if (this.#texts.length > 0) this.#redact(fields, first, end)
  }

  /** What was seen in this block is counted by column. */
  #addUp(): void {
    for (let index = 0; index < this.#columns.length; index += 1) {
      const count = this.#columns[index]?.count
      if (count === undefined) continue
      count.values += this.#seen[index] ?? 0
      count.empty += this.#empty[index] ?? 0
    }
    this.#seen.fill(0)
    this.#empty.fill(0)
  }

  #widen(index: number): void {
    const length = Math.max(index + 1, this.#ways.length * 2)
    const wide = <T extends Uint8Array | Int32Array>(old: T, room: T): T => {
      room.set(old)
      return room
    }
    this.#ways = wide(this.#ways, new Uint8Array(length))
    this.#words = wide(this.#words, new Uint8Array(length))
    this.#seen = wide(this.#seen, new Int32Array(length))
    this.#empty = wide(this.#empty, new Int32Array(length))
  }

  #prepare(index: number): void {
    if (index >= this.#ways.length) this.#widen(index)
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
      batch: action.kind === 'pseudonym' ? this.#batchOf(action.by) : undefined,
      canonical: action.kind === 'pseudonym' ? action.by.canonical : undefined,
      form: action.kind === 'pseudonym' ? action.by.form : 'text',
      spread: action.kind === 'pseudonym' ? watch.spreadOf(name) : undefined,
      most: planned?.most ?? Infinity,
      within: action.kind === 'within' ? this.#within(name, action.format) : undefined,
    }
    this.#columns[index] = column
    this.#roles[index] = roleOf(name, action, this.#plan)
    this.#ways[index] = action.kind === 'keep' ? STAYS : action.kind === 'pseudonym' ? WAITS : ACTS
    this.#words[index] = column.batch?.pseudonyms.writeTexts === undefined ? 0 : 1
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
    copyBytes(made, 0, length, this.#values.room(length), this.#values.length)
    this.#replaced(field, length, column)
  }

  #act(fields: Fields, field: number, column: Column | undefined, first: number, end: number): void {
    if (column === undefined) return
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
        this.#wait(fields, field, column)
        return
      case 'apply': {
        this.#take(fields, field)
        const out = this.#values.room(4 * (this.#to - this.#from) + 64)
        const length = action.operation.apply(this.#bytes, this.#from, this.#to, out, this.#values.length)
        if (length === 0) count.unreadable += 1
        this.#replaced(field, length, column)
        return
      }
      case 'shift': {
        const subject = subjectIn(fields, first, end, action.subject)
        this.#take(fields, field)
        const out = this.#values.room(4 * (this.#to - this.#from) + 64)
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
    const length = this.#replace(this.#bytes, this.#from, this.#to, this.#spans, this.#values.arena, column.count)
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
    this.#values.put(field, length, most)
  }

  #batchOf({ batch: pseudonyms, form }: Pseudonymiser): Batch {
    let batch = this.#batches.find((known) => known.pseudonyms === pseudonyms)
    if (batch === undefined) this.#batches.push((batch = new Batch(pseudonyms)))
    batch.join({ form })
    return batch
  }

  #wait(fields: Fields, field: number, column: Column | undefined): void {
    if (column?.batch === undefined || column.canonical === undefined) return
    const { batch, canonical } = column
    if (batch.isFull) batch.run(this.#values)
    this.#take(fields, field)
    const into = room(this.#canonical, 4 * (this.#to - this.#from) + 64)
    const length = canonical(this.#bytes, this.#from, this.#to, into, 0)
    if (batch.add(into, length, field, column)) return
    column.count.unreadable += 1
    this.#replaced(field, 0, column)
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
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57

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

function subjectIn(fields: Fields, first: number, end: number, subject: number): Uint8Array | undefined {
  for (let field = first; field < end; field += 1) {
    if (fields.column[field] !== subject) continue
    const start = fields.start[field] ?? 0
    const stop = fields.end[field] ?? 0
    return start === stop ? undefined : fields.bytes.subarray(start, stop)
  }
  return undefined
}
