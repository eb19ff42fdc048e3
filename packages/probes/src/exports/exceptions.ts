import { parse } from 'yaml'
import { z } from 'zod'
import { checks } from '../registry.ts'
import type { Outcome } from '../engine/judge.ts'
import type { DeclaredException } from './look.ts'

/** A declared deviation: of one check, on one system, of one subject or of all of them. */
export type ExceptionEntry = DeclaredException & {
  readonly check: string
  readonly system: string
  /** Left out: every subject of the check on that system. */
  readonly subject?: string | undefined
  /** Who answers for it. */
  readonly owner: string
}

/** The file of exceptions cannot be used. The message names the entry and the remedy. */
export class ExceptionsError extends Error {
  override readonly name = 'ExceptionsError'
}

const text = z.string().trim().min(1).max(1_000)
const File = z.array(
  z.strictObject({
    check: text,
    system: text,
    subject: text.optional(),
    reason: text,
    owner: text,
    expires: z.iso.date(),
  }),
)

/** The longest file that is read, in characters. */
const longest = 1_048_576

/**
 * Reads a list of exceptions in YAML or JSON.
 *
 * @throws {ExceptionsError}
 */
export function readExceptions(content: string): ExceptionEntry[] {
  if (content.length > longest) throw new ExceptionsError('The file of exceptions is longer than 1 MiB.')
  const entries = File.safeParse(yamlOf(content))
  if (!entries.success) {
    const [issue] = entries.error.issues
    const [nth, ...path] = issue?.path ?? []
    const what = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : path.join('.')
    const place = typeof nth === 'number' ? `Entry ${nth + 1}${what === '' ? '' : `, ${what}`}` : 'The file'
    throw new ExceptionsError(
      `${place}: expected a list of entries with check, system, reason, owner, expires (YYYY-MM-DD) and, where it is about one only, subject.`,
    )
  }
  const stranger = entries.data.findIndex(({ check }) => !checks.some(({ id }) => id === check))
  if (stranger >= 0) throw new ExceptionsError(unknownCheck(stranger + 1, entries.data[stranger]?.check ?? ''))
  return entries.data
}

/** A misspelt check would except nothing, for ever and in silence. */
function unknownCheck(nth: number, id: string): string {
  const near = checks.filter((check) => check.id.split('.')[0] === id.split('.')[0]).map((check) => check.id)
  return `Entry ${nth}: there is no such check.${near.length > 0 ? ` Near it: ${near.join(', ')}.` : ''}`
}

function yamlOf(content: string): unknown {
  try {
    return parse(content, { maxAliasCount: 0, logLevel: 'error' }) ?? []
  } catch {
    throw new ExceptionsError('The file of exceptions is neither YAML nor JSON.')
  }
}

/** What an exception had to do with a fault that it does not cover. */
export type NearMiss = { readonly entry: ExceptionEntry; readonly differs: 'expires' | 'subject' | 'system' }

/**
 * The exception that covers a fault today, or those that nearly would. One holds until the end of its last day (UTC).
 */
export function exceptionFor(
  fault: Pick<Outcome, 'check' | 'system' | 'subject'>,
  entries: readonly ExceptionEntry[],
  now: Date,
): { readonly covers?: ExceptionEntry; readonly near: readonly NearMiss[] } {
  const today = now.toISOString().slice(0, 10)
  const near: NearMiss[] = []
  for (const entry of entries) {
    if (entry.check !== fault.check) continue
    const isSystem = entry.system === fault.system
    const isSubject = entry.subject === undefined || entry.subject === fault.subject
    const isInForce = entry.expires >= today
    if (isSystem && isSubject && isInForce) return { covers: entry, near: [] }
    if (isSystem && isSubject) near.push({ entry, differs: 'expires' })
    else if (isSystem && isInForce) near.push({ entry, differs: 'subject' })
    else if (isSubject && isInForce && isAlike(entry.system, fault.system)) near.push({ entry, differs: 'system' })
  }
  return { near }
}

/** A port or a path left out is the usual mistake in the name of a system. */
function isAlike(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [one.toLowerCase(), other.toLowerCase()].toSorted((a, b) => a.length - b.length)
  return longer.includes(shorter)
}
