import { fileNameOf, hashFile, namespaceOf, pathOf, whiteFolder } from './csaf.ts'
import type { Publisher } from './csaf.ts'
import type { PublishedRow } from './advisory-store.ts'

/** A file below `csaf/`. */
export interface CsafFile {
  readonly type: string
  readonly body: string
}

/** What `provider-metadata.json` is called, wherever it lies. */
export const metadataFile = 'csaf/provider-metadata.json'

/**
 * The files by which programs find advisories: metadata, list, changes, the documents and their hashes.
 *
 * No OpenPGP signature is made: there is no such key here. Each document is a leaf of the ledger instead, whose proof anybody
 * can check; so the role is `csaf_provider`, not `csaf_trusted_provider`.
 *
 * @param path below the public page of the tenant
 * @param published the newest version of each advisory, the one changed last first
 * @source OASIS CSAF 2.0, section 7.1: requirements 1 to 4, 6 to 9, 11 to 14 and 18
 */
export function csafFile(path: string, published: readonly PublishedRow[], publisher: Publisher): CsafFile | null {
  if (path === metadataFile) return json(metadata(published, publisher))
  if (!path.startsWith(`${whiteFolder}/`)) return null
  const file = path.slice(whiteFolder.length + 1)
  if (file === 'index.txt') return text(published.map((row) => `${placeOf(row)}\n`).join(''))
  if (file === 'changes.csv') return { type: 'text/csv; charset=utf-8', body: changes(published) }
  for (const row of published) {
    const place = placeOf(row)
    const name = fileNameOf(row.tracking_id)
    if (file === place) return { type: 'application/json', body: row.document }
    if (file === `${place}.sha256`) return text(hashFile(row.document, name, 'sha256'))
    if (file === `${place}.sha512`) return text(hashFile(row.document, name, 'sha512'))
  }
  return null
}

/** Where the document of an advisory lies below the folder. */
export function placeOf({ tracking_id: id, first_at: first }: PublishedRow): string {
  return pathOf(id, first.toISOString())
}

function metadata(published: readonly PublishedRow[], publisher: Publisher): object {
  return {
    canonical_url: `${publisher.home}/${metadataFile}`,
    distributions: [{ directory_url: `${publisher.home}/${whiteFolder}` }],
    last_updated: (published[0]?.published_at ?? new Date(0)).toISOString(),
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    publisher: { category: 'vendor', name: publisher.name, namespace: namespaceOf(publisher) },
    role: 'csaf_provider',
  }
}

/** Every document with the moment of its last change, the newest first (§7.1.13). */
function changes(published: readonly PublishedRow[]): string {
  return published.map((row) => `"${placeOf(row)}","${row.published_at.toISOString()}"\r\n`).join('')
}

function json(value: object): CsafFile {
  return { type: 'application/json', body: `${JSON.stringify(value, null, 2)}\n` }
}

function text(body: string): CsafFile {
  return { type: 'text/plain; charset=utf-8', body }
}
