import { addField, endRecord } from './fields-make.ts'
import type { Fields } from './fields.ts'
import { sqlForm } from './sql-value.ts'

/** What is open where a block begins. */
export interface SqlState {
  readonly mode: 'script' | 'copy' | 'values'
  readonly table: string
  /** Of those, what takes no NULL: COPY … WITH (FORCE_NOT_NULL (…)). */
  readonly filled?: readonly string[]
  /** Of the open COPY or INSERT; undefined where the statement names none and no CREATE TABLE did. */
  readonly columns: readonly string[] | undefined
  /** Columns of tables that were created, by table. */
  readonly tables: Readonly<Record<string, readonly string[]>>
  /** Whether backslashes escape in all strings, as MySQL has it. */
  readonly backslashes: boolean
}

export const startOfSql = (): SqlState => ({
  mode: 'script',
  table: '',
  columns: undefined,
  tables: {},
  backslashes: false,
})

interface Into {
  readonly fields: Fields
  /** The column of this name. */
  readonly place: (name: string) => number
}

const QUOTE = 0x27
const DOUBLE = 0x22
const BACKTICK = 0x60
const BACKSLASH = 0x5c
const DOLLAR = 0x24
const TAB = 9
const LF = 10

const decoder = new TextDecoder()

/**
 * Walks over a block of a script. The same walk cuts (without `into`) and reads, so that both agree where rows end.
 *
 * A block may end behind a row or behind a statement, nowhere else; what follows the last such place is not looked at.
 */
export class SqlReader {
  /** What is open behind the last whole row or statement, and where that ends. */
  keptState: SqlState
  kept = 0
  state: SqlState
  /** What the bytes end inside of, in words; undefined where they may end. */
  open: string | undefined

  readonly #bytes: Uint8Array
  readonly #length: number
  readonly #into: Into | undefined
  #at = 0

  constructor(bytes: Uint8Array, length: number, state: SqlState, into?: Into) {
    this.#bytes = bytes
    this.#length = length
    this.#into = into
    this.state = state
    this.keptState = state
  }

  walk(): void {
    while (this.#at < this.#length) {
      const whole =
        this.state.mode === 'copy' ? this.#copyRow() : this.state.mode === 'values' ? this.#tuple() : this.#statement()
      if (!whole) return
      this.kept = this.#at
      this.keptState = this.state
    }
    this.open = undefined
  }

  #to(mode: SqlState['mode'], more: Partial<SqlState> = {}): void {
    this.state = { ...this.state, mode, ...more }
  }

  /** A line of COPY data. */
  #copyRow(): boolean {
    const start = this.#at
    const found = this.#bytes.indexOf(LF, start)
    const end = found === -1 || found >= this.#length ? -1 : found
    if (end === -1) {
      this.open = `the rows of ${this.state.table}`
      return false
    }
    this.#at = end + 1
    const stop = end > start && this.#bytes[end - 1] === 13 ? end - 1 : end
    if (stop - start === 2 && this.#bytes[start] === BACKSLASH && this.#bytes[start + 1] === 0x2e) {
      this.#to('script')
      return true
    }
    if (this.#into !== undefined) this.#copyValues(start, stop)
    return true
  }

  #copyValues(start: number, end: number): void {
    let from = start
    let escaped = false
    let place = 0
    for (let at = start; at <= end; at += 1) {
      const byte = at === end ? TAB : this.#bytes[at]
      if (byte === BACKSLASH) {
        escaped = true
        at += 1
      }
      if (byte !== TAB) continue
      const isNull = at - from === 2 && this.#bytes[from] === BACKSLASH && this.#bytes[from + 1] === 0x4e
      const form = this.#isFilled(place) ? sqlForm.copyFilled : escaped ? sqlForm.copy : sqlForm.copyPlain
      if (!isNull) this.#field(place, from, at, form)
      place += 1
      from = at + 1
      escaped = false
    }
    this.#endRow()
  }

  #isFilled(place: number): boolean {
    const { filled, columns } = this.state
    return filled !== undefined && filled.length > 0 && filled.includes(columns?.[place] ?? '')
  }

  /** Makes all columns of the open COPY known, in its order: that of the subject has its place also where it is NULL at first. */
  #know(): void {
    for (const column of this.state.columns ?? []) this.#into?.place(`${this.state.table}.${column}`)
  }

  #field(place: number, start: number, end: number, form: number): void {
    const { columns, table } = this.state
    const name = `${table}.${columns?.[place] ?? `#${place + 1}`}`
    if (this.#into !== undefined) addField(this.#into.fields, start, end, this.#into.place(name), form)
  }

  #other(start: number, end: number, form: number): void {
    if (this.#into !== undefined && end > start) addField(this.#into.fields, start, end, 0, form)
  }

  #endRow(): void {
    if (this.#into !== undefined) endRecord(this.#into.fields)
  }

  /** One row of VALUES, with the comma or semicolon behind it. */
  #tuple(): boolean {
    this.open = `the rows of ${this.state.table}`
    const begun = this.#into?.fields.count ?? 0
    const back = () => {
      if (this.#into !== undefined) this.#into.fields.count = begun
      return false
    }
    this.#space()
    if (this.#byte() === 0x3b) {
      this.#at += 1
      this.#to('script')
      return true
    }
    if (this.#byte() !== 0x28) {
      // ON CONFLICT, ON DUPLICATE KEY: the rest of the statement.
      if (this.#at >= this.#length) return back()
      this.#to('script')
      return this.#statement()
    }
    this.#at += 1
    for (let place = 0; ; place += 1) {
      if (!this.#value(place)) return back()
      if (this.#byte() === 0x2c) this.#at += 1
      else break
    }
    if (this.#byte() !== 0x29) return back()
    this.#at += 1
    this.#space()
    if (this.#at >= this.#length) return back()
    if (this.#byte() === 0x2c) this.#at += 1
    this.#endRow()
    return true
  }

  /** A value up to the comma or bracket behind it; false where the bytes end before. */
  #value(place: number): boolean {
    this.#space()
    const start = this.#at
    let depth = 0
    let bare = true
    while (this.#at < this.#length) {
      const byte = this.#byte()
      if (byte === QUOTE) {
        bare = false
        const escapes = this.state.backslashes || isEscapeString(this.#bytes, this.#at, start)
        const from = this.#at + 1
        const form = this.#string(escapes)
        if (form === -1) return false
        this.#field(place, from, this.#at - 1, form)
      } else if (byte === 0x28) {
        depth += 1
        bare = false
        this.#at += 1
      } else if (byte === 0x29 && depth > 0) {
        depth -= 1
        this.#at += 1
      } else if (depth === 0 && (byte === 0x2c || byte === 0x29)) break
      else this.#at += 1
    }
    if (this.#at >= this.#length) return false
    if (bare) this.#bareValue(place, start)
    return true
  }

  #bareValue(place: number, start: number): void {
    let end = this.#at
    while (end > start && (this.#bytes[end - 1] ?? 0) <= 32) end -= 1
    const isNull = end - start === 4 && decoder.decode(this.#bytes.subarray(start, end)).toUpperCase() === 'NULL'
    if (!isNull && end > start) this.#field(place, start, end, sqlForm.bare)
  }

  /** Over a string from its quote to behind the other one; its form, or -1 where the bytes end before. */
  #string(escapes: boolean): number {
    let form: number = sqlForm.literal
    let at = this.#at + 1
    for (; at < this.#length; at += 1) {
      const byte = this.#bytes[at]
      if (byte === BACKSLASH && escapes) {
        form = sqlForm.backslash
        at += 1
      } else if (byte === QUOTE) {
        // A doubled quote may be cut between its halves.
        if (at + 1 >= this.#length) break
        if (this.#bytes[at + 1] !== QUOTE) {
          this.#at = at + 1
          // What is written anew has to escape backslashes where they mean something.
          return escapes ? sqlForm.backslash : form
        }
        if (form === sqlForm.literal) form = sqlForm.doubled
        at += 1
      }
    }
    return -1
  }

  /** A statement up to its semicolon, or up to the rows of it; or a comment between statements. */
  #statement(): boolean {
    this.open = 'a statement'
    const begun = this.#into?.fields.count ?? 0
    this.#space()
    const start = this.#at
    if (start >= this.#length) return true
    if (this.#byte() === 0x2d && this.#bytes[start + 1] === 0x2d) return this.#comment()
    const end = this.#statementEnd()
    if (end === -1) {
      if (this.#into !== undefined) this.#into.fields.count = begun
      return false
    }
    return true
  }

  #comment(): boolean {
    const found = this.#bytes.indexOf(LF, this.#at)
    if (found === -1 || found >= this.#length) {
      this.open = undefined
      return false
    }
    this.#learnDialect(this.#at, found)
    this.#other(this.#at + 2, found, sqlForm.comment)
    this.#endRow()
    this.#at = found + 1
    return true
  }

  #learnDialect(start: number, end: number): void {
    if (/mysql|mariadb/iu.test(decoder.decode(this.#bytes.subarray(start, Math.min(end, start + 200))))) {
      this.#to('script', { backslashes: true })
    }
  }

  /** Where the statement in hand ends; -1 where the bytes do before. At a VALUES or behind a COPY it goes over to the rows. */
  #statementEnd(): number {
    const start = this.#at
    const insert = this.#heads(start, 'INSERT') || this.#heads(start, 'REPLACE')
    while (this.#at < this.#length) {
      const byte = this.#byte()
      if (byte === 0x3b) {
        this.#at += 1
        return this.#ended(start)
      }
      if (insert && (byte === 0x56 || byte === 0x76) && this.#isWord('VALUES')) {
        this.#insert(start, this.#at)
        this.#at += 6
        return this.#at
      }
      if (!this.#skip(byte)) return -1
    }
    return -1
  }

  /** Over what is one thing: a string, a quoted name, a comment, a dollar-quoted body; else over one byte. */
  #skip(byte: number): boolean {
    if (byte === QUOTE) {
      const from = this.#at + 1
      const form = this.#string(this.state.backslashes || isEscapeString(this.#bytes, this.#at, 0))
      if (form === -1) return false
      this.#other(from, this.#at - 1, form)
      return true
    }
    if (byte === DOUBLE || byte === BACKTICK) {
      if (byte === BACKTICK && !this.state.backslashes) this.#to('script', { backslashes: true })
      return this.#over(byte)
    }
    if (byte === 0x2d && this.#bytes[this.#at + 1] === 0x2d) return this.#over(LF)
    if (byte === 0x2f && this.#bytes[this.#at + 1] === 0x2a) return this.#overText('*/', 2)
    if (byte === DOLLAR) return this.#dollar()
    this.#at += 1
    return true
  }

  #over(byte: number): boolean {
    const found = this.#bytes.indexOf(byte, this.#at + 1)
    if (found === -1 || found >= this.#length) return false
    this.#at = found + 1
    return true
  }

  #overText(text: string, skip: number): boolean {
    const bytes = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#length)
    const found = bytes.indexOf(text, this.#at + skip)
    if (found === -1) return false
    this.#at = found + text.length
    return true
  }

  /** A body between dollar quotes (`$$`, `$tag$`), or a parameter ($1). */
  #dollar(): boolean {
    const tag = /^\$(?:[A-Za-z_][A-Za-z0-9_]*)?\$/u.exec(
      decoder.decode(this.#bytes.subarray(this.#at, this.#at + 64)),
    )?.[0]
    if (tag !== undefined) return this.#overText(tag, tag.length)
    this.#at += 1
    return true
  }

  #ended(start: number): number {
    const head = decoder.decode(this.#bytes.subarray(start, Math.min(this.#at, start + 65_536)))
    const copy = /^COPY\s+([^\s(]+)\s*(?:\(([^)]*)\))?\s+FROM\s+stdin\b/iu.exec(head)
    if (copy !== null) {
      const table = unquoted(copy[1] ?? '')
      const filled = /\bFORCE_NOT_NULL\s*\(([^)]*)\)/iu.exec(head.slice(copy[0].length))?.[1]
      this.#to('copy', {
        table,
        columns: copy[2] === undefined ? this.state.tables[table] : names(copy[2]),
        filled: filled === undefined ? [] : names(filled),
      })
      this.#know()
      const line = this.#bytes.indexOf(LF, this.#at)
      if (line === -1 || line >= this.#length) return -1
      this.#at = line + 1
      return this.#at
    }
    const create =
      /^CREATE\s+(?:UNLOGGED\s+|TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([^\s(]+)\s*\(([\s\S]*)\)/iu.exec(
        head,
      )
    if (create !== null && Object.keys(this.state.tables).length < MOST_TABLES) {
      this.state = {
        ...this.state,
        tables: { ...this.state.tables, [unquoted(create[1] ?? '')]: columnsOf(create[2] ?? '') },
      }
    }
    this.#endRow()
    return this.#at
  }

  #insert(start: number, end: number): void {
    const head = decoder.decode(this.#bytes.subarray(start, Math.min(end, start + 65_536)))
    const found = /INTO\s+([^\s(]+)\s*(?:\(([^)]*)\))?/iu.exec(head)
    const table = unquoted(found?.[1] ?? '?')
    const columns = found?.[2] === undefined ? this.state.tables[table] : names(found[2])
    this.#to('values', { table, columns })
  }

  #heads(at: number, word: string): boolean {
    return decoder.decode(this.#bytes.subarray(at, at + word.length)).toUpperCase() === word
  }

  #isWord(word: string): boolean {
    const before = this.#bytes[this.#at - 1] ?? 32
    const after = this.#bytes[this.#at + word.length] ?? 32
    return !isLetter(before) && !isLetter(after) && this.#heads(this.#at, word) && this.#at + word.length < this.#length
  }

  #byte(): number {
    return this.#at < this.#length ? (this.#bytes[this.#at] ?? 0) : -1
  }

  #space(): void {
    while (this.#at < this.#length && (this.#bytes[this.#at] ?? 33) <= 32) this.#at += 1
  }
}

const MOST_TABLES = 10_000

const isLetter = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || (byte >= 0x30 && byte <= 0x39)

/** E'…': the letter stands right before the quote. */
function isEscapeString(bytes: Uint8Array, quote: number, from: number): boolean {
  const before = quote > from ? (bytes[quote - 1] ?? 0) : 0
  return (before | 0x20) === 0x65 && !isLetter(quote - 1 > from ? (bytes[quote - 2] ?? 32) : 32)
}

/** `"public"."users"` or `` `users` `` as public.users, users. */
const unquoted = (name: string): string => name.replaceAll(/["`]/gu, '')

const names = (list: string): string[] => list.split(',').map((name) => unquoted(name.trim()))

/** The names at the beginning of each definition of CREATE TABLE; constraints and keys are none. */
function columnsOf(body: string): string[] {
  const definitions: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= body.length; at += 1) {
    const character = at === body.length ? ',' : body[at]
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (character === ',' && depth === 0) {
      definitions.push(body.slice(from, at).trim())
      from = at + 1
    }
  }
  return definitions
    .filter(
      (definition) =>
        definition !== '' &&
        !/^(?:CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|CHECK|EXCLUDE|KEY|INDEX|FULLTEXT|SPATIAL|LIKE)\b/iu.test(definition),
    )
    .map((definition) => unquoted(/^(?:"[^"]+"|`[^`]+`|\S+)/u.exec(definition)?.[0] ?? ''))
}
