import { canonicalize } from '@art32/ledger'
import type { LeafType } from '@art32/ledger'
import type { Pool } from 'pg'
import type { Queryable } from '../evidence/index.ts'

/** A transaction in the control database; what it says is noted in the log of the installation when it commits. */
export interface InControl {
  readonly sql: Queryable
  /** Appends to the log of the installation. Content holds counts and codes only. */
  readonly note: (type: LeafType, about: { kind: string; id: string }, content: object) => Promise<void>
}

/** Works in the control database in one transaction. @param by the account in whose name it happens; null: art32 itself */
export async function inControl<T>(pool: Pool, by: string | null, work: (tx: InControl) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const say = (content: string) =>
    client.query(`select set_config('art32.account', $1, true), set_config('art32.content', $2, true)`, [
      by ?? '',
      content,
    ])
  try {
    await client.query('begin')
    await say('')
    const result = await work({
      sql: client,
      async note(type, about, content) {
        await say(canonicalize(content))
        await client.query('select ledger_note($1, $2, $3)', [type, about.kind, about.id])
        await say('')
      },
    })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
