import { createHash } from 'node:crypto'
import type { Plan, RootKey, ShieldReport } from '@art32/shield'
import { bug } from '../../kernel/index.ts'
import type { ObjectStore } from '../../platform/index.ts'
import { pass } from '../pass.ts'
import { streamed } from '../streamed.ts'
import type { ObjectRow } from './store.ts'

/** Of an object unpacked, and of its output: about what a store takes in parts of sizes that nobody has to know beforehand. */
const limitMiB = 480 * 1_024

/** What one object needs. */
export interface Unit {
  readonly objects: ObjectStore
  readonly row: Pick<ObjectRow, 'key' | 'etag' | 'bytes' | 'output_key' | 'document' | 'upload'>
  readonly plan: Plan
  readonly key: RootKey
  readonly threads: number
  /** Told how many bytes of the object were read; may throw to break off. */
  readonly at: (bytes: number) => Promise<void>
  /** Told the id of an upload in parts before its first part is sent. */
  readonly began: (upload: string) => Promise<void>
}

/** What came of it. */
export interface UnitDone {
  readonly report: ShieldReport
  /** Of the output, in hexadecimal. */
  readonly sha256: string
}

/**
 * Sends one object through the shield into another, block by block. The output is there under its name once all of it went through and the
 * input's checksum was verified, and not before. The same row gives the same bytes, so that what is begun again goes on where it was cut off.
 *
 * @throws {objects.missing | objects.changed | …}, what `pass` throws, and whatever `at` throws
 */
export async function passObject({ objects, row, plan, key, threads, at, began }: Unit): Promise<UnitDone> {
  const { body } = await objects.get(row.key, { etag: row.etag })
  const hash = createHash('sha256')
  let report: ShieldReport | undefined
  const out = streamed(async (sink) => {
    report = await pass({
      body: counted(body, at),
      plan,
      key,
      threads,
      limitMiB,
      document: Buffer.from(row.document, 'hex'),
      async sink(bytes) {
        hash.update(bytes)
        await sink(bytes)
      },
    })
  })
  try {
    await objects.put(row.output_key, out, { bytes: row.bytes, upload: row.upload, began })
  } finally {
    await body.return(undefined)
  }
  if (report === undefined) throw bug('an object without a report')
  return { report, sha256: hash.digest('hex') }
}

async function* counted(body: AsyncIterable<Uint8Array>, at: Unit['at']): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    await at(bytes)
    yield piece
  }
}
