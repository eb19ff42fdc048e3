import { createHash, randomBytes } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { TenantContext } from '../evidence/index.ts'
import { findByHash, findTerms, getTerms } from './store.ts'
import type { DisclosureRow, Terms } from './store.ts'

/** How often something may be taken by one link. */
export const mostUses = 100

/** Why a link opens nothing. */
export type Refusal = 'unknown' | 'expired' | 'revoked' | 'used-up'

/** A link that opens something. */
export interface Opened {
  readonly disclosure: DisclosureRow
  /** What must be accepted first; null: nothing, or it was. */
  readonly terms: Terms | null
}

/** A new link: what it carries, and what is kept of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('hex')
  return { token, hash: hashOf(token) }
}

/** What a link opens, or why it opens nothing. Of a link that never was nobody learns more than that. */
export async function findByToken(tx: TenantContext, token: string): Promise<Opened | Refusal> {
  const row = /^[0-9a-f]{64}$/.test(token) ? await findByHash(tx, hashOf(token)) : undefined
  if (!row) return 'unknown'
  const refusal = refusalOf(row, tx.now)
  if (refusal) return refusal
  const needed = row.terms_version === null ? null : await getTerms(tx, row.terms_version)
  return { disclosure: row, terms: row.accepted_at === null ? needed : null }
}

/** Why a granted link opens nothing; null: it opens. */
export function refusalOf({ state, ends_at, uses }: DisclosureRow, now: Date): Refusal | null {
  if (state === 'revoked') return 'revoked'
  if (state !== 'granted') return 'unknown'
  if (ends_at <= now) return 'expired'
  return uses >= mostUses ? 'used-up' : null
}

/**
 * Records that the terms were accepted. The leaf commits to their text and to who accepted by a salted hash: the name
 * itself goes with the request.
 */
export async function accept(tx: TenantContext, { disclosure, terms }: Opened): Promise<void> {
  if (!terms) return
  const salt = randomBytes(32)
  const { name, organisation, email, id } = disclosure
  const by = createHash('sha256').update(salt).update(canonicalize({ name, organisation, email })).digest('hex')
  await tx.sql.query('update disclosure set accepted_at = $2, accepted_salt = $3 where id = $1', [id, tx.now, salt])
  await tx.append({
    type: 'disclosure.accepted',
    about: { kind: 'disclosure', id },
    content: { content: { terms: terms.version, sha256: terms.sha256.toString('hex'), by } },
    by: 'system',
  })
}

/** Records that something was taken. @param what `edition`, or the id of a document */
export async function take(tx: TenantContext, { id }: DisclosureRow, what: string): Promise<void> {
  await tx.sql.query('update disclosure set uses = uses + 1 where id = $1', [id])
  await tx.sql.query('insert into disclosure_use (id, disclosure_id, what, at) values ($1, $2, $3, $4)', [
    tx.newId(),
    id,
    what,
    tx.now,
  ])
  await tx.append({
    type: 'disclosure.used',
    about: { kind: 'disclosure', id },
    content: { content: { what } },
    by: 'system',
  })
}

/** The terms that a link made now asks for; null: there are none. */
export async function termsForNew(tx: TenantContext): Promise<number | null> {
  return (await findTerms(tx))?.version ?? null
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
