import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2'
import { AppError } from '../../kernel/index.ts'
import { targetErrors } from './errors.ts'

/** A folder of an SFTP server. */
export interface SftpSetting {
  readonly kind: 'sftp'
  readonly host: string
  readonly port: number
  readonly user: string
  /** Absolute, or below the folder in which the login begins; `.` is that one. */
  readonly folder: string
  /** SHA-256 of the keys of which the server has to show one, in base64 without padding, as ssh-keygen prints them. */
  readonly hostKeys: readonly string[]
  /** The file of the private key; null: a password, or the key itself. */
  readonly keyFile: string | null
  /** The password, the passphrase of the key file, or the private key itself. */
  readonly secret: string | null
}

/** How patient a connection is. */
export interface SftpReach {
  /** An answer that takes longer is none. Milliseconds. */
  readonly silentMs: number
  /** How long a connection that nobody uses is kept. Milliseconds. */
  readonly idleMs: number
}

const usual: SftpReach = { silentMs: 60_000, idleMs: 2_000 }

/** A question to the server, as the library asks it: the answer comes to a callback. */
type Question<T> = (sftp: SFTPWrapper, done: (error?: Error | null, value?: T) => void) => void

/** A connection that is there. */
export interface SftpSession {
  /** Asks once. @throws {target.*} the connection is gone; else what the server said, with its status as `code` */
  ask<T = unknown>(question: Question<T>): Promise<T>
}

/** Connections to one server: one at a time, kept while it is used. */
export interface SftpSessions {
  /** Does something with a connection. @throws {target.*} there is none to be had, or it broke */
  using<T>(work: (session: SftpSession) => Promise<T>): Promise<T>
  /** The same for whoever hands out bytes while it works. */
  take(): Promise<{ readonly session: SftpSession; release(): void }>
}

interface Open extends SftpSession {
  readonly isOpen: () => boolean
  end(): void
}

/** Opens nothing yet. */
export function sftpSessions(setting: SftpSetting, reach: Partial<SftpReach> = {}): SftpSessions {
  const { silentMs, idleMs } = { ...usual, ...reach }
  let current: Promise<Open> | undefined
  let users = 0
  let idle: NodeJS.Timeout | undefined

  async function openOne(): Promise<Open> {
    const known = await current?.catch(() => undefined)
    if (known?.isOpen() === true) return known
    current = connect(setting, silentMs)
    return await current
  }
  const take = async () => {
    clearTimeout(idle)
    users++
    const release = () => {
      users--
      if (users > 0) return
      const kept = current
      idle = setTimeout(() => void kept?.then((open) => open.end()).catch(() => undefined), idleMs)
    }
    try {
      return { session: await openOne(), release }
    } catch (error) {
      release()
      throw error
    }
  }
  return {
    take,
    async using(work) {
      const { session, release } = await take()
      try {
        return await work(session)
      } finally {
        release()
      }
    },
  }
}

async function connect(setting: SftpSetting, silentMs: number): Promise<Open> {
  const { host, port, user: username } = setting
  const secret = await secretOf(setting)
  // On first use: most installations have no such place.
  const { default: ssh2 } = await import('ssh2')
  const client = new ssh2.Client()
  let shown: string | undefined
  return await new Promise<Open>((resolve, reject) => {
    const refused = (error: Error) => {
      client.destroy()
      reject(asRefusal(error, shown !== undefined && !setting.hostKeys.includes(shown)))
    }
    client.on('error', refused)
    client.on('close', () => refused(targetErrors.away()))
    client.on('ready', () =>
      client.sftp((error, sftp) => {
        if (error) refused(targetErrors.no_sftp({}, { cause: error }))
        else resolve(opened(client, sftp, silentMs))
      }),
    )
    const wish: ConnectConfig = {
      host,
      port,
      username,
      ...secret,
      readyTimeout: silentMs,
      keepaliveInterval: silentMs / 4,
      algorithms,
      // What the server shows is anybody's: only a key that was pinned goes on.
      hostVerifier: (key: Buffer) => {
        shown = createHash('sha256').update(key).digest('base64').replace(/=+$/, '')
        return setting.hostKeys.includes(shown)
      },
    }
    try {
      client.connect(wish)
      // Questions are small: none waits for the next.
      client.setNoDelay(true)
    } catch (error) {
      // A private key that is none.
      refused(error instanceof Error ? error : targetErrors.away())
    }
  })
}

/** Without the algorithms of SHA-1. @source RFC 9142; RFC 8332 */
const algorithms: NonNullable<ConnectConfig['algorithms']> = {
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
}

async function secretOf({
  keyFile,
  secret,
}: SftpSetting): Promise<Pick<ConnectConfig, 'password' | 'privateKey' | 'passphrase'>> {
  if (keyFile !== null) {
    const privateKey = await readFile(keyFile).catch((cause: unknown) => {
      throw targetErrors.no_private_key({}, { cause })
    })
    return { privateKey, ...(secret === null ? {} : { passphrase: secret }) }
  }
  if (secret?.startsWith('-----BEGIN ') === true) return { privateKey: secret }
  return { password: secret ?? '' }
}

/** What kept a connection from being there. */
function asRefusal(error: Error, isOtherKey: boolean): Error {
  if (error instanceof AppError) return error
  if (isOtherKey) return targetErrors.other_host_key({}, { cause: error })
  const level = 'level' in error ? error.level : undefined
  if (level === 'client-authentication') return targetErrors.not_let_in({}, { cause: error })
  if (level === 'client-timeout') return targetErrors.silent({}, { cause: error })
  if (error.message.includes('privateKey')) return targetErrors.no_private_key({}, { cause: error })
  return targetErrors.away({}, { cause: error })
}

function opened(client: Client, sftp: SFTPWrapper, silentMs: number): Open {
  /** Who waits for an answer. */
  const waiting = new Set<(error: Error) => void>()
  let ended: Error | undefined
  const fail = (error: Error) => {
    if (ended) return
    ended = error
    clearTimeout(timer)
    client.destroy()
    // The library forgets some questions when the connection ends.
    for (const reject of waiting) reject(error)
  }
  // Of any answer at all: on a slow line many are under way, and the last of them waits for all others.
  let timer: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(timer)
    if (waiting.size > 0 && !ended) timer = setTimeout(() => fail(targetErrors.silent()), silentMs)
  }
  for (const one of [client, sftp]) {
    one.on('error', (error: Error) => fail(targetErrors.away({}, { cause: error })))
    one.on('close', () => fail(targetErrors.away()))
  }
  return {
    isOpen: () => !ended,
    end() {
      ended ??= targetErrors.away()
      client.end()
    },
    async ask<T>(question: Question<T>): Promise<T> {
      if (ended) throw ended
      return await new Promise<T>((resolve, reject) => {
        const settle = (end: () => void) => {
          if (!waiting.delete(refuse)) return
          heard()
          end()
        }
        const refuse = (error: Error) => settle(() => reject(error))
        waiting.add(refuse)
        heard()
        try {
          question(sftp, (error, value) =>
            settle(() => {
              if (error) reject(ended ?? error)
              else resolve(value as T)
            }),
          )
        } catch (error) {
          // What the server does not know is refused at once.
          settle(() => reject(error))
        }
      })
    },
  }
}
