import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { drawPdf, scannerErrors } from '../platform/index.ts'
import { contentErrors, fileErrors } from './errors.ts'
import { addFile, listFiles, readFile, viewFile } from './file.ts'
import { InspectedFile } from './inspect.ts'
import type { FileInspector } from './inspect.ts'
import { aboutKinds, isAboutKind, mayAdd, mayRead } from './kinds.ts'
import { removeFile } from './remove.ts'
import * as store from './store.ts'

/** A file as operations show it. */
export const FileShown = z.object({
  fileId: z.uuid(),
  /** Null: it was deleted. */
  name: z.string().nullable(),
  type: z.string(),
  size: z.int(),
  sha256: z.string(),
  addedAt: z.iso.datetime(),
  scan: z.enum(['clean', 'not-scanned']),
  /** What the shield took out before it was kept, by type; null: nothing was looked for. */
  shielded: z.record(z.string(), z.number()).nullable(),
  /** Why its names are needed, where who brought it said so. */
  namesFor: z.string().nullable(),
  removedAt: z.iso.datetime().nullable(),
})

/** Files of one page. */
const pageSize = 50

/** What operations on files need of the rest of the server. */
export interface FileDependencies {
  readonly files: FileInspector
}

/** What can be done with evidence files. What they belong to takes their ids. */
export function fileOperations({ files }: FileDependencies) {
  return [
    tenantOperation({
      id: 'file.add',
      summary:
        'Uploads a file; tables and texts lose their personal data unless their names are needed. It is kept for a day until something takes it as its evidence',
      kind: 'upload',
      needs: 'register:read',
      changes: true,
      input: z.object({
        /** Why the names in a table or a text are needed: then it is kept as it is, and this is recorded. */
        namesFor: z.string().trim().min(3).max(500).optional(),
      }),
      output: FileShown,
      refuses: [
        ...contentErrors,
        fileErrors.may_not_add,
        fileErrors.too_many_waiting,
        scannerErrors.unreachable,
        scannerErrors.no_answer,
      ],
      async inspects(upload, by, { namesFor }) {
        if (!mayAdd(by.permissions)) throw fileErrors.may_not_add()
        return await files.inspect(upload, by, { namesFor })
      },
      async run(_, tx) {
        if (!(tx.upload instanceof InspectedFile)) throw bug('a file that nobody looked at')
        if (!mayAdd(tx.caller.permissions)) throw fileErrors.may_not_add()
        return await addFile(tx, tx.upload)
      },
    }),
    tenantOperation({
      id: 'file.list',
      summary: 'Lists the files of one thing',
      needs: 'register:read',
      input: z.object({ kind: z.string().max(40), id: z.uuid() }),
      output: z.object({ files: z.array(FileShown) }),
      refuses: [fileErrors.unknown_kind],
      async run({ kind, id }, tx) {
        if (!isAboutKind(kind) || !mayRead(kind, tx.caller.permissions)) throw fileErrors.unknown_kind()
        return { files: (await listFiles(tx, kind, [id])).get(id) ?? [] }
      },
    }),
    tenantOperation({
      id: 'file.read',
      summary: 'Hands out a file as it was uploaded, always to be saved and never shown by itself',
      kind: 'download',
      needs: 'register:read',
      input: z.object({ fileId: z.uuid() }),
      output: z.unknown(),
      refuses: [fileErrors.not_found, fileErrors.removed],
      run: async ({ fileId }, tx) => await readFile(tx, fileId),
    }),
    tenantOperation({
      id: 'file.preview',
      summary: 'Hands out a picture of a file: the picture that it is, or a drawing of the first page of a PDF',
      kind: 'download',
      needs: 'register:read',
      input: z.object({ fileId: z.uuid() }),
      output: z.unknown(),
      refuses: [fileErrors.not_found, fileErrors.removed, fileErrors.no_preview],
      async run({ fileId }, tx) {
        const file = await readFile(tx, fileId)
        if (file.type.startsWith('image/')) return file
        if (file.type !== 'application/pdf') throw fileErrors.no_preview()
        return { name: `${file.name}.svg`, type: 'image/svg+xml', bytes: drawn(file.bytes) }
      },
    }),
    tenantOperation({
      id: 'file.remove',
      summary: 'Deletes a file with a reason: its bytes and its name go, its leaf and its hash stay',
      needs: 'access:write',
      changes: true,
      input: z.object({ fileId: z.uuid(), reason: z.string().trim().min(3).max(1_000) }),
      output: z.object({}),
      refuses: [fileErrors.not_found, fileErrors.removed],
      async run({ fileId, reason }, tx) {
        await removeFile(tx, fileId, reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'file.search',
      summary: 'Lists the files of this tenant that the caller may see, the newest first, with what they belong to',
      needs: 'register:read',
      input: z.object({
        kind: z.string().max(40).optional(),
        text: z.string().trim().max(100).default(''),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        found: z.int(),
        /** Of those that are not deleted. */
        bytes: z.int(),
        pages: z.int(),
        page: z.int(),
        /** The kinds of which the caller may see files, with the months for which they are kept; null: as long as what they belong to. */
        kinds: z.array(z.object({ kind: z.string(), months: z.int().nullable() })),
        files: z.array(
          FileShown.extend({
            /** What it belongs to that the caller may see. */
            uses: z.array(z.object({ kind: z.string(), id: z.uuid() })),
            removedReason: z.string().nullable(),
          }),
        ),
      }),
      async run({ kind, text, page }, tx) {
        const readable = aboutKinds.filter((one) => mayRead(one, tx.caller.permissions))
        const kinds = kind === undefined ? readable : readable.filter((one) => one === kind)
        const { rows, found, bytes } = await store.search(tx, {
          kinds,
          text,
          limit: pageSize,
          offset: page * pageSize,
        })
        const uses = Map.groupBy(
          await store.listUses(
            tx,
            rows.map(({ id }) => id),
          ),
          (use) => use.file_id,
        )
        const periods = await store.listPeriods(tx)
        return {
          found,
          bytes,
          pages: Math.max(1, Math.ceil(found / pageSize)),
          page,
          kinds: readable.map((one) => ({ kind: one, months: periods.get(one) ?? null })),
          files: rows.map((row) => ({
            ...viewFile(row),
            removedReason: row.removed_reason,
            uses: (uses.get(row.id) ?? [])
              .filter((use) => mayRead(use.about_kind, tx.caller.permissions))
              .map((use) => ({ kind: use.about_kind, id: use.about_id })),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'file.set_period',
      summary: 'Says for how long files of one kind of thing are kept; without a period as long as what they belong to',
      needs: 'access:write',
      changes: true,
      input: z.object({ kind: z.string().max(40), months: z.int().min(1).max(600).nullable() }),
      output: z.object({}),
      refuses: [fileErrors.unknown_kind],
      async run({ kind, months }, tx) {
        if (!isAboutKind(kind)) throw fileErrors.unknown_kind()
        const before = (await store.listPeriods(tx)).get(kind) ?? null
        await store.savePeriod(tx, kind, months)
        await tx.append({
          type: 'tenant.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'file-period',
          content: { before: { kind, months: before }, after: { kind, months } },
        })
        return {}
      },
    }),
  ]
}

/** Drawn when it is asked for, which is after the tenant's database was left; nothing where it cannot be drawn. */
async function* drawn(pdf: Uint8Array): AsyncGenerator<Uint8Array> {
  const picture = await drawPdf(pdf)
  if (picture) yield picture
}
