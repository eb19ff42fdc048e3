import { decodeUtf8, type Bundle } from '@art32/ledger'
import type { EditionDocument } from '@art32/press'

/** The edition of a bundle that holds: its shape was judged by the audit before. */
export function editionOf(files: Bundle): EditionDocument | null {
  const manifest = jsonOf(files, 'bundle.json')
  const content = manifest === null ? null : openedAs(files, Number(manifest['editionLeaf']), 'content')
  return isRecord(content?.['edition']) ? (content['edition'] as unknown as EditionDocument) : null
}

/** The record that a leaf opens as under a role; null where it is withheld. */
export function openedAs(files: Bundle, leaf: number, role: string): Readonly<Record<string, unknown>> | null {
  return jsonOf(files, `openings/${leaf}/${role}.content`)
}

function jsonOf(files: Bundle, path: string): Readonly<Record<string, unknown>> | null {
  const bytes = files.get(path)
  const value: unknown = bytes === undefined ? null : JSON.parse(decodeUtf8(bytes))
  return isRecord(value) ? value : null
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
