import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const neededBytes = 4_000_000_000

/**
 * Where tests put what need not last: in memory where there is room and programs may be started, else where everybody
 * does. A run makes hundreds of databases, and a disk would be written full for nothing.
 */
export function temporaryFolder(): string {
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  const hasRoom = bavail * bsize >= neededBytes && freemem() >= neededBytes
  return hasRoom && mayStart(memory) ? memory : tmpdir()
}

function mayStart(folder: string): boolean {
  const program = join(folder, `art32-start-${process.pid}`)
  try {
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 })
    return spawnSync(program).status === 0
  } catch {
    return false
  } finally {
    rmSync(program, { force: true })
  }
}
