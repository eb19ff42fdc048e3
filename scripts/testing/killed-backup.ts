import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { newBackupKey, readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/index.ts'
import {
  cloneControl,
  dropInstallation,
  templatePrefix,
} from '../../apps/server/src/platform/postgres/testing/control.ts'

const doomed = fileURLToPath(new URL('doomed-backup.ts', import.meta.url))

/** An installation with one tenant and one backup, of which another process makes or restores backups until it is killed. */
export interface Doomed {
  readonly folder: string
  /** Where the backups are kept. */
  readonly place: string
  readonly identity: string
  /** What configures the installation. */
  readonly environment: Readonly<Record<string, string>>
  /** Where its databases lie, or where a restore puts them. */
  onServer(which: 'here' | 'restored'): ReturnType<typeof onServer>
  start(): Promise<Server>
  /** Starts the task in a process of its own, and kills it so long after it began. */
  killed(task: 'backup' | 'restore', afterMs: number): Promise<void>
  /** Drops the databases of the installation. */
  dropInstallation(): Promise<void>
  /** Drops and removes all. */
  end(): Promise<void>
}

const onServer = async (prefix: string) => ({
  postgres: await connectExternal(inject('databaseUrl')),
  prefix,
  templatePrefix,
})

let count = 0

/** Makes such an installation, with its first backup. */
export async function openDoomed(): Promise<Doomed> {
  const folder = mkdtempSync(join(tmpdir(), 'art32-backup-killed-'))
  const place = join(folder, 'place')
  mkdirSync(place)
  const prefixes = { here: `k${process.pid}b${Date.now().toString(36)}x${count++}`, restored: '' }
  prefixes.restored = `${prefixes.here}r`
  const { identity, recipient } = await newBackupKey()
  const environment = {
    ART32_DATA: join(folder, 'data'),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_MASTER_KEY: randomBytes(32).toString('base64'),
    ART32_BACKUP_RECIPIENTS: recipient,
    ART32_BACKUP_TARGET: place,
  }
  const drop = async (prefix: string) => dropInstallation(await connectExternal(inject('databaseUrl')), prefix)
  const start = async () =>
    startServer(readConfig(environment), {
      ...(await onServer(prefixes.here)),
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
  await cloneControl(await connectExternal(inject('databaseUrl')), prefixes.here)
  const server = await start()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.backups.make()
  await server.stop()
  return {
    folder,
    place,
    identity,
    environment,
    onServer: (which) => onServer(prefixes[which]),
    start,
    async killed(task, afterMs) {
      const name = task === 'backup' ? prefixes.here : prefixes.restored
      const child = spawn(
        process.execPath,
        [doomed, task, inject('databaseUrl'), name, templatePrefix, place, identity],
        { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
      await sleep(afterMs)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    dropInstallation: () => drop(prefixes.here),
    async end() {
      for (const prefix of Object.values(prefixes)) await drop(prefix)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The files below a folder. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
