import { ShieldError } from '../error.ts'
import { copyBytes } from '../engine/arena.ts'
import { addField, clearFields, endRecord } from './fields-make.ts'
import type { Fields, Format } from './fields.ts'
import { cutJson, DEEPEST, hasObjects, type JsonState, startOfJson } from './json-cut.ts'
import { makePaths, type PathNode, type Paths } from './json-path.ts'
import { cutLines } from './line.ts'
import { decodeString, encodeString, isNumber } from './json-string.ts'

/** Forms of a value in `Fields.form`. */
const form = {
  /** A string without escapes, the range inside its quotes. */
  string: 0,
  /** A string with escapes. */
  escaped: 1,
  /** A number, true or false: a new value that is no number gets quotes. */
  bare: 2,
} as const

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** JSON lines: each line is a record. @param planned the paths that the plan names */
export function ndjsonFormat(planned: readonly string[]): Format {
  const paths = makePaths(planned)
  return {
    columns: paths.columns,
    cut: cutLines,
    state: () => null,
    read: (bytes, length, _state, fields) => new Reader(paths, bytes, length, fields).lines(),
    decode,
    encode,
    isVerbatim,
  }
}

/**
 * One JSON document of any size: the objects in its outermost arrays of objects are the records; what stands between two such
 * arrays is one, too.
 */
export function jsonFormat(planned: readonly string[]): Format {
  const paths = makePaths(planned)
  const state = startOfJson()
  return {
    columns: paths.columns,
    cut: (bytes, length, last) => cutJson(state, bytes, length, last),
    state: () => ({ open: state.open }),
    read(bytes, length, from, fields) {
      new Reader(paths, bytes, length, fields).document(from as Pick<JsonState, 'open'>)
    },
    decode,
    encode,
    isVerbatim,
  }
}

function decode(kind: number, bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  if (kind === form.escaped) return decodeString(bytes, start, end, out, at)
  copyBytes(bytes, start, end, out, at)
  return end - start
}

function encode(kind: number, value: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  if (kind !== form.bare) return encodeString(value, start, end, out, at)
  if (start === end) {
    out.set(literalNull, at)
    return literalNull.length
  }
  if (isNumber(value, start, end)) {
    copyBytes(value, start, end, out, at)
    return end - start
  }
  out[at] = QUOTE
  const length = encodeString(value, start, end, out, at + 1)
  out[at + 1 + length] = QUOTE
  return length + 2
}

const isVerbatim = (kind: number): boolean => kind !== form.bare

const literalNull = new TextEncoder().encode('null')

/** The words that are values, by their first letter. */
const literals: Readonly<Record<number, Uint8Array>> = {
  0x6e: literalNull,
  0x74: new TextEncoder().encode('true'),
  0x66: new TextEncoder().encode('false'),
}

/** Walks over one block. What is open is a stack of nodes: an object's own, or an array's with what its elements are. */
class Reader {
  readonly #paths: Paths
  readonly #bytes: Uint8Array
  readonly #length: number
  readonly #fields: Fields
  readonly #nodes: PathNode[] = []
  /** Whether the container at this depth is an array. */
  readonly #arrays: boolean[] = []
  /** At which depth an element ends a record; 0: no array of records is open. */
  #recordDepth = 0
  #at = 0
  /** Whether arrays hold the records; in JSON lines the lines do. */
  #documents = false

  constructor(paths: Paths, bytes: Uint8Array, length: number, fields: Fields) {
    this.#paths = paths
    this.#bytes = bytes
    this.#length = length
    this.#fields = fields
    clearFields(fields, bytes)
  }

  /** Values one after the other, each a record. */
  lines(): void {
    for (;;) {
      this.#space()
      if (this.#at >= this.#length) return
      this.#value(this.#paths.root)
      while (this.#nodes.length > 0) this.#step()
      endRecord(this.#fields)
    }
  }

  /** A piece of a document, inside of what is open. */
  document({ open }: Pick<JsonState, 'open'>): void {
    this.#documents = true
    let node = this.#paths.root
    const encoder = new TextEncoder()
    for (const container of open) {
      this.#push(node, container.array)
      if (container.records) this.#recordDepth = this.#nodes.length
      if (container.array) node = this.#paths.element(node)
      else if (container.key !== undefined) {
        const key = encoder.encode(container.key)
        node = this.#paths.member(node, key, 0, key.length)
      }
    }
    if (open.length === 0) {
      this.#space()
      if (this.#at < this.#length) this.#value(this.#paths.root)
    }
    for (;;) {
      this.#space()
      if (this.#at >= this.#length) break
      if (this.#nodes.length === 0) this.#fail('something after its end')
      this.#step()
    }
    this.#endRecord()
  }

  #push(node: PathNode, array: boolean): void {
    if (this.#nodes.length === DEEPEST) this.#fail(`more than ${DEEPEST} levels`)
    this.#nodes.push(node)
    this.#arrays.push(array)
  }

  #pop(): void {
    if (this.#recordDepth === this.#nodes.length) {
      this.#recordDepth = 0
      this.#endRecord()
    }
    this.#nodes.pop()
    this.#arrays.pop()
  }

  #endRecord(): void {
    const { records, recordEnd, count } = this.#fields
    if (count > (records === 0 ? 0 : (recordEnd[records - 1] ?? 0))) endRecord(this.#fields)
  }

  /** The next token inside of a container. */
  #step(): void {
    this.#space()
    const depth = this.#nodes.length
    const node = this.#nodes[depth - 1] ?? this.#paths.root
    const array = this.#arrays[depth - 1] === true
    const byte = this.#at < this.#length ? this.#bytes[this.#at] : undefined
    if (byte === COMMA) {
      if (this.#recordDepth === depth) this.#endRecord()
      this.#at += 1
    } else if (byte === (array ? CLOSE_ARRAY : CLOSE_OBJECT)) {
      this.#at += 1
      this.#pop()
    } else if (array) this.#value(this.#paths.element(node))
    else this.#member(node)
  }

  #member(node: PathNode): void {
    if (this.#bytes[this.#at] !== QUOTE || this.#at >= this.#length) this.#fail('no key where one should be')
    const start = this.#at + 1
    const escaped = this.#string()
    const end = this.#at - 1
    const member = this.#paths.member(node, this.#bytes, start, end)
    // Nobody wrote down this key, so it may be somebody's name or address.
    if (!member.planned) addField(this.#fields, start, end, 0, escaped ? form.escaped : form.string)
    this.#space()
    if (this.#bytes[this.#at] !== COLON || this.#at >= this.#length) this.#fail('no colon after a key')
    this.#at += 1
    this.#space()
    this.#value(member)
  }

  #value(node: PathNode): void {
    const byte = this.#at < this.#length ? this.#bytes[this.#at] : undefined
    if (byte === QUOTE) {
      const start = this.#at + 1
      const escaped = this.#string()
      const kind = escaped ? form.escaped : form.string
      addField(this.#fields, start, this.#at - 1, this.#paths.column(node), kind)
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.#push(node, byte === OPEN_ARRAY)
      if (
        this.#documents &&
        byte === OPEN_ARRAY &&
        this.#recordDepth === 0 &&
        hasObjects(this.#bytes, this.#at, this.#length)
      ) {
        this.#endRecord()
        this.#recordDepth = this.#nodes.length
      }
      this.#at += 1
    } else this.#bare(node)
  }

  #bare(node: PathNode): void {
    const start = this.#at
    while (this.#at < this.#length && bareByte[this.#bytes[this.#at] ?? 0] === 1) this.#at += 1
    if (this.#at === start) this.#fail('no value where one should be')
    const literal = literals[this.#bytes[start] ?? 0]
    if (literal !== undefined && !this.#reads(literal, start)) this.#fail('a word that is no value')
    if (this.#bytes[start] !== literalNull[0])
      addField(this.#fields, start, this.#at, this.#paths.column(node), form.bare)
  }

  #reads(literal: Uint8Array, start: number): boolean {
    return literal.length === this.#at - start && literal.every((byte, index) => this.#bytes[start + index] === byte)
  }

  /** Over a string from its quote to behind the other one; whether it has escapes. */
  #string(): boolean {
    const bytes = this.#bytes
    let at = this.#at + 1
    let escaped = false
    for (; at < this.#length; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte === BACKSLASH) {
        escaped = true
        at += 1
      }
    }
    if (at >= this.#length) this.#fail('a string that never ends')
    this.#at = at + 1
    return escaped
  }

  #space(): void {
    while (this.#at < this.#length && isSpace[this.#bytes[this.#at] ?? 0] === 1) this.#at += 1
  }

  #fail(what: string): never {
    const record = this.#fields.records + 1
    throw new ShieldError(`This is not JSON: ${what}, in record ${record} of this block at its byte ${this.#at}.`)
  }
}

const flags = (characters: string): Uint8Array => {
  const table = new Uint8Array(256)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}

const isSpace = flags(' \t\r\n')
const bareByte = flags('0123456789+-.eEtrufalsn')
