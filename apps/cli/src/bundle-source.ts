import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchBytes } from './fetch-bytes.ts'
import { errorCode, Refusal } from './refusal.ts'
import { checkPath, unzip } from './zip.ts'

/**
 * What a bundle may cost. A log of a million leaves has about 400 MiB of entries; a bundle of this size takes seconds and
 * stays in memory.
 */
export const bundleLimits = {
  packedBytes: 256 * 1_048_576,
  unpackedBytes: 512 * 1_048_576,
  entries: 60_000,
  /** For the whole fetch of a bundle, in milliseconds. */
  fetchMs: 120_000,
} as const

/** A bundle and where it came from. */
export interface LoadedBundle {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The file, the folder, or the address that answered. */
  readonly from: string
}

/**
 * Loads a bundle: a ZIP file, a folder, or the address of a trust page, whose bundle lies below it.
 *
 * @throws {Refusal} what cannot be read
 */
export async function loadBundle(source: string): Promise<LoadedBundle> {
  if (/^https?:\/\//i.test(source)) return await fetchBundle(source)
  try {
    const status = await stat(source)
    if (status.isDirectory()) return { files: await readFolder(source), from: source }
    if (!status.isFile()) throw new Refusal('A bundle is a ZIP file or a folder.')
    return { files: unzip(await readBounded(source, bundleLimits.packedBytes), bundleLimits), from: source }
  } catch (error) {
    throw fileRefusal(error, 'the bundle') ?? error
  }
}

/** Reads a file whose size was looked at first. @throws {Refusal} too large */
export async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    if (size > limit) throw new Refusal(`The file has ${size} bytes; at most ${limit} are read.`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** The sentence for a file that cannot be opened; undefined for other errors. */
export function fileRefusal(error: unknown, what: string): Refusal | undefined {
  const code = errorCode(error)
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code))
    return new Refusal(`There is no such file for ${what}. Check the path.`, 2, { cause: error })
  if (['EACCES', 'EPERM'].includes(code))
    return new Refusal(`The file of ${what} may not be opened. Check its permissions.`)
  if (code === 'EISDIR') return new Refusal(`A folder was given for ${what}; it takes a file.`)
  return undefined
}

async function fetchBundle(source: string): Promise<LoadedBundle> {
  // Not URL.parse: the verifier in one file also runs on Node.js 20, which has none.
  if (!URL.canParse(source))
    throw new Refusal('This address cannot be read. It looks like https://art32.example/trust/name')
  const url = new URL(source)
  if (url.username !== '' || url.password !== '')
    throw new Refusal('A trust page is public: give its address without a password.')
  url.search = ''
  url.hash = ''
  if (!url.pathname.endsWith('.zip')) url.pathname = `${url.pathname.replace(/\/+$/, '')}/bundle.zip`
  const { bytes, from } = await fetchBytes(url, { limit: bundleLimits.packedBytes, milliseconds: bundleLimits.fetchMs })
  return { files: unzip(bytes, bundleLimits), from }
}

/** Every file below a folder. A link could lead anywhere, so none is followed. */
async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  let left = bundleLimits.unpackedBytes
  const walk = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`
      checkPath(name)
      if (entry.isDirectory()) await walk(name)
      else if (!entry.isFile()) throw new Refusal(`${name} is a link or a device; a bundle holds files only.`)
      else if (files.size >= bundleLimits.entries)
        throw new Refusal(`The folder holds more than ${bundleLimits.entries} files.`)
      else {
        const bytes = await readBounded(join(folder, name), left)
        left -= bytes.length
        files.set(name, bytes)
      }
    }
  }
  await walk('')
  return files
}
