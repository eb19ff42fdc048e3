import { erase } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { fileErrors } from './errors.ts'
import { mayUse } from './file.ts'
import type { About } from './file.ts'
import * as store from './store.ts'
import type { FileRow } from './store.ts'

/** How long a file may wait to be attached. Milliseconds. */
const patience = 24 * 3_600_000

/**
 * Deletes a file for good: its bytes unless another file has them, its name, and what opens its leaf. The leaf, the hash
 * and the records that name it stay.
 *
 * @throws {file.not_found | file.removed}
 */
export async function removeFile(tx: TenantContext, fileId: string, reason: string): Promise<void> {
  const [file] = await store.lockFiles(tx, [fileId])
  if (!file || !mayUse(tx, file, await store.listUses(tx, [fileId]))) throw fileErrors.not_found()
  if (file.removed_at !== null) throw fileErrors.removed()
  await empty(tx, file, reason)
  await tx.append({
    type: 'evidence.withdrawn',
    about: { kind: 'file', id: fileId },
    content: { reason: { reason } },
  })
}

/** Deletes the files of something that is deleted itself, unless they belong to something else, too. */
export async function removeFilesOf(tx: TenantContext, about: About): Promise<void> {
  for (const file of await store.lockOnlyOf(tx, about.kind, about.id)) await expire(tx, file, 'released')
}

/**
 * Files of things of one kind that are gone, such as the record of somebody who was deleted, belong to them no more: what belongs to
 * nothing else is taken away by {@link attendFiles}.
 *
 * @param kept  ids of everything of the kind that is still there
 */
export async function detachGone(tx: TenantContext, kind: About['kind'], kept: readonly string[]): Promise<void> {
  await store.removeUses(tx, kind, kept)
}

/**
 * Takes away what nobody attached within a day, and whose period is over. Any number of times, by any number of processes.
 *
 * @returns whether there may be more
 */
export async function attendFiles(tx: TenantContext): Promise<boolean> {
  const unused = await store.lockUnused(tx, new Date(tx.now.getTime() - patience))
  if (unused.length > 0) await store.deleteUnused(tx, unused)
  for (const { id, commitment } of unused) {
    await erase(tx.sql, commitment, tx.now)
    await tx.append({ type: 'evidence.expired', about: { kind: 'file', id }, code: 'unused', by: 'system' })
  }
  const outlived = await store.lockOutlived(tx)
  for (const file of outlived) await expire(tx, file, 'period')
  return unused.length + outlived.length >= 500
}

async function expire(tx: TenantContext, file: FileRow, code: 'period' | 'released'): Promise<void> {
  await empty(tx, file, code)
  await tx.append({ type: 'evidence.expired', about: { kind: 'file', id: file.id }, code, by: 'system' })
}

async function empty(tx: TenantContext, file: FileRow, reason: string): Promise<void> {
  await store.emptyFile(tx, file, reason)
  await erase(tx.sql, file.commitment, tx.now)
}
