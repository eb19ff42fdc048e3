import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'

type DiskArray = HostFacts['arrays'][number]

/**
 * Arrays of disks as the kernel shows them, without a program and without root: md under `block`, btrfs under `fs`.
 * A btrfs on one disk is no array.
 */
export async function readArrays(sys = '/sys'): Promise<DiskArray[]> {
  const [md, btrfs] = await Promise.all([readMd(sys), readBtrfs(sys)])
  return [...md, ...btrfs].sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function readMd(sys: string): Promise<DiskArray[]> {
  const names = (await list(join(sys, 'block'))).filter((name) => name.startsWith('md'))
  return Promise.all(
    names.map(async (name) => {
      const folder = join(sys, 'block', name, 'md')
      const value = (file: string) => text(join(folder, file))
      const members = (await list(folder)).filter((member) => member.startsWith('dev-'))
      const states = await Promise.all(members.map((member) => value(join(member, 'state'))))
      const level = await value('level')
      const isActive = !['inactive', 'clear', 'broken'].includes(await value('array_state'))
      // Without redundancy the kernel keeps none of these.
      const count = async (file: string) => Number((await optional(join(folder, file))) ?? 0)
      return {
        name,
        level,
        disks: number(await value('raid_disks')),
        isActive,
        missing: await count('degraded'),
        failed: states.filter((state) => state.split(',').includes('faulty')).length,
        errors: await count('mismatch_cnt'),
        isSyncing: /^(recover|resync|reshape)/.test((await optional(join(folder, 'sync_action'))) ?? ''),
      }
    }),
  )
}

async function readBtrfs(sys: string): Promise<DiskArray[]> {
  const root = join(sys, 'fs', 'btrfs')
  const names = (await list(root)).filter((name) => /^[0-9a-f]{8}-[0-9a-f-]+$/.test(name))
  const arrays = await Promise.all(
    names.map(async (name): Promise<DiskArray[]> => {
      const devices = await list(join(root, name, 'devinfo'))
      if (devices.length < 2) return []
      const seen = await Promise.all(
        devices.map(async (device) => ({
          isMissing: (await text(join(root, name, 'devinfo', device, 'missing'))) === '1',
          errors: errorsOf(await errorStats(join(root, name, 'devinfo', device, 'error_stats'))),
        })),
      )
      const profiles = (await list(join(root, name, 'allocation', 'data'))).filter((one) =>
        /^(raid|single|dup)/.test(one),
      )
      return [
        {
          name: `btrfs-${name}`,
          // More than one profile is a conversion that has not ended: the weakest decides.
          level: profiles.find((one) => !one.startsWith('raid') || one === 'raid0') ?? profiles[0] ?? 'unknown',
          disks: devices.length,
          isActive: true,
          missing: seen.filter(({ isMissing }) => isMissing).length,
          failed: 0,
          errors: seen.reduce((sum, { errors }) => sum + errors, 0),
          isSyncing: false,
        },
      ]
    }),
  )
  return arrays.flat()
}

async function errorStats(path: string): Promise<string> {
  const found = await optional(path)
  if (found === undefined) throw new Unreadable('not-configured', 'this kernel does not show errors of btrfs disks')
  return found
}

const errorsOf = (stats: string) =>
  [...stats.matchAll(/_errs\s+(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)

const number = (value: string) => {
  const count = Number(value.split(' ')[0])
  if (!Number.isInteger(count)) throw new Unreadable('contract', 'the kernel shows no number of disks')
  return count
}

const text = async (path: string) => (await readFile(path, 'utf8')).trim()

async function optional(path: string): Promise<string | undefined> {
  try {
    return await text(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
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
