import { isAbsolute, resolve } from 'node:path'
import { age } from '../age.ts'
import { targetErrors } from './errors.ts'
import type { S3Setting } from './s3.ts'

/** Which place: a folder, or a bucket. */
export type TargetSetting = { readonly kind: 'folder'; readonly folder: string } | S3Setting

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

/** Who may use a bucket. */
export interface StoreKey {
  readonly id: string | null
  readonly secret: string | null
}

/**
 * Reads a place: the absolute path of a folder, or `s3://bucket/folder?endpoint=https://s3.example.com&region=eu-1`.
 *
 * @param key comes from the environment only, never from the settings file beside the data
 * @throws {target.bad_setting}
 */
export function targetOf(text: string, key: StoreKey): TargetSetting {
  if (text.startsWith('s3://')) return bucketOf(text, key)
  const folder = text.startsWith('file://') ? decodeURIComponent(new URL(text).pathname) : text
  if (!isAbsolute(folder))
    throw bad('it is the absolute path of a folder, as in /mnt/backup, or s3://bucket?endpoint=https://…&region=…')
  return { kind: 'folder', folder: resolve(folder) }
}

function bucketOf(text: string, { id, secret }: StoreKey): S3Setting {
  if (!URL.canParse(text)) throw bad('it is s3://bucket/folder?endpoint=https://…&region=…')
  const { hostname: bucket, pathname, searchParams, username, password } = new URL(text)
  if (username !== '' || password !== '') throw bad('the key of the bucket belongs into variables of its own')
  const unknown = [...searchParams.keys()].find((name) => !['endpoint', 'region', 'addressing'].includes(name))
  if (unknown !== undefined) throw bad('it takes endpoint, region and addressing, and nothing else')
  const endpoint = searchParams.get('endpoint')
  const addressing = searchParams.get('addressing') ?? 'path'
  if (bucket === '' || endpoint === null || !URL.canParse(endpoint)) throw bad('it names no bucket, or no endpoint')
  if (addressing !== 'path' && addressing !== 'host') throw bad('addressing is path or host')
  if (id === null || secret === null) throw bad('the key of the bucket is missing')
  const folder = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '')
  return {
    kind: 's3',
    store: {
      endpoint,
      bucket,
      addressing,
      region: searchParams.get('region') ?? 'us-east-1',
      accessKeyId: id,
      secretAccessKey: secret,
    },
    prefix: folder === '' ? '' : `${folder}/`,
  }
}

function bad(problem: string): Error {
  return targetErrors.bad_setting({ problem })
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
