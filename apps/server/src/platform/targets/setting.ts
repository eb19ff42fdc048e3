import { isAbsolute, resolve } from 'node:path'
import { age } from '../age.ts'
import { targetErrors } from './errors.ts'
import type { S3Setting } from './s3.ts'
import type { SftpSetting } from './sftp-session.ts'

/** Which place: a folder, a bucket, or a folder of an SFTP server. */
export type TargetSetting = { readonly kind: 'folder'; readonly folder: string } | S3Setting | SftpSetting

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
  /** Whether the log of the embedded database is kept between the backups. */
  readonly continuous: boolean
  /** How fast they are sent; null: as fast as the line. */
  readonly bytesPerSecond: number | null
}

/** Who may use a bucket; of an SFTP server the password, the private key or its passphrase is the secret. */
export interface StoreKey {
  readonly id: string | null
  readonly secret: string | null
}

/**
 * Reads a place: the absolute path of a folder, `s3://bucket/folder?endpoint=https://s3.example.com&region=eu-1`, or
 * `sftp://user@backup.example.com/folder?host-key=SHA256:…`.
 *
 * @param key comes from the environment only, never from the settings file beside the data
 * @throws {target.bad_setting}
 */
export function targetOf(text: string, key: StoreKey): TargetSetting {
  if (text.startsWith('s3://')) return bucketOf(text, key)
  if (text.startsWith('sftp://')) return sftpOf(text, key)
  const folder = text.startsWith('file://') ? decodeURIComponent(new URL(text).pathname) : text
  if (!isAbsolute(folder))
    throw bad(
      'it is the absolute path of a folder, as in /mnt/backup, s3://bucket?endpoint=https://…&region=… or sftp://user@host/folder?host-key=SHA256:…',
    )
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

function sftpOf(text: string, { secret }: StoreKey): SftpSetting {
  if (!URL.canParse(text)) throw bad('it is sftp://user@host/folder?host-key=SHA256:…')
  const { hostname, port, pathname, searchParams, username, password } = new URL(text)
  if (password !== '') throw bad('the password belongs into a variable of its own')
  const unknown = [...searchParams.keys()].find((name) => !['host-key', 'key-file'].includes(name))
  if (unknown !== undefined) throw bad('it takes host-key and key-file, and nothing else')
  if (hostname === '' || username === '') throw bad('it names no user, or no host')
  const keyFile = searchParams.get('key-file')
  if (keyFile !== null && !isAbsolute(keyFile)) throw bad('key-file is the absolute path of a file')
  if (keyFile === null && secret === null) throw bad('the password or the private key is missing')
  return {
    kind: 'sftp',
    // An address of IPv6 stands in brackets in an URL.
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 22 : Number(port),
    user: decodeURIComponent(username),
    folder: sftpFolderOf(decodeURIComponent(pathname)),
    hostKeys: hostKeysOf(searchParams.getAll('host-key')),
    keyFile,
    secret,
  }
}

/** `/~/` begins in the folder of the login. */
function sftpFolderOf(path: string): string {
  const folder = path.replace(/\/+$/, '')
  if (folder.split('/').includes('..')) throw bad('its folder has no .. in it')
  if (folder === '' || folder === '/~') return '.'
  return folder.startsWith('/~/') ? folder.slice(3) : folder
}

/** Fingerprints as `ssh-keygen -lf` prints them. Without one anybody could be the server. */
function hostKeysOf(given: readonly string[]): string[] {
  // In the query of an URL a plus is a blank, and nobody writes it otherwise.
  const keys = given.flatMap((one) => one.replaceAll(' ', '+').split(','))
  if (keys.length === 0) throw bad('host-key is missing: the fingerprint of the host, as ssh-keygen -lf prints it')
  return keys.map((key) => {
    const found = /^SHA256:([A-Za-z0-9+/]{43})=?$/.exec(key)?.[1]
    if (found === undefined) throw bad('host-key is of the form SHA256:…, as ssh-keygen -lf prints it')
    return found
  })
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
