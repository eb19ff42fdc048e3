import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

const folder = new URL('../../verifier/', import.meta.url)
const name = 'art32-verify.mjs'

/** The verifier in one file and what it is told from another by. */
export interface VerifierFile {
  readonly bytes: Buffer
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

let read: Promise<VerifierFile> | undefined

/** `art32 verify` as one file that needs only Node.js, as the release built it. Read once. */
export const verifier = {
  name,
  type: 'text/javascript',
  read: (): Promise<VerifierFile> => (read ??= load()),
  /** The script of the page that checks a bundle in a browser. */
  readScript: (): Promise<Buffer> => readFile(new URL('verify.js', folder)),
} as const

async function load(): Promise<VerifierFile> {
  const bytes = await readFile(new URL(name, folder))
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
