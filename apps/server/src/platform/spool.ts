import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { open as openFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A body that is kept on the disk while it is worked on, because it may be larger than memory. */
export interface Spooled {
  readonly path: string
  remove(): Promise<void>
}

/** Where bodies are spooled. What a crash left there goes with the next start. */
export function openSpool(folder: string): (body: AsyncIterable<Uint8Array>) => Promise<Spooled> {
  rmSync(folder, { recursive: true, force: true })
  return async (body) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomUUID())
    const remove = () => rm(path, { force: true })
    const file = await openFile(path, 'wx', 0o600)
    try {
      for await (const part of body) await file.write(part)
    } catch (error) {
      await remove()
      throw error
    } finally {
      await file.close()
    }
    return { path, remove }
  }
}
