import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { prepareProgram } from '../../apps/server/src/platform/postgres/program.ts'
import { withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { issue } from './tls.ts'

/** A PostgreSQL of somebody else's: reached over TCP, encrypted or not at all, by an account that is no superuser. */
export interface RemotePostgres {
  readonly port: number
  /** PEM of the authority of its certificate. */
  readonly authority: string
  /** The address for art32, as the guide tells to make account and database; `authorityFile` as the reader of it sees it. */
  url(authorityFile: string, host?: string): string
  stop(): Promise<void>
}

const nobody = 65_534

/** Makes a cluster in an empty folder and starts it. */
export async function startRemotePostgres(folder: string): Promise<RemotePostgres> {
  mkdirSync(folder, { recursive: true })
  const program = prepareProgram(folder, true)
  const port = await freePort()
  const root = issue({ name: 'authority', authority: true })
  const { certificate, key } = issue({ hosts: ['localhost'], issuer: root })
  const authorityFile = join(folder, 'authority.pem')
  const data = join(folder, 'data')
  const isRoot = process.getuid?.() === 0
  const options = {
    cwd: folder,
    env: { LD_LIBRARY_PATH: program.libraries, TZ: 'UTC' },
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  }
  writeFileSync(authorityFile, root.certificate)
  writeFileSync(join(folder, 'password'), 'superuser')
  mkdirSync(data)
  if (isRoot) for (const path of [folder, data, join(folder, 'password')]) chownSync(path, nobody, nobody)
  const initial = [
    '-D',
    data,
    '-U',
    'postgres',
    `--pwfile=${join(folder, 'password')}`,
    '--auth=scram-sha-256',
    '--no-sync',
  ]
  const made = spawnSync(join(program.bin, 'initdb'), initial, { ...options, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  for (const [file, text] of [
    ['server.crt', certificate],
    ['server.key', key],
    ['pg_hba.conf', 'hostssl all all 127.0.0.1/32 scram-sha-256\n'],
  ] as const) {
    writeFileSync(join(data, file), text)
    chmodSync(join(data, file), 0o600)
    if (isRoot) chownSync(join(data, file), nobody, nobody)
  }
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'ssl=on', 'fsync=off']
  const child = spawn(join(program.bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const url = (user: string, database: string, file: string, host: string) =>
    `postgres://${user}:${user}@${host}:${port}/${database}?sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`
  const administrator = url('postgres', 'postgres', authorityFile, 'localhost').replace(':postgres@', ':superuser@')
  await answers(administrator)
  await withClient(administrator, async (client) => {
    await client.query(`create role art32 login password 'art32' createdb createrole`)
    await client.query('create database art32 owner art32')
  })
  return {
    port,
    authority: root.certificate,
    url: (file, host = 'localhost') => url('art32', 'art32', file, host),
    stop: async () => {
      child.kill('SIGINT')
      await ended
      if (existsSync(join(data, 'postmaster.pid')))
        throw new Error(`PostgreSQL goes on: ${readdirSync(data).join(' ')}`)
    },
  }
}

async function answers(url: string): Promise<void> {
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    try {
      return void (await withClient(url, (client) => client.query('select 1')))
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
