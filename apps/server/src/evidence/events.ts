import { actorKinds, canonicalize, parseLeaf } from '@art32/ledger'
import type { TenantContext } from './tenants.ts'

/** Something that happened, as the ledger tells it. */
export interface LedgerEvent {
  readonly index: number
  readonly at: Date
  readonly type: string
  readonly code: string | null
  readonly subject: { readonly kind: string; readonly id: string }
  readonly who: string
  /** The account of the actor, where that is still kept. */
  readonly account: string | null
  /** Opened content by role, where it is still kept. */
  readonly content: Record<string, unknown>
}

interface Row {
  idx: string
  leaf: Buffer
  roles: string[] | null
  contents: (Buffer | null)[] | null
}

const columns = `e.idx, e.leaf,
  array_agg(o.role) filter (where o.role is not null) as roles, array_agg(o.content) filter (where o.role is not null) as contents`

/** Which events are wanted; what is left out is not asked for. */
export interface EventFilter {
  /** The id of what it is about. */
  readonly about?: string | undefined
  /** The noun of the event's type, e.g. `measure`. */
  readonly noun?: string | undefined
  /** The account of whoever did it. */
  readonly accountId?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Index of the first entry that is too new. */
  readonly before?: number | undefined
}

/** What happened, newest first, as far as it is wanted. */
export async function eventsWhere({ sql }: TenantContext, filter: EventFilter, limit: number): Promise<LedgerEvent[]> {
  const { about, noun, accountId, from, to, before } = filter
  const { rows } = await sql.query<Row>(
    `select ${columns} from (
       select idx, leaf from log_entry l where
         ($1::text is null or subject = $1) and ($2::text is null or split_part(type, '.', 1) = $2)
         and ($3::bytea[] is null or exists (
           select 1 from opening a where a.idx = l.idx and a.role = 'actor' and a.content = any ($3)))
         and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
         and ($6::bigint is null or idx < $6)
       order by idx desc limit $7) e
     left join opening o on o.idx = e.idx group by e.idx, e.leaf order by e.idx desc`,
    [
      about ?? null,
      noun ?? null,
      accountId === undefined
        ? null
        : actorKinds.map((kind) => Buffer.from(canonicalize({ account: accountId, kind }))),
      from ?? null,
      to ?? null,
      before ?? null,
      limit,
    ],
  )
  return rows.map(eventOf)
}

function eventOf({ idx, leaf, roles, contents }: Row): LedgerEvent {
  const { at, type, code, subj, actor } = parseLeaf(leaf)
  const content: Record<string, unknown> = {}
  for (const [i, role] of (roles ?? []).entries()) {
    const bytes = contents?.[i]
    if (bytes) content[role] = JSON.parse(bytes.toString('utf8'))
  }
  const { actor: person, ...rest } = content
  const account = typeof person === 'object' && person !== null && 'account' in person ? String(person.account) : null
  return {
    index: Number(idx),
    at: new Date(at),
    type,
    code: code ?? null,
    subject: { kind: subj.t, id: subj.id },
    who: actor.k,
    account,
    content: rest,
  }
}
