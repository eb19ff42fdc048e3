import { createHash } from 'node:crypto'
import type { Bytes } from '../platform/index.ts'

/** Lets bytes pass and notes how many they were, and their hash. */
export function measured(bytes: Bytes): { readonly bytes: Bytes; seen(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let size = 0
  return {
    bytes: (async function* () {
      for await (const part of bytes) {
        hash.update(part)
        size += part.length
        yield part
      }
    })(),
    seen: () => ({ bytes: size, sha256: hash.copy().digest('hex') }),
  }
}
