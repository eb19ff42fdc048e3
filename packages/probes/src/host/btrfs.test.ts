import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, installed, isRoot } from '../testing/programs.ts'
import { readArrays } from './raid.ts'

const isPossible = isRoot && installed('mkfs.btrfs', 'losetup', 'mount') && existsSync('/dev/loop-control')

describe.skipIf(!isPossible)(
  'reading a real btrfs on two disks (skipped without root, loop devices and btrfs-progs)',
  () => {
    let folder = ''
    let disks: string[] = []
    const quietly = (program: string, ...args: string[]) => {
      try {
        call(program, args)
      } catch {
        // Nothing to undo.
      }
    }
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'art32-btrfs-'))
      mkdirSync(join(folder, 'mount'))
      disks = ['a', 'b'].map((name) => {
        writeFileSync(join(folder, name), '')
        call('truncate', ['-s', '160M', join(folder, name)])
        return call('losetup', ['-f', '--show', join(folder, name)])
      })
    })
    afterEach(() => {
      quietly('umount', join(folder, 'mount'))
      for (const disk of disks) quietly('losetup', '-d', disk)
      rmSync(folder, { recursive: true, force: true })
    })

    it('sees that it is mirrored, and that a disk is missing', async () => {
      call('mkfs.btrfs', ['-q', '-f', '-d', 'raid1', '-m', 'raid1', ...disks])
      const [first = '', second = ''] = disks
      const name = `btrfs-${call('blkid', ['-s', 'UUID', '-o', 'value', first])}`
      const own = async () => (await readArrays()).find((one) => one.name === name)
      call('mount', ['-o', `device=${second}`, first, join(folder, 'mount')])
      expect(await own()).toMatchObject({ level: 'raid1', disks: 2, missing: 0, errors: 0 })
      call('umount', [join(folder, 'mount')])
      call('wipefs', ['-a', second])
      quietly('btrfs', 'device', 'scan', '--forget')
      call('mount', ['-o', 'degraded', first, join(folder, 'mount')])
      expect(await own()).toMatchObject({ disks: 2, missing: 1 })
    })
  },
)
