import { z } from 'zod'
import { contentErrors, fileErrors, FileShown, listFiles } from '../file/index.ts'
import type { FileInspector } from '../file/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { readingErrors, scannerErrors } from '../platform/index.ts'
import type { ReadResult } from '@art32/reader'
import { documentHandling, fileDocument, keepable, listVersions, statementsOf } from './document.ts'
import { processorErrors } from './errors.ts'
import * as store from './store.ts'
import { findWatch, notLooked, saveWatch } from './watch.ts'
import type { WatchRow } from './watch.ts'

/** The queue in which the documents of one tenant's processors are looked at. */
export const watchQueue = 'processor.watch'

/** A tenant whose processors' documents are due. */
export interface WatchJob {
  readonly tenantId: string
}

/** What processors' documents need of the rest of the server. */
export interface DocumentDependencies {
  readonly read: (bytes: Uint8Array, name: string, now: Date) => Promise<ReadResult>
  readonly files: FileInspector
}

const Watch = z.object({
  address: z.string(),
  lookedAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime(),
  outcome: z.enum(['unchanged', 'changed', 'first', 'not-looked']).nullable(),
  /** Why nobody could look. */
  reason: z.enum(notLooked).nullable(),
})

/** A processor's own document of measures: filed, read, watched. */
export function documentOperations({ read, files: inspector }: DocumentDependencies) {
  return [
    tenantOperation({
      id: 'processor.documents',
      summary: 'Shows the processor’s own document of measures: its versions, what it says, and what changed in each',
      needs: 'register:read',
      input: z.object({ processorId: z.uuid() }),
      output: z.object({
        watch: Watch.nullable(),
        /** Of the newest version. */
        statements: z.array(
          z.object({
            section: z.string(),
            text: z.string(),
            status: z.string(),
            measures: z.array(z.string()),
          }),
        ),
        versions: z.array(
          z.object({
            documentId: z.uuid(),
            name: z.string(),
            origin: z.enum(['upload', 'fetched']),
            readAt: z.iso.datetime(),
            statements: z.int(),
            added: z.array(z.string()),
            removed: z.array(z.string()),
            files: z.array(FileShown),
          }),
        ),
      }),
      refuses: [processorErrors.not_found],
      async run({ processorId }, tx) {
        await store.getProcessor(tx, processorId)
        const versions = await listVersions(tx, processorId)
        const files = await listFiles(
          tx,
          'processor',
          versions.map(({ id }) => id),
        )
        const watch = await findWatch(tx, processorId)
        return {
          watch: watch ? viewWatch(watch) : null,
          statements: (versions[0]?.statements ?? []).map((one) => ({ ...one, measures: [...one.measures] })),
          versions: versions.map((one) => ({
            documentId: one.id,
            name: one.name,
            origin: one.origin,
            readAt: one.read_at.toISOString(),
            statements: one.statements.length,
            added: [...one.added],
            removed: [...one.removed],
            files: [...(files.get(one.id) ?? [])],
          })),
        }
      },
    }),
    tenantOperation({
      id: 'processor.read_document',
      summary: 'Files the processor’s own document of measures, reads it, and says what changed since the one before',
      kind: 'upload',
      needs: 'register:write',
      changes: true,
      input: z.object({ processorId: z.uuid() }),
      output: z.object({
        /** Null: it says what the one before says, and is not filed again. */
        documentId: z.uuid().nullable(),
        statements: z.int(),
        added: z.array(z.string()),
        removed: z.array(z.string()),
      }),
      refuses: [
        processorErrors.not_found,
        processorErrors.ended,
        readingErrors.unreadable,
        readingErrors.too_demanding,
        fileErrors.too_many,
        fileErrors.is_malware,
        scannerErrors.unreachable,
        scannerErrors.no_answer,
        fileErrors.too_many_waiting,
        ...contentErrors,
      ],
      async run({ processorId }, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        await getOpen(tx, processorId)
        const { bytes, name } = tx.upload
        const result = await read(bytes, name, tx.now)
        const statements = statementsOf(result)
        const by = { tenantId: tx.tenant.id, accountId: tx.caller.accountId }
        const file = await inspector.inspect(keepable(name, bytes, result), by, documentHandling)
        const filed = await fileDocument(tx, processorId, { file, origin: 'upload', statements })
        return {
          documentId: filed?.documentId ?? null,
          statements: statements.length,
          added: filed?.added ?? [],
          removed: filed?.removed ?? [],
        }
      },
    }),
    tenantOperation({
      id: 'processor.watch',
      summary: 'Gives the web address of the processor’s document, which is looked at each week; or none any more',
      needs: 'connection:write',
      changes: true,
      input: z.object({ processorId: z.uuid(), address: z.string().trim().max(500).nullable() }),
      output: z.object({}),
      refuses: [processorErrors.not_found, processorErrors.ended, processorErrors.bad_address],
      async run({ processorId, address }, tx) {
        await getOpen(tx, processorId)
        if (address !== null && !isAddress(address)) throw processorErrors.bad_address()
        const before = await findWatch(tx, processorId)
        await saveWatch(tx, processorId, address)
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'processor', id: processorId },
          code: 'watch',
          content: { before: { address: before?.address ?? null }, after: { address } },
        })
        if (address !== null) await wake(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.look',
      summary: 'Looks at the processor’s document now, in the background',
      needs: 'check:run',
      changes: true,
      input: z.object({ processorId: z.uuid() }),
      output: z.object({}),
      refuses: [processorErrors.not_found, processorErrors.ended, processorErrors.not_watched],
      async run({ processorId }, tx) {
        await getOpen(tx, processorId)
        const watch = await findWatch(tx, processorId)
        if (!watch) throw processorErrors.not_watched()
        await tx.sql.query('update processor_watch set next_at = $2 where processor_id = $1', [processorId, tx.now])
        await tx.append({ type: 'processor.document', about: { kind: 'processor', id: processorId }, code: 'asked' })
        await wake(tx)
        return {}
      },
    }),
  ]
}

async function getOpen(tx: TenantContext, processorId: string): Promise<void> {
  const { state } = await store.getProcessor(tx, processorId, true)
  if (state === 'ended') throw processorErrors.ended()
}

async function wake(tx: TenantContext): Promise<void> {
  const job: WatchJob = { tenantId: tx.tenant.id }
  await tx.enqueue(watchQueue, job)
}

/** By TLS, without a name and password in it. Where it leads is checked when it is asked. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocol === 'https:' && username === '' && password === ''
}

function viewWatch(row: WatchRow): z.input<typeof Watch> {
  return {
    address: row.address,
    lookedAt: row.looked_at?.toISOString() ?? null,
    nextAt: row.next_at.toISOString(),
    outcome: row.outcome,
    reason: notLooked.find((one) => one === row.reason) ?? null,
  }
}
