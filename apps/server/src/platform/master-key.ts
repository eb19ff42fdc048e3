import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync, linkSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { defineErrors } from '../kernel/index.ts'

const errors = defineErrors('master_key', {
  not_private: {
    status: 500,
    family: 'refusal',
    en: 'The master key file can be read by other accounts (mode {mode}). Run chmod 600 on it.',
    de: 'Die Datei mit dem Hauptschlüssel ist für andere Konten lesbar (Modus {mode}). Bitte chmod 600 ausführen.',
  },
  malformed: {
    status: 500,
    family: 'refusal',
    en: 'The master key file must hold 64 hexadecimal digits. Put the right file back; without it no tenant can be opened.',
    de: 'Die Datei mit dem Hauptschlüssel muss 64 Hexadezimalziffern enthalten. Ohne die richtige Datei lässt sich kein Mandant öffnen.',
  },
})

/**
 * Reads the master key, which wraps every tenant's key; makes one where there is none yet.
 *
 * @returns 32 bytes
 * @throws {master_key.not_private} when group or others may read the file
 */
export function readMasterKey(path: string): Uint8Array {
  if (!existsSync(path)) create(path)
  const mode = statSync(path).mode & 0o777
  if (mode & 0o077) throw errors.not_private({ mode: mode.toString(8) })
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw errors.malformed()
  return Buffer.from(text, 'hex')
}

/** Written whole under another name and linked, so that a crash never leaves half a key and two starts agree on one. */
function create(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}
