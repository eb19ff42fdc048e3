import { z } from 'zod'
import { seen, unseen } from '../engine/reading.ts'
import { computerIdOf } from './identity.ts'
import { pushFormat } from './push.ts'
import { systemOf } from './systems.ts'

/** A device with its values as texts, by the names of its columns in lower-case letters only. */
export type Device = Readonly<Record<string, string>>

/**
 * What columns are called. Graph and the reports that it exports differ from the files that the admin centre hands out:
 * https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice,
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/intunedevicecomplianceorg,
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/intunedevices,
 * https://learn.microsoft.com/intune/device-security/encryption-monitor
 */
const names = {
  id: ['deviceid', 'id', 'intunedeviceid', 'serialnumber', 'devicename'],
  os: ['operatingsystem', 'os', 'platform'],
  version: ['osversion'],
  edition: ['skufamily', 'osdescription'],
  encrypted: ['isencrypted', 'encryptionstatus', 'encryptionstatusstring', 'encrypted'],
  at: ['lastsyncdatetime', 'lastcontact', 'lastcheckin', 'lastcheckindatetime'],
} as const satisfies Readonly<Record<string, readonly string[]>>

const told: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  encrypted: true,
  false: false,
  no: false,
  notencrypted: false,
}

/** `Encryption status` → `encryptionstatus`. */
export const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '')

/** Whether these are columns of devices of Intune. */
export function isIntune(columns: readonly string[]): boolean {
  const all = columns.map(plain)
  const has = (wanted: readonly string[]) => wanted.some((name) => all.includes(name))
  return has(names.os) && has(names.version)
}

/** A device of Graph or of a report as JSON. */
export const DeviceRow = z
  .record(z.string(), z.unknown())
  .transform((row): Device =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) =>
        typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
          ? [[plain(key), String(value)]]
          : [],
      ),
    ),
  )

/**
 * What is wrong with a device as a whole, or what it would have sent. Its name and that of its user are not read, except
 * as the last resort to tell it from others; then only the hash is kept.
 *
 * @param exported when the report was made; of the encryption report, which has no time of its own
 */
export function pushOfDevice(device: Device, exported: Date | null): { wrong: string } | { push: unknown } {
  const value = (wanted: readonly string[]) =>
    wanted.map((name) => device[name]?.trim() ?? '').find((one) => one !== '') ?? ''
  const id = value(names.id)
  if (id === '') return { wrong: 'Device ID' }
  const system = systemOf(value(names.os), value(names.version), value(names.edition))
  if (system === undefined) return { wrong: 'OS, OS version' }
  const time = value(names.at)
  const at = time === '' ? exported : timeOf(time)
  if (at === null) return { wrong: time === '' ? 'Last check-in' : 'Last check-in as a time' }
  const status = value(names.encrypted)
  const encrypted = told[plain(status)]
  return {
    push: {
      format: pushFormat,
      computer: computerIdOf(`intune ${id}`),
      at: at.toISOString(),
      collector: 'intune',
      groups: {
        system: seen(system),
        volumes:
          encrypted === undefined
            ? unseen(
                'contract',
                status === ''
                  ? 'the export lacks the column Encryption status (or isEncrypted)'
                  : 'the column Encryption status is neither "Encrypted" nor "Not encrypted"',
              )
            : seen([{ mount: 'device', device: 'as Intune says', encrypted }]),
      },
    },
  }
}

/** Times of Intune without a zone are in UTC. */
function timeOf(text: string): Date | null {
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  const at = iso === null ? new Date(NaN) : new Date(`${iso[1] ?? ''}T${iso[2] ?? ''}.${iso[3] ?? '0'}${iso[4] ?? 'Z'}`)
  return Number.isNaN(at.getTime()) ? null : at
}
