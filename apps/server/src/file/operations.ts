import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { contentErrors, fileErrors } from './errors.ts'
import { addFile, listFiles, readFile } from './file.ts'
import { inspectFile } from './inspect.ts'
import { isAboutKind, mayAdd, mayRead } from './kinds.ts'

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
  removedAt: z.iso.datetime().nullable(),
})

/** What can be done with evidence files. What they belong to takes their ids. */
export function fileOperations() {
  return [
    tenantOperation({
      id: 'file.add',
      summary: 'Uploads a file; it is kept for a day until something takes it as its evidence',
      kind: 'upload',
      needs: 'register:read',
      changes: true,
      input: z.object({}),
      output: FileShown,
      refuses: [...contentErrors, fileErrors.may_not_add, fileErrors.too_many_waiting],
      async run(_, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        if (!mayAdd(tx.caller.permissions)) throw fileErrors.may_not_add()
        return await addFile(tx, await inspectFile(tx.upload))
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
  ]
}
