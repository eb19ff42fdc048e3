import { access, readFile, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, errorCode, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { readAntivirus } from './antivirus.ts'
import { readBaseline, wholeSecond } from './baseline.ts'
import { readSystem } from './components.ts'
import { hostFacts } from './facts.ts'
import type { HostFacts } from './facts.ts'
import { parseAccounts, parseIptables, parseNftables, parseSshd, parseUpgrades, parseVolumes } from './parse.ts'
import { readArrays } from './raid.ts'
import { run } from './run.ts'
import { readScreenLock } from './screen-lock.ts'
import { readDisks } from './smart.ts'

const settings = z.object({})

/** Looks at the Linux machine on which it runs, with programs that only read. */
export const host = {
  id: 'host',
  title: { en: 'This machine', de: 'Dieser Rechner' },
  about: {
    en: 'The Linux machine on which art32 runs: disks and their arrays, firewall, updates, clock, accounts, remote login, logs, screen lock, virus scanner.',
    de: 'Der Linux-Rechner, auf dem art32 läuft: Datenträger und ihre Verbünde, Firewall, Aktualisierungen, Uhr, Konten, Fernzugang, Protokolle, Bildschirmsperre, Virenscanner.',
  },
  settings,
  facts: hostFacts,
  history: {
    volatile: [
      'updates',
      'disks.reallocated',
      'disks.pending',
      'disks.usedPercent',
      'arrays.errors',
      'arrays.isSyncing',
      'antivirus.signaturesAt',
      'baseline.at',
    ],
    named: { volumes: ['mount'], disks: ['disk'], screenLock: ['desktop'] },
  },
  needs: [
    {
      privilege: 'root for firewall, accounts, ssh and the health of disks',
      reason: {
        en: 'Only root may list firewall rules, see whether a password is empty, read the settings of sshd, and ask a disk how it is.',
        de: 'Nur root darf Firewall-Regeln auflisten, leere Passwörter erkennen, die Einstellungen von sshd lesen und Datenträger nach ihrem Zustand fragen.',
      },
    },
  ],
  address: () => '',
  ownMachine: () => true,
  hidesAccounts: {
    en: 'A host tells how many accounts it has, not which.',
    de: 'Ein Host sagt, wie viele Konten er hat, nicht welche.',
  },
  async collect(_settings, { signal }) {
    if (platform() !== 'linux')
      throw new Unreadable(
        'not-configured',
        'this machine does not run Linux; use the inventory of the device management instead',
      )
    const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)
    const [
      system,
      volumes,
      firewall,
      updates,
      time,
      accounts,
      ssh,
      logs,
      arrays,
      disks,
      screenLock,
      antivirus,
      baseline,
    ] = await Promise.all([
      group(readSystem()),
      group(readVolumes(signal)),
      group(readFirewall(signal)),
      group(readUpdates(signal)),
      group(readTime(signal)),
      group(readAccounts()),
      group(readSsh(signal)),
      group(readLogs()),
      group(readArrays()),
      readDisks(signal).catch(reasonOf),
      group(readScreenLock()),
      group(readAntivirus(signal)),
      group(readBaseline()),
    ])
    return {
      system,
      volumes,
      firewall,
      updates,
      time,
      accounts,
      ssh,
      logs,
      arrays,
      disks,
      screenLock,
      antivirus,
      baseline,
    }
  },
} satisfies Connector<typeof settings, HostFacts>

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function readVolumes(signal: AbortSignal): Promise<HostFacts['volumes']> {
  const { stdout } = await run('lsblk', ['-J', '-o', 'NAME,TYPE,FSTYPE,MOUNTPOINTS'], signal)
  const volumes = parseVolumes(stdout)
  if (!volumes.some(({ mount }) => mount === '/'))
    throw new Unreadable('incomplete', 'the disk under / is not visible from here, as inside a container')
  return volumes
}

async function readFirewall(signal: AbortSignal): Promise<HostFacts['firewall']> {
  const nft = await run('nft', ['-j', 'list', 'ruleset'], signal).catch(absent)
  if (nft !== undefined && nft.status !== 0)
    throw new Unreadable('denied', 'nft refused to list the rules', { needs: 'root' })
  if (nft !== undefined && parseNftables(nft.stdout)) return { source: 'nftables', defaultDeny: true }
  const iptables = await run('iptables', ['-S', 'INPUT'], signal).catch(absent)
  if (iptables !== undefined && iptables.status !== 0)
    throw new Unreadable('denied', 'iptables refused to list the rules', { needs: 'root' })
  if (iptables !== undefined) return { source: 'iptables', defaultDeny: parseIptables(iptables.stdout) }
  return { source: nft === undefined ? 'none' : 'nftables', defaultDeny: false }
}

function absent(error: unknown): undefined {
  if (error instanceof Unreadable && error.reason.why === 'not-configured') return undefined
  throw error
}

async function readUpdates(signal: AbortSignal): Promise<HostFacts['updates']> {
  // `apt list` answers four times faster than a simulated upgrade, and names packages that are held back too.
  const { stdout, status } = await run('apt', ['list', '--upgradable'], signal)
  if (status !== 0) throw new Unreadable('contract', 'apt could not work out the updates')
  const lists = await stat('/var/lib/apt/lists/partial').catch(() => undefined)
  return {
    ...parseUpgrades(stdout),
    rebootRequired: await exists('/run/reboot-required'),
    listsAt: lists === undefined ? null : wholeSecond(lists.mtime).toISOString(),
  }
}

async function readTime(signal: AbortSignal): Promise<HostFacts['time']> {
  const { stdout } = await run('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], signal)
  const answer = stdout.trim()
  if (answer !== 'yes' && answer !== 'no')
    throw new Unreadable('not-configured', 'the system does not say whether the clock is synchronised (no systemd)')
  return { synchronised: answer === 'yes' }
}

async function readAccounts(): Promise<HostFacts['accounts']> {
  const [passwd, group, shadow] = await Promise.all(
    ['/etc/passwd', '/etc/group', '/etc/shadow'].map((path) => readFile(path, 'utf8')),
  )
  return { ...parseAccounts(passwd ?? '', group ?? '', shadow ?? ''), ...(await readAutomaticLogin()) }
}

/** Whether GNOME signs somebody in by itself; nothing where there is no GNOME. The name is not read. */
async function readAutomaticLogin(): Promise<Pick<HostFacts['accounts'], 'automaticLogin'>> {
  for (const path of ['/etc/gdm3/daemon.conf', '/etc/gdm3/custom.conf', '/etc/gdm/custom.conf']) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text !== undefined) return { automaticLogin: /^\s*AutomaticLoginEnable\s*=\s*(true|1)\s*$/im.test(text) }
  }
  return {}
}

async function readSsh(signal: AbortSignal): Promise<HostFacts['ssh']> {
  const printed = await run('sshd', ['-T'], signal).catch(absent)
  if (printed === undefined) return { installed: false, rootLogin: 'no', passwordLogin: false, algorithms: [] }
  if (printed.status !== 0) throw new Unreadable('denied', 'sshd refused to show its settings', { needs: 'root' })
  return parseSshd(printed.stdout)
}

async function readLogs(): Promise<HostFacts['logs']> {
  const [persistent, volatile, syslog, forwarded] = await Promise.all([
    exists('/var/log/journal'),
    exists('/run/log/journal'),
    exists('/var/log/syslog'),
    readForwarding(),
  ])
  return { journal: persistent ? 'persistent' : volatile ? 'volatile' : 'none', syslog, forwarded }
}

/** rsyslog sends lines that begin with a selector and `@host` or `@@host`, or by the module omfwd. */
async function readForwarding(): Promise<boolean> {
  const text = await readFile('/etc/rsyslog.conf', 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  })
  return /^[^#\n]*(\s@{1,2}[\w[]|omfwd)/m.test(text)
}
