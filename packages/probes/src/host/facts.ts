import { z } from 'zod'

/** What a machine says about itself. Strict: a member that nobody knows is a broken contract. */
export const hostFacts = {
  /** The operating system, by the id of endoflife.date. */
  system: z.strictObject({ product: z.string(), version: z.string(), name: z.string() }),
  /** Mounted volumes on disks of this machine, swap included; boot partitions and memory disks left out. */
  volumes: z.array(
    z.strictObject({
      mount: z.string(),
      device: z.string(),
      encrypted: z.boolean(),
      /** Encrypted, but the key lies open beside the data for now (BitLocker while it is suspended). */
      isSuspended: z.boolean().optional(),
    }),
  ),
  firewall: z.strictObject({
    source: z.enum(['nftables', 'iptables', 'macos', 'windows', 'none']),
    /** What is not expressly allowed in is dropped. */
    defaultDeny: z.boolean(),
  }),
  updates: z.strictObject({
    /** Packages with a security update that is not installed. */
    security: z.array(z.string()),
    others: z.int(),
    rebootRequired: z.boolean(),
    /** When the lists of packages were fetched last. */
    listsAt: z.iso.datetime().nullable(),
  }),
  time: z.strictObject({ synchronised: z.boolean() }),
  accounts: z.strictObject({
    /** Accounts with the rights of root (user id 0). */
    rootEquivalent: z.array(z.string()),
    /** How many accounts can become root (groups sudo, wheel, admin). */
    administrators: z.int(),
    /** How many accounts have an empty password; null where the system does not tell. */
    emptyPasswords: z.int().nullable(),
    /** Whether the machine signs somebody in by itself when it starts. */
    automaticLogin: z.boolean().optional(),
  }),
  ssh: z.strictObject({
    installed: z.boolean(),
    rootLogin: z.string(),
    passwordLogin: z.boolean(),
    /** Key exchanges, ciphers and MACs that are offered. */
    algorithms: z.array(z.string()),
  }),
  logs: z.strictObject({
    /** Whether the system journal outlives a restart. */
    journal: z.enum(['persistent', 'volatile', 'none']),
    syslog: z.boolean(),
    /** Sent to another machine. */
    forwarded: z.boolean(),
  }),
  /** Arrays of disks: md, and btrfs over several disks. */
  arrays: z.array(
    z.strictObject({
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
    z.strictObject({
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
    z.strictObject({
      desktop: z.string(),
      /** 0: never. */
      idleSeconds: z.int(),
      locks: z.boolean(),
      delaySeconds: z.int(),
      /** Users cannot change it. */
      isEnforced: z.boolean(),
    }),
  ),
  antivirus: z.strictObject({
    isAlive: z.boolean(),
    signaturesAt: z.iso.datetime().nullable(),
    /** Where the system only says whether they are fresh, without a date. */
    isFresh: z.boolean().optional(),
    /** Found the harmless test file; null where it was not tried. */
    finds: z.boolean().nullable(),
  }),
  /** The last report of a hardening benchmark that was run on the machine. */
  baseline: z.strictObject({
    tool: z.enum(['lynis', 'openscap']),
    profile: z.string(),
    at: z.iso.datetime(),
    /** 0 to 100; null where the tool gives none. */
    score: z.number().nullable(),
    /** Rules that failed, by their ids in the benchmark. */
    failed: z.array(z.string()),
    /** Rules that were looked at; null where the tool does not count them. */
    rules: z.int().nullable(),
  }),
}

export type HostFacts = { readonly [K in keyof typeof hostFacts]: z.output<(typeof hostFacts)[K]> }
