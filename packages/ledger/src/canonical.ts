/**
 * Canonical JSON (RFC 8785) and a strict parser.
 *
 * One value has one spelling: members sorted by UTF-16 code units, numbers as ECMAScript writes them, no white space.
 * What JSON cannot carry faithfully is refused instead of repaired: NaN, infinities, undefined, functions, big integers,
 * lone surrogates and, when reading, duplicate member names and nesting without end.
 */

import { LedgerError } from './errors.ts'

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }

// Deeper documents occur in no format of ours, and each level costs stack.
const maxDepth = 100

/** The canonical text of a value. @throws {LedgerError} `json`, naming the place as a path of members */
export function canonicalize(value: unknown): string {
  return write(value, '$', 0)
}

/** Parses JSON text. @throws {LedgerError} `json`, naming the offset in characters */
export function parseJson(text: string): Json {
  const parser = new Parser(text)
  return parser.document()
}

/** Parses JSON text that must be in canonical form. @throws {LedgerError} `json` */
export function parseCanonical(text: string): Json {
  const value = parseJson(text)
  if (canonicalize(value) !== text) throw new LedgerError('json', 'The JSON is not in canonical form (RFC 8785).')
  return value
}

function write(value: unknown, place: string, depth: number): string {
  if (depth > maxDepth) throw new LedgerError('json', `JSON is nested at most ${maxDepth} deep.`, place)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeString(value, place)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new LedgerError('json', 'JSON has no such number.', place)
    return JSON.stringify(value)
  }
  if (Array.isArray(value))
    return `[${Array.from(value, (item, i) => write(item, `${place}[${i}]`, depth + 1)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.keys(value).sort(byCodeUnits)
    const record = value as Readonly<Record<string, unknown>>
    return `{${members.map((name) => `${writeString(name, place)}:${write(record[name], `${place}.${name}`, depth + 1)}`).join(',')}}`
  }
  throw new LedgerError('json', `JSON cannot carry a value of type ${typeof value}.`, place)
}

function writeString(text: string, place: string): string {
  if (!text.isWellFormed()) throw new LedgerError('json', 'The text has a lone surrogate.', place)
  return JSON.stringify(text)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1
}

const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const literals: readonly (readonly [string, null | boolean])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
]

/** A recursive-descent parser; JSON.parse would silently keep the last of duplicate members. */
class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Json {
    const value = this.#value(0)
    this.#take(space)
    if (this.#at !== this.#text.length) throw this.#refuse('Something follows the JSON value.')
    return value
  }

  #value(depth: number): Json {
    if (depth > maxDepth) throw this.#refuse(`JSON is nested at most ${maxDepth} deep.`)
    this.#take(space)
    const first = this.#text[this.#at]
    if (first === '{') return this.#object(depth)
    if (first === '[') return this.#array(depth)
    if (first === '"') return this.#string()
    const literal = literals.find(([word]) => this.#text.startsWith(word, this.#at))
    if (literal !== undefined) {
      this.#at += literal[0].length
      return literal[1]
    }
    const value = Number(this.#take(number) || Number.NaN)
    if (!Number.isFinite(value)) throw this.#refuse('Here a JSON value is expected.')
    return value
  }

  #object(depth: number): Json {
    const members: Record<string, Json> = {}
    this.#at += 1
    if (this.#skip('}')) return members
    do {
      this.#take(space)
      const name = this.#string()
      if (Object.hasOwn(members, name)) throw this.#refuse('The member name occurs twice.')
      if (!this.#skip(':')) throw this.#refuse('Here a colon is expected.')
      // Not by assignment: a member named __proto__ would set the prototype.
      Object.defineProperty(members, name, {
        value: this.#value(depth + 1),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    } while (this.#skip(','))
    if (!this.#skip('}')) throw this.#refuse('Here a comma or the end of the object is expected.')
    return members
  }

  #array(depth: number): Json {
    const items: Json[] = []
    this.#at += 1
    if (this.#skip(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#skip(','))
    if (!this.#skip(']')) throw this.#refuse('Here a comma or the end of the array is expected.')
    return items
  }

  #string(): string {
    const token = this.#take(string)
    if (token === '') throw this.#refuse('Here a string is expected.')
    const text: unknown = JSON.parse(token)
    if (typeof text !== 'string' || !text.isWellFormed()) throw this.#refuse('The text has a lone surrogate.')
    return text
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += token.length
    return token
  }

  #skip(character: string): boolean {
    this.#take(space)
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #refuse(reason: string): LedgerError {
    return new LedgerError('json', reason, `character ${this.#at}`)
  }
}
