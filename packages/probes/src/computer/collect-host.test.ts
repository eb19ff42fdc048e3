import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostFacts } from '../host/facts.ts'
import { readScreenLock } from '../host/screen-lock.ts'
import { testContext } from '../testing/servers.ts'
import { collectHost } from './collect.ts'
import { collectorFor, collectorPath } from './collectors.ts'
import { computerIdOf, unnamed } from './identity.ts'
import { Push } from './push.ts'

const isLinux = platform() === 'linux'
const script = collectorPath('collect-host.sh')
const run = promisify(execFile)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'art32-collect-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Programs that print what the real ones are known to print. */
async function standIns(name: string, programs: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, name)
  await mkdir(path, { recursive: true })
  // The real apt takes a second each time; one test asks it.
  for (const [program, body] of Object.entries({ apt: 'exit 0', ...programs })) {
    await writeFile(join(path, program), `#!/bin/sh\n${body}\n`)
    await chmod(join(path, program), 0o755)
  }
  return path
}

async function rootWith(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(folder, name)
  for (const [path, content] of Object.entries({ 'etc/machine-id': `${'a'.repeat(32)}\n`, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  return root
}

async function collectBy(shell: string, environment: Record<string, string> = {}) {
  const { stdout } = await run(shell, [script], { env: { ...environment, HOME: folder }, timeout: 30_000 })
  return Push.parse(JSON.parse(stdout))
}

describe.runIf(isLinux)('collect-host.sh on this Linux', () => {
  // On a machine that is busy, apt does not end within the time that the collector gives it.
  it.each(['dash', 'bash'])('sees by %s what the collector of art32 sees', { retry: 2 }, async (shell) => {
    const own = await collectHost({ collector: 'art32 test' }, testContext())
    const other = await collectBy(`/bin/${shell}`)
    expect(other.computer).toBe(own.computer)
    const looked = Object.keys(other.groups) as (keyof typeof own.groups)[]
    expect(looked.length).toBeGreaterThanOrEqual(11)
    for (const name of looked) expect([name, other.groups[name]]).toEqual([name, own.groups[name]])
  })

  it('names no person, no account and not the machine', async () => {
    const { stdout } = await run('/bin/sh', [script], { env: { ART32_COLLECT_PATH: await standIns('none', {}) } })
    const names = [hostname(), ...(userInfo().username === 'root' ? [] : [userInfo().username])]
    for (const name of names) expect(stdout.includes(`"${name}"`)).toBe(false)
    expect(stdout).not.toContain((await readFile('/etc/machine-id', 'utf8')).trim())
  })

  it('finds the crypt device above each volume, and hides whose medium it is', async () => {
    const path = await standIns('crypt', {
      lsblk: String.raw`cat <<'END'
KNAME="sda" NAME="sda" PKNAME="" TYPE="disk" MOUNTPOINTS=""
KNAME="sda1" NAME="sda1" PKNAME="sda" TYPE="part" MOUNTPOINTS="/boot/efi"
KNAME="sda3" NAME="sda3" PKNAME="sda" TYPE="part" MOUNTPOINTS=""
KNAME="dm-0" NAME="sda3_crypt" PKNAME="sda3" TYPE="crypt" MOUNTPOINTS=""
KNAME="dm-1" NAME="vg-root" PKNAME="dm-0" TYPE="lvm" MOUNTPOINTS="/\x0a/var/lib/machines"
KNAME="dm-2" NAME="vg-swap" PKNAME="dm-0" TYPE="lvm" MOUNTPOINTS="[SWAP]"
KNAME="sdb1" NAME="sdb1" PKNAME="sdb" TYPE="part" MOUNTPOINTS="/media/anna/my\x20photos"
KNAME="zram0" NAME="zram0" PKNAME="" TYPE="disk" MOUNTPOINTS="[SWAP]"
KNAME="loop1" NAME="loop1" PKNAME="" TYPE="loop" MOUNTPOINTS="/snap/core"
END`,
    })
    const { groups, computer } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path })
    expect(groups.volumes).toMatchObject({
      facts: [
        { mount: '/', device: 'vg-root', encrypted: true },
        { mount: unnamed(computer, '/media/anna/my photos'), device: 'sdb1', encrypted: false },
        { mount: '/var/lib/machines', device: 'vg-root', encrypted: true },
        { mount: '[SWAP]', device: 'vg-swap', encrypted: true },
      ],
    })
    expect(JSON.stringify(groups)).not.toContain('anna')
  })

  it.each([
    ['policy drop', 'chain input {\n type filter hook input priority filter; policy drop;\n }', true],
    [
      'a last rule that rejects',
      'chain input {\n type filter hook input priority filter; policy accept;\n ct state established accept\n counter packets 3 bytes 180 reject with icmpx admin-prohibited\n }',
      true,
    ],
    [
      'a last rule for one port',
      'chain input {\n type filter hook input priority filter; policy accept;\n tcp dport 22 drop\n }',
      false,
    ],
    ['no chain at the hook', 'chain input {\n drop\n }', false],
  ])('judges nftables with %s', async (_name, chain, defaultDeny) => {
    const path = await standIns('nft', { nft: `cat <<'END'\ntable inet filter {\n${chain}\n}\nEND` })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path })
    expect(groups.firewall).toMatchObject({ facts: { source: 'nftables', defaultDeny } })
  })

  it('says what root is needed for', async () => {
    const refused = 'echo "Operation not permitted" >&2; exit 1'
    const path = await standIns('denied', { nft: refused, sshd: refused })
    const root = await rootWith('denied-root', { 'etc/passwd': '', 'etc/group': '' })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path, ART32_COLLECT_ROOT: root })
    expect(groups.firewall).toEqual({
      read: 'no',
      why: 'denied',
      detail: 'nft refused to list the rules',
      needs: 'root',
    })
    expect(groups.ssh).toMatchObject({ why: 'denied', needs: 'root' })
    expect(groups.accounts).toMatchObject({ why: 'denied' })
  })

  it('counts accounts, and sends of a second root only a token', async () => {
    const root = await rootWith('accounts', {
      'etc/passwd': 'root:x:0:0::/root:/bin/sh\nsecond.root:x:0:0::/:/bin/sh\nbob:x:1000:1000::/:/bin/sh\n',
      'etc/group': 'sudo:x:27:bob,carol\nadmin:x:28:bob\nusers:x:100:dave\n',
      'etc/shadow': 'root:*:1::::::\nbob::1::::::\n',
      'etc/gdm3/daemon.conf': '[daemon]\nAutomaticLoginEnable=true\nAutomaticLogin=bob\n',
    })
    const path = await standIns('none', {})
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path, ART32_COLLECT_ROOT: root })
    expect(groups.accounts).toMatchObject({ facts: { administrators: 2, emptyPasswords: 1, automaticLogin: true } })
    expect(JSON.stringify(groups.accounts)).toMatch(/"account-[0-9a-f]{12}"/)
    expect(JSON.stringify(groups.accounts)).not.toMatch(/second|bob|carol/)
  })

  it('reads sshd, the screen lock, Lynis and ClamAV as the collector of art32 does', async () => {
    const path = await standIns('more', {
      sshd: "printf 'permitrootlogin prohibit-password\\npasswordauthentication no\\npermitemptypasswords no\\nkexalgorithms a,b\\nciphers c\\nmacs d\\n'",
      clamdscan:
        'case $1 in --version) echo "ClamAV 1.4.6/27500/Mon Nov 17 09:26:54 2026" ;; --ping) exit 0 ;; *) cat >/dev/null; echo "stream: Eicar-Test-Signature FOUND" ;; esac',
    })
    const root = await rootWith('more-root', {
      'usr/share/xsessions/gnome.desktop': '',
      'etc/dconf/profile/user': 'user-db:user\nsystem-db:local\n',
      'etc/dconf/db/local.d/00-lock':
        '[org/gnome/desktop/session]\nidle-delay=uint32 240\n[org/gnome/desktop/screensaver]\nlock-enabled = true\nlock-delay=uint32 5\n',
      'etc/dconf/db/local.d/locks/lock':
        '/org/gnome/desktop/session/idle-delay\n/org/gnome/desktop/screensaver/lock-enabled\n/org/gnome/desktop/screensaver/lock-delay\n',
      'etc/clamav/clamd.conf': 'LocalSocket /run/clamav/clamd.ctl\n',
      'var/log/lynis-report.dat':
        'lynis_version=3.0.8\nwarning[]=PKGS-7392|vulnerable packages|-|-|\nhardening_index=63\nlynis_tests_done=262\n',
    })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path, ART32_COLLECT_ROOT: root })
    expect(groups.ssh).toMatchObject({
      facts: {
        installed: true,
        rootLogin: 'prohibit-password',
        passwordLogin: false,
        algorithms: ['a', 'b', 'c', 'd'],
      },
    })
    expect(groups.screenLock).toEqual({ read: 'ok', complete: true, facts: await readScreenLock(root) })
    expect(groups.screenLock).toMatchObject({ facts: [{ idleSeconds: 240, delaySeconds: 5, isEnforced: true }] })
    expect(groups.baseline).toMatchObject({ facts: { score: 63, failed: ['PKGS-7392'], rules: 262 } })
    expect(groups.antivirus).toMatchObject({
      facts: { isAlive: true, signaturesAt: '2026-11-17T09:26:54.000Z', finds: true },
    })
  })

  it('cannot be led to break its JSON by what a machine says', async () => {
    const path = await standIns('hostile', {
      apt: String.raw`printf '%s\n' 'a"b\c/stable-security 1 amd64 [upgradable from: 0]'; printf '\033[2Jx/stable 1 amd64 [upgradable from: 0]\n'`,
    })
    const name = '<script> $(id) `id` {x}'
    const root = await rootWith('hostile-root', {
      'etc/os-release': `ID=debian\nVERSION_ID="12"\nPRETTY_NAME="${name}"\n`,
    })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path, ART32_COLLECT_ROOT: root })
    expect(groups.updates).toMatchObject({ facts: { security: ['a"b\\c'], others: 1 } })
    expect(groups.system).toMatchObject({ facts: { name } })
  })
})

/** What Apple's programs print, as published in their manuals and in threads about them. */
const mac = {
  uname: 'echo Darwin',
  ioreg: `echo '    "IOPlatformUUID" = "12345678-90AB-CDEF-1234-567890ABCDEF"'`,
  sw_vers: 'echo 14.5',
  fdesetup: 'echo "FileVault is On."',
  socketfilterfw: 'echo "Firewall is enabled. (State = 1)"',
  systemsetup: 'echo "Network Time: On"',
  dscl: 'case $4 in GroupMembership) echo "GroupMembership: root alice bob" ;; *) printf "_daemon 1\\nroot 0\\nalice 501\\n" ;; esac',
  sysadminctl: 'echo "2026-11-22 10:00:00.000 sysadminctl[1:2] screenLock delay is 300 seconds" >&2',
  defaults: `case "$*" in
*LastSuccessfulDate) echo "2026-11-20 08:00:00 +0000" ;;
*RecommendedUpdates) cat <<'END'
(
        {
        "Display Name" = "macOS Sonoma 14.6";
        "Display Version" = "14.6";
        Identifier = "MSU_UPDATE_23G80_patch_14.6_minor";
    }
)
END
;;
*autoLoginUser) exit 1 ;;
*askForPasswordDelay) echo 0 ;;
*askForPassword) echo 1 ;;
*idleTime) echo 600 ;;
esac`,
}

describe.runIf(isLinux)('collect-host.sh with the answers of a Mac', () => {
  it('reads what Apple prints', async () => {
    const push = await collectBy('/bin/sh', { ART32_COLLECT_PATH: await standIns('mac', mac) })
    expect(push.computer).toBe(computerIdOf('12345678-90AB-CDEF-1234-567890ABCDEF'))
    const ok = (facts: unknown) => ({ read: 'ok', complete: true, facts })
    expect(push.groups).toEqual({
      system: ok({ product: 'macos', version: '14.5', name: 'macOS 14.5' }),
      volumes: ok([{ mount: '/', device: 'FileVault', encrypted: true }]),
      firewall: ok({ source: 'macos', defaultDeny: true }),
      updates: ok({
        security: ['macOS Sonoma 14.6'],
        others: 0,
        rebootRequired: false,
        listsAt: '2026-11-20T08:00:00.000Z',
      }),
      time: ok({ synchronised: true }),
      accounts: ok({ rootEquivalent: ['root'], administrators: 2, emptyPasswords: null, automaticLogin: false }),
      screenLock: ok([{ desktop: 'macos', idleSeconds: 600, locks: true, delaySeconds: 0, isEnforced: true }]),
    })
  })

  it.each([
    ['off', 'FileVault is Off.', false],
    ['still encrypting', 'FileVault is On.\\nEncryption in progress: Percent completed = 20', false],
  ])('knows FileVault that is %s', async (_name, says, encrypted) => {
    const path = await standIns('mac-off', { ...mac, fdesetup: `printf '${says}\\n'` })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path })
    expect(groups.volumes).toMatchObject({ facts: [{ encrypted }] })
  })

  it('says why, where Apple does not answer', async () => {
    const silent = 'exit 1'
    const path = await standIns('mac-silent', {
      ...mac,
      fdesetup: silent,
      socketfilterfw: silent,
      systemsetup: 'echo "You need administrator access to run this tool... exiting!"',
      dscl: silent,
      defaults: silent,
      id: 'echo 0',
    })
    const { groups } = await collectBy('/bin/sh', { ART32_COLLECT_PATH: path })
    expect(groups.volumes).toMatchObject({ read: 'no', why: 'contract' })
    expect(groups.firewall).toMatchObject({ read: 'no', why: 'contract' })
    expect(groups.time).toMatchObject({ read: 'no', why: 'denied', needs: 'root' })
    expect(groups.accounts).toMatchObject({ read: 'no', why: 'contract' })
    expect(groups.screenLock).toMatchObject({ read: 'no', why: 'denied' })
    expect(groups.updates).toMatchObject({ facts: { listsAt: null } })
  })
})

describe.runIf(isLinux)('sending', () => {
  const token = `art32_${'x'.repeat(38)}`
  const send = async (status: number, answer: object) => {
    const asked: { path: string; authorization: string; body: string }[] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        asked.push({
          path: request.url ?? '',
          authorization: request.headers.authorization ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        })
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const file = join(folder, 'for-example.sh')
    await writeFile(file, collectorFor('collect-host.sh', `http://127.0.0.1:${port}`, 'example'))
    const ended = await run('/bin/sh', [file, '--push', '--label', 'NB-017'], {
      env: { ART32_TOKEN: token, ART32_COLLECT_PATH: await standIns('none', {}) },
    }).then(
      ({ stderr }) => ({ code: 0, stderr }),
      (error: { code: number; stderr: string }) => ({ code: error.code, stderr: error.stderr }),
    )
    server.close()
    return { asked, ...ended }
  }

  it('sends what it prints to the address that the downloaded file knows', async () => {
    const { asked, code, stderr } = await send(200, {})
    expect([code, stderr]).toEqual([0, 'collect-host.sh: sent\n'])
    expect(asked).toMatchObject([{ path: '/api/tenants/example/computer/push', authorization: `Bearer ${token}` }])
    expect(Push.parse(JSON.parse(asked[0]?.body ?? ''))).toMatchObject({ label: 'NB-017' })
  })

  it("says the server's sentence without what could steer a terminal, and ends with 1", async () => {
    const { code, stderr } = await send(409, { detail: 'was seen already\u001B[2J' })
    expect(code).toBe(1)
    expect(stderr).toContain('was seen already')
    expect(stderr).not.toContain('\u001B')
  })

  it.each([
    [['--push', 'http://art32.example', '--tenant', 'example'], 'by https'],
    [['--push', 'https://art32.example', '--tenant', '../x'], 'short name'],
    [['--push', 'https://art32.example', '--tenant', 'example'], 'token is missing'],
    [['--pull'], 'not understood'],
  ])('refuses %j', async (args, says) => {
    await expect(run('/bin/sh', [script, ...args], { env: {} })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining(says) as unknown,
    })
  })

  it('explains itself, with the lines of systemd and launchd', async () => {
    const { stdout } = await run('/bin/sh', [script, '--help'])
    for (const word of ['OnCalendar', 'LaunchDaemons', '--token-file']) expect(stdout).toContain(word)
  })
})

it('holds no token, and no address that could leave its quotes', () => {
  expect(collectorFor('collect-host.ps1', 'https://art32.example', 'example')).toContain("'https://art32.example'")
  expect(() => collectorFor('collect-host.sh', "https://x';id;'", 'example')).toThrow('cannot stand')
  expect(() => collectorFor('collect-host.sh', 'https://art32.example', "a'b")).toThrow('cannot stand')
})

it('says of both files what was never run, and of the one for Windows only what can be seen in its text', async () => {
  const windows = await readFile(collectorPath('collect-host.ps1'), 'utf8')
  expect(windows).toContain('NEVER RUN ON A REAL WINDOWS')
  expect(await readFile(script, 'utf8')).toContain('NEVER RUN ON A REAL MAC')
  const sent = /\$looks = \[ordered\]@\{([^}]*)\}/.exec(windows.replaceAll(/\$\{function:[\w-]+\}/g, 'x'))?.[1] ?? ''
  const groups = [...sent.matchAll(/(\w+) = x/g)].map(([, name = '']) => name)
  expect(groups.length).toBe(8)
  for (const name of groups) expect(Object.keys(hostFacts)).toContain(name)
  // Whoever is signed in and what the machine is called are never read.
  expect(windows).not.toMatch(/USERNAME|COMPUTERNAME|GetEnvironmentVariable|Invoke-Expression/)
  const code = windows.replaceAll(/'[^'\n]*'|"[^"\n]*"/g, '')
  for (const [open, close] of [
    ['{', '}'],
    ['(', ')'],
    ['[', ']'],
  ] as const)
    expect([open, code.split(open).length]).toEqual([open, code.split(close).length])
})
