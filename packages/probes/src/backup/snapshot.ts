import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { BackupFacts } from './facts.ts'

/** One backup, as any of the programs tells of it. */
export type Snapshot = {
  /** How the program finds it again. */
  readonly id: string
  readonly source: string
  readonly tenant: string | null
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly bytes: number | null
  /** The machine that was backed up, where it is told. */
  readonly host: string | null
  /** What was backed up, where it is told. */
  readonly paths: readonly string[]
}

/** One run of a job. */
export type Job = {
  readonly source: string
  readonly tenant: string | null
  readonly at: string
  readonly seconds: number | null
  readonly exit: number
  readonly bytes: number | null
}

/** What one look at a repository yields, whatever the program. */
export type Look = {
  readonly snapshots: readonly Snapshot[]
  readonly encryption: Seen<BackupFacts['encryption']>
  /** Seen in the repository; null where it does not say. */
  readonly appendOnly: boolean | null
  /** Runs that the repository itself remembers. */
  readonly jobs: readonly Job[]
  /** Which of these paths lie in a snapshot; absent where the program does not list files. */
  readonly holds?: (snapshot: Snapshot, paths: readonly string[]) => Promise<readonly string[]>
}

/** A time with its offset; one without is UTC, as the programs are told to print. */
export const instant = z.string().transform((text, context) => {
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  context.addIssue({ code: 'custom', message: 'no time' })
  return z.NEVER
})

/**
 * Parses what a program printed.
 *
 * @throws {Unreadable} `contract`: it has another form; the text is not repeated, since it may hold names of files
 */
export function parsePrinted<T>(schema: z.ZodType<T>, text: string): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Unreadable('contract', 'what the backup program printed is no JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 3).map(({ path, code }) => `${path.join('.') || 'value'} (${code})`)
  throw new Unreadable('contract', `what the backup program printed has another form: ${places.join(', ')}`)
}

/** The value of the first `name:value` among words. */
export const tagged = (words: readonly string[], name: string): string | null =>
  words.find((word) => word.startsWith(`${name}:`) && word.length > name.length + 1)?.slice(name.length + 1) ?? null

/** Groups what belongs to one source and tenant, the newest first. */
export function bySeries<T extends { source: string; tenant: string | null; at: string }>(items: readonly T[]): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = JSON.stringify([item.source, item.tenant])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()].map((group) => group.toSorted((a, b) => (a.at < b.at ? 1 : -1)))
}
