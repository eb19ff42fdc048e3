import { makeGuard } from '@art32/shield'
import type { Guard } from '@art32/shield'

/** One is enough: it is used to the end before anything else is. */
let guard: Guard | undefined

/**
 * Public records of a domain hold the boxes to which others report; they are published, by the tenant itself, to be read. Whoever
 * writes a person's address there is told so by nobody here.
 */
const published: ReadonlySet<string> = new Set(['dns'])

/**
 * What a connector saw, without the mail addresses and numbers of people that it let through: facts are kept, and name people by pseudonyms
 * only. Names of fields stay as they are.
 *
 * @returns the very same value where there was nothing, and how many of what there were
 */
export function guardFacts<T>(
  connector: string,
  value: T,
): { readonly value: T; readonly found: Readonly<Record<string, number>> } {
  if (published.has(connector)) return { value, found: {} }
  guard ??= makeGuard()
  const look = guard
  const found: Record<string, number> = {}
  const clean = replaced(value, (text) => {
    const seen = look(text)
    for (const [type, count] of Object.entries(seen.found)) found[type] = (found[type] ?? 0) + count
    return seen.text
  })
  return Object.keys(found).length === 0 ? { value, found } : { value: clean, found }
}

function replaced<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T & string
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, change)) as T & unknown[]
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced<unknown>(item, change)])) as T
}
