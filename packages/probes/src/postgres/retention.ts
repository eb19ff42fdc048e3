import type { Client } from 'pg'
import { z } from 'zod'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { one } from './client.ts'
import { columnOf, refuseRowSecurity } from './places.ts'

/** How old what is kept is, by kind: counts and ages, no row. */
export const retentionFacts = z.array(
  z.object({
    kind: z.string(),
    /** How long it is promised to be kept. */
    keptSeconds: z.number(),
    /** Age of the oldest; null where there is none. */
    oldestSeconds: z.number().nullable(),
    /** Older than promised. */
    overdue: z.int(),
  }),
)

export type RetentionFacts = z.output<typeof retentionFacts>

/** A table, the column that counts from, and an ISO 8601 duration: `public.log_entry.created_at P90D`. */
export const retentionPattern = /^\s*([^\s.]+\.[^\s.]+\.[^\s.]+)\s+(P[\dYMWDTHS]+)\s*$/

const age = z.object({
  keptSeconds: z.coerce.number(),
  oldestSeconds: z.coerce.number().nullable(),
  overdue: z.coerce.number().int(),
})

/** Looks at every declared table. @throws {Unreadable} not-configured | denied | incomplete */
export async function readRetention(client: Client, declared: readonly string[]): Promise<RetentionFacts> {
  if (declared.length === 0)
    throw new Unreadable('not-configured', 'no period is declared', { needs: 'the setting retention' })
  const facts: RetentionFacts = []
  for (const line of declared) {
    const [, place = '', kept = ''] = retentionPattern.exec(line) ?? []
    const { table, column, kind } = columnOf(place)
    await refuseRowSecurity(client, table)
    const read = one(
      client,
      age,
      `select extract(epoch from now() - (now() - $1::interval))::float8 as "keptSeconds",
              extract(epoch from now() - min(${column}))::float8 as "oldestSeconds",
              count(*) filter (where ${column} < now() - $1::interval) as overdue
         from ${table}`,
      [kept],
    )
    facts.push({ kind, ...(await read.catch(explain)) })
  }
  return facts
}

function explain(error: unknown): never {
  if (errorCode(error) === '57014')
    throw new Unreadable('incomplete', 'counting took too long; an index on the column helps')
  if (['42P01', '42703', '3F000', '42883'].includes(errorCode(error)))
    throw new Unreadable('not-configured', 'a declared table or column is not there, or holds no time')
  if (['22007', '22015', '22P02'].includes(errorCode(error)))
    throw new Unreadable('not-configured', 'a declared period is no duration')
  throw error
}
