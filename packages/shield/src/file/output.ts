import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { createGzip, createZstdCompress } from 'node:zlib'
import type { Sink } from '../engine/run.ts'
import { ShieldError } from '../error.ts'

/** A place that is whole under its name or not there at all. */
export interface Output {
  readonly sink: Sink
  /** It is done: gives it its name. */
  keep(): Promise<void>
  /** It is not to be: nothing of it stays. */
  drop(): Promise<void>
}

/** A stream that is written to as fast as it takes. */
export function streamOutput(stream: NodeJS.WritableStream): Output {
  let broken: Error | undefined
  stream.on('error', (error: Error) => {
    broken = error
  })
  return {
    sink: async (bytes) => {
      if (broken !== undefined) throw broken
      if (bytes.length > 0) await written(stream, bytes)
    },
    keep: async () => {},
    drop: async () => {},
  }
}

/** Until the stream is done with the bytes, which are used again; whoever read may be gone: then there is an error. */
async function written(stream: NodeJS.WritableStream, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

/**
 * A file. Written beside its place under a hidden name that ends in `.part`, on disk before it gets its own; compressed where
 * the name ends in `.gz` or `.zst`.
 */
export async function fileOutput(path: string): Promise<Output> {
  const draft = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomUUID().slice(0, 8)}.part`)
  const handle = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    throw refusal(error, path)
  })
  const drop = async () => {
    await handle.close().catch(() => {})
    await rm(draft, { force: true })
  }
  const keep = async () => {
    try {
      await handle.sync()
      await handle.close()
      await rename(draft, path)
    } catch (error) {
      throw refusal(error, path)
    }
  }
  const pack = path.endsWith('.gz')
    ? createGzip({ level: 6 })
    : path.endsWith('.zst')
      ? createZstdCompress()
      : undefined
  if (pack === undefined) {
    const sink: Sink = async (bytes) => {
      try {
        await handle.writeFile(bytes)
      } catch (error) {
        throw refusal(error, path)
      }
    }
    return { sink, keep, drop }
  }
  const whole = (async () => {
    for await (const piece of pack) await handle.writeFile(piece as Uint8Array)
  })()
  // Told where it is waited for.
  whole.catch(() => {})
  return {
    sink: async (bytes) => {
      if (bytes.length > 0) await Promise.race([written(pack, bytes), whole])
    },
    keep: async () => {
      pack.end()
      try {
        await whole
      } catch (error) {
        throw refusal(error, path)
      }
      await keep()
    },
    drop: async () => {
      pack.destroy()
      await whole.catch(() => {})
      await drop()
    },
  }
}

const says: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left. Nothing was kept; what was there before is as it was.',
  EDQUOT: 'the quota is used up. Nothing was kept; what was there before is as it was.',
  EACCES: 'it may not be written. Check the permissions of the folder.',
  EROFS: 'this place can only be read. Name another one.',
  ENOENT: 'there is no such folder. Make it first.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOTDIR: 'a part of the path is no folder.',
}

function refusal(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const say = says[code]
  return say === undefined ? error : new ShieldError(`${path}: ${say}`)
}
