import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from './administration.ts'
import { runsAsRoot } from './account.ts'
import { openPool } from './pools.ts'
import { signal } from './processes.ts'
import { type PostgresOptions, type RunningPostgres, startPostgres } from './start.ts'
import { ask, processesOf, within } from './testing/child.ts'

describe.skipIf(process.platform !== 'linux')('the embedded PostgreSQL', () => {
  let home: string
  let folder: string
  let running: RunningPostgres | null = null
  const start = async (options: Partial<PostgresOptions> = {}): Promise<RunningPostgres> => {
    running = await startPostgres({ folder, ...options })
    return running
  }

  beforeAll(() => {
    // Only its owner may enter a temporary folder, as with root's data folders.
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-postgres-')))
    folder = join(home, 'data folder')
  })
  afterEach(async () => {
    await running?.stop()
    running = null
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('initialises an empty folder, answers over its socket alone, and leaves no process when stopped', async () => {
    const postgres = await start()
    expect(postgres.initialised).toBe(true)
    const settings = await ask(
      postgres,
      `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
         current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding`,
    )
    expect(settings).toEqual([{ tcp: '', fsync: 'on', checksums: 'on', encoding: 'UTF8' }])
    expect(statSync(postgres.socketFolder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
    await postgres.stop()
    // The watcher reads that all is over a moment later.
    await within(3_000, () => processesOf(folder).length === 0)
    expect(processesOf(folder)).toEqual([])
    expect(readdirSync(folder).filter((name) => /^(lock|socket|initialising)/.test(name))).toEqual([])
  })

  it('refuses a wrong password', async () => {
    const postgres = await start()
    const url = postgres.url('postgres', { user: postgres.administrator.user, password: 'wrong' })
    await expect(withClient(url, (client) => client.query('select 1'))).rejects.toThrow(
      'password authentication failed',
    )
  })

  it.runIf(runsAsRoot())('never runs as root, and keeps its account over restarts', async () => {
    const first = await start()
    const owner = statSync(`/proc/${first.pid}`).uid
    expect(owner).toBeGreaterThan(1000)
    await first.stop()
    const second = await start()
    expect(statSync(`/proc/${second.pid}`).uid).toBe(owner)
  })

  it('refuses a folder that another art32 uses, naming its process', async () => {
    await start()
    await expect(startPostgres({ folder })).rejects.toThrow(
      `Another art32 (process ${process.pid}) already uses ${folder}`,
    )
    await expect(ask(running as unknown as RunningPostgres, 'select 1')).resolves.toHaveLength(1)
  })

  it('comes back by itself, with its data, after PostgreSQL is killed', async () => {
    const postgres = await start()
    await ask(postgres, 'create table kept as select 42 as answer')
    const before = postgres.pid
    const exits: unknown[] = []
    postgres.onExit((exit) => exits.push(exit))
    signal(before, 'SIGKILL')
    expect(await within(10_000, () => postgres.pid !== before)).toBe(true)
    expect(exits).toEqual([{ code: null, signal: 'SIGKILL' }])
    expect(await ask(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('is waited for by whoever asks a pool while it starts again, by either way of asking', async () => {
    const postgres = await start()
    const pool = openPool(postgres.url(postgres.maintenance), 2)
    await pool.query('select 1')
    const before = postgres.pid
    signal(before, 'SIGKILL')
    await within(3_000, () => pool.totalCount === 0)
    const client = pool.connect()
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
    ;(await client).release()
    expect(postgres.pid).not.toBe(before)
    await pool.end()
    await expect(pool.query('select 1')).rejects.toThrow('after calling end')
  })

  it('ends a backend that has lost its postmaster before it starts again', async () => {
    const postgres = await start()
    const before = postgres.pid
    const busy = ask(postgres, 'select count(*) from generate_series(1, 1e12)').catch(() => 'lost')
    await sleep(200)
    signal(before, 'SIGKILL')
    expect(await busy).toBe('lost')
    expect(await within(10_000, () => postgres.pid !== before)).toBe(true)
    await ask(postgres, 'select 1')
  })

  it('takes a short folder for its socket when the path would be too long, and removes it', async () => {
    const deep = join(home, 'x'.repeat(120))
    const postgres = await startPostgres({ folder: deep, durable: false })
    const { socketFolder } = postgres
    expect(Buffer.byteLength(socketFolder)).toBeLessThan(80)
    expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
    expect(existsSync(socketFolder)).toBe(false)
  })

  it('refuses data of another major version, naming both', async () => {
    await (await start()).stop()
    const file = join(folder, 'data', 'PG_VERSION')
    const version = readFileSync(file)
    writeFileSync(file, '12\n')
    await expect(startPostgres({ folder })).rejects.toThrow(/written by PostgreSQL 12; this art32 brings 18/)
    writeFileSync(file, version)
  })

  it('tells what PostgreSQL says when it cannot start', async () => {
    await (await start()).stop()
    const file = join(folder, 'data', 'postgresql.auto.conf')
    const settings = readFileSync(file)
    writeFileSync(file, 'no_such_setting = 1\n')
    await expect(startPostgres({ folder })).rejects.toThrow(/did not start in .*no_such_setting|configuration file/)
    writeFileSync(file, settings)
  })

  it('refuses a data folder whose password file is gone, naming the file', async () => {
    await (await start()).stop()
    const file = join(folder, 'password')
    const password = readFileSync(file)
    rmSync(file)
    await expect(startPostgres({ folder })).rejects.toThrow(`The file ${file} with the database password is missing`)
    writeFileSync(file, password, { mode: 0o600 })
  })

  it('starts although the number in postmaster.pid belongs to a stranger now', async () => {
    await (await start()).stop()
    const { uid, gid } = statSync(join(folder, 'data'))
    const stranger = spawn('sleep', ['60'], runsAsRoot() ? { uid, gid } : {})
    const file = join(folder, 'data', 'postmaster.pid')
    writeFileSync(file, `${stranger.pid}\n${join(folder, 'data')}\n1\n5432\n\n\n  1 1\nready\n`)
    chownSync(file, uid, gid)
    try {
      await ask(await start(), 'select 1')
    } finally {
      stranger.kill()
    }
  })

  it.runIf(runsAsRoot())('names the folder above that its account cannot enter', async () => {
    const closed = join(home, 'closed')
    mkdirSync(join(closed, 'art32'), { recursive: true })
    chmodSync(closed, 0o700)
    await expect(startPostgres({ folder: join(closed, 'art32', 'postgres') })).rejects.toThrow(`chmod o+x ${closed}`)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  })

  it('names a folder that cannot be made', async () => {
    const file = join(home, 'a-file')
    writeFileSync(file, '')
    await expect(startPostgres({ folder: join(file, 'postgres') })).rejects.toThrow(
      /The data folder .* cannot be written/,
    )
  })
})
