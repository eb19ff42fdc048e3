import type { TenantContext } from '../evidence/index.ts'
import type { Audience, BulletinText } from './bulletin.ts'
import { addDelivery, listNumbered, listVersions } from './store-bulletin.ts'
import type { BulletinDelivery } from './store-bulletin.ts'

/** A bulletin as those outside may read it. */
export interface PublishedBulletin {
  readonly incidentId: string
  /** What it is called outside. */
  readonly number: number
  readonly audience: Audience
  readonly closedAt: Date | null
  readonly withdrawnAt: Date | null
  /** The newest first; none of one that was taken back. */
  readonly versions: readonly { readonly number: number; readonly at: Date; readonly text: BulletinText }[]
}

/** Every bulletin that was published, to whomever, the newest first. */
export async function listBulletins(tx: TenantContext): Promise<PublishedBulletin[]> {
  const rows = await listNumbered(tx)
  const versions = Map.groupBy(
    await listVersions(
      tx,
      rows.map((row) => row.incident_id),
    ),
    (one) => one.incident_id,
  )
  return rows.map((row) => ({
    incidentId: row.incident_id,
    number: row.number ?? 0,
    audience: row.audience,
    closedAt: row.closed_at,
    withdrawnAt: row.withdrawn_at,
    versions:
      row.withdrawn_at === null
        ? (versions.get(row.incident_id) ?? [])
            .toReversed()
            .map(({ number, published_at: at, content }) => ({ number, at, text: content }))
        : [],
  }))
}

/** Those for everybody. */
export async function listPublicBulletins(tx: TenantContext): Promise<PublishedBulletin[]> {
  return (await listBulletins(tx)).filter(({ audience }) => audience === 'public')
}

/** Writes down what became of a letter, without an address. */
export async function noteBulletinDelivery(tx: TenantContext, row: BulletinDelivery): Promise<void> {
  if (!(await addDelivery(tx, row))) return
  await tx.append({
    type: 'notice.sent',
    about: { kind: 'incident', id: row.incident_id },
    code: row.outcome,
    content: { content: { version: row.number, subscriber: row.subscriber_id, mail: row.mail_id } },
    by: 'system',
  })
}
