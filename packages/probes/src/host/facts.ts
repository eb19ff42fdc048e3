import { z } from 'zod'

/** What a Linux machine says about itself. */
export const hostFacts = {
  /** Mounted volumes on disks of this machine, swap included; boot partitions and memory disks left out. */
  volumes: z.array(z.object({ mount: z.string(), device: z.string(), encrypted: z.boolean() })),
  firewall: z.object({
    source: z.enum(['nftables', 'iptables', 'none']),
    /** What is not expressly allowed in is dropped. */
    defaultDeny: z.boolean(),
  }),
  updates: z.object({
    /** Packages with a security update that is not installed. */
    security: z.array(z.string()),
    others: z.int(),
    rebootRequired: z.boolean(),
    /** When the lists of packages were fetched last. */
    listsAt: z.iso.datetime().nullable(),
  }),
  time: z.object({ synchronised: z.boolean() }),
  accounts: z.object({
    /** Accounts with the rights of root (user id 0). */
    rootEquivalent: z.array(z.string()),
    /** How many accounts can become root (groups sudo, wheel, admin). */
    administrators: z.int(),
    /** How many accounts have an empty password. */
    emptyPasswords: z.int(),
  }),
  ssh: z.object({
    installed: z.boolean(),
    rootLogin: z.string(),
    passwordLogin: z.boolean(),
    /** Key exchanges, ciphers and MACs that are offered. */
    algorithms: z.array(z.string()),
  }),
  logs: z.object({
    /** Whether the system journal outlives a restart. */
    journal: z.enum(['persistent', 'volatile', 'none']),
    syslog: z.boolean(),
    /** Sent to another machine. */
    forwarded: z.boolean(),
  }),
  /** Arrays of disks: md, and btrfs over several disks. */
  arrays: z.array(
    z.object({
      name: z.string(),
      /** `raid5`, `raid1c3`, `linear`, `single` … as the kernel calls it. */
      level: z.string(),
      disks: z.int(),
      isActive: z.boolean(),
      /** Disks that the array lacks, and those that it has thrown out. */
      missing: z.int(),
      failed: z.int(),
      /** Copies that differ (md), errors of reading, writing and checksums (btrfs). */
      errors: z.int(),
      isSyncing: z.boolean(),
    }),
  ),
  /** Disks that tell their health. */
  disks: z.array(
    z.object({
      /** Stands for the serial number. */
      disk: z.string(),
      device: z.string(),
      passed: z.boolean(),
      /** Sectors that were replaced, or errors of the medium. */
      reallocated: z.int().nullable(),
      /** Sectors that wait to be replaced. */
      pending: z.int().nullable(),
      usedPercent: z.int().nullable(),
    }),
  ),
  /** What the machine enforces on every user of a desktop; empty without one. */
  screenLock: z.array(
    z.object({
      desktop: z.string(),
      /** 0: never. */
      idleSeconds: z.int(),
      locks: z.boolean(),
      delaySeconds: z.int(),
      /** Users cannot change it. */
      isEnforced: z.boolean(),
    }),
  ),
  antivirus: z.object({
    isAlive: z.boolean(),
    signaturesAt: z.iso.datetime().nullable(),
    /** Found the harmless test file. */
    finds: z.boolean(),
  }),
}

export type HostFacts = { readonly [K in keyof typeof hostFacts]: z.output<(typeof hostFacts)[K]> }
