import { extname } from 'node:path'
import { stat } from 'node:fs/promises'
import { readEdition } from '@art32/press'
import type { EditionDocument } from '@art32/press'
import { fileRefusal, loadBundle, readBounded } from './bundle-source.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal } from './refusal.ts'
import { clean } from './terminal.ts'
import { editionOfBundle } from './verification.ts'

/** An edition of ten thousand lines has about 20 MiB. */
const mostBytes = 64 * 1_048_576

/**
 * The edition in a file of JSON or in a proof bundle: a ZIP file, a folder, or the address of a trust page.
 *
 * @returns null for a file of another kind
 * @throws {Refusal} what cannot be read, and a bundle that does not hold
 */
export async function loadEdition(source: string): Promise<EditionDocument | null> {
  const kind = extname(source).toLowerCase()
  if (/^https?:\/\//i.test(source) || kind === '.zip' || (await isFolder(source)))
    return editionOfBundle(nodeCrypto, (await loadBundle(source)).files)
  if (kind !== '.json') return null
  return editionOf(await readBounded(source, mostBytes).catch(refuseFile), source)
}

async function isFolder(source: string): Promise<boolean> {
  return await stat(source).then(
    (status) => status.isDirectory(),
    () => false,
  )
}

function refuseFile(error: unknown): never {
  throw fileRefusal(error, 'an edition') ?? error
}

function editionOf(bytes: Uint8Array, source: string): EditionDocument {
  try {
    return readEdition(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new Refusal(`${clean(source)} is no edition of art32.`, 2, { cause: error })
  }
}
