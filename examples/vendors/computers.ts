import { createHash } from 'node:crypto'
import { hoursAgo } from './connection.ts'

/** Facts that a computer would send about itself, in the format of `art32 collect host`. */
export type SentFacts = Readonly<Record<string, unknown>>

/** Computers of the examples, by the tenant's short name; made anew whenever they send. */
export const computersOf: Readonly<Record<string, () => readonly SentFacts[]>> = {
  'forge-azure-provider': () => [computer('Laptop of Linden 7', { screenLock: lock(300) })],
  'hosted-provider': () => [
    computer('Desktop of Kestrel 3', { screenLock: lock(600) }),
    computer('Storage of Kestrel', {
      arrays: [
        {
          name: 'md0',
          level: 'raid5',
          disks: 4,
          isActive: true,
          missing: 0,
          failed: 0,
          errors: 0,
          isSyncing: false,
        },
      ],
      disks: ['a', 'b', 'c', 'd'].map((letter) => ({
        disk: `disk-${letter}`,
        device: `sd${letter}`,
        passed: true,
        reallocated: 0,
        pending: 0,
        usedPercent: 12,
      })),
    }),
  ],
}

const lock = (idleSeconds: number) => [
  { desktop: 'gnome', idleSeconds, locks: true, delaySeconds: 0, isEnforced: true },
]

/** A Debian on which all is well. */
function computer(label: string, groups: Readonly<Record<string, unknown>>): SentFacts {
  const facts = {
    system: { product: 'debian', version: '13', name: 'Debian GNU/Linux 13' },
    volumes: [{ mount: '/', device: 'dm-0', encrypted: true }],
    firewall: { source: 'nftables', defaultDeny: true },
    updates: { security: [], others: 2, rebootRequired: false, listsAt: hoursAgo(3) },
    time: { synchronised: true },
    accounts: { rootEquivalent: ['root'], administrators: 1, emptyPasswords: 0, automaticLogin: false },
    ssh: { installed: false, rootLogin: 'no', passwordLogin: false, algorithms: [] },
    logs: { journal: 'persistent', syslog: true, forwarded: true },
    arrays: [],
    disks: [],
    screenLock: [],
    antivirus: { isAlive: true, signaturesAt: hoursAgo(4), finds: true },
    ...groups,
  }
  return {
    format: 'art32.host/1',
    computer: createHash('sha256').update(`art32 demo ${label}`).digest('hex').slice(0, 32),
    label,
    at: new Date().toISOString(),
    collector: 'art32 demo',
    groups: Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [name, { read: 'ok', complete: true, facts: value }]),
    ),
  }
}
