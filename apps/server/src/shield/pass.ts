import {
  createNonce,
  isRowKind,
  KeyError,
  openInput,
  type Plan,
  report,
  type RootKey,
  run,
  runApart,
  ShieldError,
  type ShieldReport,
  type Sink,
} from '@art32/shield'
import type { AppError } from '../kernel/index.ts'
import { shieldErrors } from './errors.ts'
import { keyOwner } from './key.ts'

/** Of one record. Longer ones are no records but a quote that was never closed. */
const longestRecord = 4 * 1_048_576

/** What one run through the shield needs. */
export interface Passing {
  readonly body: AsyncIterable<Uint8Array>
  readonly plan: Plan
  readonly key: RootKey
  readonly sink: Sink
  /** Of the input unpacked, and of the output. */
  readonly limitMiB: number
  /** 0: here, for what is small. */
  readonly threads: number
  /** The nonce of this run; a new one unless told. */
  readonly document?: Uint8Array
}

/** Packed bytes of a workbook or a Parquet file, which is held whole. */
const rowsLimitMiB = 40

/**
 * Sends bytes through the shield.
 *
 * @throws {shield.unreadable | shield.bad_plan | shield.too_large | shield.empty}, and whatever `body` throws
 */
export async function pass({
  body,
  plan,
  key,
  sink,
  limitMiB,
  threads,
  document = createNonce(),
}: Passing): Promise<ShieldReport> {
  const limit = limitMiB * 1_048_576
  let written = 0
  const means = { secret: key.secret, tenant: keyOwner, document }
  try {
    if (isRowKind(plan.format.kind)) {
      const packed = await whole(body, rowsLimitMiB)
      const { outcome, bytes } = await runApart(packed, plan, means)
      if (bytes.length > limit) throw shieldErrors.too_large({ limitMiB })
      await sink(bytes)
      return report(outcome, plan, key.id, document)
    }
    const input = await openInput(body, { format: plan.format, encoding: plan.encoding })
    if (input.begun.length === 0) throw shieldErrors.empty()
    const outcome = await run({
      input: input.begun,
      plan,
      threads,
      longestRecord,
      key: means,
      async sink(bytes) {
        written += bytes.length
        if (written > limit) throw shieldErrors.too_large({ limitMiB })
        await sink(bytes)
      },
      // What is packed may be small and unpack to anything, also into columns of which nothing is kept.
      progress(read) {
        if (read > limit) throw shieldErrors.too_large({ limitMiB })
      },
    })
    return report(outcome, plan, key.id, document)
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

async function whole(body: AsyncIterable<Uint8Array>, limitMiB: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > limitMiB * 1_048_576) throw shieldErrors.too_large({ limitMiB })
    parts.push(part)
  }
  if (size === 0) throw shieldErrors.empty()
  return new Uint8Array(Buffer.concat(parts))
}

/** What the shield says of a file or a plan, as an answer. */
export function refusalOf(error: unknown): AppError | null {
  if (error instanceof ShieldError) return shieldErrors.unreadable({ problem: error.message }, { cause: error })
  return error instanceof KeyError ? shieldErrors.bad_plan({ problem: error.message }, { cause: error }) : null
}

/** What was changed or found, by type: what a ledger and a list of files may say of it. */
export function countsByType({ columns }: Pick<ShieldReport, 'columns'>): Record<string, number> {
  const sum: Record<string, number> = {}
  const add = (type: string, count: number) => {
    if (count > 0) sum[type] = (sum[type] ?? 0) + count
  }
  for (const { type, did, changed, found, quarantined } of columns) {
    for (const [one, count] of Object.entries(found)) add(one, count)
    if (did !== 'keep' && did !== 'text' && type !== null) add(type, changed)
    if (type === null) add('unknown-column', quarantined)
  }
  return sum
}
