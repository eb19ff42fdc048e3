import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isObjectError, openObjectStore } from '../objects/index.ts'
import type { ObjectReach, ObjectStoreSettings } from '../objects/index.ts'
import { targetErrors } from './errors.ts'
import type { Target } from './target.ts'

/** A bucket, or a folder of one. */
export interface S3Setting {
  readonly kind: 's3'
  readonly store: ObjectStoreSettings
  /** Begins all names; empty, or ends with a slash. */
  readonly prefix: string
}

/**
 * A bucket of an S3-compatible store. An object is there whole or not at all by itself.
 *
 * @param notes a folder in which uploads that were cut off are remembered, so that they go on where they were
 */
export function s3Target(
  { store: settings, prefix }: S3Setting,
  notes: string,
  reach: Partial<ObjectReach> = {},
): Target {
  // Which store it is says whoever runs the machine, not a tenant: it may stand on the machine itself.
  const store = openObjectStore(settings, { mayBeLocal: true, ...reach })
  const noteOf = (name: string) => {
    const known = `${settings.endpoint} ${settings.bucket} ${prefix}${name}`
    return join(notes, createHash('sha256').update(known).digest('hex').slice(0, 32))
  }
  return {
    kind: 's3',
    async list(beginning) {
      const files = []
      for await (const { key, bytes } of store.listAll(`${prefix}${beginning}`))
        files.push({ name: key.slice(prefix.length), bytes })
      return files
    },
    async put(name, bytes, size) {
      const note = noteOf(name)
      const upload = await readFile(note, 'utf8').catch(() => null)
      const { bytes: written } = await store.put(`${prefix}${name}`, bytes, {
        bytes: size,
        upload,
        async began(id) {
          await mkdir(notes, { recursive: true, mode: 0o700 })
          await writeFile(note, id, { mode: 0o600 })
        },
      })
      await rm(note, { force: true })
      if (written === size) return
      await store.remove(`${prefix}${name}`)
      throw targetErrors.short()
    },
    async *get(name) {
      try {
        yield* (await store.get(`${prefix}${name}`)).body
      } catch (cause) {
        if (isObjectError(cause, 'missing')) throw targetErrors.missing({}, { cause })
        throw cause
      }
    },
    async remove(name) {
      await store.remove(`${prefix}${name}`)
      const upload = await readFile(noteOf(name), 'utf8').catch(() => null)
      if (upload === null) return
      await store.abandon(`${prefix}${name}`, upload)
      await rm(noteOf(name), { force: true })
    },
    removeHalf: () => Promise.resolve(),
  }
}
