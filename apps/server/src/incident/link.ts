import { createHash, randomBytes } from 'node:crypto'
import type { TenantContext } from '../evidence/index.ts'
import { getIncident } from './store.ts'
import type { IncidentRow } from './store.ts'
import { findLink, noteUse } from './store-case.ts'
import type { LinkRow } from './store-case.ts'

/** How often a link opens something. */
export const mostUses = 500

/** Why a link opens nothing. */
export type LinkRefusal = 'unknown' | 'expired' | 'ended' | 'used-up'

/** A new link: what it carries, and what is kept of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('hex')
  return { token, hash: hashOf(token) }
}

/** The case that a link opens, or why it opens nothing. Of a link that never was nobody learns more than that. */
export async function openLink(
  tx: TenantContext,
  token: string,
): Promise<{ readonly link: LinkRow; readonly row: IncidentRow } | LinkRefusal> {
  const link = /^[0-9a-f]{64}$/.test(token) ? await findLink(tx, hashOf(token)) : undefined
  if (!link) return 'unknown'
  if (link.ended_at !== null) return 'ended'
  if (link.ends_at <= tx.now) return 'expired'
  if (link.uses >= mostUses) return 'used-up'
  return { link, row: await getIncident(tx, link.incident_id) }
}

/** Records that something was taken by a link. */
export async function noteTaken(tx: TenantContext, { id, incident_id: incidentId }: LinkRow): Promise<void> {
  await noteUse(tx, id)
  await tx.append({
    type: 'export.created',
    about: { kind: 'incident', id: incidentId },
    code: 'link',
    content: { content: { link: id } },
    by: 'system',
  })
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
