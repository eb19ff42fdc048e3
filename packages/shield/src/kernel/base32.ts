import { writeBase32 } from '../operation/token-text.ts'
import { textRoom } from './kernel.ts'

const codeLength = 16

/** `Kernel.texts` without vectors. */
export function textsPlain(codes: Uint8Array, count: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < count; i += 1) {
    writeBase32(codes, i * codeLength, (i + 1) * codeLength, out, at + i * textRoom)
  }
}
