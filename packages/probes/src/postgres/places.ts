import type { Client } from 'pg'
import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { one } from './client.ts'

/** A column as people write it: `public.customer.email`. */
export const columnPattern = /^[^\s.]+\.[^\s.]+\.[^\s.]+$/

/** A name as part of a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** What people write, as parts of a statement; `kind` is what it is called in facts. */
export function columnOf(place: string): { table: string; column: string; kind: string } {
  const [schema = '', table = '', column = ''] = place.split('.')
  return { table: `${quoted(schema)}.${quoted(table)}`, column: quoted(column), kind: place }
}

/** A role that row security hides rows from would see nothing and find everything in order. @throws {Unreadable} denied */
export async function refuseRowSecurity(client: Client, table: string): Promise<void> {
  const { hides } = await one(
    client,
    z.object({ hides: z.boolean() }),
    'select coalesce(row_security_active(to_regclass($1)), false) as hides',
    [table],
  )
  if (hides)
    throw new Unreadable('denied', 'row security hides rows from this role', {
      needs: 'BYPASSRLS, or a policy that lets it see all rows',
    })
}
