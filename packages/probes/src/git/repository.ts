import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable, errorCode } from '../engine/reading.ts'

/** A repository on this machine, opened for reading. */
export type Repository = {
  /** Runs git and gives what it printed. */
  readonly git: (...args: string[]) => Promise<string>
  /** Runs git and gives what it prints while it runs. */
  readonly stream: (...args: string[]) => Readable
  readonly close: () => Promise<void>
}

/** A folder of this machine, or an address that leads to one. */
export const isOwnMachine = (repository: string) => !isAddress(repository) || /^file:/i.test(repository)

const isAddress = (repository: string) =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(repository) || /^[\w.-]+@[\w.-]+:/.test(repository)

/** Whether a second copy is on another host than the first; folders are all on this one. */
export const isElsewhere = (first: string, second: string) => hostOf(first) !== hostOf(second)

function hostOf(repository: string): string {
  if (isOwnMachine(repository)) return ''
  return URL.canParse(repository)
    ? new URL(repository).hostname.toLowerCase()
    : (/^[^@]+@([^:]+):/.exec(repository)?.[1] ?? '').toLowerCase()
}

/**
 * No prompt, no foreign configuration, no hook, no odd transport, no program that the repository itself names: it may be
 * hostile. A folder is opened with its own configuration, which could otherwise name a program for signatures.
 */
const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
}
const caution = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.directory=*',
  '-c',
  'log.showSignature=false',
]

/** Opens a folder as it is, or copies an address into a folder of its own that `close` removes. */
export async function openRepository(repository: string, context: Context): Promise<Repository> {
  if (!isAddress(repository)) return openFolder(repository, context, () => Promise.resolve())
  if (URL.canParse(repository) && new URL(repository).protocol !== 'file:')
    await addressOf(new URL(repository).hostname, context)
  const folder = await mkdtemp(join(tmpdir(), 'art32-git-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    await call(['clone', '--quiet', '--bare', '--', repository, folder], context.signal)
    return await openFolder(folder, context, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function openFolder(folder: string, { signal }: Context, close: () => Promise<void>): Promise<Repository> {
  const at = ['-C', folder]
  await call([...at, 'rev-parse', '--git-dir'], signal)
  await call([...at, 'rev-parse', '--verify', '--quiet', 'HEAD'], signal).catch(() => {
    throw new Unreadable('not-configured', 'the repository has no commit')
  })
  return {
    git: (...args) => call([...at, ...args], signal),
    stream: (...args) => {
      const child = spawn('git', [...caution, ...at, ...args], {
        env: environment,
        signal,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      child.on('error', (error) => child.stdout.destroy(error))
      child.stdout.on('close', () => child.kill())
      return child.stdout
    },
    close,
  }
}

function call(args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...caution, ...args],
      { env: environment, signal, maxBuffer: 67_108_864 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(signal.aborted ? (signal.reason as Error) : reasonOfGit(errorCode(error), stderr))
      },
    )
  })
}

/** Sorts the complaints of git; the text itself is dropped, since it repeats addresses with credentials. */
function reasonOfGit(code: string, stderr: string): Unreadable {
  if (code === 'ENOENT') return new Unreadable('not-configured', 'the program git is not installed')
  if (/authentication failed|could not read (username|password)|permission denied|publickey|\b403\b/i.test(stderr))
    return new Unreadable('denied', 'the repository refused access', { needs: 'read access to the repository' })
  if (/could not resolve|connection refused|timed out|unable to access|network is unreachable/i.test(stderr))
    return new Unreadable('unreachable', 'the host of the repository cannot be reached')
  if (/not a git repository|does not exist|not found|does not appear to be|cannot change to/i.test(stderr))
    return new Unreadable('not-configured', 'there is no git repository at this place')
  return new Unreadable('contract', 'git could not read the repository')
}
