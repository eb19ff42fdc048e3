import type { TenantContext } from '../evidence/index.ts'
import type { Environment } from '../system/index.ts'
import { latestOutcomes } from './store.ts'
import type { OutcomeRow } from './store.ts'

/** What an export is of; without days, of how it stands now. */
export interface ExportFilter {
  readonly systemId?: string | undefined
  readonly environment?: Environment | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** An outcome with the name of its system and the hash of the facts that led to it. */
export interface ExportedRow extends Pick<
  OutcomeRow,
  | 'check_id'
  | 'check_version'
  | 'system_id'
  | 'system_name'
  | 'state'
  | 'reason'
  | 'subjects'
  | 'parameters'
  | 'at'
  | 'fresh_until'
> {
  readonly environment: Environment
  readonly read: 'ok' | 'no'
  readonly facts_hash: Buffer
}

const wanted = `from $OUTCOMES join system s on s.id = o.system_id join reading r on r.id = o.reading_id
  where ($1::uuid is null or o.system_id = $1) and ($2::text is null or s.environment = $2)
    and ($3::timestamptz is null or o.at >= $3) and ($4::timestamptz is null or o.at < $4)`

const of = (filter: ExportFilter) =>
  wanted.replace('$OUTCOMES', () =>
    filter.from === undefined && filter.to === undefined ? latestOutcomes : 'outcome o',
  )

const valuesOf = ({ systemId, environment, from, to }: ExportFilter) => [
  systemId ?? null,
  environment ?? null,
  from ?? null,
  to ?? null,
]

/** How much an export would be, its texts in bytes: counted before it is read, since memory is not endless. */
export async function countExported(
  { sql }: TenantContext,
  filter: ExportFilter,
): Promise<{ outcomes: number; subjects: number; text: number }> {
  const { rows } = await sql.query<{ outcomes: number; subjects: number; text: number }>(
    `select count(*)::int as outcomes, coalesce(sum(greatest(jsonb_array_length(o.subjects), 1)), 0)::int as subjects,
       coalesce(sum(octet_length(o.subjects::text) + octet_length(o.parameters)), 0)::float8 as text ${of(filter)}`,
    valuesOf(filter),
  )
  return rows[0] ?? { outcomes: 0, subjects: 0, text: 0 }
}

/** What is exported, by system and check. */
export async function listExported({ sql }: TenantContext, filter: ExportFilter): Promise<ExportedRow[]> {
  const { rows } = await sql.query<ExportedRow>(
    `select o.check_id, o.check_version, o.system_id, s.name as system_name, s.environment, o.state, o.reason, o.subjects,
       o.parameters, o.at, o.fresh_until, r.read, r.facts_hash ${of(filter)}
     order by s.name, o.system_id, o.check_id, o.parameters, o.at`,
    valuesOf(filter),
  )
  return rows
}
