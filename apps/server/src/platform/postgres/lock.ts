import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processStart } from './processes.ts'
import { postgresErrors } from './errors.ts'

/** Gives the lock back; harmless when called twice. */
export type Unlock = () => void

/**
 * Takes the folder for this process: a file with our pid and start time, linked into place so that it is never seen
 * half written. A lock whose process is gone, or whose pid belongs to somebody else by now, is taken over.
 *
 * @throws {postgres.in_use} naming the process that holds it
 */
export function lockFolder(file: string, folder: string): Unlock {
  const own = `${process.pid} ${processStart(process.pid)}\n`
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, own, { mode: 0o600 })
  try {
    while (!link(draft, file)) evictDead(file, folder)
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (read(file) === own) rmSync(file, { force: true })
  }
}

/** Whether a living process holds the lock. */
export function isLocked(file: string): boolean {
  const holder = read(file)
  return holder !== null && isAlive(holder)
}

function evictDead(file: string, folder: string): void {
  const holder = read(file)
  if (holder === null) return
  if (isAlive(holder)) throw postgresErrors.in_use({ pid: Number.parseInt(holder, 10), folder })
  const evicted = `${file}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, evicted)
  } catch {
    return
  }
  // Between reading and moving, somebody faster may have taken it over: what was moved must be what was judged.
  if (read(evicted) !== holder) link(evicted, file)
  rmSync(evicted, { force: true })
}

function isAlive(holder: string): boolean {
  const [pid = '', ...start] = holder.trim().split(' ')
  return processStart(Number(pid)) === start.join(' ')
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
