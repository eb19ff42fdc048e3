import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reasonOf } from '../engine/reading.ts'
import { parseSignatures, readAntivirus } from './antivirus.ts'
import { readArrays } from './raid.ts'
import { parseKeyFile, readScreenLock } from './screen-lock.ts'
import { parseDisk } from './smart.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'art32-host-test-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (files: Readonly<Record<string, string>>) => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}

describe('reading arrays of disks from the kernel', () => {
  const md = (more: Readonly<Record<string, string>> = {}) => ({
    'block/sda/size': '1',
    'block/md0/md/level': 'raid5\n',
    'block/md0/md/raid_disks': '3\n',
    'block/md0/md/array_state': 'clean\n',
    'block/md0/md/degraded': '0\n',
    'block/md0/md/mismatch_cnt': '0\n',
    'block/md0/md/sync_action': 'idle\n',
    'block/md0/md/dev-sda1/state': 'in_sync\n',
    'block/md0/md/dev-sdb1/state': 'in_sync,write_mostly\n',
    ...more,
  })
  const healthy = {
    name: 'md0',
    level: 'raid5',
    disks: 3,
    isActive: true,
    missing: 0,
    failed: 0,
    errors: 0,
    isSyncing: false,
  }

  it('sees that all is well, and none where there is none', async () => {
    expect(await readArrays(root)).toEqual([])
    write(md())
    expect(await readArrays(root)).toEqual([healthy])
  })

  it('sees missing and failed disks, a rebuild, differences and a stopped array', async () => {
    write(
      md({
        'block/md0/md/degraded': '1\n',
        'block/md0/md/dev-sdb1/state': 'faulty\n',
        'block/md0/md/sync_action': 'recover\n',
        'block/md0/md/mismatch_cnt': '256\n',
        'block/md0/md/array_state': 'inactive\n',
      }),
    )
    expect(await readArrays(root)).toEqual([
      { ...healthy, isActive: false, missing: 1, failed: 1, errors: 256, isSyncing: true },
    ])
  })

  it('sees a btrfs over several disks, with its weakest profile, and leaves one on a single disk out', async () => {
    const uuid = 'fs/btrfs/0f6c2d1e-0000-4000-8000-000000000001'
    const stats = 'write_errs 0\nread_errs 2\nflush_errs 0\ncorruption_errs 3\ngeneration_errs 0\n'
    write({
      'fs/btrfs/features/raid56': '0',
      [`${uuid}/devinfo/1/missing`]: '0\n',
      [`${uuid}/devinfo/1/error_stats`]: stats,
      [`${uuid}/devinfo/2/missing`]: '1\n',
      [`${uuid}/devinfo/2/error_stats`]: stats.replaceAll(/\d/g, '0'),
      [`${uuid}/allocation/data/raid1/total_bytes`]: '1',
      [`${uuid}/allocation/data/single/total_bytes`]: '1',
      'fs/btrfs/0f6c2d1e-0000-4000-8000-000000000002/devinfo/1/missing': '0\n',
    })
    expect(await readArrays(root)).toMatchObject([{ level: 'single', disks: 2, missing: 1, errors: 5 }])
  })

  it('says so when the kernel shows something else', async () => {
    write(md({ 'block/md0/md/raid_disks': 'many\n' }))
    expect(reasonOf(await readArrays(root).catch((error: unknown) => error)).why).toBe('contract')
  })
})

describe('reading the health of disks', () => {
  const disk = (more: object) => JSON.stringify({ smartctl: { exit_status: 0 }, serial_number: 'WD-TEST-1', ...more })

  it('understands ATA, NVMe and SCSI, and keeps no serial number', () => {
    const ata = disk({
      smart_status: { passed: true },
      ata_smart_attributes: {
        table: [
          { id: 5, raw: { value: 4 } },
          { id: 197, raw: { value: 1 } },
        ],
      },
    })
    expect(parseDisk('/dev/sda', ata)).toMatchObject({ passed: true, reallocated: 4, pending: 1, usedPercent: null })
    const nvme = disk({
      smart_status: { passed: false },
      nvme_smart_health_information_log: { media_errors: 2, percentage_used: 97 },
    })
    expect(parseDisk('/dev/nvme0', nvme)).toMatchObject({ passed: false, reallocated: 2, usedPercent: 97 })
    expect(parseDisk('/dev/sdb', disk({ smart_status: { passed: true }, scsi_grown_defect_list: 9 }))).toMatchObject({
      reallocated: 9,
    })
    expect(JSON.stringify(parseDisk('/dev/sda', ata))).not.toContain('WD-TEST')
  })

  it('says that a disk does not tell, or may not be opened', () => {
    expect(parseDisk('/dev/vda', disk({}))).toBeUndefined()
    const refused = disk({
      smartctl: { messages: [{ string: 'Smartctl open device: /dev/sda failed: Permission denied' }] },
    })
    expect(() => parseDisk('/dev/sda', refused)).toThrow(/may not open/)
  })
})

describe('reading the screen lock that is enforced', () => {
  const gnome = { 'usr/share/wayland-sessions/gnome.desktop': '' }
  const enforced = {
    'etc/dconf/profile/user': 'user-db:user\nsystem-db:local\n',
    'etc/dconf/db/local.d/00-lock':
      '# ours\n[org/gnome/desktop/session]\nidle-delay=uint32 240\n[org/gnome/desktop/screensaver]\nlock-enabled=true\nlock-delay=uint32 5\n',
    'etc/dconf/db/local.d/locks/lock':
      '/org/gnome/desktop/session/idle-delay\n/org/gnome/desktop/screensaver/lock-enabled\n/org/gnome/desktop/screensaver/lock-delay\n',
  }

  it('sees none without a desktop, and what GNOME ships without a rule', async () => {
    expect(await readScreenLock(root)).toEqual([])
    write(gnome)
    expect(await readScreenLock(root)).toEqual([
      { desktop: 'gnome', idleSeconds: 300, locks: true, delaySeconds: 0, isEnforced: false },
    ])
  })

  it('sees what is set and that users cannot change it', async () => {
    write({ ...gnome, ...enforced })
    expect(await readScreenLock(root)).toEqual([
      { desktop: 'gnome', idleSeconds: 240, locks: true, delaySeconds: 5, isEnforced: true },
    ])
    write({ 'etc/dconf/profile/user': 'user-db:user\n' })
    expect(await readScreenLock(root)).toMatchObject([{ idleSeconds: 300, isEnforced: false }])
  })

  it('says that it does not know another desktop, nor a value that is none', async () => {
    write({ ...gnome, ...enforced, 'etc/dconf/db/local.d/99': '[org/gnome/desktop/session]\nidle-delay=soon\n' })
    expect(reasonOf(await readScreenLock(root).catch((error: unknown) => error)).why).toBe('contract')
    write({ 'usr/share/xsessions/plasma.desktop': '' })
    expect(reasonOf(await readScreenLock(root).catch((error: unknown) => error)).why).toBe('not-configured')
    expect(parseKeyFile('nothing\n[a]\n=\nb = 1').get('/a/b')).toBe('1')
  })
})

describe('asking the virus scanner', () => {
  const signal = new AbortController().signal
  let server: Server | undefined
  const open = new Set<Socket>()
  afterEach(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
    server = undefined
  })

  /** Answers as clamd does; knows the test file by its last words. */
  const daemon = async (version: string, finds = true) => {
    const socketPath = join(root, 'clamd.ctl')
    server = createServer((socket) => {
      open.add(socket)
      const parts: Buffer[] = []
      socket.on('error', () => undefined)
      socket.on('data', (data: Buffer) => {
        parts.push(data)
        const said = Buffer.concat(parts).toString('latin1')
        if (said === 'zPING\0') socket.end('PONG\0')
        else if (said === 'zVERSION\0') socket.end(`${version}\0`)
        else if (/^zINSTREAM\0.*\0{4}$/s.test(said))
          socket.end(finds && said.includes('TEST-FILE!$H+H*') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
        else if (!'zINSTREAM\0'.startsWith(said.slice(0, 10))) socket.end('UNKNOWN COMMAND\0')
      })
    })
    await new Promise<void>((resolve) => server?.listen(socketPath, resolve))
    return configure(socketPath)
  }
  const configure = (socketPath: string) => {
    write({ 'clamd.conf': `# comment\nLocalSocket ${socketPath}\n` })
    return join(root, 'clamd.conf')
  }

  it('sees fresh signatures and that the test file is found', async () => {
    const path = await daemon('ClamAV 1.4.6/27500/Sat Nov 21 09:26:54 2026')
    const facts = await readAntivirus(signal, path)
    expect(facts).toEqual({
      isAlive: true,
      finds: true,
      signaturesAt: new Date('Sat Nov 21 09:26:54 2026').toISOString(),
    })
  })

  it('sees a scanner that finds nothing and has no signatures', async () => {
    expect(await readAntivirus(signal, await daemon('ClamAV 1.4.6', false))).toEqual({
      isAlive: true,
      finds: false,
      signaturesAt: null,
    })
  })

  it('sees a scanner that is installed and does not run', async () => {
    expect(await readAntivirus(signal, configure(join(root, 'nobody.ctl')))).toMatchObject({ isAlive: false })
  })

  it('says that there is no ClamAV, or that something else answers', async () => {
    const reason = async (path: string) => reasonOf(await readAntivirus(signal, path).catch((error: unknown) => error))
    expect((await reason(join(root, 'none.conf'))).why).toBe('not-configured')
    expect((await reason(await daemon('Somebody 1.0'))).why).toBe('contract')
    expect(() => parseSignatures('ClamAV 1.0/1/never')).toThrow(/date/)
  })
})
