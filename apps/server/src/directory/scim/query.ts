import { ScimRefusal, invalid } from './refusal.ts'

/** What a list is asked for. */
export interface ListQuery {
  /** The one attribute that must equal the value; null for all. */
  readonly filter: { readonly attribute: string; readonly value: string } | null
  /** From 0. */
  readonly offset: number
  readonly count: number
}

const mostListed = 200

/**
 * Reads the query of a list. Of filters only `attribute eq "value"` is known, which is what directories ask; the value is
 * a JSON string and travels as a parameter, never as SQL.
 *
 * @source RFC 7644 §3.4.2
 */
export function listQueryOf(parameters: URLSearchParams, attributes: readonly string[]): ListQuery {
  const start = integer(parameters.get('startIndex'), 1)
  const count = integer(parameters.get('count'), 100)
  return {
    filter: filterOf(parameters.get('filter'), attributes),
    offset: Math.max(start, 1) - 1,
    count: Math.min(Math.max(count, 0), mostListed),
  }
}

function integer(text: string | null, otherwise: number): number {
  if (text === null) return otherwise
  if (!/^-?\d{1,9}$/.test(text)) throw invalid('startIndex and count must be whole numbers.')
  return Number(text)
}

function filterOf(text: string | null, attributes: readonly string[]): ListQuery['filter'] {
  if (text === null) return null
  const refusal = () => new ScimRefusal(400, `Only ${attributes.join(', ')} with eq can be filtered.`, 'invalidFilter')
  const match = /^\s*([A-Za-z]{1,32})\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(text.slice(0, 1_000))
  const attribute = attributes.find((one) => one.toLowerCase() === match?.[1]?.toLowerCase())
  if (attribute === undefined) throw refusal()
  const value = textOf(match?.[2] ?? '')
  if (value === undefined) throw refusal()
  return { attribute, value }
}

function textOf(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' && !value.includes('\0') && value.isWellFormed() ? value : undefined
  } catch {
    return undefined
  }
}
