import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

/** In exact versions, so that figures can be compared. They are nobody's dependency: 200 packages for one table. */
const packages = {
  'csv-parse': '7.0.3',
  openredaction: '1.1.5',
  'redact-pii': '3.4.0',
  '@redactpii/node': '1.0.17',
} as const

const folder = path.join(os.tmpdir(), 'art32-bench-peers-1')
let ready: boolean | undefined

/** Installs them beside the project, once; false where the registry cannot be reached. */
function install(): boolean {
  const done = path.join(folder, 'whole')
  if (existsSync(done)) return true
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}')
  try {
    const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
      cwd: folder,
      stdio: 'ignore',
    })
    writeFileSync(done, '')
    return true
  } catch {
    return false
  }
}

/** A peer, by the name that its users import. */
export async function peer<T>(name: string): Promise<T | undefined> {
  ready ??= install()
  if (!ready) return undefined
  const loaded: unknown = createRequire(path.join(folder, 'package.json'))(name)
  return await Promise.resolve(loaded as T)
}
