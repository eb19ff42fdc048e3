import { createHash, randomBytes } from 'node:crypto'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { findDay } from './attend.ts'
import { addDays } from '../calendar/index.ts'
import { actingFor, ownersOf, stageOf } from './duty.ts'
import { listOpen } from './list-store.ts'
import * as store from './store.ts'

/** A secret link: the tenant's public id and 256 random bits, of which only the hash is kept. */
export function makeLink(publicId: string): { readonly token: string; readonly hash: Buffer } {
  const token = `${publicId}-${randomBytes(32).toString('base64url')}`
  return { token, hash: hashOf(token) }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** Reads a calendar by its secret link. @returns null for a link that is none, is revoked, or of a tenant that is away */
export async function readFeed(tenants: Tenants, token: string, baseUrl: string): Promise<string | null> {
  const publicId = /^([a-z2-7]{12})-[A-Za-z0-9_-]{43}$/.exec(token)?.[1]
  if (publicId === undefined) return null
  try {
    return await tenants.asSystem(publicId, async (tx) => {
      const accountId = await store.findFeed(tx, hashOf(token))
      return accountId === undefined ? null : await calendarOf(tx, accountId, baseUrl)
    })
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('tenant.')) return null
    throw error
  }
}

async function calendarOf(tx: TenantContext, accountId: string, baseUrl: string): Promise<string> {
  const day = await findDay(tx)
  const known = Map.groupBy(await listOpen(tx), (row) => row.duty_id)
  const events = (await store.listDuties(tx, [...known.keys()])).flatMap((duty) =>
    (known.get(duty.id) ?? []).flatMap((row) => {
      const isMine =
        ownersOf(duty, day.members).includes(accountId) ||
        actingFor(duty, day, stageOf(row, day.today)).includes(accountId)
      return isMine ? [{ duty, row }] : []
    }),
  )
  const stamp = stampOf(tx.now)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//art32//duties//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(tx.tenant.name)}`,
    ...events.flatMap(({ duty, row }) => [
      'BEGIN:VEVENT',
      `UID:${row.id}@art32`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(row.due_on)}`,
      `DTEND;VALUE=DATE:${compact(addDays(row.due_on, 1))}`,
      `SUMMARY:${escaped(row.label === '' ? duty.title : `${duty.title} (${row.label})`)}`,
      `URL:${baseUrl}/t/${tx.tenant.slug}/duties?of=mine`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const compact = (day: string) => day.replaceAll('-', '')
const stampOf = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** A text as RFC 5545 3.3.11 wants it; control characters are none of a title's. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')
}

/** A line of at most 75 bytes, folded between characters (RFC 5545 3.1). */
export function folded(line: string): string {
  const parts: string[] = ['']
  let bytes = 0
  for (const character of line) {
    const length = Buffer.byteLength(character)
    if (bytes + length > 75) {
      parts.push('')
      // The space that begins a folded line counts.
      bytes = 1
    }
    parts[parts.length - 1] += character
    bytes += length
  }
  return parts.join('\r\n ')
}
