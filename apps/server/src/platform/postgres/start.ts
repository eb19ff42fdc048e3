import { createHash } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  chmodSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, accountFor, makeEnterable, runsAsRoot } from './account.ts'
import { ensureCluster, explain, lastLine, superuser } from './cluster.ts'
import { postgresErrors } from './errors.ts'
import { spawnGuarded } from './guarded.ts'
import { lockFolder } from './lock.ts'
import { isTaken, postgresProcesses, signal } from './processes.ts'
import { type ClusterArchive, makeSpoolFolder, openClusterArchive } from './cluster-archive.ts'
import { prepareProgram, type Program } from './program.ts'
import type { Credential, PostgresServer } from './server.ts'
import { type RecoverySetting, serverSettings } from './settings.ts'
import { makeSocketFolder, removeSocketFolder } from './socket-folder.ts'

/** How to start the embedded server. */
export interface PostgresOptions {
  /** Everything of the server lies below; made if missing. Its own account may enter it and the folder it lies in. */
  readonly folder: string
  /** False only for throw-away data: nothing is synced to disk. Default true. */
  readonly durable?: boolean
  /** Whether to start it again when it ends by itself. Default true. */
  readonly supervise?: boolean
  /** Whether whole parts of the write-ahead log are copied into a folder, from where they can be kept elsewhere. Default false. */
  readonly archives?: boolean
  /** Brings a base forward before anybody may connect. */
  readonly recovery?: RecoverySetting
  /** Called when it works by itself and is only waited for. */
  readonly spawned?: () => void
  /** Takes one sentence at a time, without personal data. */
  readonly log?: (line: string) => void
}

/** PostgreSQL ended without being asked to. */
export interface PostgresExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The embedded server while it runs. */
export interface RunningPostgres extends PostgresServer {
  /** The process id of the postmaster; another one after a restart. */
  readonly pid: number
  readonly socketFolder: string
  /** What a backup of the whole cluster is made of; null where its log is not kept. */
  readonly archive: ClusterArchive | null
  /** Whether this start made the data folder. */
  readonly initialised: boolean
  /** Called at each end that nobody asked for, before the restart. */
  onExit(callback: (exit: PostgresExit) => void): void
  /** Shuts down: fast at first, by force after 30 seconds. Open connections are ended. */
  stop(): Promise<void>
}

const logLimit = 5_000_000
const startLimit = 300_000
/** A day of a busy log is brought forward in minutes; it is not given up while it goes on. */
const recoveryLimit = 24 * 3_600_000
const stopLimit = 30_000
const killLimit = 5_000
const shortestPause = 50
const longestPause = 10_000

/** What stays the same over all starts of one cluster. */
interface Cluster {
  readonly folder: string
  readonly data: string
  readonly program: Program
  readonly account: Account | null
  readonly socketFolder: string
  /** Stands in the title of each process of this cluster. */
  readonly mark: string
  readonly durable: boolean
  readonly spool: string | null
  readonly recovery: RecoverySetting | null
  readonly spawned: () => void
  readonly log: (line: string) => void
}

/**
 * Starts the embedded PostgreSQL of a data folder, initialising it the first time.
 *
 * @throws {postgres.in_use} another art32 uses the folder
 * @throws {postgres.not_writable | postgres.not_enterable | postgres.no_space | postgres.other_version} each with its remedy
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = makeFolder(resolve(options.folder))
  const unlock = lockFolder(join(folder, 'lock'), folder)
  try {
    return await startLocked(folder, options, unlock)
  } catch (error) {
    removeSocketFolder(join(folder, 'socket'))
    unlock()
    throw error
  }
}

async function startLocked(folder: string, options: PostgresOptions, unlock: () => void): Promise<RunningPostgres> {
  const { durable = true, supervise = true, archives = false, recovery = null } = options
  const { spawned = () => undefined, log = () => undefined } = options
  const mark = markOf(folder)
  const data = join(folder, 'data')
  await endLeftovers(mark, log)
  const program = prepareProgram(folder, runsAsRoot() || process.platform === 'darwin')
  const account = runsAsRoot() ? accountFor(folder, data) : null
  const { password, initialised } = await ensureCluster({ folder, program, account, durable })
  const administrator: Credential = { user: superuser, password }
  const socketFolder = makeSocketFolder(join(folder, 'socket'), account)
  const spool = archives ? makeSpoolFolder(folder, account) : null
  const cluster: Cluster = {
    folder,
    data,
    program,
    account,
    socketFolder,
    mark,
    durable,
    spool,
    recovery,
    spawned,
    log,
  }
  const supervised = await keepRunning(cluster, supervise)
  return {
    embedded: true,
    version: program.version,
    administrator,
    superuser: true,
    maintenance: 'postgres',
    socketFolder,
    initialised,
    archive: spool === null ? null : openClusterArchive({ spool, data, major: program.major }),
    get pid() {
      return supervised.pid()
    },
    url: (database, as = administrator) => socketUrl(socketFolder, database, as),
    onExit: (callback) => supervised.onExit(callback),
    stop: async () => {
      await supervised.stop()
      removeSocketFolder(join(folder, 'socket'))
      unlock()
    },
  }
}

const markOf = (folder: string) => `art32-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`

/** Ends what a killed process left running of the cluster of a folder. */
export async function endLeftoversIn(folder: string): Promise<void> {
  await endLeftovers(markOf(resolve(folder)), () => undefined)
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw postgresErrors.not_writable({ folder }, { cause })
  }
  if (runsAsRoot()) {
    chmodSync(folder, 0o711)
    makeEnterable(folder)
  }
  return folder
}

/** The address of a database of an embedded server. */
export function socketUrl(socketFolder: string, database: string, { user, password }: Credential): string {
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return `postgresql://${who}@localhost:5432/${encodeURIComponent(database)}?host=${encodeURIComponent(socketFolder)}&sslmode=disable`
}

interface Supervised {
  pid(): number
  onExit(callback: (exit: PostgresExit) => void): void
  stop(): Promise<void>
}

/** Starts the postmaster and, if asked to, starts it again after each end nobody asked for, with growing pauses. */
async function keepRunning(cluster: Cluster, supervise: boolean): Promise<Supervised> {
  const callbacks: ((exit: PostgresExit) => void)[] = []
  const stopping = new AbortController()
  let child = await launch(cluster)
  let restarting: Promise<void> = Promise.resolve()

  const watch = (watched: ChildProcess): void => {
    watched.once('exit', (code, killedBy) => {
      if (stopping.signal.aborted) return
      cluster.log(`PostgreSQL ended by itself (${killedBy ?? `code ${code}`}).`)
      for (const callback of callbacks) callback({ code, signal: killedBy })
      if (supervise) restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    for (let pause = shortestPause; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        await endLeftovers(cluster.mark, cluster.log)
        child = await launch(cluster)
        cluster.log('PostgreSQL is running again.')
        watch(child)
        return
      } catch (error) {
        cluster.log(error instanceof Error ? error.message : String(error))
      }
    }
  }
  watch(child)
  return {
    pid: () => child.pid ?? 0,
    onExit: (callback) => void callbacks.push(callback),
    stop: async () => {
      stopping.abort()
      await restarting
      await end(child)
      await endLeftovers(cluster.mark, cluster.log)
    },
  }
}

/** Spawns the postmaster and waits until it accepts connections, however long a recovery takes. */
async function launch(cluster: Cluster): Promise<ChildProcess> {
  const logFile = join(cluster.folder, 'postgres.log')
  const from = rotate(logFile)
  const output = openSync(logFile, 'a', 0o600)
  const child = spawnGuarded({
    command: join(cluster.program.bin, 'postgres'),
    arguments: ['-D', cluster.data, ...serverSettings({ ...cluster, clusterName: cluster.mark })],
    cwd: cluster.folder,
    environment: { LD_LIBRARY_PATH: cluster.program.libraries, ...unrelatedOwner(cluster) },
    account: cluster.account,
    output,
  })
  closeSync(output)
  cluster.spawned()
  const deadline = Date.now() + (cluster.recovery === null ? startLimit : recoveryLimit)
  while (hasEnded(child) || !isReady(cluster.data, child.pid)) {
    if (hasEnded(child) || Date.now() > deadline) {
      await end(child)
      const lines = readFileSync(logFile, 'utf8').slice(from).split('\n')
      throw (
        explain(lines, cluster.folder) ??
        postgresErrors.not_started({ folder: cluster.folder, detail: lastLine(lines) })
      )
    }
    await sleep(5)
  }
  return child
}

/** Begins a new log when the old one is large, and returns where ours begins. */
function rotate(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size <= logLimit) return size
  renameSync(logFile, `${logFile}.1`)
  return 0
}

/** The postmaster writes its state into the eighth line of `postmaster.pid`: the sign that pg_ctl waits for, too. */
function isReady(data: string, pid: number | undefined): boolean {
  const lines = readPidFile(data)
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

function readPidFile(data: string): string[] {
  const file = join(data, 'postmaster.pid')
  try {
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  } catch {
    return []
  }
}

/**
 * After a crash the number in `postmaster.pid` may belong to a stranger by now, or to a zombie, and PostgreSQL would refuse
 * to start. Our leftovers are gone when we get here, so any process of that number is a stranger. PostgreSQL ignores the number of
 * its grandparent (that is how pg_ctl tells it about shells); unlike removing the file this keeps its check that no old
 * backend still uses the shared memory.
 */
function unrelatedOwner({ data }: Cluster): Record<string, string> {
  const pid = Number(readPidFile(data)[0])
  return pid > 0 && isTaken(pid) ? { PG_GRANDPARENT_PID: String(pid) } : {}
}

/** Ends whatever a killed art32, or a killed postmaster, has left behind of this cluster. */
async function endLeftovers(mark: string, log: (line: string) => void): Promise<void> {
  const found = postgresProcesses(mark)
  if (found.length === 0) return
  log(`Ending ${found.length} PostgreSQL processes an earlier run left behind.`)
  // Only the postmaster has its settings on its command line; backends whose postmaster is gone know QUIT alone.
  const postmaster = found.find(({ command }) => command.includes(`cluster_name=${mark}`))
  if (postmaster !== undefined) signal(postmaster.pid, 'SIGINT')
  if (postmaster !== undefined && (await gone(mark, stopLimit))) return
  for (const { pid } of postgresProcesses(mark)) signal(pid, 'SIGQUIT')
  if (await gone(mark, killLimit)) return
  for (const { pid } of postgresProcesses(mark)) signal(pid, 'SIGKILL')
  await gone(mark, killLimit)
}

async function gone(mark: string, limit: number): Promise<boolean> {
  for (const deadline = Date.now() + limit; Date.now() < deadline; await sleep(20)) {
    if (postgresProcesses(mark).length === 0) return true
  }
  return false
}

async function end(child: ChildProcess): Promise<void> {
  for (const [name, limit] of [
    ['SIGINT', stopLimit],
    ['SIGQUIT', killLimit],
    ['SIGKILL', killLimit],
  ] as const) {
    if (hasEnded(child)) return
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(limit) }).catch(() => undefined)
    child.kill(name)
    await ended
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null
