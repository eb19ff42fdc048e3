import { parseLeaf } from '@art32/ledger'
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

/** What happened to one thing, oldest first. */
export async function eventsAbout({ sql }: TenantContext, subjectId: string): Promise<LedgerEvent[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from log_entry e left join opening o on o.idx = e.idx where e.subject = $1 group by e.idx, e.leaf order by e.idx`,
    [subjectId],
  )
  return rows.map(eventOf)
}

/** A page of the ledger, newest first. @param before index of the first entry that is too new; null: from the head */
export async function eventsBefore(
  { sql }: TenantContext,
  before: number | null,
  limit: number,
): Promise<LedgerEvent[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from (select idx, leaf from log_entry where $1::bigint is null or idx < $1 order by idx desc limit $2) e
     left join opening o on o.idx = e.idx group by e.idx, e.leaf order by e.idx desc`,
    [before, limit],
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
