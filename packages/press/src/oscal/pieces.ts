import { plain } from '../plain.ts'

/** The release of OSCAL whose models are written. */
export const oscalVersion = '1.1.2'

/** The name space of the properties that are art32's own; docs/reference/oscal.md lists their names. */
export const oscalNamespace = 'urn:x-art32:edition'

/** SHA-1 as version 5 of UUIDs needs it; injected, since a browser has no synchronous one. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array

/** Makes the UUID of a name: the same name has the same in every document. */
export type Namer = (...name: readonly string[]) => string

/** art32's own name space for what editions speak of; drawn once by chance, and never changed. */
const space = '323044a285a856d68b022b0cf6988e7f'

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Names become UUIDs by RFC 9562, version 5. */
export function namer(sha1: Sha1): Namer {
  const encoder = new TextEncoder()
  const prefix = Uint8Array.from(space.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return (...name) => {
    const bytes = encoder.encode(name.join('\0'))
    const all = new Uint8Array(prefix.length + bytes.length)
    all.set(prefix)
    all.set(bytes, prefix.length)
    const digest = sha1(all)
    digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
    digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
    let hex = ''
    for (let index = 0; index < 16; index += 1) hex += hexPairs[digest[index] ?? 0]
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}

/** A property of art32's own. */
export interface Prop {
  readonly name: string
  readonly ns: string
  readonly value: string
}

/** A property; its value is one line that neither begins nor ends with a blank, and an empty one is none. */
export function prop(name: string, value: string | number | boolean | null | undefined): Prop[] {
  const text = oneLine(String(value ?? ''))
  return text === '' ? [] : [{ name, ns: oscalNamespace, value: text }]
}

/** What makes a text other than one line of Latin letters and signs; most texts are that, and ten thousand lines have many. */
const unusual = /[^ -~\u00A1-\u00AC\u00AE-\u024F\u2013-\u2026]|^ | $| {2}/

/** Text of others on one line. */
export function oneLine(text: string): string {
  if (!unusual.test(text)) return text
  return plain(text)
    .replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}

/** Text of others on one line where OSCAL reads Markdown: what could make a link, an image, a tag or a place for a parameter is told as it stands. */
export function markupLine(text: string): string {
  return escape(oneLine(text)) || '–'
}

/** The same over several lines. */
export function markup(text: string): string {
  return escape(unusual.test(text) ? plain(text).trim() : text) || '–'
}

function escape(text: string): string {
  return text.replaceAll(/[\\`*_~^[\]{}<>&]/g, '\\$&')
}

/** A text as a token, which names things in OSCAL; those that would become the same are told apart by {@link Tokens}. */
function token(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]/g, '_')
}

/** Gives out tokens below a prefix, each once. */
export class Tokens {
  readonly #given = new Set<string>()

  /** @returns the text as a token, with a number where another text took it */
  take(prefix: string, text: string): string {
    const wanted = `${prefix}${token(text)}`
    let given = wanted
    for (let turn = 2; this.#given.has(given); turn += 1) given = `${wanted}.${turn}`
    this.#given.add(given)
    return given
  }
}

/**
 * An instant as OSCAL takes it; undefined for what is none or lies outside of the years 1900 to 2999.
 */
export function moment(instant: string | null | undefined): string | undefined {
  const date = new Date(instant ?? '')
  if (Number.isNaN(date.getTime())) return undefined
  const written = date.toISOString()
  return /^(?:19|2\d)\d\d-/.test(written) ? written : undefined
}

/** The members of an object that have something to say. */
export function known<T extends Readonly<Record<string, unknown>>>(members: T): Partial<T> {
  const told = Object.entries(members).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(told) as Partial<T>
}
