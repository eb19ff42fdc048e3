import { createNonce } from '@art32/shield'
import type { StoredObject } from '../../platform/index.ts'
import { shieldErrors } from '../errors.ts'
import type { JobRow, ObjectRow } from './store.ts'

/** Of a job: each has a row. */
export const mostObjects = 100_000

/** Rows that are kept at once. */
const batch = 1_000

/** An object as a job begins with it. */
export type Found = Pick<ObjectRow, 'key' | 'etag' | 'bytes' | 'output_key' | 'document'>

/**
 * What a job works off, as its bucket lists it, in batches.
 *
 * @throws {shield.no_objects | shield.too_many_objects} and whatever the list throws
 */
export async function* find(
  listed: AsyncIterable<StoredObject>,
  { input, output }: Pick<JobRow, 'input' | 'output'>,
  most = mostObjects,
): AsyncGenerator<Found[]> {
  let found: Found[] = []
  let all = 0
  for await (const { key, etag, bytes } of listed) {
    // What stands for a folder holds nothing.
    if (key.endsWith('/') && bytes === 0) continue
    all += 1
    if (all > most) throw shieldErrors.too_many_objects({ most })
    const document = Buffer.from(createNonce()).toString('hex')
    found.push({ key, etag, bytes, document, output_key: output + unpacked(key.slice(input.length)) })
    if (found.length < batch) continue
    yield found
    found = []
  }
  if (all === 0) throw shieldErrors.no_objects()
  if (found.length > 0) yield found
}

/** What comes out is unpacked. */
const unpacked = (name: string): string => name.replace(/\.(?:gz|zst)$/iu, '')
