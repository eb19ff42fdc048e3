import { Unreadable } from '../engine/reading.ts'
import { run } from '../host/run.ts'
import type { BackupSettings } from './settings.ts'

/** With what a backup program is run. */
export type Runs = {
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string>>
  /** The folder of the repository, where it lies on this machine. */
  readonly folder: string | undefined
}

/** Repositories are slow: a cold one at the far end of a line needs longer than a program of the system. */
const limits = { timeoutMs: 25_000, maxBytes: 67_108_864 } as const

/** What a program is told, all of it by its environment: command lines are seen by every user of a machine. */
export function environmentOf(settings: BackupSettings): Record<string, string> {
  const { kind, repository, configFile, password, account, accountKey } = settings
  const home = { HOME: process.env['HOME'] ?? '/nonexistent' }
  if (kind === 'restic')
    return {
      ...home,
      RESTIC_REPOSITORY: repository,
      // Without one restic would ask, and wait for an answer that never comes.
      RESTIC_PASSWORD: password ?? '',
      ...(account === undefined ? {} : { AWS_ACCESS_KEY_ID: account, RESTIC_REST_USERNAME: account }),
      ...(accountKey === undefined ? {} : { AWS_SECRET_ACCESS_KEY: accountKey, RESTIC_REST_PASSWORD: accountKey }),
    }
  if (kind === 'pgbackrest')
    return {
      ...home,
      ...(configFile === undefined ? {} : { PGBACKREST_CONFIG: configFile }),
      ...(password === undefined ? {} : { PGBACKREST_REPO1_CIPHER_PASS: password }),
      // It only asks; no log file of its own is begun.
      PGBACKREST_LOG_LEVEL_FILE: 'off',
    }
  return {
    ...home,
    BORG_REPO: repository,
    BORG_PASSPHRASE: password ?? '',
    BORG_RSH: 'ssh -oBatchMode=yes',
    // No question is ever asked: an unencrypted or moved repository is a fact to judge, not a reason to stop.
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
  }
}

/**
 * Runs a backup program and gives what it printed.
 *
 * @throws {Unreadable} with the reason, by the few complaints that these programs are known for
 */
export async function runBackup(program: string, args: readonly string[], { signal, env }: Runs): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, signal, { ...limits, env })
  // Borg ends with 1 for a warning, after it has printed everything.
  if (status === 0 || (program === 'borg' && status === 1 && stdout !== '')) return stdout
  throw complaint(program, stderr)
}

const complaints: readonly (readonly [RegExp, () => Unreadable])[] = [
  [
    /wrong password|no key found|passphrase supplied|passphrase .*incorrect|empty password|key file .* not found/i,
    () => new Unreadable('denied', 'the password of the repository is wrong or missing', { needs: 'password' }),
  ],
  [
    /permission denied|access ?denied|forbidden|unauthorized|\b40[13]\b|invalidaccesskey|publickey/i,
    () => new Unreadable('denied', 'the repository refused access', { needs: 'read access to the repository' }),
  ],
  [
    /no such host|connection refused|timed? ?out|network is unreachable|could not resolve|connection closed/i,
    () => new Unreadable('unreachable', 'the repository cannot be reached'),
  ],
  [
    /failed to (?:create\/acquire|acquire) the lock|already locked|unable to create lock/i,
    () => new Unreadable('unreachable', 'the repository is locked by another run'),
  ],
  [
    /is there a repository|unable to open config|does not exist|not a valid repository|no such file/i,
    () => new Unreadable('not-configured', 'there is no such repository at this place'),
  ],
]

/** The text of the program is dropped: it repeats addresses and names of files. */
function complaint(program: string, text: string): Unreadable {
  const known = complaints.find(([pattern]) => pattern.test(text))
  return known?.[1]() ?? new Unreadable('contract', `the program ${program} could not read the repository`)
}
