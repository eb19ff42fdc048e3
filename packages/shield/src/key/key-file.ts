import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import { KeyError } from './error.ts'
import { rootKey, rootKeyLength, type RootKey } from './root-key.ts'

/**
 * The file of a root key is one line: `art32-shield-key-1:` and the 32 bytes in base64. Whoever has it can make the same
 * pseudonyms, hence find out by trying whose a pseudonym is: it is kept apart from the data (GDPR Art. 4(5)).
 */
const keyLabel = 'art32-shield-key-1:'

/** What is read of a file: no key's file is longer. */
const longestFile = 4096

export interface KeyFile {
  readonly key: RootKey
  /** Whether others than the owner may read or write the file; worth a warning. */
  readonly isExposed: boolean
}

/**
 * @throws {KeyError} `missing`: no such file, or not readable; `malformed`: not a root key's file
 */
export function readKeyFile(path: string): KeyFile {
  const { line, isExposed } = readSecretLine(path)
  const bytes = decodeLine(line, keyLabel, rootKeyLength)
  const key = rootKey(bytes)
  bytes.fill(0)
  return { key, isExposed }
}

/**
 * Makes a new root key at random and writes its file, for the owner alone; never over a file that is there.
 *
 * @throws {KeyError} `exists`
 */
export function createKeyFile(path: string): RootKey {
  const bytes = randomBytes(rootKeyLength)
  writeSecretLine(path, encodeLine(bytes, keyLabel))
  const key = rootKey(bytes)
  bytes.fill(0)
  return key
}

/** A secret as one line of text. */
export function encodeLine(bytes: Uint8Array, label: string): string {
  return label + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

/**
 * The bytes of a line that `encodeLine` made.
 *
 * @throws {KeyError} `malformed`: another label or length
 */
export function decodeLine(line: string, label: string, length: number): Uint8Array {
  const text = line.startsWith(label) ? line.slice(label.length) : ''
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  if (bytes.length !== length || encodeLine(bytes, label) !== line) {
    throw new KeyError('malformed', `This is not a line “${label}…” with ${String(length)} bytes in base64.`)
  }
  return bytes
}

/** The only line of a small file, and whether others may read or write the file (where the system knows such rights). */
export function readSecretLine(path: string): { line: string; isExposed: boolean } {
  const file = openSecret(path)
  try {
    const buffer = Buffer.alloc(longestFile)
    const line = buffer.toString('latin1', 0, readSync(file, buffer, 0, longestFile, null)).replace(/\r?\n$/, '')
    buffer.fill(0)
    const isExposed = process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0
    return { line, isExposed }
  } finally {
    closeSync(file)
  }
}

function openSecret(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw new KeyError('missing', `The key file ${path} cannot be read.`, { cause: error })
  }
}

/** Writes a file of one line that only its owner can read; never over one that is there. */
export function writeSecretLine(path: string, line: string): void {
  try {
    writeFileSync(path, `${line}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new KeyError('exists', `${path} is there already; a key is never overwritten.`, { cause: error })
    }
    throw error
  }
}
