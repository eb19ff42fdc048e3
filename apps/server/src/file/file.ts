import type { TenantContext } from '../evidence/index.ts'
import { fileErrors } from './errors.ts'
import type { InspectedFile } from './inspect.ts'
import { mayRead } from './kinds.ts'
import type { AboutKind } from './kinds.ts'
import * as store from './store.ts'
import type { FileRow } from './store.ts'

/** Most files of one thing, and most that one person may bring before saving what they belong to. */
export const mostFiles = 20
const mostWaiting = 100

/** A file as pages and records show it. */
export interface FileView {
  readonly fileId: string
  /** Null: it was deleted. */
  readonly name: string | null
  /** By content. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Of the content, in hexadecimal. */
  readonly sha256: string
  readonly addedAt: string
  /** What a scanner said; "not-scanned" is not clean. */
  readonly scan: 'clean' | 'not-scanned'
  /** What the shield took out before it was kept, by type; null: nothing was looked for. */
  readonly shielded: Readonly<Record<string, number>> | null
  /** Why its names are needed, where who brought it said so. */
  readonly namesFor: string | null
  readonly removedAt: string | null
}

/** What something has files for. */
export interface About {
  readonly kind: AboutKind
  readonly id: string
}

/**
 * Keeps a file that belongs to nothing yet, for who brings it: bytes, record and leaf commit together.
 *
 * @throws {file.too_many_waiting}
 */
export async function addFile(
  tx: TenantContext,
  { name, bytes, type, sha256, scan, shielded, namesFor }: InspectedFile,
): Promise<FileView> {
  const { accountId } = tx.caller
  if (accountId !== null && (await store.countWaiting(tx, accountId)) >= mostWaiting)
    throw fileErrors.too_many_waiting({ most: mostWaiting })
  const id = tx.newId()
  await store.saveContent(tx, sha256, bytes)
  const file = { sha256, size: bytes.length, type }
  const { file: commitment } = await tx.append({
    type: 'evidence.added',
    about: { kind: 'file', id },
    code: scan,
    content: {
      file: { ...file, ...(shielded === null ? {} : { shielded }), ...(namesFor === null ? {} : { namesFor }) },
    },
  })
  const row: FileRow = {
    id,
    ...file,
    name,
    added_by: accountId,
    added_at: tx.now,
    scan,
    scanned_at: scan === 'clean' ? tx.now : null,
    commitment: commitment ?? Buffer.alloc(0),
    shielded,
    names_for: namesFor,
    removed_at: null,
    removed_reason: null,
  }
  await store.addFile(tx, row)
  return viewFile(row)
}

/**
 * Makes files evidence of something, in the caller's transaction; the caller's own leaf names their hashes.
 *
 * Whether the caller may do this to what it is about was decided by the caller's operation. A file of somebody else's can be
 * used only by who may read something that it belongs to: a guessed id gives nothing away. art32 itself may use every file, so
 * as the system it is given only ids of files that were added in the same transaction, and never any that a stranger sent.
 *
 * @throws {file.not_found | file.removed | file.too_many}
 */
export async function attachFiles(tx: TenantContext, about: About, fileIds: readonly string[]): Promise<FileView[]> {
  const ids = [...new Set(fileIds)]
  if (ids.length === 0) return []
  if (ids.length + (await store.countUses(tx, about.kind, about.id)) > mostFiles)
    throw fileErrors.too_many({ most: mostFiles })
  const rows = new Map((await store.lockFiles(tx, ids)).map((row) => [row.id, row]))
  const uses = Map.groupBy(await store.listUses(tx, ids), (use) => use.file_id)
  const attached: FileView[] = []
  for (const id of ids) {
    const row = rows.get(id)
    if (!row || !mayUse(tx, row, uses.get(id) ?? [])) throw fileErrors.not_found()
    if (row.removed_at !== null) throw fileErrors.removed()
    await store.addUse(tx, { file_id: id, about_kind: about.kind, about_id: about.id })
    attached.push(viewFile(row))
  }
  return attached
}

/** Files of many things of one kind, by the id of each; things without files are left out. Whether they may be seen, the caller decides. */
export async function listFiles(
  tx: TenantContext,
  kind: AboutKind,
  ids: readonly string[],
): Promise<Map<string, FileView[]>> {
  const found = new Map<string, FileView[]>()
  for (const row of ids.length === 0 ? [] : await store.listOf(tx, kind, ids)) {
    const views = found.get(row.about_id) ?? []
    views.push(viewFile(row))
    found.set(row.about_id, views)
  }
  return found
}

/**
 * A file with its bytes, for who brought it or may read something that it belongs to.
 *
 * @throws {file.not_found | file.removed}
 */
export async function readFile(
  tx: TenantContext,
  fileId: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const row = await store.findFile(tx, fileId)
  if (!row || !mayUse(tx, row, await store.listUses(tx, [fileId]))) throw fileErrors.not_found()
  const bytes = await store.openContent(tx, row.sha256)
  if (row.name === null || !bytes) throw fileErrors.removed()
  return { name: row.name, type: row.type, bytes }
}

/** Whether somebody may see a file: it belongs to something of which they may, or to nothing yet and they brought it. */
export function mayUse({ caller }: TenantContext, row: FileRow, uses: readonly store.UseRow[]): boolean {
  const isOwn = uses.length === 0 && row.added_by !== null && row.added_by === caller.accountId
  return caller.kind === 'system' || isOwn || uses.some((use) => mayRead(use.about_kind, caller.permissions))
}

/** A row as pages show it. */
export function viewFile(row: FileRow): FileView {
  return {
    fileId: row.id,
    name: row.name,
    type: row.type,
    size: row.size,
    sha256: row.sha256,
    addedAt: row.added_at.toISOString(),
    scan: row.scan,
    shielded: row.shielded,
    namesFor: row.names_for,
    removedAt: row.removed_at?.toISOString() ?? null,
  }
}
