import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { defineErrors } from '../../kernel/index.ts'

/** Why something was not taken in. */
export const intakeErrors = defineErrors('intake', {
  full: {
    status: 503,
    en: 'Nothing more can be taken in at the moment. Nothing was kept.',
    de: 'Im Augenblick kann nichts mehr angenommen werden. Es wurde nichts behalten.',
  },
})

/** Sealed submissions that wait at once, and the room that is left on the disk however many wait. */
const most = 5_000
const leastFree = 64 * 1_048_576

/** A submission that is larger was made by nobody's form. */
export const mostSealedBytes = 20 * 1_048_576

/** What cannot be opened is kept for this many, so that a mistake in the setting-up loses nothing. */
const mostPutAside = 100

const name = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.age$/
/** A draft that is older was left by a process that was killed. */
const staleMs = 3_600_000

/**
 * Puts a sealed submission into the folder: whole, and on the disk, or not at all.
 *
 * Whoever does so needs no right to read the folder. Where they may not list it, only the room on the disk is looked at.
 *
 * @throws {intake.full}
 */
export async function putIntoIntake(folder: string, id: string, sealed: Uint8Array): Promise<void> {
  const draft = join(folder, `${id}.part`)
  try {
    const waiting = await readdir(folder).catch(() => [])
    const { bavail, bsize } = await statfs(folder)
    if (waiting.length >= most || bavail * bsize < leastFree + sealed.byteLength) throw intakeErrors.full()
    const file = await open(draft, 'wx')
    try {
      // Whoever opens it is another account; what it says is sealed.
      await file.chmod(0o644)
      await file.writeFile(sealed)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, join(folder, `${id}.age`))
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw cause instanceof Error && 'definition' in cause ? cause : intakeErrors.full({}, { cause })
  }
}

/** What waits in the folder, for the one who opens it. */
export interface Intake {
  /** The ids of what waits, the oldest first. */
  list(): Promise<string[]>
  /** The sealed bytes; null for what is no file that a form made: too large, or a link to something else. */
  read(id: string): Promise<Buffer | null>
  remove(id: string): Promise<void>
  /** Keeps what cannot be opened beside, under another name. */
  putAside(id: string): Promise<void>
}

/** Opens the folder; it is made where it is not there. Its files were written by somebody else, and nothing of them is believed. */
export function openIntake(folder: string, now: () => number): Intake {
  const at = (id: string) => join(folder, `${id}.age`)
  return {
    async list() {
      await mkdir(folder, { recursive: true, mode: 0o770 })
      const found: { id: string; at: number }[] = []
      for (const entry of await readdir(folder)) {
        const id = name.exec(entry)?.[1]
        const about = await stat(join(folder, entry)).catch(() => null)
        if (about === null) continue
        if (id !== undefined) found.push({ id, at: about.mtimeMs })
        else if (entry.endsWith('.part') && now() - about.mtimeMs > staleMs) await rm(join(folder, entry))
      }
      return found.toSorted((a, b) => a.at - b.at).map(({ id }) => id)
    },
    async read(id) {
      const file = await open(at(id), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
        () => null,
      )
      if (file === null) return null
      try {
        const about = await file.stat()
        return about.isFile() && about.size <= mostSealedBytes ? await file.readFile() : null
      } finally {
        await file.close()
      }
    },
    remove: (id) => rm(at(id), { force: true, recursive: true }),
    async putAside(id) {
      const kept = (await readdir(folder)).filter((entry) => entry.endsWith('.unopened'))
      if (kept.length >= mostPutAside) await rm(at(id), { force: true })
      else await rename(at(id), join(folder, `${id}.unopened`))
    },
  }
}
