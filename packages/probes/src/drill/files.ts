import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, lstat, mkdir, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { errorCode } from '../engine/reading.ts'
import { packedFault, unpacked } from './dump.ts'
import { Fault } from './fault.ts'
import { runTool } from './program.ts'
import type { Tools } from './program.ts'

/** A file or folder of the plan as it was found. */
export type Found = { readonly path: string; readonly name: string; readonly at: Date; readonly isFolder: boolean }

/**
 * Finds what a path of the plan means: `*` in its last part takes the newest that fits.
 *
 * @throws {Fault} `missing`
 */
export async function findNewest(path: string): Promise<Found> {
  const folder = dirname(path)
  const pattern = basename(path)
  const names = pattern.includes('*') ? (await listed(folder)).filter((name) => fits(name, pattern)) : [pattern]
  const found = await Promise.all(names.map((name) => look(join(folder, name))))
  const [newest] = found.flatMap((one) => one ?? []).toSorted((a, b) => b.at.getTime() - a.at.getTime())
  if (newest === undefined) throw new Fault('missing', pattern)
  return newest
}

async function listed(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

async function look(path: string): Promise<Found | undefined> {
  try {
    const real = await realpath(path)
    const { mtime, isFolder } = await lstat(real).then((one) => ({ mtime: one.mtime, isFolder: one.isDirectory() }))
    // A folder of pg_dump is as old as its table of contents.
    const toc = isFolder ? await lstat(join(real, 'toc.dat')).catch(() => undefined) : undefined
    return { path: real, name: basename(path), at: toc?.mtime ?? mtime, isFolder }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Each part between two `*` once, in order: a pattern cannot take long. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop() ?? ''
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= name.length - last.length
}

/** Copies a folder, or unpacks an archive, into a folder of the drill. */
export async function restoreFiles({ path, isFolder }: Found, into: string, tools: Tools): Promise<void> {
  if (isFolder) {
    await copyTree(path, into, tools.signal)
    return
  }
  if ((await lstat(path)).size === 0) throw new Fault('empty', 'the archive has no bytes')
  const input = await unpacked(path)
  try {
    // By its standard input: a name with a colon would be a remote machine for tar.
    const { status, stderr } = await runTool(
      'tar',
      ['-x', '-f', '-', '--no-same-owner', '--no-same-permissions'],
      tools,
      {
        cwd: into,
        input,
      },
    )
    if (status !== 0) throw complaintOfTar(stderr)
  } catch (error) {
    throw packedFault(error) ?? error
  } finally {
    input.destroy()
  }
}

function complaintOfTar(said: string): Fault {
  const heard = said.trim().split('\n').slice(0, 4).join(' ')
  if (/no space left/i.test(said)) return new Fault('disk-full', 'tar', { heard })
  if (/unexpected eof|truncated/i.test(said)) return new Fault('truncated', 'tar', { heard })
  return new Fault('damaged', 'tar', { heard })
}

/** Files and folders only: links would lead elsewhere, devices and sockets hold nothing. */
async function copyTree(from: string, into: string, signal: AbortSignal): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    signal.throwIfAborted()
    const [source, target] = [join(from, entry.name), join(into, entry.name)]
    if (entry.isDirectory()) {
      await mkdir(target, { mode: 0o700 })
      await copyTree(source, target, signal)
    } else if (entry.isFile()) await copyFile(source, target)
  }
}

/** How many files lie below a folder, and their bytes. Links are not followed. */
export async function measure(folder: string): Promise<{ files: number; bytes: number }> {
  let [files, bytes] = [0, 0]
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const found = await lstat(join(entry.parentPath, entry.name)).catch(() => undefined)
    if (found === undefined) continue
    files++
    bytes += found.size
  }
  return { files, bytes }
}

/** The place of something inside of what came back; undefined: it is not there, or a link leads out of it. */
export async function insideOf(root: string, path: string): Promise<string | undefined> {
  try {
    const [top, found] = [await realpath(root), await realpath(join(root, path))]
    return found === top || found.startsWith(`${top}${sep}`) ? found : undefined
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined
    throw error
  }
}

/** The SHA-256 sum of a file. */
export async function sumOf(path: string): Promise<string> {
  const sum = createHash('sha256')
  await pipeline(createReadStream(path), sum)
  return sum.digest('hex')
}
