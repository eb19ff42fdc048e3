import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Where a repository lies: on another machine, by its name, or in a folder of this one. */
export type Place = { readonly host: string | null; readonly folder: string | null }

/** Reads an address as restic, borg and people write it. */
export function placeOf(repository: string): Place {
  const address = /^(?:[a-z0-9]+:)?(?:[a-z][a-z0-9+]*:)?\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)/i.exec(repository)
  if (address?.[1] !== undefined && !/^file:/i.test(repository)) return { host: bare(address[1]), folder: null }
  const plain = repository.replace(/^(?:local:|file:\/\/)/i, '')
  const [, scheme, rest = ''] = /^(sftp|s3|b2|azure|gs|swift|rclone):(.*)$/is.exec(plain) ?? []
  if (scheme !== undefined) {
    const at = /^(?:[^/@]*@)?([^/:]+)/.exec(rest)?.[1] ?? ''
    // A bucket is no name of a machine, but surely another one.
    return { host: ['sftp', 's3'].includes(scheme.toLowerCase()) ? bare(at) : scheme.toLowerCase(), folder: null }
  }
  const shell = /^(?:[\w.-]+@)?([\w.-]+):(?!\\)/.exec(plain)
  if (shell?.[1] !== undefined) return { host: bare(shell[1]), folder: null }
  return { host: null, folder: plain }
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '').toLowerCase()

/** The name under which the repository's machine is compared with what is backed up. */
export async function machineOf({ host, folder }: Place): Promise<string> {
  if (host !== null) return /^(localhost|127\.|::1$)/.test(host) ? hostname().toLowerCase() : host
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '')
  return serverOf(mounts, folder ?? '/') ?? hostname().toLowerCase()
}

/** The server behind a folder that is mounted from elsewhere, by the longest mount above it. */
export function serverOf(mounts: string, folder: string): string | null {
  const above = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at = '']) => at === '/' || folder === at || folder.startsWith(`${at}/`))
    .toSorted((a, b) => (b[1] ?? '').length - (a[1] ?? '').length)[0]
  const [device = '', , kind = ''] = above ?? []
  if (!/^(nfs4?|cifs|smb3|fuse\.sshfs|davfs|fuse\.davfs)$/.test(kind)) return null
  const name = /^(?:\/\/|https?:\/\/)?(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)/.exec(device)?.[1]
  return name === undefined ? null : bare(name)
}
