import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'

const settings = {
  idle: '/org/gnome/desktop/session/idle-delay',
  lock: '/org/gnome/desktop/screensaver/lock-enabled',
  delay: '/org/gnome/desktop/screensaver/lock-delay',
} as const

/** Values in force where no file sets another: those that GNOME ships. */
const shipped: Readonly<Record<string, string>> = {
  [settings.idle]: 'uint32 300',
  [settings.lock]: 'true',
  [settings.delay]: 'uint32 0',
}

/**
 * What the machine enforces on every user of GNOME. The settings of one user are not asked: root does not see them, and
 * a user could change them in a minute.
 */
export async function readScreenLock(root = '/'): Promise<HostFacts['screenLock']> {
  const sessions = [
    ...(await list(join(root, 'usr/share/wayland-sessions'))),
    ...(await list(join(root, 'usr/share/xsessions'))),
  ].filter((name) => name.endsWith('.desktop'))
  if (sessions.length === 0) return []
  if (sessions.some((name) => !/^(gnome|ubuntu)/.test(name)))
    throw new Unreadable(
      'not-configured',
      'a desktop other than GNOME is installed; only the settings of GNOME are known',
    )
  const databases = await profile(root)
  const values = new Map(Object.entries(shipped))
  const locked = new Set<string>()
  // The profile names the strongest first; locks count wherever they are.
  for (const name of databases.toReversed()) {
    const folder = join(root, 'etc/dconf/db', `${name}.d`)
    for (const file of (await list(folder)).sort())
      if (file !== 'locks')
        for (const [key, value] of parseKeyFile(await text(join(folder, file)))) values.set(key, value)
    for (const file of await list(join(folder, 'locks')))
      for (const line of (await text(join(folder, 'locks', file))).split('\n')) locked.add(line.trim())
  }
  const isEnforced = [settings.idle, settings.lock, settings.delay].every((key) => locked.has(key))
  return [
    {
      desktop: 'gnome',
      idleSeconds: seconds(values.get(settings.idle)),
      locks: values.get(settings.lock) === 'true',
      delaySeconds: seconds(values.get(settings.delay)),
      isEnforced,
    },
  ]
}

/** The databases of the machine in the profile of users. */
async function profile(root: string): Promise<string[]> {
  const found = await text(join(root, 'etc/dconf/profile/user'))
  return [...found.matchAll(/^\s*system-db:(\w+)\s*$/gm)].map(([, name = '']) => name)
}

/** Keys with their path, of a file of dconf(7). */
export function parseKeyFile(content: string): Map<string, string> {
  const values = new Map<string, string>()
  let path = ''
  for (const line of content.split('\n').map((one) => one.trim())) {
    const section = /^\[(.+)\]$/.exec(line)?.[1]
    if (section !== undefined) path = `/${section}/`
    const [, key, value] = /^([^#=\s]+)\s*=\s*(.+)$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) values.set(path + key, value)
  }
  return values
}

function seconds(value: string | undefined): number {
  const count = Number(/^(?:uint32\s+)?(\d+)$/.exec(value ?? '')?.[1] ?? NaN)
  if (!Number.isInteger(count)) throw new Unreadable('contract', 'a delay of the screen lock is no number')
  return count
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}
