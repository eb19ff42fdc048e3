import { Fault } from './fault.ts'

/** What stands in a plain dump, in its order. */
export type Piece =
  | { readonly kind: 'statement'; readonly sql: string; readonly line: number }
  /** `COPY … FROM stdin`; its rows follow as `rows` until `end`. */
  | { readonly kind: 'copy'; readonly sql: string; readonly line: number }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'end' }

/** One row or statement; what is longer is no dump of a usual database. Bytes. */
const longest = 268_435_456
const [newline, dash, slash, star, backslash, semicolon] = [0x0a, 0x2d, 0x2f, 0x2a, 0x5c, 0x3b]
const blank = Buffer.from(' ')

type Mode = 'plain' | 'string' | 'escaped' | 'name' | 'dollar' | 'block'

/**
 * Cuts a plain dump of pg_dump (or any script of SQL) into statements and rows, without running anything. Commands of psql, which
 * could start programs, are refused; so is a script that ends in the middle.
 *
 * Follows psql in what ends a statement: not a semicolon in quotes, comments, parentheses or the body of an SQL function.
 *
 * @throws {Fault} `empty`, `truncated`, `psql-command`, `damaged`, each with its line
 * @source https://www.postgresql.org/docs/current/sql-syntax-lexical.html · https://www.postgresql.org/docs/current/app-pgdump.html
 */
export async function* readScript(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const scanner = new Scanner()
  let rest: Buffer = Buffer.alloc(0)
  let isCopying = false
  let hasPieces = false
  const take = function* (block: Buffer): Generator<Piece> {
    let at = 0
    while (at < block.length) {
      if (isCopying) {
        const { until, next } = rowsIn(block, at)
        if (until > at) yield { kind: 'rows', bytes: block.subarray(at, until) }
        scanner.line += countLines(block, at, next)
        at = next
        if (next === until) continue
        isCopying = false
        yield { kind: 'end' }
        continue
      }
      const found = scanner.scan(block, at)
      at = found.next
      if (found.piece === undefined) continue
      hasPieces = true
      isCopying = found.piece.kind === 'copy'
      yield found.piece
    }
  }
  for await (const part of source) {
    // Whole lines only: no mark of SQL goes over the end of one.
    const cut = part.lastIndexOf(newline) + 1
    if (cut === 0) {
      rest = Buffer.concat([rest, part])
      if (rest.length > longest) throw new Fault('damaged', `line ${scanner.line} is longer than 256 MiB`)
      continue
    }
    const block = rest.length === 0 ? part.subarray(0, cut) : Buffer.concat([rest, part.subarray(0, cut)])
    rest = Buffer.from(part.subarray(cut))
    yield* take(block)
  }
  if (rest.length > 0) yield* take(rest)
  if (isCopying) throw new Fault('truncated', `line ${scanner.line}: the rows of a table do not end`)
  scanner.finish()
  if (!hasPieces) throw new Fault('empty', 'no statement in it')
}

/** Rows up to the line `\.`; `next` is behind that line. Equal: it is not in this block. */
function rowsIn(block: Buffer, from: number): { until: number; next: number } {
  for (let at = from; ;) {
    const found = block.indexOf('\\.', at)
    if (found < 0) return { until: block.length, next: block.length }
    const isFirst = found === from || block[found - 1] === newline
    const after = block[found + 2]
    const end = after === undefined ? found + 2 : after === newline ? found + 3 : after === 13 ? found + 4 : -1
    if (isFirst && end > 0) return { until: found, next: Math.min(end, block.length) }
    at = found + 1
  }
}

function endOfLine(block: Buffer, from: number): number {
  const found = block.indexOf(newline, from)
  return found < 0 ? block.length : found
}

function countLines(block: Buffer, from: number, until: number): number {
  let lines = 0
  for (let at = block.indexOf(newline, from); at >= 0 && at < until; at = block.indexOf(newline, at + 1)) lines++
  return lines
}

class Scanner {
  line = 1
  #mode: Mode = 'plain'
  #tag = ''
  #blocks = 0
  #parens = 0
  /** How deep in the body of an SQL function (BEGIN ATOMIC … END). */
  #bodies = 0
  #words: string[] = []
  #parts: Buffer[] = []
  #length = 0
  #began = 1
  #isOfPgDump = false
  #isComplete = false

  /** Reads until the end of a statement or of the block. */
  scan(block: Buffer, from: number): { next: number; piece?: Piece } {
    let at = from
    let kept = from
    const go = (to: number) => {
      this.line += countLines(block, at, to)
      at = to
    }
    while (at < block.length) {
      const byte = block[at]
      if (this.#mode !== 'plain') {
        const isComment = this.#mode === 'block'
        go(this.#leave(block, at))
        if (isComment) kept = at
      } else if (byte === dash && block[at + 1] === dash) {
        this.#keep(block.subarray(kept, at))
        const from = at
        go(endOfLine(block, at))
        this.#note(block.subarray(from, at).toString().trimEnd())
        kept = at
      } else if (byte === slash && block[at + 1] === star) {
        this.#keep(block.subarray(kept, at))
        // It stands between words.
        if (this.#length > 0) this.#keep(blank)
        this.#mode = 'block'
        this.#blocks = 1
        go(at + 2)
        kept = at
      } else if (byte === backslash) {
        this.#keep(block.subarray(kept, at))
        const end = endOfLine(block, at)
        this.#refuseCommand(block.subarray(at, end).toString().trim())
        go(end)
        kept = at
      } else if (byte === semicolon && this.#parens <= 0 && this.#bodies === 0) {
        this.#keep(block.subarray(kept, at))
        const piece = this.#statement()
        go(at + 1)
        kept = at
        // Rows begin on the next line.
        if (piece?.kind === 'copy') go(Math.min(block.length, endOfLine(block, at) + 1))
        if (piece) return { next: at, piece }
      } else go(this.#enter(block, at))
    }
    this.#keep(block.subarray(kept))
    return { next: block.length }
  }

  /** What pg_dump of today puts around a dump, so that psql runs no other command, is known. @throws {Fault} */
  #refuseCommand(text: string): void {
    if (this.#length === 0 && /^\\(?:un)?restrict [A-Za-z0-9]+$/.test(text)) return
    throw new Fault('psql-command', `line ${this.line}: ${/^\\\S{0,20}/.exec(text)?.[0] ?? ''}`)
  }

  /** @throws {Fault} it ends in the middle */
  finish(): void {
    if (this.#mode !== 'plain' || this.#length > 0)
      throw new Fault('truncated', `line ${this.#began}: the statement that begins here does not end`)
    if (this.#isOfPgDump && !this.#isComplete)
      throw new Fault('truncated', `line ${this.line}: the dump does not say that it is complete`)
  }

  #note(comment: string): void {
    if (/^-- PostgreSQL database dump\s*$/.test(comment)) this.#isOfPgDump = true
    if (/^-- PostgreSQL database dump complete\s*$/.test(comment)) this.#isComplete = true
  }

  #keep(bytes: Buffer): void {
    let part = bytes
    if (this.#length === 0) {
      const first = part.findIndex((byte) => byte > 0x20)
      if (first < 0) return
      part = part.subarray(first)
      this.#began = this.line - countLines(part, 0, part.length)
    }
    this.#parts.push(Buffer.from(part))
    this.#length += part.length
    if (this.#length > longest) throw new Fault('damaged', `line ${this.#began}: a statement is longer than 256 MiB`)
  }

  #statement(): Piece | undefined {
    const sql = Buffer.concat(this.#parts).toString('utf8').trim()
    const line = this.#began
    this.#parts = []
    this.#length = 0
    this.#words = []
    this.#parens = 0
    if (sql === '') return undefined
    return { kind: /^copy\b[\s\S]*\sfrom\s+stdin\b/i.test(sql) ? 'copy' : 'statement', sql, line }
  }

  /** What begins here; @returns the place behind it */
  #enter(block: Buffer, at: number): number {
    const byte = block[at] ?? 0
    if (byte === 0x27) {
      const before = block[at - 1] ?? 0
      this.#mode = (before === 0x45 || before === 0x65) && !isWord(block[at - 2] ?? 0) ? 'escaped' : 'string'
      return at + 1
    }
    if (byte === 0x22) {
      this.#mode = 'name'
      return at + 1
    }
    if (byte === 0x28) this.#parens++
    if (byte === 0x29) this.#parens--
    if (byte === 0x24 && !isWord(block[at - 1] ?? 0)) {
      const [tag] =
        /^\$(?:[A-Za-z_\u0080-\u00ff][A-Za-z0-9_\u0080-\u00ff]*)?\$/.exec(
          block.subarray(at, at + 130).toString('latin1'),
        ) ?? []
      if (tag !== undefined) {
        this.#mode = 'dollar'
        this.#tag = tag
        return at + tag.length
      }
    }
    if (!isWord(byte)) return at + 1
    let end = at + 1
    while (end < block.length && (isWord(block[end] ?? 0) || block[end] === 0x24)) end++
    // An E before a quote belongs to the quote.
    if (end - at <= 12) this.#word(block.subarray(at, end).toString('latin1').toLowerCase())
    return end
  }

  #word(word: string): void {
    if (this.#words.length < 4) this.#words.push(word)
    if (this.#parens > 0) return
    const [create, ...more] = this.#words
    const isRoutine = create === 'create' && more.some((one) => one === 'function' || one === 'procedure')
    if (!isRoutine) return
    if (word === 'begin' || (word === 'case' && this.#bodies > 0)) this.#bodies++
    else if (word === 'end' && this.#bodies > 0) this.#bodies--
  }

  /** Inside of quotes and comments; @returns the place behind their end, or of the block */
  #leave(block: Buffer, at: number): number {
    const end = (mark: string, from = at) => {
      const found = block.indexOf(mark, from, 'latin1')
      return found < 0 ? -1 : found + mark.length
    }
    const out = (place: number) => {
      if (place < 0) return block.length
      this.#mode = 'plain'
      return place
    }
    switch (this.#mode) {
      case 'string':
        // Two of them in a row are one in the text: the second begins another string, which comes to the same.
        return out(end("'"))
      case 'name':
        return out(end('"'))
      case 'dollar':
        return out(end(this.#tag))
      case 'escaped':
        for (let place = at; place < block.length; place++) {
          if (block[place] === backslash) place++
          else if (block[place] === 0x27) return out(place + 1)
        }
        return block.length
      case 'block':
        return this.#leaveBlock(block, at)
      case 'plain':
        return at
    }
  }

  #leaveBlock(block: Buffer, at: number): number {
    const [here, next] = [block[at], block[at + 1]]
    if (here === slash && next === star) {
      this.#blocks++
      return at + 2
    }
    if (here !== star || next !== slash) return at + 1
    this.#blocks--
    if (this.#blocks === 0) this.#mode = 'plain'
    return at + 2
  }
}

const isWord = (byte: number) =>
  byte === 0x5f ||
  byte >= 0x80 ||
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a)
