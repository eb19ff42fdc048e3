import { open } from 'node:fs/promises'
import { decodeUtf8, isProofText, LedgerError } from '@art32/ledger'
import { fetchBytes } from './fetch-bytes.ts'
import { errorCode, Refusal } from './refusal.ts'

const head = 'c2sp.org/tlog-proof@v1\n'
const proofLimits = { bytes: 16 * 1_048_576, fetchMs: 30_000 } as const

/** The text of a proof file, from a path or an address that ends as such files do; null: something else, as a bundle. */
export async function loadProof(source: string): Promise<string | null> {
  if (/^https?:\/\//i.test(source)) return await fetchProof(source)
  try {
    const file = await open(source)
    try {
      const start = await file.read({ buffer: Buffer.alloc(head.length), position: 0 })
      if (start.buffer.toString('latin1') !== head) return null
      if ((await file.stat()).size > proofLimits.bytes) throw new Refusal('The proof is too large to be one.')
      return textOf(await file.readFile())
    } finally {
      await file.close()
    }
  } catch (error) {
    // Whoever loads a bundle says it in full.
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG'].includes(errorCode(error))) return null
    throw error
  }
}

async function fetchProof(source: string): Promise<string | null> {
  const url = URL.canParse(source) ? new URL(source) : null
  if (url === null || !url.pathname.endsWith('.tlog-proof')) return null
  const { bytes } = await fetchBytes(url, { limit: proofLimits.bytes, milliseconds: proofLimits.fetchMs })
  const text = textOf(bytes)
  if (!isProofText(text)) throw new Refusal('What this address gives out is no proof file.')
  return text
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal('The proof is not text.', 2, { cause: error })
    throw error
  }
}
