import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { parseNote, signNote } from '@art32/ledger'
import { through } from '../../apps/server/src/backup/archive.ts'
import { drillKeyPlace, manifestBegin } from '../../apps/server/src/backup/making.ts'
import { fileNameOf, Head, SetManifest, Totals } from '../../apps/server/src/backup/manifest.ts'
import { readConfig } from '../../apps/server/src/main.ts'
import { age, ledgerCrypto, open, openMasterKey, packTar, unpackTar } from '../../apps/server/src/platform/index.ts'
import type { TarFile } from '../../apps/server/src/platform/index.ts'
import type { TestServer } from './server.ts'

/** The files of an archive, taken apart. */
export interface Parts {
  readonly head: ReturnType<typeof Head.parse>
  /** The rows of each table, as COPY writes them. */
  readonly rows: Map<string, string>
  /** What the archive says at its end of its tables. */
  readonly totals: ReturnType<typeof Totals.parse>
}

/** Whose part of which backup is forged, and with what. */
export interface Forging {
  readonly server: TestServer
  readonly dataFolder: string
  /** The folder of the backup. */
  readonly set: string
  /** Whose key is kept, `age1…`. */
  readonly recipient: string
  /** The short name of the tenant; null: the control database. */
  readonly slug: string | null
}

/**
 * Changes a part of a backup and seals and signs everything anew, as only whoever holds all keys of the installation could:
 * no seal, hash of a file or signature tells of it, so that a drill has to look at what is inside.
 */
export async function forgePart(
  { server, dataFolder, set, recipient, slug }: Forging,
  change: (parts: Parts) => Parts,
): Promise<void> {
  const { rows: runs } = await server.databases.control.query<{ id: string; drill_key: Buffer }>(
    'select id, drill_key from backup_run where drill_key is not null order by started_at desc limit 1',
  )
  const [run] = runs
  if (!run) throw new Error('no backup was made')
  const config = readConfig({ ART32_DATA: dataFolder })
  const { ring } = await openMasterKey(config.masterKey, config.masterKeyFile)
  const drillKey = open(ring, drillKeyPlace(run.id), run.drill_key).toString('utf8')
  const tenant = slug === null ? null : (await server.registry.open(slug)).tenant
  const inner = tenant === null ? undefined : await server.registry.backupKeyOf(tenant.id)
  const name = fileNameOf(tenant)
  const path = join(set, name)

  const once = age.open([drillKey], one(readFileSync(path)))
  const forged = change(await takenApart(inner === undefined ? once : age.open([inner], once)))
  const packed = through(packTar(filesOf(forged)), createZstdCompress())
  const closed = inner === undefined ? packed : age.seal([await age.recipientOf(inner)], packed)
  const bytes = await buffer(age.seal([recipient, await age.recipientOf(drillKey)], closed))
  writeFileSync(path, bytes)

  const { text } = parseNote(readFileSync(join(set, 'manifest'), 'utf8'))
  const manifest = SetManifest.parse(JSON.parse(text.slice(manifestBegin.length)))
  const sha256 = hashOf(bytes)
  const { at, ledger } = forged.head
  const listed = ledger && { origin: ledger.origin, size: ledger.size, root: ledger.root }
  const files = manifest.files.map((file) =>
    file.name === name ? { ...file, bytes: bytes.length, sha256, at, ledger: listed } : file,
  )
  const signed = signNote(ledgerCrypto, `${manifestBegin}${JSON.stringify({ ...manifest, files })}\n`, [
    server.registry.instance,
  ])
  writeFileSync(join(set, 'manifest'), signed)
}

/** The same parts, with true counts and hashes of the rows that they have now. */
export function withTrueTotals({ head, rows }: Pick<Parts, 'head' | 'rows'>): Parts {
  const tables = head.tables.map(({ name }) => {
    const text = Buffer.from(rows.get(name) ?? '', 'latin1')
    return [
      name,
      { rows: text.filter((byte) => byte === 10).length, bytes: text.length, sha256: hashOf(text) },
    ] as const
  })
  return {
    head,
    rows: new Map(rows),
    totals: { head: hashOf(Buffer.from(JSON.stringify(head))), tables: Object.fromEntries(tables) },
  }
}

async function takenApart(plain: AsyncIterable<Uint8Array>): Promise<Parts> {
  const files: TarFile[] = []
  for await (const file of unpackTar(through(plain, createZstdDecompress()))) files.push(file)
  const json = (name: string): unknown =>
    JSON.parse(Buffer.from(files.find((file) => file.name === name)?.bytes ?? []).toString('utf8'))
  const rows = new Map<string, string>()
  for (const { name, bytes } of files) {
    const table = /^tables\/([^/]+)\//.exec(name)?.[1]
    if (table !== undefined) rows.set(table, (rows.get(table) ?? '') + Buffer.from(bytes).toString('latin1'))
  }
  return { head: Head.parse(json('head.json')), rows, totals: Totals.parse(json('manifest.json')) }
}

async function* filesOf({ head, rows, totals }: Parts): AsyncGenerator<TarFile> {
  yield await Promise.resolve({ name: 'head.json', bytes: Buffer.from(JSON.stringify(head)) })
  for (const { name } of head.tables) {
    const text = rows.get(name) ?? ''
    if (text !== '') yield { name: `tables/${name}/000001`, bytes: Buffer.from(text, 'latin1') }
  }
  yield { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(totals)) }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
