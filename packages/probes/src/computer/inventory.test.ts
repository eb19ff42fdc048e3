import { expect, it } from 'vitest'
import { judge, rollUp } from '../engine/judge.ts'
import { checkOf } from '../registry.ts'
import { InventoryError, readInventory } from './inventory.ts'
import type { Inventory } from './inventory.ts'
import { readingOf } from './push.ts'

const at = '2026-11-22T08:00:00.000Z'
const unixTime = String(Date.parse(at) / 1_000)
const read = (value: unknown, exported: Date | null = null) =>
  readInventory(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), exported)

/** Answers of osquery in the form of its specifications. */
const windows = {
  system_info: [{ hostname: 'LAPTOP-OF-SOMEBODY', uuid: '4C4C4544-0000-1111' }],
  time: [{ unix_time: unixTime }],
  os_version: [{ name: 'Microsoft Windows 11 Enterprise', version: '10.0.26100', platform: 'windows' }],
  bitlocker_info: [{ drive_letter: 'C:', conversion_status: '1', protection_status: '1', percentage_encrypted: '100' }],
  windows_security_center: [{ firewall: 'Good', antivirus: 'Good' }],
  windows_security_products: [
    { type: 'Firewall', name: 'Windows Firewall', state: 'On', signatures_up_to_date: '0' },
    { type: 'Antivirus', name: 'Microsoft Defender Antivirus', state: 'On', signatures_up_to_date: '1' },
  ],
  registry: [
    {
      path: String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\InactivityTimeoutSecs`,
      data: '600',
    },
  ],
}
const mac = {
  system_info: [{ uuid: '12345678-90AB' }],
  time: [{ unix_time: unixTime }],
  os_version: [{ name: 'macOS', version: '15.1', platform: 'darwin' }],
  disk_encryption: [{ name: '/dev/disk3s1', encrypted: '1', filevault_status: 'on' }],
  alf: [{ global_state: '1' }],
  screenlock: [{ enabled: '1', grace_period: '5' }],
  managed_policies: [{ domain: 'com.apple.screensaver', name: 'idleTime', value: '300' }],
}

/** What each check says of the only computer of a file. */
function says(inventory: Inventory, check: string): [string, string | undefined, string] {
  const [one] = inventory.computers
  if (one === undefined || !('push' in one)) throw new Error(`nothing to judge: ${JSON.stringify(one)}`)
  const known = checkOf(check)
  if (known === undefined) throw new Error('no such check')
  const reading = readingOf(one.push, new Date(one.push.at), (name) => name)
  const outcomes = judge(known, reading, { system: 'x', now: new Date(at) })
  return [rollUp(outcomes), outcomes[0]?.reason, outcomes[0]?.say.en ?? '']
}

it.each(['host.disk-encrypted', 'host.firewall', 'host.screen-lock', 'ver.not-eol'])(
  'reads osquery of Windows and macOS, and %s passes',
  (check) => {
    expect([check, says(read(windows), check)[0], says(read(mac), check)[0]]).toEqual([check, 'pass', 'pass'])
  },
)

it.each([
  [
    'BitLocker is suspended',
    { bitlocker_info: [{ ...windows.bitlocker_info[0], protection_status: '0' }] },
    'host.disk-encrypted',
  ],
  [
    'it still encrypts',
    { bitlocker_info: [{ ...windows.bitlocker_info[0], conversion_status: '2' }] },
    'host.disk-encrypted',
  ],
  [
    'a part is not encrypted',
    { bitlocker_info: [{ ...windows.bitlocker_info[0], percentage_encrypted: '40' }] },
    'host.disk-encrypted',
  ],
  ['the firewall is poor', { windows_security_center: [{ firewall: 'Poor' }] }, 'host.firewall'],
  ['there is no limit', { registry: [{ ...windows.registry[0], data: '0' }] }, 'host.screen-lock'],
  [
    'signatures are old',
    { windows_security_products: [{ type: 'Antivirus', state: 'On', signatures_up_to_date: '0' }] },
    'host.antivirus',
  ],
  [
    'the scanner is off',
    { windows_security_products: [{ type: 'Antivirus', state: 'Off', signatures_up_to_date: '1' }] },
    'host.antivirus',
  ],
])('fails when %s', (_name, change, check) => {
  expect(says(read({ ...windows, ...change }), check)).toContain('fail')
})

it.each([
  ['bitlocker_info', 'host.disk-encrypted', 'the table bitlocker_info'],
  ['registry', 'host.screen-lock', 'the table registry'],
  ['windows_security_center', 'host.firewall', 'the table windows_security_center'],
])('does not judge without the table %s, and names it', (table, check, place) => {
  const { [table as 'registry']: _, ...rest } = windows
  const [state, reason, sentence] = says(read(rest), check)
  expect([state, reason]).toEqual(['not-evaluated', 'contract'])
  expect(sentence).toContain(place)
})

it('does not judge without a column, and never trusts osquery with LUKS', () => {
  const lacking = { ...windows, bitlocker_info: [{ drive_letter: 'C:', protection_status: '1' }] }
  expect(says(read(lacking), 'host.disk-encrypted')).toEqual([
    'not-evaluated',
    'contract',
    expect.stringContaining('bitlocker_info.conversion_status'),
  ])
  const linux = {
    ...mac,
    os_version: [{ platform: 'debian', version: '13 (trixie)', name: 'Debian GNU/Linux' }],
    disk_encryption: [{ encrypted: '1', filevault_status: '' }],
  }
  expect(says(read(linux), 'host.disk-encrypted').slice(0, 2)).toEqual(['not-evaluated', 'incomplete'])
  const blind = { ...mac, screenlock: [] }
  expect(says(read(blind), 'host.screen-lock')[2]).toContain('as root osquery does not see it')
})

it('puts snapshots of a results log together by computer', () => {
  const line = (hostIdentifier: string, table: keyof typeof mac) =>
    JSON.stringify({ name: `pack_art32_${table}`, hostIdentifier, unixTime, action: 'snapshot', snapshot: mac[table] })
  const log = ['one', 'two'].flatMap((id) => (Object.keys(mac) as (keyof typeof mac)[]).map((table) => line(id, table)))
  const { computers, source } = read([...log, JSON.stringify({ name: 'other', action: 'added' })].join('\n'))
  expect([source, computers.length]).toEqual(['osquery', 2])
  expect(computers.every((one) => 'push' in one)).toBe(true)
})

/** As Graph lists managedDevices; https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice */
const device = {
  id: '705c034c-034c-705c-4c03-5c704c035c70',
  deviceName: 'LAPTOP-OF-SOMEBODY',
  userPrincipalName: 'somebody@example.com',
  operatingSystem: 'Windows',
  osVersion: '10.0.26100.1742',
  isEncrypted: true,
  lastSyncDateTime: '2026-11-22T07:00:00Z',
  complianceState: 'compliant',
}

it('reads devices of Intune from Graph and from a report, without names of people and machines', () => {
  const report = `\uFEFFDevice ID,Device name,OS,OS version,Encryption status,Last check-in,Primary user UPN\r\n${device.id},"LAPTOP ""X"", 2",Windows,10.0.26100.1742,Not encrypted,2026-11-22 07:00:00.0000000,somebody@example.com\r\n`
  const graph = read({ value: [device] })
  const csv = read(report)
  expect(says(graph, 'host.disk-encrypted')[0]).toBe('pass')
  expect(says(csv, 'host.disk-encrypted')[0]).toBe('fail')
  expect(graph.computers[0]).toHaveProperty(
    'push.computer',
    (csv.computers[0] as { push: { computer: string } }).push.computer,
  )
  expect(JSON.stringify([graph, csv])).not.toMatch(/SOMEBODY|somebody|LAPTOP/)
})

it('takes the time of the export where a report has none, and refuses to guess it', () => {
  const report = 'Device name;OS;OS version;Encryption status\nA;Windows;10.0.22631.1;Encrypted\n'
  expect(read(report).computers).toEqual([{ place: 'line 2', lacks: 'Last check-in' }])
  expect(read(report, new Date(at)).computers[0]).toHaveProperty('push.at', at)
})

it('does not judge encryption by a report without that column, nor by a word that it does not know', () => {
  const without = 'DeviceId,OS,OSVersion,LastContact\nabcd,Windows,10.0.22631.1,2026-11-22T07:00:00\n'
  expect(says(read(without), 'host.disk-encrypted')[2]).toContain('Encryption status')
  const other =
    'DeviceId,OS,OSVersion,Encryption status,LastContact\nabcd,Windows,10.0.22631.1,Verschlüsselt,2026-11-22T07:00:00\n'
  expect(says(read(other), 'host.disk-encrypted').slice(0, 2)).toEqual(['not-evaluated', 'contract'])
})

it.each([
  ['', 'lacks the columns'],
  ['a,"b', 'a quote does not end'],
  ['{"value":[]}', 'no computer'],
  ['[1]', 'no object'],
  ['{"a":1}\n{', 'line 2 is not JSON'],
  ['name,size\nx,1\n', 'lacks the columns'],
])('refuses %j with the place', (text, problem) => {
  expect(() => read(text)).toThrow(InventoryError)
  expect(() => read(text)).toThrow(problem)
})

it.each([
  [{ ...windows, time: [] }, 'time.unix_time'],
  [{ ...windows, system_info: [{ uuid: '' }] }, 'system_info.uuid'],
  [{ ...windows, os_version: [] }, 'os_version.platform, os_version.version'],
  [{ ...windows, bitlocker_info: 'x' }, 'bitlocker_info'],
])('names what a computer lacks, and reads the others', (broken, lacks) => {
  const { computers } = read([broken, mac])
  expect(computers[0]).toEqual({ place: expect.any(String) as unknown, lacks })
  expect(computers[1]).toHaveProperty('push')
})

it('refuses bytes that are no text, and more computers than it takes', () => {
  expect(() => readInventory(Buffer.from([0x50, 0x4b, 0xff, 0x00]), null)).toThrow('no text')
  expect(() => read(Array.from({ length: 201 }, () => mac))).toThrow('more than 200')
})
