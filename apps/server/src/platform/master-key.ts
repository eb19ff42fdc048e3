import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { defineErrors } from '../kernel/index.ts'
import { WrappedKey, openKeyVault } from './key-vault.ts'
import type { KeyVault, VaultSettings } from './key-vault.ts'
import type { KeyRing } from './seal.ts'

/** What the master key may be refused for. */
export const keyErrors = defineErrors('master_key', {
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
  bad_variable: {
    status: 500,
    family: 'refusal',
    en: 'The environment variable {variable} must hold 32 bytes in base64, as "openssl rand -base64 32" prints them. Where you have a copy of keys/master.key, name that file in ART32_MASTER_KEY_FILE instead.',
    de: 'Die Umgebungsvariable {variable} muss 32 Byte in Base64 enthalten, wie "openssl rand -base64 32" sie ausgibt. Wenn Sie eine Kopie von keys/master.key haben, nennen Sie stattdessen diese Datei in ART32_MASTER_KEY_FILE.',
  },
  of_another: {
    status: 500,
    family: 'refusal',
    en: 'This master key does not open this installation. Put its own key back; all processes on one database need the same one (ART32_MASTER_KEY_FILE, ART32_MASTER_KEY or ART32_KEY_VAULT).',
    de: 'Dieser Hauptschlüssel öffnet diese Installation nicht. Bitte den richtigen zurückholen; alle Prozesse an einer Datenbank brauchen denselben (ART32_MASTER_KEY_FILE, ART32_MASTER_KEY oder ART32_KEY_VAULT).',
  },
  wrapped_malformed: {
    status: 500,
    family: 'refusal',
    en: 'The wrapped master key (master.wrapped) is damaged. Put the right file back; without it no tenant can be opened.',
    de: 'Der verpackte Hauptschlüssel (master.wrapped) ist beschädigt. Ohne die richtige Datei lässt sich kein Mandant öffnen.',
  },
  set_outside: {
    status: 409,
    en: 'The master key comes from the environment. Put a new one into ART32_MASTER_KEY and the present one into ART32_MASTER_KEY_EARLIER, and start again: everything is wrapped anew then.',
    de: 'Der Hauptschlüssel kommt aus der Umgebung. Bitte einen neuen in ART32_MASTER_KEY und den jetzigen in ART32_MASTER_KEY_EARLIER setzen und neu starten: Dann wird alles neu verpackt.',
  },
})

/** Where the master key comes from. */
export type MasterKeySource =
  | { readonly kind: 'file' }
  | { readonly kind: 'environment'; readonly key: string; readonly earlier: string | null }
  | { readonly kind: 'vault'; readonly vault: VaultSettings }

/** The key that wraps every tenant's key. */
export interface MasterKey {
  readonly source: MasterKeySource['kind']
  /** The present key; while a rotation is not finished, the one before, too. */
  readonly ring: KeyRing
  /** Keeps a new key beside the present one and makes it the current one; goes on with one that was begun. @throws {master_key.set_outside} */
  begin(): Promise<void>
  /** Nothing lies under an earlier key any more: the new one takes its place for good. */
  finish(): void
}

/**
 * Opens the master key; makes one where there is none yet. Where it is not kept in the file any more, the file's key still
 * opens what lies under it.
 *
 * @param path of the file; the wrapped key lies beside it
 * @throws {master_key.* | key_vault.*} each with its remedy
 */
export async function openMasterKey(
  source: MasterKeySource,
  path: string,
  vault: KeyVault | null = source.kind === 'vault' ? openKeyVault(source.vault) : null,
): Promise<MasterKey> {
  if (source.kind === 'environment') {
    const earlier = source.earlier === null ? [] : [variable('ART32_MASTER_KEY_EARLIER', source.earlier)]
    const ring: KeyRing = { current: variable('ART32_MASTER_KEY', source.key), earlier: [...earlier, ...oldFile(path)] }
    return {
      source: 'environment',
      ring,
      begin: () => Promise.reject(keyErrors.set_outside()),
      finish: () => void (ring.earlier = []),
    }
  }
  return vault ? await ofVault(vault, path) : ofFile(path)
}

function ofFile(path: string): MasterKey {
  const next = `${path}.next`
  if (!existsSync(path)) create(path, newHex())
  const present = readHex(path)
  const ring: KeyRing = existsSync(next)
    ? { current: readHex(next), earlier: [present] }
    : { current: present, earlier: [] }
  return {
    source: 'file',
    ring,
    begin() {
      if (!existsSync(next)) create(next, newHex())
      begin(ring, readHex(next))
      return Promise.resolve()
    },
    finish: () => finish(ring, next, path),
  }
}

async function ofVault(vault: KeyVault, path: string): Promise<MasterKey> {
  const wrapped = `${dirname(path)}/master.wrapped`
  const next = `${wrapped}.next`
  const make = async (to: string) => create(to, `${JSON.stringify(await vault.wrap(randomBytes(32)))}\n`)
  if (!existsSync(wrapped)) await make(wrapped)
  const present = await vault.unwrap(readWrapped(wrapped))
  const ring: KeyRing = existsSync(next)
    ? { current: await vault.unwrap(readWrapped(next)), earlier: [present, ...oldFile(path)] }
    : { current: present, earlier: oldFile(path) }
  return {
    source: 'vault',
    ring,
    async begin() {
      if (!existsSync(next)) await make(next)
      begin(ring, await vault.unwrap(readWrapped(next)))
    },
    finish: () => finish(ring, next, wrapped),
  }
}

/** In one step: whoever holds the ring never sees one key without the other. */
function begin(ring: KeyRing, key: Uint8Array): void {
  if (Buffer.from(key).equals(ring.current)) return
  ring.earlier = [ring.current, ...ring.earlier]
  ring.current = key
}

function finish(ring: KeyRing, next: string, path: string): void {
  if (existsSync(next)) renameSync(next, path)
  ring.earlier = []
}

function oldFile(path: string): Uint8Array[] {
  return existsSync(path) ? [readHex(path)] : []
}

function readHex(path: string): Uint8Array {
  const text = readPrivate(path)
  if (!/^[0-9a-f]{64}$/.test(text)) throw keyErrors.malformed()
  return Buffer.from(text, 'hex')
}

function readWrapped(path: string) {
  const text = readPrivate(path)
  try {
    return WrappedKey.parse(JSON.parse(text))
  } catch (cause) {
    throw keyErrors.wrapped_malformed({}, { cause })
  }
}

function readPrivate(path: string): string {
  const mode = statSync(path).mode & 0o777
  if (mode & 0o077) throw keyErrors.not_private({ mode: mode.toString(8) })
  return readFileSync(path, 'utf8').trim()
}

function variable(name: string, text: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32 || key.toString('base64') !== text.trim()) throw keyErrors.bad_variable({ variable: name })
  return key
}

function newHex(): string {
  return `${randomBytes(32).toString('hex')}\n`
}

/** Written whole under another name and linked, so that a crash never leaves half a key and two starts agree on one. */
function create(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}
