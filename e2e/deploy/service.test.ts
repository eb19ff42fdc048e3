import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { read, repository } from '../../scripts/gate.ts'
import { readUnit } from '../../scripts/release/unit.ts'
import { mayStage, ownersBelow, runStaged, stage, startMs, type Running, type Staged } from './staged.ts'

const uid = 61_001
const service = readUnit(read(repository, 'deploy/systemd/art32.service')).get('Service')
const setting = (key: string) => service?.get(key)?.at(-1) ?? ''

/** What systemd would do with these lines of the unit, done by hand. It fails where the unit says something else. */
function asSystemd(staged: Staged, data: string): string {
  expect(setting('ProtectSystem')).toBe('strict')
  expect(setting('ProtectHome')).toBe('yes')
  expect(setting('PrivateTmp')).toBe('yes')
  expect(setting('NoNewPrivileges')).toBe('yes')
  expect(setting('CapabilityBoundingSet')).toBe('')
  expect(setting('StateDirectory')).toBe('art32')
  const passwd = path.join(staged.home, 'passwd')
  writeFileSync(
    passwd,
    `${readFileSync('/etc/passwd', 'utf8')}${setting('User')}:x:${uid}:${uid}::/var/lib/art32:/usr/sbin/nologin\n`,
  )
  return `
mkdir -p /var/lib/art32
mount --bind '${data}' /var/lib/art32
mount --bind '${passwd}' /etc/passwd
mount -t tmpfs -o mode=755 tmpfs /opt
mkdir /opt/art32
mount --bind '${staged.release}' /opt/art32
${staged.packagesBelow('/opt/art32')}
mount -o remount,bind,ro /opt/art32
for home in /home /root /tmp /var/tmp /dev/shm; do mount -t tmpfs -o mode=1777 tmpfs $home; done
mount -o remount,bind,ro /
umask ${setting('UMask')}
cd ${setting('WorkingDirectory')}
exec setpriv --reuid ${uid} --regid ${uid} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \\
  env -i PATH=/usr/bin:/bin ${(service?.get('Environment') ?? []).join(' ')} ART32_PORT=0 ${setting('ExecStart')}`
}

describe.skipIf(!mayStage)('the unit of systemd', () => {
  let staged: Staged
  let running: Running
  let data: string
  const cleanup: (() => unknown)[] = []

  beforeAll(async () => {
    staged = await stage()
    cleanup.push(() => staged.remove())
    data = path.join(staged.home, 'data')
    mkdirSync(data, { mode: 0o700 })
    chownSync(data, uid, uid)
    running = await runStaged(asSystemd(staged, data))
    cleanup.push(() => running.kill())
  }, 2 * startMs)
  afterAll(async () => {
    for (const step of cleanup.toReversed()) await step()
  })

  it('starts art32 with its PostgreSQL from a release, as its own account on a file system that it cannot write', async () => {
    expect(running.status('Uid')).toBe(Array.from({ length: 4 }, () => String(uid)).join('\t'))
    expect([running.status('NoNewPrivs'), running.status('CapBnd')]).toEqual(['1', '0000000000000000'])
    const health = await fetch(`${running.url}/health`)
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })])
    expect(await (await fetch(running.url)).text()).toContain('<script type="module"')
    expect(running.printed.join('\n')).not.toMatch(/EROFS|EACCES|could not be built/)
  })

  it('keeps everything in its state folder, for its account alone', () => {
    const { uids, open } = ownersBelow(data)
    expect([...uids]).toEqual([uid])
    expect(open).toEqual([])
    expect(existsSync(path.join(data, 'keys/master.key'))).toBe(true)
  })

  it('ends in order when it is stopped, its PostgreSQL with it', async () => {
    expect(await running.stop()).toBe(0)
    expect(existsSync(path.join(data, 'postgres/data/postmaster.pid'))).toBe(false)
  })
})
