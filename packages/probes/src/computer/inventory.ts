import { z } from 'zod'
import { readCsv } from './csv.ts'
import { DeviceRow, isIntune, plain, pushOfDevice } from './intune.ts'
import type { Device } from './intune.ts'
import { Snapshot, Tables, gather, pushOfTables } from './osquery.ts'
import { Push } from './push.ts'

/** Computers of one file. */
export type Inventory = {
  readonly source: 'osquery' | 'intune' | 'art32'
  /** What each would have sent; or what it lacks, by its number in the file. */
  readonly computers: readonly ({ readonly place: string } & ({ readonly push: Push } | { readonly lacks: string }))[]
}

/** The file as a whole cannot be read. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError'
}

/** More computers are not read from one file. */
export const mostComputers = 200

/**
 * Reads an export of osquery (tables of one or many computers, or a results log with snapshots), of Intune (devices of
 * Graph as JSON, or a report as CSV), or facts that `art32 collect host` wrote to a file.
 *
 * @param exported when the file was made, for a report that does not say it
 * @throws {InventoryError} with the place, never with what stands there
 */
export function readInventory(bytes: Uint8Array, exported: Date | null): Inventory {
  const text = decode(bytes)
  const inventory = /^\s*[[{]/.test(text) ? ofJson(parse(text), exported) : ofCsv(text, exported)
  if (inventory.computers.length === 0) throw new InventoryError('there is no computer in it')
  if (inventory.computers.length > mostComputers)
    throw new InventoryError(`it holds more than ${mostComputers} computers; send it in parts`)
  return inventory
}

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new InventoryError('it is no text in UTF-8', { cause })
  }
}

/** JSON, or JSON in each line as a log has it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.map((line, index): unknown => {
      try {
        return JSON.parse(line)
      } catch (cause) {
        throw new InventoryError(`line ${index + 1} is not JSON`, { cause })
      }
    })
  }
}

const Wrapped = z.union([
  z.object({ value: z.array(z.unknown()) }).transform(({ value }) => value),
  z.object({ values: z.array(z.unknown()) }).transform(({ values }) => values),
])

function ofJson(value: unknown, exported: Date | null): Inventory {
  const wrapped = Wrapped.safeParse(value)
  const items: unknown[] = wrapped.success ? wrapped.data : Array.isArray(value) ? value : [value]
  const [first] = items
  if (items.length === 0) return { source: 'osquery', computers: [] }
  if (typeof first !== 'object' || first === null) throw new InventoryError('its first entry is no object')
  if ('format' in first) return { source: 'art32', computers: items.map((one, i) => finished(`entry ${i + 1}`, one)) }
  if ('hostIdentifier' in first) {
    // A log holds other lines, too: changes, and queries that are none of ours.
    const lines = items.flatMap((one) => Snapshot.safeParse(one).data ?? [])
    return {
      source: 'osquery',
      computers: gather(lines).map((tables, i) => made(`computer ${i + 1}`, pushOfTables(tables))),
    }
  }
  if (isIntune(Object.keys(first)))
    return {
      source: 'intune',
      computers: items.map((one, i) => ofDevice(`entry ${i + 1}`, DeviceRow.safeParse(one).data ?? {}, exported)),
    }
  return {
    source: 'osquery',
    computers: items.map((one, i) => {
      const tables = Tables.safeParse(one)
      const place = `entry ${i + 1}`
      return tables.success
        ? made(place, pushOfTables(tables.data))
        : { place, lacks: tables.error.issues[0]?.path.join('.') ?? 'tables' }
    }),
  }
}

function ofCsv(text: string, exported: Date | null): Inventory {
  const { columns, rows } = csv(text)
  if (!isIntune(columns))
    throw new InventoryError('its first line lacks the columns OS and OS version of an Intune report')
  const names = columns.map(plain)
  return {
    source: 'intune',
    computers: rows.map((row, i) =>
      ofDevice(`line ${i + 2}`, Object.fromEntries(names.map((name, j) => [name, row[j] ?? ''])), exported),
    ),
  }
}

function csv(text: string): ReturnType<typeof readCsv> {
  try {
    return readCsv(text)
  } catch (cause) {
    throw new InventoryError('it is neither JSON nor CSV: a quote does not end', { cause })
  }
}

const ofDevice = (place: string, device: Device, exported: Date | null) => made(place, pushOfDevice(device, exported))

function made(place: string, one: { wrong: string } | { push: unknown }): Inventory['computers'][number] {
  return 'wrong' in one ? { place, lacks: one.wrong } : finished(place, one.push)
}

function finished(place: string, value: unknown): Inventory['computers'][number] {
  const push = Push.safeParse(value)
  if (push.success) return { place, push: push.data }
  return { place, lacks: push.error.issues.map((issue) => issue.path.join('.') || 'format')[0] ?? 'format' }
}
