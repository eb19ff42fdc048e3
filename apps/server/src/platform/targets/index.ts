/** Places where backups are kept: a folder, an S3-compatible store. One file for each kind. */
import { mkdirSync } from 'node:fs'
import { folderTarget } from './folder.ts'
import type { TargetSetting } from './setting.ts'
import type { Target } from './target.ts'

export { targetErrors } from './errors.ts'
export { slowed } from './slowed.ts'
export { within } from './within.ts'
export type { BackupSetting, Keep, TargetSetting } from './setting.ts'
export type { Target, TargetFile } from './target.ts'

/** Where files are made whose size is not known before. */
export type Staging = ReturnType<typeof folderTarget>

/** Opens a place. Nothing is asked of it yet. */
export function openTarget(setting: TargetSetting): Target {
  return folderTarget(setting.folder)
}

/** A folder of this machine in which what goes to the places is made. */
export function openStaging(folder: string): Staging {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folderTarget(folder)
}
