import { open } from 'node:fs/promises'
import { detectorsFor } from '../engine/detection.ts'
import { makeTyper } from '../detect/type-of.ts'
import { headerOf } from '../format/csv-header.ts'
import { makeFormat } from '../format/make.ts'
import { isRowKind } from '../format/rows.ts'
import { openGazetteer, readGazetteer } from '../names/gazetteer.ts'
import type { Plan } from '../plan/plan.ts'
import { type Piece, profilePieces, profileRows } from '../profile/profile.ts'
import type { Input } from './input.ts'

/** How much is looked at in the middle and near the end. */
const SAMPLE = 1 << 20

/**
 * Looks at an input that was opened and not yet read on, and writes a plan for it: at its first megabyte, and, of a plain file that is longer, at
 * two more, since a file is often sorted by age or place.
 *
 * @param path of the file where there is one
 */
export async function profile(input: Input, path: string | undefined): Promise<Plan> {
  const { begun, format: kind, encoding } = input
  const typer = makeTyper(detectorsFor({ country: 'de' }))
  const names = openGazetteer(readGazetteer())
  if (isRowKind(kind.kind)) {
    const { openRows } = await import('../engine/run-rows.ts')
    const rows = await openRows(kind.kind, begun, undefined, async () => {})
    return await profileRows(rows, kind, rows.withheld ?? new Set(), typer, names)
  }
  const header = kind.kind === 'csv' ? headerOf(begun, kind) : undefined
  const format = makeFormat(kind, header?.columns ?? [])
  const pieces: Piece[] = []
  const take = (bytes: Uint8Array, last: boolean) => {
    const state = format.state()
    const length = format.cut(bytes, bytes.length, last)
    if (length > 0) pieces.push({ bytes: bytes.subarray(0, length), length, state })
  }
  take(begun.head.subarray(header?.end ?? 0, begun.length), begun.length < begun.head.length)
  const plain = path !== undefined && input.compression === 'none' && encoding === 'utf-8' && kind.kind !== 'json'
  if (plain) for (const bytes of await further(path, input.size ?? 0, begun.head.length)) take(bytes, false)
  return profilePieces(pieces, format, kind, encoding, typer, names)
}

/** Two pieces more, from behind a line end on. */
async function further(path: string, size: number, looked: number): Promise<Uint8Array[]> {
  if (size < looked + 2 * SAMPLE) return []
  const handle = await open(path)
  try {
    const pieces: Uint8Array[] = []
    for (const at of [Math.floor((size - looked) / 2) + looked - SAMPLE, size - SAMPLE]) {
      const bytes = new Uint8Array(SAMPLE)
      const { bytesRead } = await handle.read(bytes, 0, SAMPLE, at)
      const line = bytes.indexOf(10)
      if (line >= 0 && line < bytesRead) pieces.push(bytes.subarray(line + 1, bytesRead))
    }
    return pieces
  } finally {
    await handle.close()
  }
}
