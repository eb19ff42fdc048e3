import { buffer } from 'node:stream/consumers'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { age, packTar, unpackTar } from '../../platform/index.ts'
import type { ClusterArchive, CopiedBase, Staging, TarFile, Target } from '../../platform/index.ts'
import { bug } from '../../kernel/index.ts'
import { asDamage, damaged, through } from '../archive.ts'
import { one } from '../making.ts'
import { measured } from '../measured.ts'
import { asRefusal } from '../opening.ts'
import { baseFile } from './names.ts'
import { readVouched, vouch } from './signed.ts'
import type { VouchingKey } from './signed.ts'

const Part = z.string().regex(/^[0-9A-F]{24}$/)

/** What a base says of itself in the clear. */
const BaseManifest = z.object({
  format: z.literal('art32.base/1'),
  /** The art32 that made it. */
  version: z.string(),
  installation: z.string(),
  line: z.string(),
  base: z.string(),
  /** The first moment that it can be brought forward to. */
  at: z.iso.datetime(),
  from: Part,
  until: Part,
  /** The major version of PostgreSQL. */
  postgres: z.int(),
  bytes: z.int(),
  sha256: z.string(),
})

/** What a base says of itself. */
export type BaseManifest = z.output<typeof BaseManifest>

/** Makes a base on this machine: all files of the cluster while it works, packed and sealed, and then what says that it is whole. */
export async function makeBase(
  { line, base }: { readonly line: string; readonly base: string },
  making: {
    readonly archive: ClusterArchive
    readonly url: string
    readonly recipients: readonly string[]
    readonly key: VouchingKey
    readonly staging: Staging
    readonly version: string
    readonly installation: string
    /** Gives it up. */
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { archive, url, recipients, key, staging, version, installation, signal } = making
  let copied: CopiedBase | undefined
  const files = archive.copyBase(url, (ended) => (copied = ended))
  const packed = through(packTar(unless(signal, files)), createZstdCompress())
  const sealed = measured(age.seal(recipients, packed))
  await staging.put(baseFile(line, base, 'age'), sealed.bytes)
  if (copied === undefined) throw bug('a copy of the cluster without an end')
  const manifest: z.input<typeof BaseManifest> = {
    format: 'art32.base/1',
    version,
    installation,
    line,
    base,
    at: copied.at.toISOString(),
    from: copied.from,
    until: copied.until,
    postgres: archive.major,
    ...sealed.seen(),
  }
  await staging.put(baseFile(line, base, 'manifest'), one(Buffer.from(vouch(manifest, key))))
}

/** Lets what comes pass until it is given up. */
export async function* unless<T>(signal: AbortSignal, items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    signal.throwIfAborted()
    yield item
  }
}

/** Reads what a base says of itself. @throws {backup.damaged | backup.wrong_master_key} */
export async function readBase(
  target: Target,
  { line, base }: { readonly line: string; readonly base: string },
  keys: readonly VouchingKey[],
): Promise<BaseManifest> {
  const text = (await buffer(target.get(baseFile(line, base, 'manifest')))).toString('utf8')
  const manifest = readVouched(BaseManifest, text, keys)
  if (manifest.line !== line || manifest.base !== base) throw damaged('another-set')
  return manifest
}

/** The files of a base. @throws {backup.damaged | backup.wrong_key} also after the last one: nothing of it may be used then */
export async function* openBase(
  target: Target,
  { line, base, bytes, sha256 }: BaseManifest,
  identities: readonly string[],
): AsyncGenerator<TarFile> {
  const sealed = measured(target.get(baseFile(line, base, 'age')))
  try {
    yield* unpackTar(through(age.open(identities, sealed.bytes), createZstdDecompress()))
  } catch (error) {
    throw asDamage(asRefusal(error))
  }
  const seen = sealed.seen()
  if (seen.bytes !== bytes || seen.sha256 !== sha256) throw damaged('file-differs')
}
