import { hash } from 'node:crypto'
import { z } from 'zod'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'
import { run } from './run.ts'

type Disk = HostFacts['disks'][number]

const scan = z.object({ devices: z.array(z.object({ name: z.string(), type: z.string() })).default([]) })

/** The part of `smartctl -j -H -A -i` that is judged. */
const health = z.object({
  smartctl: z.object({ messages: z.array(z.object({ string: z.string() })).default([]) }),
  serial_number: z.string().optional(),
  smart_status: z.object({ passed: z.boolean() }).optional(),
  ata_smart_attributes: z
    .object({ table: z.array(z.object({ id: z.int(), raw: z.object({ value: z.int() }) })) })
    .optional(),
  nvme_smart_health_information_log: z.object({ media_errors: z.int(), percentage_used: z.int() }).optional(),
  scsi_grown_defect_list: z.int().optional(),
})

/** Asks every disk how it is. A disk that does not say makes the look incomplete. */
export async function readDisks(signal: AbortSignal): Promise<Seen<Disk[]>> {
  const { stdout } = await run('smartctl', ['--scan', '-j'], signal)
  const { devices } = scan.parse(JSON.parse(stdout))
  const disks: (Disk | undefined)[] = []
  for (const { name, type } of devices) {
    // Each bit of the status means something of its own; what counts stands in the JSON.
    const printed = await run('smartctl', ['-j', '-i', '-H', '-A', '-d', type, name], signal)
    disks.push(parseDisk(name, printed.stdout))
  }
  const told = disks.filter((disk) => disk !== undefined)
  if (told.length === 0)
    throw new Unreadable('not-configured', 'no disk tells its health, as in a virtual machine or behind a controller')
  return seen(told, told.length === disks.length)
}

/** Facts of one disk, or undefined where it does not tell its health. */
export function parseDisk(name: string, text: string): Disk | undefined {
  const found = health.parse(JSON.parse(text))
  if (found.smartctl.messages.some((message) => /permission denied/i.test(message.string)))
    throw new Unreadable('denied', 'smartctl may not open the disk', { needs: 'root' })
  if (found.smart_status === undefined) return undefined
  const attribute = (id: number) => found.ata_smart_attributes?.table.find((one) => one.id === id)?.raw.value
  const nvme = found.nvme_smart_health_information_log
  return {
    // Names change with the order of starting; the number on the label does not, and need not be stored itself.
    disk: found.serial_number === undefined ? name : hash('sha256', found.serial_number).slice(0, 12),
    device: name,
    passed: found.smart_status.passed,
    reallocated: attribute(5) ?? nvme?.media_errors ?? found.scsi_grown_defect_list ?? null,
    pending: attribute(197) ?? null,
    usedPercent: nvme?.percentage_used ?? null,
  }
}
