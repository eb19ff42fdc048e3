/**
 * Places where backups are kept: a folder, a bucket of an S3-compatible store, or a folder of an SFTP server. One file for each kind.
 *
 * - Nothing half lies under the name of a file, whenever the process or the connection ended.
 * - A folder has to be there: an empty mount point is no backup. An upload that was cut off goes on where it was.
 * - An SFTP server shows a key that was pinned, or nothing is sent.
 * - Names are ours; what a place says of its files is checked by whoever reads them.
 */
import { folderTarget } from './folder.ts'
import type { Folder } from './folder.ts'
import { s3Target } from './s3.ts'
import type { TargetSetting } from './setting.ts'
import { sftpTarget } from './sftp.ts'
import type { Target } from './target.ts'

export { fileBytes } from './folder.ts'
export { targetOf } from './setting.ts'
export { slowed } from './slowed.ts'
export { within } from './within.ts'
export type { BackupSetting, Keep, TargetSetting } from './setting.ts'
export type { Target } from './target.ts'

/** Where files are made whose size is not known before. */
export type Staging = Folder

/** Opens a place. Nothing is asked of it yet. @param notes a folder for what is remembered of uploads that were cut off */
export function openTarget(setting: TargetSetting, notes: string): Target {
  switch (setting.kind) {
    case 's3':
      return s3Target(setting, notes)
    case 'sftp':
      return sftpTarget(setting, notes)
    case 'folder':
      return folderTarget(setting.folder)
  }
}

/** A folder of this machine in which what goes to the places is made. */
export function openStaging(folder: string): Staging {
  return folderTarget(folder, { isOurs: true })
}
