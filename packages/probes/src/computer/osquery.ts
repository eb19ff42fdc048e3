import { z } from 'zod'
import { seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { HostFacts } from '../host/facts.ts'
import { computerIdOf } from './identity.ts'
import { pushFormat } from './push.ts'
import { systemOf } from './systems.ts'

/*
 * Tables of osquery as their specifications describe them: https://github.com/osquery/osquery/tree/master/specs
 * (system_info, os_version, time, disk_encryption, bitlocker_info, alf, windows_security_center, windows_security_products,
 * screenlock, managed_policies, registry). All values are texts.
 */
const Row = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.null()]).transform((value) => String(value ?? '')),
)
type Row = z.output<typeof Row>

/** What osquery answered on one computer, by table. */
export const Tables = z.record(z.string(), z.array(Row).max(5_000))
export type Tables = z.output<typeof Tables>

/** One line of the results log with a snapshot; https://osquery.readthedocs.io/en/stable/deployment/logging/ */
export const Snapshot = z.object({
  name: z.string(),
  hostIdentifier: z.string(),
  unixTime: z.union([z.number(), z.string()]),
  snapshot: z.array(Row).max(5_000),
})

/** The tables that are read. */
export const tableNames = [
  'system_info',
  'os_version',
  'time',
  'disk_encryption',
  'bitlocker_info',
  'alf',
  'windows_security_center',
  'windows_security_products',
  'screenlock',
  'managed_policies',
  'registry',
] as const

/** Snapshots of many computers, put together by computer: the newest of each table. */
export function gather(lines: readonly z.output<typeof Snapshot>[]): Tables[] {
  const hosts = new Map<string, Tables>()
  for (const { name, hostIdentifier, unixTime, snapshot } of lines.toSorted(
    (a, b) => Number(a.unixTime) - Number(b.unixTime),
  )) {
    // A query in a pack is called pack_<pack>_<query>.
    const table = tableNames.find((one) => name === one || name.endsWith(`_${one}`) || name.endsWith(`/${one}`))
    if (table === undefined) continue
    const tables = hosts.get(hostIdentifier) ?? { system_info: [{ uuid: hostIdentifier }] }
    tables[table] = snapshot
    // As old as its oldest table would be too strict, as new as its newest too kind: the first of the last round.
    tables['time'] ??= [{ unix_time: String(unixTime) }]
    hosts.set(hostIdentifier, tables)
  }
  return [...hosts.values()]
}

/** What is wrong with a computer as a whole, or what it would have sent. */
export function pushOfTables(tables: Tables): { readonly wrong: string } | { readonly push: unknown } {
  const uuid = tables['system_info']?.[0]?.['uuid']?.trim() ?? ''
  if (uuid.length < 4) return { wrong: 'system_info.uuid' }
  const seconds = Number(tables['time']?.[0]?.['unix_time'] ?? NaN)
  if (!(seconds > 0 && seconds < 1e11)) return { wrong: 'time.unix_time' }
  const os = tables['os_version']?.[0]
  const system = systemOf(os?.['platform'] ?? '', os?.['version'] ?? '', os?.['name'])
  if (system === undefined) return { wrong: 'os_version.platform, os_version.version' }
  const { product } = system
  return {
    push: {
      format: pushFormat,
      computer: computerIdOf(`osquery ${uuid}`),
      at: new Date(seconds * 1_000).toISOString(),
      collector: 'osquery',
      groups: {
        system: seen(system),
        volumes: volumesOf(product, tables),
        firewall: firewallOf(product, tables),
        antivirus: antivirusOf(product, tables),
        screenLock: screenLockOf(product, tables),
      },
    },
  }
}

const lacks = (place: string) => unseen('contract', `the export lacks ${place}`)
const apart = (what: string) => unseen('not-configured', `osquery does not tell ${what} on this system`)

/** The rows of a table if it is there with these columns; else where it breaks off. */
function read(tables: Tables, table: string, columns: readonly string[]): Row[] | ReturnType<typeof lacks> {
  const rows = tables[table]
  if (rows === undefined) return lacks(`the table ${table}`)
  const missing = columns.find((column) => rows.some((row) => row[column] === undefined))
  return missing === undefined ? rows : lacks(`${table}.${missing}`)
}

function volumesOf(product: string, tables: Tables): Seen<HostFacts['volumes']> {
  if (product === 'windows') {
    const rows = read(tables, 'bitlocker_info', ['drive_letter', 'conversion_status', 'protection_status'])
    if ('why' in rows) return rows
    const drives = rows.filter((row) => row['drive_letter'] !== '')
    if (drives.length === 0) return lacks('a row of bitlocker_info with a drive_letter')
    return seen(
      drives.map((row) => ({
        mount: row['drive_letter'] ?? '',
        device: 'BitLocker',
        // 1 is fully encrypted; while it goes on, a part lies in the clear.
        encrypted: row['conversion_status'] === '1' && (row['percentage_encrypted'] ?? '100') === '100',
        isSuspended: row['protection_status'] !== '1',
      })),
    )
  }
  if (product === 'macos') {
    const rows = read(tables, 'disk_encryption', ['filevault_status'])
    if ('why' in rows) return rows
    const states = rows.map((row) => row['filevault_status']).filter((state) => state === 'on' || state === 'off')
    if (states.length === 0) return lacks('disk_encryption.filevault_status with on or off')
    return seen([{ mount: '/', device: 'FileVault', encrypted: !states.includes('off') }])
  }
  // https://github.com/osquery/osquery/issues/7889, 8402, 8639
  return unseen('incomplete', 'osquery is known to answer wrongly for LUKS; let the computer send its facts itself')
}

function firewallOf(product: string, tables: Tables): Seen<HostFacts['firewall']> {
  if (product === 'windows') {
    const rows = read(tables, 'windows_security_center', ['firewall'])
    if ('why' in rows) return rows
    return rows[0]
      ? seen({ source: 'windows', defaultDeny: rows[0]['firewall'] === 'Good' })
      : lacks('a row of windows_security_center')
  }
  if (product !== 'macos') return apart('the firewall')
  const rows = read(tables, 'alf', ['global_state'])
  if ('why' in rows) return rows
  return rows[0]
    ? seen({ source: 'macos', defaultDeny: ['1', '2'].includes(rows[0]['global_state'] ?? '') })
    : lacks('a row of alf')
}

function antivirusOf(product: string, tables: Tables): Seen<HostFacts['antivirus']> {
  if (product !== 'windows') return apart('the virus scanner')
  const rows = read(tables, 'windows_security_products', ['type', 'state', 'signatures_up_to_date'])
  if ('why' in rows) return rows
  const on = rows.filter((row) => row['type'] === 'Antivirus' && row['state'] === 'On')
  const isFresh = on.some((row) => row['signatures_up_to_date'] === '1')
  return seen({ isAlive: on.length > 0, signaturesAt: null, isFresh, finds: null })
}

function screenLockOf(product: string, tables: Tables): Seen<HostFacts['screenLock']> {
  if (product === 'windows') {
    const rows = read(tables, 'registry', ['path', 'data'])
    if ('why' in rows) return rows
    const row = rows.find((one) => /\\InactivityTimeoutSecs$/i.test(one['path'] ?? ''))
    if (row === undefined) return lacks('InactivityTimeoutSecs in registry.path')
    const seconds = Number(row['data'])
    if (!Number.isSafeInteger(seconds)) return lacks('a number in registry.data')
    return seen([{ desktop: 'windows', idleSeconds: seconds, locks: seconds > 0, delaySeconds: 0, isEnforced: true }])
  }
  if (product !== 'macos') return apart('the screen lock')
  const lock = read(tables, 'screenlock', ['enabled', 'grace_period'])
  if ('why' in lock) return lock
  // As root osquery sees nobody's screen lock, and answers with no row: https://github.com/fleetdm/fleet/pull/18051
  if (lock[0] === undefined) return lacks('a row of screenlock; as root osquery does not see it')
  const policies = read(tables, 'managed_policies', ['domain', 'name', 'value'])
  if ('why' in policies) return policies
  const idle = Number(
    policies.find((row) => row['domain'] === 'com.apple.screensaver' && row['name'] === 'idleTime')?.['value'] ?? NaN,
  )
  const delay = Number(lock[0]['grace_period'])
  if (!Number.isSafeInteger(idle)) return lacks('idleTime of com.apple.screensaver in managed_policies')
  if (!Number.isSafeInteger(delay)) return lacks('a number in screenlock.grace_period')
  const locks = lock[0]['enabled'] === '1' && delay >= 0
  return seen([{ desktop: 'macos', idleSeconds: idle, locks, delaySeconds: Math.max(0, delay), isEnforced: true }])
}
