import { z } from 'zod'
import { editionFor, linesOf } from '@art32/press'
import { documentOf, listPublished } from '../edition/index.ts'
import type { Happening, TenantContext } from '../evidence/index.ts'
import { findRegister, loadRegister } from '../measure/index.ts'
import { letterQueue } from './queues.ts'
import type { LetterJob } from './queues.ts'

/** A line that lapsed, as a notice keeps it: its text stands in the edition. */
export const LapsedLine = z.object({
  line: z.string(),
  /** When the proof ran out; null: it did not, what it looked at fails. */
  since: z.iso.datetime().nullable(),
})

/** A line that lapsed. */
export type Lapsed = z.output<typeof LapsedLine>

/** What is told of a processor: that a change holds or was taken back, the page and its feed say. */
const changes: ReadonlySet<string> = new Set(['add', 'replace', 'remove'])

/** Notes, in the transaction of a publication or of an announcement, that subscribers are to be told: neither is without the other. */
export function editionNoter(mailIsSet: boolean): (tx: TenantContext, happening: Happening) => Promise<void> {
  return async (tx, { type, about, code }) => {
    // Without a mail server nothing is kept for letters, so that none of long ago is sent once there is one.
    if (!mailIsSet) return
    if (type === 'processor.announced' && changes.has(code ?? '')) {
      await tx.sql.query(`insert into subscription_notice (id, kind, change_id, at) values ($1, 'processor', $2, $3)`, [
        tx.newId(),
        about.id,
        tx.now,
      ])
      await wake(tx)
    }
    if (type === 'advisory.published') {
      // The version is added right after its leaf, in this same transaction.
      await tx.sql.query(
        `insert into subscription_notice (id, kind, advisory_id, advisory_number, at)
         values ($1, 'advisory', $2, (select coalesce(max(number), 0) + 1 from advisory_version where advisory_id = $2), $3)`,
        [tx.newId(), about.id, tx.now],
      )
      await wake(tx)
    }
    // A privacy notice of an app is no bulletin.
    if (type === 'notice.published' && about.kind === 'incident') {
      await tx.sql.query(
        `insert into subscription_notice (id, kind, bulletin_id, bulletin_number, at)
         values ($1, 'bulletin', $2, (select coalesce(max(number), 0) + 1 from incident_bulletin_version where incident_id = $2), $3)`,
        [tx.newId(), about.id, tx.now],
      )
      await wake(tx)
    }
    if (type !== 'edition.published') return
    await tx.sql.query(`insert into subscription_notice (id, kind, edition_id, at) values ($1, 'edition', $2, $3)`, [
      tx.newId(),
      about.id,
      tx.now,
    ])
    await wake(tx)
  }
}

/** Has what waits sent. @param after at the earliest then */
export async function wake(tx: TenantContext, after?: Date): Promise<void> {
  const job: LetterJob = { tenantId: tx.tenant.id }
  await tx.enqueue(letterQueue, job, after)
}

/**
 * Looks for lines that the newest edition shows as proven or confirmed and the public page shows so no more, and notes what
 * was not told yet. A failure within its grace is not told: the page does not show it either. Due once a day, which makes
 * one letter a day at most.
 */
export async function noteLapses(tx: TenantContext): Promise<void> {
  const waiting = await tx.sql.query('select 1 from subscriber_letter limit 1')
  if (waiting.rows.length > 0) await wake(tx)
  const wanted = await tx.sql.query(`select 1 from subscriber where 'lapse' = any (topics) limit 1`)
  // Whoever is the first to subscribe is told of all that has lapsed by then.
  const lapsed = wanted.rows.length === 0 ? null : await findLapsed(tx)
  const { rows } = await tx.sql.query<{ line_id: string }>('select line_id from subscription_lapse')
  const told = new Set(rows.map((row) => row.line_id))
  const lines = lapsed?.lines ?? []
  await tx.sql.query('delete from subscription_lapse where line_id <> all ($1::text[])', [
    lines.map(({ line }) => line),
  ])
  const fresh = lines.filter(({ line }) => !told.has(line))
  if (!lapsed || fresh.length === 0) return
  await tx.sql.query(
    `insert into subscription_notice (id, kind, edition_id, lines, at) values ($1, 'lapse', $2, $3, $4)`,
    [tx.newId(), lapsed.editionId, JSON.stringify(fresh), tx.now],
  )
  await tx.sql.query('insert into subscription_lapse (line_id, since) select unnest($1::text[]), $2', [
    fresh.map(({ line }) => line),
    tx.now,
  ])
  await wake(tx)
}

async function findLapsed(tx: TenantContext): Promise<{ editionId: string; lines: Lapsed[] } | null> {
  const [row] = await listPublished(tx, 1)
  const document = await findRegister(tx)
  if (!row || !document) return null
  const { lines } = await loadRegister(tx, document)
  const live = new Map(lines.map(({ statement, measure }) => [statement.id, measure?.assessed]))
  const shown = linesOf(editionFor('public', documentOf(tx, row)).sections)
  return {
    editionId: row.id,
    lines: shown.flatMap((line): Lapsed[] => {
      const now = live.get(line.id)
      if ((line.publicState !== 'proven' && line.publicState !== 'confirmed') || now?.publicState !== 'correction-due')
        return []
      const ran = now.assurance === 'lapsed' ? now.freshUntil : null
      return [{ line: line.id, since: ran?.toISOString() ?? null }]
    }),
  }
}
