import { isAbsolute, resolve } from 'node:path'
import { age } from '../age.ts'
import { targetErrors } from './errors.ts'

/** Which place. */
export interface TargetSetting {
  readonly kind: 'folder'
  readonly folder: string
}

/** How many backups are kept: the newest of each of the last so many days, weeks and months. */
export interface Keep {
  readonly days: number
  readonly weeks: number
  readonly months: number
}

/** How backups are made and kept. */
export interface BackupSetting {
  /** To whom they are sealed, `age1…`. Empty: none are made. */
  readonly recipients: readonly string[]
  /** The first place and the second; empty: none are made. */
  readonly targets: readonly TargetSetting[]
  readonly keep: Keep
  /** How fast they are sent; null: as fast as the line. */
  readonly bytesPerSecond: number | null
}

/** Reads a place: an absolute path. @throws {target.bad_setting} */
export function targetOf(text: string): TargetSetting {
  const folder = text.startsWith('file://') ? decodeURIComponent(new URL(text).pathname) : text
  if (!isAbsolute(folder))
    throw targetErrors.bad_setting({ problem: 'it is the absolute path of a folder, as in /mnt/backup' })
  return { kind: 'folder', folder: resolve(folder) }
}

/** Reads recipients, with blanks or commas between. @throws with what is wrong */
export function recipientsOf(text: string): string[] {
  const recipients = text.split(/[\s,]+/).filter((one) => one !== '')
  for (const one of recipients) {
    if (one.startsWith('AGE-SECRET-KEY-'))
      throw new Error('it holds a secret key, which must not be on this machine; name its recipient, age1…')
    if (!age.isRecipient(one)) throw new Error('each recipient is of the form age1…, as art32 backup key prints it')
  }
  return recipients
}

/** Reads how many are kept, as in `7d,5w,12m`. @throws with what is wrong */
export function keepOf(text: string): Keep {
  const found = /^(\d{1,3})d,(\d{1,3})w,(\d{1,3})m$/.exec(text.replace(/\s/g, ''))
  if (!found || Number(found[1]) < 1) throw new Error('it is of the form 7d,5w,12m, with at least one day')
  return { days: Number(found[1]), weeks: Number(found[2]), months: Number(found[3]) }
}
