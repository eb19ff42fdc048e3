import { spawn } from 'node:child_process'
import { chownSync, existsSync, openSync, closeSync, statSync, readFileSync, writeFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { environmentOf } from '../backup/program.ts'
import { parsePrinted } from '../backup/snapshot.ts'
import { Unreadable } from '../engine/reading.ts'
import { Fault } from './fault.ts'
import type { Backup } from './plan.ts'
import { environmentFor, runTool } from './program.ts'
import type { Tools } from './program.ts'
import { complaint } from './repository.ts'
import type { Restored } from './repository.ts'

type Pgbackrest = Extract<Backup, { kind: 'pgbackrest' }>

/** A server that was restored and runs. */
export type RestoredServer = Restored & {
  readonly url: string
  readonly data: string
  /** Ends it at once: nobody needs what is in it. */
  stop(): Promise<void>
}

const info = z.array(
  z.object({ backup: z.array(z.object({ label: z.string(), timestamp: z.object({ stop: z.number() }) })).default([]) }),
)

/**
 * Restores a stanza into a folder of the drill and starts PostgreSQL on it, reached by nobody else: no port, a socket in
 * the folder, no archive, no replication, nothing preloaded.
 *
 * A stanza is a whole server, with what its administrators may do. It runs as whoever runs the drill.
 */
export async function restorePgbackrest(backup: Pgbackrest, tools: Tools): Promise<RestoredServer> {
  const { stanza, config, password, binaries, database, role } = backup
  const env = environmentOf({
    sources: ['-'],
    tenants: [],
    configuration: [],
    kind: 'pgbackrest',
    repository: '-',
    ...(config === undefined ? {} : { configFile: config }),
    ...(password === undefined ? {} : { password }),
  })
  const common = [`--stanza=${stanza}`, '--log-level-console=error', '--log-level-stderr=error']
  const listed = await runTool('pgbackrest', ['info', '--output=json', ...common], tools, { env, timeoutMs: 120_000 })
  if (listed.status !== 0) throw complaint('pgbackrest', listed.stdout + listed.stderr, 'info')
  // With another key the files that list backups hold noise, which it repeats as it is.
  if (/unable to load info file[\s\S]*(?:FormatError|CryptoError)/.test(listed.stdout))
    throw new Fault('wrong-key', 'pgbackrest, info')
  const [newest] = parsePrinted(info, listed.stdout)
    .flatMap((one) => one.backup)
    .toSorted((a, b) => b.timestamp.stop - a.timestamp.stop)
  if (newest === undefined) throw new Fault('missing', `no backup of the stanza ${stanza}`)
  const data = tools.folder.folder('data')
  const done = await runTool(
    'pgbackrest',
    [
      'restore',
      ...common,
      `--pg1-path=${data}`,
      // Never to where they lay on the server: this may be that very machine.
      `--tablespace-map-all=${tools.folder.folder('tablespaces')}`,
      `--lock-path=${tools.folder.folder('lock')}`,
      '--archive-mode=off',
    ],
    tools,
    { env },
  )
  if (done.status !== 0) throw complaint('pgbackrest', done.stdout + done.stderr, newest.label)
  const started = await start(binaries, data, env, tools)
  const url = new URL('postgres://localhost/')
  url.username = encodeURIComponent(role)
  url.pathname = `/${encodeURIComponent(database)}`
  url.searchParams.set('host', started.socket)
  return { name: newest.label, at: new Date(newest.timestamp.stop * 1_000), url: url.href, data, stop: started.stop }
}

/** Of a restored server nothing may reach out: neither its archive nor whom it replicated from. */
const settings = {
  listen_addresses: '',
  ssl: 'off',
  archive_mode: 'off',
  archive_command: '',
  primary_conninfo: '',
  hot_standby: 'off',
  max_logical_replication_workers: '0',
  shared_preload_libraries: '',
  session_preload_libraries: '',
  local_preload_libraries: '',
  shared_buffers: '64MB',
  huge_pages: 'off',
  fsync: 'off',
  logging_collector: 'off',
} as const

async function start(
  binaries: string,
  data: string,
  env: Readonly<Record<string, string>>,
  { folder, signal }: Tools,
): Promise<{ socket: string; stop: () => Promise<void> }> {
  const program = join(binaries, 'postgres')
  if (!existsSync(program))
    throw new Unreadable('not-configured', 'there is no postgres in the folder of backup.binaries')
  const account = accountOf(data)
  const socket = folder.folder('s')
  const own = folder.folder('own')
  writeFileSync(join(own, 'hba.conf'), 'local all all trust\n')
  writeFileSync(join(own, 'postgresql.conf'), '')
  if (account !== null) {
    // Its lock, too: the server fetches its log by pgBackRest.
    for (const path of [folder.folder('lock'), socket, own, join(own, 'hba.conf'), join(own, 'postgresql.conf')])
      chownSync(path, account.uid, account.gid)
    chmodSync(folder.path, 0o711)
  }
  const given = {
    ...settings,
    unix_socket_directories: socket,
    hba_file: join(own, 'hba.conf'),
    config_file: join(own, 'postgresql.conf'),
  }
  const log = join(folder.path, 'postgres.log')
  const output = openSync(log, 'a', 0o600)
  const child = spawn(
    program,
    ['-D', data, ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: data,
      env: environmentFor(env),
      stdio: ['ignore', output, output],
      detached: true,
      ...account,
    },
  )
  closeSync(output)
  let ended = false
  const closed = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) child.once(event, () => ((ended = true), resolve()))
  })
  if (child.pid !== undefined) folder.note(child.pid)
  const stop = async () => {
    child.kill('SIGQUIT')
    await Promise.race([closed, sleep(10_000, undefined, { ref: false })])
    if (!ended) child.kill('SIGKILL')
  }
  try {
    // The eighth line of its file: what pg_ctl waits for, too.
    while (!isReady(data)) {
      signal.throwIfAborted()
      if (ended) throw new Fault('does-not-start', 'PostgreSQL', { heard: readFileSync(log, 'utf8').slice(-2_000) })
      await sleep(50)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { socket, stop }
}

function isReady(data: string): boolean {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready'
}

/** PostgreSQL refuses to be root: it runs as whose files they are. */
function accountOf(data: string): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = statSync(join(data, 'PG_VERSION'))
  if (uid === 0) throw new Unreadable('denied', 'PostgreSQL does not run as root: run this drill as another user')
  return { uid, gid }
}
