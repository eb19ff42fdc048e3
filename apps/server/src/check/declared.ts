import { fieldMeta } from '@art32/probes'
import type { Check } from '@art32/probes'
import { z } from 'zod'
import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { acknowledgementsOf, platformCheck } from './platform.ts'

/** Parameters of one check on one system, or on all, as somebody declared them. */
export interface ParameterRow {
  readonly id: string
  readonly check_id: string
  /** null: every system. */
  readonly system_id: string | null
  /** By name; empty: what the check takes by itself. */
  readonly given: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly role: string
  readonly at: Date
}

/** What a sentence of a document can promise: only the document says it, so that no page weakens it. */
export function promisable(check: Check): ReadonlySet<string> {
  return new Set(check.serves.flatMap(({ takes }) => Object.values(takes ?? {})))
}

/** The parameters of a check that a person may declare. */
export function declarable(check: Check): readonly string[] {
  const promised = promisable(check)
  return Object.entries(check.params.shape).flatMap(([name, schema]) =>
    promised.has(name) || (schema instanceof z.ZodType && fieldMeta(schema)?.elsewhere === true) ? [] : [name],
  )
}

/** What was declared for the checks on one system: of all systems first, then of this one. */
export type Declared = (check: Check) => Readonly<Record<string, unknown>>

/** Parameters that nobody declared yet, to see what they would do. */
export type Instead = Pick<ParameterRow, 'check_id' | 'system_id' | 'given'>

/** Loads what was declared about a system. @param instead taken for what was declared in its place */
export async function declaredOn(tx: TenantContext, systemId: string, instead?: Instead): Promise<Declared> {
  const { rows: found } = await tx.sql.query<Instead>(
    'select check_id, system_id, given from parameter where system_id is null or system_id = $1 order by system_id nulls first',
    [systemId],
  )
  const others = found.filter((row) => row.check_id !== instead?.check_id || row.system_id !== instead.system_id)
  const rows = instead?.system_id === null ? [instead, ...others] : [...others, ...(instead ? [instead] : [])]
  const acknowledgements = await acknowledgementsOf(tx, systemId)
  return (check) => {
    const given = rows.filter((row) => row.check_id === check.id).reduce((all, row) => ({ ...all, ...row.given }), {})
    const names = declarable(check)
    const own = Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
    return check.id === platformCheck && acknowledgements.length > 0 ? { ...own, acknowledgements } : own
  }
}

/** All that was declared; without a check: of every one. */
export async function listParameters({ sql }: TenantContext): Promise<ParameterRow[]> {
  const { rows } = await sql.query<ParameterRow>(
    'select id, check_id, system_id, given, reason, role, at from parameter order by check_id, system_id nulls first',
  )
  return rows
}

/** What was declared in one place. Until the transaction ends nobody else declares anything, also where nothing was. */
export async function findParameter(
  { sql }: TenantContext,
  checkId: string,
  systemId: string | null,
): Promise<ParameterRow | undefined> {
  await takeTurn({ sql }, 'parameter')
  const { rows } = await sql.query<ParameterRow>(
    'select * from parameter where check_id = $1 and system_id is not distinct from $2 for update',
    [checkId, systemId],
  )
  return rows[0]
}

/** Keeps what was declared in one place instead of what was there. */
export async function saveParameter({ sql, caller }: TenantContext, row: ParameterRow): Promise<void> {
  await sql.query(
    `insert into parameter (id, check_id, system_id, given, reason, role, account_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set given = excluded.given, reason = excluded.reason, role = excluded.role,
       account_id = excluded.account_id, at = excluded.at`,
    [row.id, row.check_id, row.system_id, JSON.stringify(row.given), row.reason, row.role, caller.accountId, row.at],
  )
}
