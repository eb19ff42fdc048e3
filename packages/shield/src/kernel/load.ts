import { textsPlain } from './base32.ts'
import { cutRecordsPlain, scanCellsPlain } from './csv.ts'
import { hmacPlain } from './hmac.ts'
import type { Kernel } from './kernel.ts'
import { simdKernel } from './simd.ts'

/** The kernel without WebAssembly. */
export const plainKernel: Kernel = {
  kind: 'plain',
  hmac: hmacPlain,
  texts: textsPlain,
  scanCells: scanCellsPlain,
  cutRecords: cutRecordsPlain,
}

let loaded: Kernel | undefined

/** This thread's kernel: with vectors where the engine has them, else the plain one, which gives the same bytes. */
export function kernel(): Kernel {
  loaded ??= simdOr(plainKernel)
  return loaded
}

function simdOr(fallback: Kernel): Kernel {
  try {
    return simdKernel()
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return fallback
    throw error
  }
}
