import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'

/** What lies on the disk below a folder. */
export interface Lying {
  readonly files: number
  readonly bytes: number
}

/** Files and what they take of the disk; those that go meanwhile are not counted. */
export function lyingIn(folder: string): Lying {
  let files = 0
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const stat = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })
    if (!stat) continue
    files += 1
    bytes += stat.blocks * 512
  }
  return { files, bytes }
}

/** Bytes of tables with their indexes and what lies beside them, by name. */
export async function tableSizes(client: Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]))
}

/** How much tables grew together. */
export function grown(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  names: readonly string[],
) {
  return names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0)
}
