import { editionFor, formats, renderJson } from '@art32/press'
import type { Format, Visibility } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { zipBundle } from './publish.ts'
import type { EditionDependencies } from './publish.ts'
import * as store from './store.ts'
import type { EditionRow } from './store.ts'

/**
 * An edition in one of its forms.
 *
 * @param audience for whom the document itself is written out; what is kept is the public one
 * @returns null where an edition was made before there was this form
 */
export async function fileOf(
  tx: TenantContext,
  row: EditionRow,
  format: Pick<Format, 'file' | 'type' | 'by'>,
  dependencies: EditionDependencies,
  audience: Visibility,
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null> {
  const { file, type, by } = format
  if (by === 'ledger') return { type, bytes: await zipBundle(tx, row, dependencies) }
  if (by === 'document')
    return { type, bytes: Buffer.from(renderJson(editionFor(audience, store.documentOf(tx, row)))) }
  return (await store.listFiles(tx, row.id)).find(({ name }) => name === file) ?? null
}

/** The form whose file has this name. */
export function formatNamed(file: string): (typeof formats)[number] | undefined {
  return formats.find((format) => format.file === file)
}

/** `acme-3.pdf` or `acme-3-archive.pdf`: the edition first, then what tells its files apart. */
export function downloadName(edition: string, file: string): string {
  return `${edition}${file.replace(/^(?:edition|bundle)/, '')}`
}
