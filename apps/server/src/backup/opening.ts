import { buffer } from 'node:stream/consumers'
import { openNote, parseNote, verifierKey } from '@art32/ledger'
import type { z } from 'zod'
import { AppError } from '../kernel/index.ts'
import { age, AgeError, ledgerCrypto, ledgerSigner, open } from '../platform/index.ts'
import type { Bytes, CopyIn, KeyRing, Layout, Scratches, Target } from '../platform/index.ts'
import { backupKeyPlace, storedTenants } from '../tenant/index.ts'
import type { StoredTenant } from '../tenant/index.ts'
import { damaged, readArchive } from './archive.ts'
import type { Restored } from './archive.ts'
import { backupErrors } from './errors.ts'
import { inSet, manifestBegin } from './making.ts'
import { fileNameOf, KeysFile, manifestName, SetManifest } from './manifest.ts'
import { measured } from './measured.ts'

/** A manifest as it lies in a place. Who signed it is known when the control database has been opened. */
export interface Manifest {
  readonly content: z.output<typeof SetManifest>
  readonly note: string
}

/** What opens a backup. */
export interface Opening {
  readonly target: Target
  readonly set: string
  /** Secret keys, of which one fits the outer seal. */
  readonly identities: readonly string[]
  /** The master key that was in use when it was made. */
  readonly ring: KeyRing
  readonly scratches: Scratches
}

const longestManifest = 512 * 1_048_576

/** Whole backups in a place, the newest first. */
export async function listSets(target: Target): Promise<string[]> {
  const files = await target.list('sets/')
  return files
    .flatMap(({ name }) => /^sets\/(\d{8}T\d{9}Z)\/manifest$/.exec(name)?.[1] ?? [])
    .toSorted()
    .toReversed()
}

/** Reads the manifest of a backup. @throws {backup.damaged} */
export async function readManifest(target: Target, set: string): Promise<Manifest> {
  const note = (await small(target.get(inSet(set, manifestName)), longestManifest)).toString('utf8')
  try {
    const { text } = parseNote(note)
    if (!text.startsWith(manifestBegin)) throw damaged('manifest-unreadable')
    const content = SetManifest.parse(JSON.parse(text.slice(manifestBegin.length)))
    if (content.set !== set) throw damaged('another-set')
    return { content, note }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw damaged('manifest-unreadable', cause)
  }
}

/** What the control database of a backup knows of a tenant's ledger. */
export interface KnownLedger {
  readonly vkey: string
  readonly anchored: number
}

/** What the control database of a backup says: it vouches for the rest. */
export interface OpenedControl {
  readonly restored: Restored
  readonly tenants: readonly StoredTenant[]
  /** Of each tenant's ledger the public key, and how many entries the ledger of the installation vouches for. */
  readonly ledgers: ReadonlyMap<string, KnownLedger>
}

/**
 * Restores the control database of a backup into a scratch database. The key that signs for the installation lies in it under
 * the master key: nobody who lacks that can have made what opens here.
 *
 * @param also is done in it before it is committed
 * @throws {backup.damaged | backup.wrong_key | backup.wrong_master_key}
 */
export async function openControl(
  manifest: Manifest,
  opening: Opening,
  also: (into: CopyIn) => Promise<void> = () => Promise.resolve(),
): Promise<OpenedControl> {
  let tenants: StoredTenant[] = []
  let ledgers = new Map<string, KnownLedger>()
  const restored = await openFile(manifest, null, [], opening, {
    async filled(into) {
      verifySigner(manifest, await signerOf(into, opening.ring))
      tenants = await into.query<StoredTenant>(storedTenants)
      const rows = await into.query<{ id: string; vkey: string; anchored: string }>(
        'select id, ledger_vkey as vkey, anchored_size as anchored from tenant',
      )
      ledgers = new Map(rows.map(({ id, vkey, anchored }) => [id, { vkey, anchored: Number(anchored) }]))
      await also(into)
    },
  })
  return { restored, tenants, ledgers }
}

/** Restores the database of a tenant into a scratch database. @param key the secret key of the tenant's backups */
export async function openTenantPart(
  manifest: Manifest,
  tenant: { readonly id: string; readonly publicId: string },
  key: string,
  opening: Opening,
  layout: Layout = 'database',
): Promise<Restored> {
  return await openFile(manifest, tenant, [key], opening, { layout })
}

async function openFile(
  { content }: Manifest,
  tenant: { readonly id: string; readonly publicId: string } | null,
  inner: readonly string[],
  { target, set, identities, scratches }: Opening,
  { filled, layout }: { readonly filled?: (into: CopyIn) => Promise<void>; readonly layout?: Layout } = {},
): Promise<Restored> {
  const file = content.files.find((one) => one.name === fileNameOf(tenant))
  if (!file || (file.tenant?.id ?? null) !== (tenant?.id ?? null)) throw damaged('file-not-listed')
  const outer = measured(target.get(inSet(set, file.name)))
  let plain: Bytes = age.open(identities, outer.bytes)
  if (inner.length > 0) plain = age.open(inner, plain)
  try {
    return await readArchive(plain, scratches, {
      ...(layout ? { layout } : {}),
      head(head) {
        if (head.installation !== content.installation || (head.tenant?.id ?? null) !== (tenant?.id ?? null))
          throw damaged('another-database')
        if (head.at !== file.at) throw damaged('another-time')
        if (head.ledger?.root !== file.ledger?.root || head.ledger?.size !== file.ledger?.size)
          throw damaged('ledger-differs')
      },
      async filled(into) {
        const seen = outer.seen()
        if (seen.bytes !== file.bytes || seen.sha256 !== file.sha256) throw damaged('file-differs')
        await filled?.(into)
      },
    })
  } catch (error) {
    throw asRefusal(error)
  }
}

/** The keys of tenants' backups, from the newest file of keys that opens. */
export async function readKeys(
  target: Target,
  { identities, ring }: Pick<Opening, 'identities' | 'ring'>,
): Promise<ReadonlyMap<string, { readonly sealed: Buffer; readonly key: string }>> {
  const names = (await target.list('keys/'))
    .map(({ name }) => name)
    .filter((name) => /^keys\/\d{8}T\d{9}Z\.age$/.test(name))
    .toSorted()
  const newest = names.at(-1)
  if (newest === undefined) throw damaged('no-keys')
  try {
    const text = await small(age.open(identities, target.get(newest)), longestManifest)
    const { keys } = KeysFile.parse(JSON.parse(text.toString('utf8')))
    return new Map(
      keys.map(({ tenant, key }) => {
        const sealed = Buffer.from(key, 'base64')
        return [tenant, { sealed, key: openKey(ring, tenant, sealed) }]
      }),
    )
  } catch (error) {
    if (error instanceof AppError) throw error
    throw asRefusal(error instanceof AgeError ? error : damaged('keys-unreadable', error))
  }
}

function openKey(ring: KeyRing, tenant: string, sealed: Buffer): string {
  try {
    return open(ring, backupKeyPlace(tenant), sealed).toString('utf8')
  } catch (cause) {
    throw backupErrors.wrong_master_key({}, { cause })
  }
}

/** The installation's signer, which only the right master key opens. */
export async function signerOf(db: Pick<CopyIn, 'query'>, ring: KeyRing): Promise<ReturnType<typeof ledgerSigner>> {
  const [row] = await db.query<{ ledger_key: Buffer; public_id: string }>(
    'select ledger_key, public_id from installation where id = 1',
  )
  const [state] = await db.query<{ origin: string }>('select origin from log_state where id = 1')
  if (!row || !state) throw damaged('empty')
  let key: Buffer
  try {
    key = open(ring, 'installation/ledger_key', row.ledger_key)
  } catch (cause) {
    throw backupErrors.wrong_master_key({}, { cause })
  }
  return ledgerSigner(state.origin, key)
}

function verifySigner({ note }: Manifest, signer: ReturnType<typeof ledgerSigner>): void {
  try {
    openNote(ledgerCrypto, note, [verifierKey(ledgerCrypto, signer)])
  } catch (cause) {
    throw damaged('not-signed', cause)
  }
}

/** What does not open is damage, or another key's. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof AgeError)) return error
  return error.reason === 'wrong-key' ? backupErrors.wrong_key({}, { cause: error }) : damaged('opens-not', error)
}

async function small(bytes: Bytes, most: number): Promise<Buffer> {
  return await buffer(
    (async function* () {
      let size = 0
      for await (const part of bytes) {
        size += part.length
        if (size > most) throw damaged('too-large')
        yield part
      }
    })(),
  )
}
