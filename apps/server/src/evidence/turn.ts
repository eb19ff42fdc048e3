import type { Queryable } from './store.ts'

/**
 * Waits until nobody else in this tenant is at something; nobody else begins it until the transaction ends.
 *
 * PostgreSQL keeps such locks for a whole database, which tenants may share: so each is named with the schema.
 *
 * @param what any name
 * @source https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS
 */
export async function takeTurn({ sql }: { readonly sql: Queryable }, what: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || $1, 0))`, [what])
}
