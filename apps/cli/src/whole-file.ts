import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal, errorCode } from './refusal.ts'

/**
 * Refuses a path to which no file can be written, before anything is done that takes time.
 *
 * @throws {Refusal}
 */
export async function checkWritable(path: string, what: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK)
    const there = await lstat(path).catch(() => undefined)
    // Its place would be taken by a file, which nobody wants of a device.
    if (there !== undefined && !there.isFile() && !there.isSymbolicLink())
      throw new Refusal(`${what}: ${path} is no file. Name a file; for stdout, leave it out.`)
  } catch (error) {
    throw refusalOf(error, path, what)
  }
}

/**
 * Writes a file that appears whole under its name or not at all: what was there before stays until then.
 *
 * @throws {Refusal} no space, no permission, no such folder
 */
export async function writeWhole(path: string, pieces: Iterable<string>, what: string): Promise<number> {
  await checkWritable(path, what)
  const draft = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomUUID().slice(0, 8)}.part`)
  try {
    const bytes = await writeDraft(draft, pieces)
    await rename(draft, path)
    return bytes
  } catch (error) {
    await rm(draft, { force: true })
    throw refusalOf(error, path, what)
  }
}

/** Some pieces at a time, so that a large file is neither one text in memory nor a million writes. */
const chunkLength = 262_144

async function writeDraft(draft: string, pieces: Iterable<string>): Promise<number> {
  const file = await open(draft, 'wx')
  try {
    let bytes = 0
    let waiting = ''
    const flush = async () => {
      await file.writeFile(waiting)
      bytes += Buffer.byteLength(waiting)
      waiting = ''
    }
    for (const piece of pieces) {
      waiting += piece
      if (waiting.length >= chunkLength) await flush()
    }
    await flush()
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

const says: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left. Nothing was written; what was there before is as it was.',
  EDQUOT: 'the quota is used up. Nothing was written; what was there before is as it was.',
  EFBIG: 'the file would be larger than this system allows.',
  EROFS: 'this place can only be read. Name another one.',
  EACCES: 'it may not be written. Check the permissions of the folder.',
  EPERM: 'it may not be written. Check the permissions of the folder.',
  ENOENT: 'there is no such folder. Make it first.',
  ENOTDIR: 'a part of the path is no folder.',
  ENAMETOOLONG: 'the name is too long.',
  EIO: 'the disk did not take it.',
}

function refusalOf(error: unknown, path: string, what: string): unknown {
  const say = says[errorCode(error)]
  return say === undefined ? error : new Refusal(`${what}: ${path}: ${say}`, 2, { cause: error })
}
