import { createHash } from 'node:crypto'
import { contentErrors, fileErrors } from '../file/index.ts'
import type { FileInspector, InspectedFile } from '../file/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { readingErrors, scannerErrors } from '../platform/index.ts'
import type { BytesAnswer, Question } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import type { ReadResult } from '@art32/reader'
import { documentHandling, fileDocument, keepable, statementsOf } from './document.ts'

/** What looking at processors' documents needs of the rest of the server. */
export interface WatchDependencies {
  readonly tenants: Tenants
  readonly files: FileInspector
  readonly askForBytes: (address: string, question: Question) => Promise<BytesAnswer>
  readonly read: (bytes: Uint8Array, name: string, now: Date) => Promise<ReadResult>
  readonly mayBeLocal: (tenant: Tenant) => boolean
}

/** The address at which a processor's document lies, and what was seen there last. */
export interface WatchRow {
  readonly processor_id: string
  readonly address: string
  readonly next_at: Date
  readonly looked_at: Date | null
  readonly outcome: 'unchanged' | 'changed' | 'first' | 'not-looked' | null
  readonly reason: string | null
  readonly sha256: string | null
}

/** Why something could not be looked at. */
export const notLooked = ['unreachable', 'moved', 'refused', 'too-large', 'unreadable'] as const

/** How often a document is looked at. */
const everyDays = 7
/** A document of measures with pictures; what is larger is none. */
const mostBytes = 10 * 1_048_576

export async function findWatch({ sql }: TenantContext, processorId: string): Promise<WatchRow | undefined> {
  return (await sql.query<WatchRow>('select * from processor_watch where processor_id = $1', [processorId])).rows[0]
}

/** Sets or ends what is looked at; it is looked at with the next job. */
export async function saveWatch(
  { sql, now }: TenantContext,
  processorId: string,
  address: string | null,
): Promise<void> {
  await sql.query('delete from processor_watch where processor_id = $1', [processorId])
  if (address !== null)
    await sql.query('insert into processor_watch (processor_id, address, next_at) values ($1, $2, $3)', [
      processorId,
      address,
      now,
    ])
}

/** Looks at every document of a tenant that is due, one after the other, outside of any transaction. */
export async function lookAtDocuments(tenantId: string, dependencies: WatchDependencies): Promise<void> {
  const { tenants, mayBeLocal } = dependencies
  const due = await tenants.asSystem(tenantId, async ({ sql, now, tenant }) => {
    const { rows } = await sql.query<WatchRow>(
      `select w.* from processor_watch w join processor p on p.id = w.processor_id
       where w.next_at <= $1 and p.state <> 'ended' order by w.next_at`,
      [now],
    )
    return rows.map((row) => ({ row, now, isLocal: mayBeLocal(tenant) }))
  })
  for (const { row, now, isLocal } of due) {
    const seen = await look(row, { now, isLocal, tenantId }, dependencies)
    await tenants.asSystem(tenantId, (tx) => keep(tx, row, seen))
  }
}

type Seen =
  | { readonly reason: (typeof notLooked)[number] }
  | {
      readonly sha256: string
      /** Null: the same bytes as last time. */
      readonly read: { readonly file: InspectedFile; readonly result: ReadResult } | null
    }

async function look(
  { address, sha256: last }: WatchRow,
  { now, isLocal, tenantId }: { now: Date; isLocal: boolean; tenantId: string },
  { askForBytes, read, files }: WatchDependencies,
): Promise<Seen> {
  const answer = await askForBytes(address, { method: 'GET', mayBeLocal: isLocal, mostBytes }).catch(
    (error: unknown) => ({
      reason:
        error instanceof Error && error.message === 'an answer that does not end'
          ? ('too-large' as const)
          : ('unreachable' as const),
    }),
  )
  if ('reason' in answer) return answer
  // Where it leads is for a person to judge: nobody is sent anywhere.
  if (answer.status >= 300 && answer.status < 400) return { reason: 'moved' }
  if (answer.status !== 200) return { reason: 'refused' }
  const sha256 = createHash('sha256').update(answer.bytes).digest('hex')
  if (sha256 === last) return { sha256, read: null }
  try {
    const name = nameOf(address, answer.bytes)
    const result = await read(answer.bytes, name, now)
    const file = await files.inspect(
      keepable(name, answer.bytes, result),
      { tenantId, accountId: null },
      documentHandling,
    )
    return { sha256, read: { file, result } }
  } catch (error) {
    if (isRefusal(error, Object.values(scannerErrors))) return { reason: 'unreachable' }
    const unfit = [readingErrors.unreadable, readingErrors.too_demanding, fileErrors.is_malware, ...contentErrors]
    if (isRefusal(error, unfit)) return { reason: 'unreadable' }
    throw error
  }
}

async function keep(tx: TenantContext, row: WatchRow, seen: Seen): Promise<void> {
  const outcome = 'reason' in seen ? seen : await fileSeen(tx, row, seen)
  const { rows } = await tx.sql.query(
    `update processor_watch set looked_at = $2, next_at = $3, outcome = $4, reason = $5, sha256 = coalesce($6, sha256)
     where processor_id = $1 and address = $7 returning processor_id`,
    [
      row.processor_id,
      tx.now,
      new Date(tx.now.getTime() + everyDays * 86_400_000),
      'reason' in outcome ? 'not-looked' : outcome.outcome,
      'reason' in outcome ? outcome.reason : null,
      'reason' in outcome ? null : outcome.sha256,
      row.address,
    ],
  )
  // Said once, and again only after somebody could look.
  if (rows.length > 0 && 'reason' in outcome && row.outcome !== 'not-looked')
    await tx.append({
      type: 'processor.document',
      about: { kind: 'processor', id: row.processor_id },
      code: 'not-looked',
      content: { content: { reason: outcome.reason } },
      by: 'system',
    })
}

async function fileSeen(
  tx: TenantContext,
  row: WatchRow,
  { sha256, read }: Extract<Seen, { sha256: string }>,
): Promise<{ outcome: 'unchanged' | 'changed' | 'first'; sha256: string }> {
  if (read === null) return { outcome: 'unchanged', sha256 }
  const filed = await fileDocument(tx, row.processor_id, {
    file: read.file,
    origin: 'fetched',
    statements: statementsOf(read.result),
  })
  return { outcome: filed === null ? 'unchanged' : filed.isFirst ? 'first' : 'changed', sha256 }
}

function isRefusal(error: unknown, makers: readonly { readonly definition: { readonly code: string } }[]): boolean {
  return error instanceof AppError && makers.some(({ definition }) => definition.code === error.code)
}

/** A name whose ending is what the bytes are: an address need not have one. */
function nameOf(address: string, bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  const ending = start.startsWith('%PDF')
    ? 'pdf'
    : start.startsWith('PK')
      ? 'docx'
      : /<(?:!doctype|html)/i.test(start)
        ? 'html'
        : 'txt'
  return `${new URL(address).hostname}.${ending}`
}
