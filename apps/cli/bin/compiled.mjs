/*
 * Where Node.js keeps what it made of our sources: most of the start of a command, and of each of its threads, is reading their types away.
 * Plain JavaScript for any Node.js from 14 on, as `art32.mjs`.
 */
import { lstatSync, mkdirSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** Has Node.js keep it in the user's cache, for this process, its threads and what it starts. Without such a folder all is as before. */
export function keepCompiled() {
  const { env } = process
  if (env.NODE_COMPILE_CACHE !== undefined || module.enableCompileCache === undefined) return
  try {
    const folder = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'art32', 'compiled')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOurs(folder)) return
    module.enableCompileCache(folder)
    // Threads read it from here.
    env.NODE_COMPILE_CACHE = folder
  } catch {
    // A home that cannot be written, or none.
  }
}

/** Who else can write there could have us run what he likes. */
function isOurs(folder) {
  const { uid, mode } = lstatSync(folder)
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
}
