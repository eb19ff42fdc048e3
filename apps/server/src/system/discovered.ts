import type { DiscoverableKind, Discovered, Reconciled } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { systemErrors } from './system.ts'
import type { Environment } from './system.ts'

/** A system of which the facts of another one tell. */
export interface DiscoveredRow extends Reconciled {
  readonly id: string
  readonly kind: DiscoverableKind
  /** The system that told of it. */
  readonly told_by: string
  readonly told_by_name: string
  readonly connection_id: string
  readonly found_at: Date
  readonly seen_at: Date
  /** Since when it is not there any more. */
  readonly gone_at: Date | null
  /** As what it was declared. */
  readonly system_id: string | null
  readonly system_name: string | null
  readonly environment: Environment | null
  readonly reason: string | null
  readonly settled_by: string | null
  readonly settled_at: Date | null
}

const select = `select d.*, t.name as told_by_name, s.name as system_name, s.environment
  from discovered d join system t on t.id = d.told_by left join system s on s.id = d.system_id`

const listQuery = {
  name: 'discovered',
  text: `${select} where d.gone_at is null and ($1::uuid is null or d.told_by = $1) order by t.name, d.kind, d.name, d.key`,
}

/** Everything that was discovered and is still there, by what told of it. */
export async function listDiscovered({ sql }: TenantContext, toldBy: string | null = null): Promise<DiscoveredRow[]> {
  const { rows } = await sql.query<DiscoveredRow>(listQuery, [toldBy])
  return rows
}

/** @throws {system.discovered_not_found} */
export async function getDiscovered({ sql }: TenantContext, id: string): Promise<DiscoveredRow> {
  const { rows } = await sql.query<DiscoveredRow>(`${select} where d.id = $1 for update of d`, [id])
  if (!rows[0]) throw systemErrors.discovered_not_found()
  return rows[0]
}

/**
 * Brings what one part of a connection's facts tells of up to what it saw. A thing that is called as a system is, and which no other of
 * its kind is declared as, counts as declared: by its name, without a person.
 */
export async function keepDiscovered(
  tx: TenantContext,
  { systemId, connectionId }: { systemId: string; connectionId: string },
  { part, seen }: { part: string; seen: readonly Discovered[] },
): Promise<void> {
  const { sql, now } = tx
  // Attacker-controlled: who may create things at a vendor names them.
  const named = seen.map((one) => ({ ...one, key: bounded(one.key), name: bounded(one.name) }))
  const unique = [...new Map(named.map((one) => [`${one.kind} ${one.key}`, one])).values()]
  await sql.query(
    `insert into discovered (id, told_by, connection_id, part, kind, key, name, found_at, seen_at)
     select id, $1, $2, $8, kind, key, name, $3, $3
     from unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) as given (id, kind, key, name)
     on conflict (connection_id, kind, key) do update set name = excluded.name, seen_at = excluded.seen_at, gone_at = null`,
    [
      systemId,
      connectionId,
      now,
      unique.map(() => tx.newId()),
      unique.map(({ kind }) => kind),
      unique.map(({ key }) => key),
      unique.map(({ name }) => name),
      part,
    ],
  )
  await sql.query(
    'update discovered set gone_at = $2 where connection_id = $1 and part = $3 and seen_at < $2 and gone_at is null',
    [connectionId, now, part],
  )
  const own = unique.filter((one) => one.own === true)
  await sql.query(
    `update discovered d set state = 'declared', system_id = given.system_id
     from (
       select $1::uuid as connection_id, kind, key, $2::uuid as system_id from unnest($3::text[], $4::text[]) as own (kind, key)
       union all
       select n.connection_id, n.kind, n.key, s.id from discovered n join system s on lower(s.name) = lower(n.name)
       where n.connection_id = $1 and not exists (
         select 1 from discovered o where o.kind = n.kind and o.id <> n.id and o.gone_at is null
           and (o.system_id = s.id or (o.connection_id = $1 and lower(o.name) = lower(n.name))))
     ) given
     where d.state = 'open' and d.connection_id = given.connection_id and d.kind = given.kind and d.key = given.key`,
    [connectionId, systemId, own.map(({ kind }) => kind), own.map(({ key }) => bounded(key))],
  )
}

const longest = 200

function bounded(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, longest)
}

/** How a person settles something discovered. */
export type Settlement =
  | { readonly state: 'open' }
  | { readonly state: 'declared'; readonly systemId: string }
  | { readonly state: 'out-of-scope'; readonly reason: string }

/** Settles something discovered, or opens it again, with its leaf. @throws {system.discovered_not_found} */
export async function settleDiscovered(tx: TenantContext, id: string, settlement: Settlement): Promise<DiscoveredRow> {
  const before = await getDiscovered(tx, id)
  const systemId = settlement.state === 'declared' ? settlement.systemId : null
  const reason = settlement.state === 'out-of-scope' ? settlement.reason : null
  const isOpen = settlement.state === 'open'
  await tx.sql.query(
    'update discovered set state = $2, system_id = $3, reason = $4, settled_by = $5, settled_at = $6 where id = $1',
    [id, settlement.state, systemId, reason, isOpen ? null : tx.caller.accountId, isOpen ? null : tx.now],
  )
  await tx.append({
    type: 'scope.changed',
    about: { kind: 'system', id: before.told_by },
    code: settlement.state,
    content: {
      before: { kind: before.kind, name: before.name, state: before.state, system: before.system_id },
      after: { kind: before.kind, name: before.name, state: settlement.state, system: systemId },
      ...(reason === null ? {} : { reason: { reason } }),
    },
  })
  return before
}
