import { z } from 'zod'
import type { HostFacts } from './facts.ts'

type Device = {
  name: string
  type: string
  fstype?: string | null | undefined
  mountpoints?: (string | null)[] | undefined
  children?: Device[] | undefined
}

const device: z.ZodType<Device> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.string(),
    fstype: z.string().nullish(),
    mountpoints: z.array(z.string().nullable()).optional(),
    children: z.array(device).optional(),
  }),
)
const lsblk = z.object({ blockdevices: z.array(device) })

/** Nothing of a person lies there, and a machine cannot boot from it encrypted by itself. */
const isBoot = (mount: string) => mount === '/boot' || mount === '/boot/efi' || mount === '/efi'

/**
 * Volumes of `lsblk -J -o NAME,TYPE,FSTYPE,MOUNTPOINTS`. Encrypted is what has a `crypt` device above it: osquery's
 * table answers wrongly for LUKS, so the tree is read here.
 */
export function parseVolumes(text: string): HostFacts['volumes'] {
  const volumes: HostFacts['volumes'] = []
  const walk = (one: Device, encrypted: boolean): void => {
    const isCrypt = encrypted || one.type === 'crypt'
    // Memory disks, loops (snap packages) and discs hold nothing that outlives the power or that is ours.
    if (/^(zram|ram|loop|sr)\d/.test(one.name)) return
    for (const mount of one.mountpoints ?? [])
      if (mount !== null && !isBoot(mount)) volumes.push({ mount, device: one.name, encrypted: isCrypt })
    for (const child of one.children ?? []) walk(child, isCrypt)
  }
  for (const one of lsblk.parse(JSON.parse(text)).blockdevices) walk(one, false)
  return volumes.sort((a, b) => (a.mount < b.mount ? -1 : 1))
}

const nftables = z.object({
  nftables: z.array(
    z.object({
      chain: z
        .object({
          family: z.string(),
          table: z.string(),
          name: z.string(),
          hook: z.string().optional(),
          policy: z.string().optional(),
        })
        .optional(),
      rule: z
        .object({
          family: z.string(),
          table: z.string(),
          chain: z.string(),
          expr: z.array(z.record(z.string(), z.unknown())).default([]),
        })
        .optional(),
    }),
  ),
})

/**
 * Whether `nft -j list ruleset` drops what is not allowed in: a chain at the input hook with policy drop, or one that
 * ends with a rule that drops or rejects everything. IPv4 and IPv6 must both be covered.
 */
export function parseNftables(text: string): boolean {
  const { nftables: entries } = nftables.parse(JSON.parse(text))
  const closed = entries
    .flatMap(({ chain }) => (chain?.hook === 'input' ? [chain] : []))
    .filter((chain) => {
      const rules = entries.flatMap(({ rule }) =>
        rule?.chain === chain.name && rule.table === chain.table && rule.family === chain.family ? [rule] : [],
      )
      const last = rules.at(-1)?.expr.map((part) => Object.keys(part)[0]) ?? []
      const dropsAll = last.every((kind) => ['counter', 'log', 'drop', 'reject'].includes(kind ?? ''))
      return chain.policy === 'drop' || (dropsAll && last.some((kind) => kind === 'drop' || kind === 'reject'))
    })
    .map((chain) => chain.family)
  return closed.includes('inet') || (closed.includes('ip') && closed.includes('ip6'))
}

/** Whether `iptables -S INPUT` drops what is not allowed in. */
export function parseIptables(text: string): boolean {
  const lines = text.trim().split('\n')
  return lines.includes('-P INPUT DROP') || /^-A INPUT -j (DROP|REJECT)\b/.test(lines.at(-1) ?? '')
}

/** Packages of `apt list --upgradable`; security ones are known by the archive of the new version. */
export function parseUpgrades(text: string): { security: string[]; others: number } {
  const lines = text.split('\n').flatMap((line) => {
    const [, name, archives] = /^([^/\s]+)\/(\S+) .*\[upgradable from/.exec(line) ?? []
    return name === undefined || archives === undefined ? [] : [{ name, isSecurity: /-security\b/.test(archives) }]
  })
  const security = lines.filter(({ isSecurity }) => isSecurity).map(({ name }) => name)
  return { security: security.sort(), others: lines.length - security.length }
}

/** Faults of `/etc/passwd`, `/etc/group` and `/etc/shadow`; names only of accounts that equal root. */
export function parseAccounts(passwd: string, group: string, shadow: string): HostFacts['accounts'] {
  const rows = (text: string) =>
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(':'))
  const administrators = rows(group)
    .filter(([name = '']) => ['sudo', 'wheel', 'admin'].includes(name))
    .flatMap((row) => (row[3] ?? '').split(',').filter((member) => member !== ''))
  return {
    rootEquivalent: rows(passwd)
      .filter((row) => row[2] === '0')
      .map(([name = '']) => name)
      .sort(),
    administrators: new Set(administrators).size,
    emptyPasswords: rows(shadow).filter((row) => row[1] === '').length,
  }
}

/** Settings in force of `sshd -T`. */
export function parseSshd(text: string): HostFacts['ssh'] {
  const settings = new Map(
    text.split('\n').map((line) => line.trim().split(/\s+(.*)/, 2) as [string, string | undefined]),
  )
  const list = (name: string) => (settings.get(name) ?? '').split(',').filter((value) => value !== '')
  return {
    installed: true,
    rootLogin: settings.get('permitrootlogin') ?? 'unknown',
    passwordLogin: settings.get('passwordauthentication') !== 'no' || settings.get('permitemptypasswords') === 'yes',
    algorithms: [...list('kexalgorithms'), ...list('ciphers'), ...list('macs')],
  }
}

/** `KEY=value` lines of os-release(5), quotes removed. */
export function parseOsRelease(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^([A-Z_]+)=(["']?)(.*)\2$/.exec(line.trim()))
      .filter((match) => match !== null)
      .map(([, key = '', , value = '']) => [key, value]),
  )
}

/** The version of the makers inside a Debian version: no epoch, no revision (`1:2.39.5-0+deb12u3` → `2.39.5`). */
export function upstreamOf(debian: string): string {
  return debian
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~].*$/, '')
}
