import { z } from 'zod'
import { documentOf, getEdition } from '../edition/index.ts'
import type { EditionRow } from '../edition/index.ts'
import { listContents } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { editionFor, linesOf } from '@art32/press'
import type { EditionDocument, Line } from '@art32/press'
import { roomErrors } from './errors.ts'
import * as store from './store.ts'
import type { MessageRow, RoomRow } from './store.ts'

/** Longest time that a room is open. */
export const mostDays = 90

/** Most questions of one room. */
export const mostQuestions = 300

/** Since when a room is closed; null: it is open. */
export function closedSince(room: Pick<RoomRow, 'until' | 'closed_at'>, now: Date): Date | null {
  if (room.closed_at !== null) return room.closed_at
  return room.until <= now ? room.until : null
}

/** A room in which the caller may read. @throws {room.not_found | room.closed} closed to its guests alone */
export async function enter(tx: TenantContext, id: string): Promise<RoomRow> {
  const room = await store.get(tx, id)
  if (tx.caller.role === 'guest') refuseClosed(room, tx.now)
  return room
}

/** @throws {room.closed} */
export function refuseClosed(room: RoomRow, now: Date): void {
  const since = closedSince(room, now)
  if (since) throw roomErrors.closed({ since: since.toISOString().slice(0, 10) })
}

/** The edition of a room as its audience may see it. */
export async function editionIn(
  tx: TenantContext,
  room: RoomRow,
): Promise<{ row: EditionRow; edition: EditionDocument }> {
  const row = await getEdition(tx, room.edition_id)
  return { row, edition: editionFor(room.audience, documentOf(tx, row)) }
}

/** A published edition. @throws {edition.not_found | room.needs_edition} */
export async function requirePublished(tx: TenantContext, editionId: string): Promise<void> {
  const row = await getEdition(tx, editionId)
  if (row.state !== 'edition') throw roomErrors.needs_edition()
}

/** A line of the room's edition. @throws {room.no_line} also one that its audience may not see */
export function lineIn(edition: EditionDocument, lineId: string): Line {
  const line = linesOf(edition.sections).find((one) => one.id === lineId)
  if (!line) throw roomErrors.no_line()
  return line
}

/** The leaves a line rests on, with the role under which each holds its record. */
export function recordsOf(line: Line): { leaf: number; role: string; title: string }[] {
  return line.parts.flatMap((part) => [
    ...(part.confirmedBy ? [{ leaf: part.confirmedBy.leaf, role: 'confirmation', title: part.title }] : []),
    ...part.backing.flatMap((backing) =>
      backing.kind === 'check' ? [{ leaf: backing.leaf, role: 'outcome', title: backing.title }] : [],
    ),
  ])
}

/** Records what somebody said in a room, beside the ledger, and keeps where to find it. @returns its id */
export async function say(
  tx: TenantContext,
  room: RoomRow,
  { text, lineId, questionId }: { text: string; lineId: string | null; questionId: string | null },
): Promise<string> {
  const role = questionId === null ? 'question' : 'answer'
  const commitments = await tx.append({
    type: questionId === null ? 'audit.asked' : 'audit.answered',
    about: { kind: 'room', id: room.id },
    content: { [role]: { text, ...(lineId ? { line: lineId } : {}), ...(questionId ? { question: questionId } : {}) } },
  })
  const commitment = commitments[role]
  if (!commitment) throw bug('a message was appended without its commitment')
  const id = tx.newId()
  await store.addMessage(tx, room.id, { id, question_id: questionId, line_id: lineId, commitment })
  return id
}

/** Everything said in a room, oldest first, with the texts that were not taken back. */
export async function messagesIn(
  tx: TenantContext,
  room: RoomRow,
): Promise<(MessageRow & { readonly text: string | null })[]> {
  const rows = await store.listMessages(tx, room.id)
  const contents = await listContents(
    tx.sql,
    rows.map((row) => row.commitment),
  )
  return rows.map((row) => ({
    ...row,
    text: Said.safeParse(contents.get(row.commitment.toString('base64'))).data?.text ?? null,
  }))
}

const Said = z.object({ text: z.string() })

/** Closes a room; its open invitations end with it. @returns whether it was open */
export async function closeRoom(tx: TenantContext, id: string, at: Date, code?: 'expired'): Promise<boolean> {
  if (!(await store.close(tx, id, at))) return false
  await store.removeInvitations(tx, id)
  await tx.append({ type: 'audit.closed', about: { kind: 'room', id }, ...(code === undefined ? {} : { code }) })
  return true
}

/** Closes what ran out, with a leaf each; no guest could read it any more anyhow. */
export async function closeRooms(tx: TenantContext): Promise<void> {
  for (const { id, until } of await store.listOver(tx)) await closeRoom(tx, id, until, 'expired')
}
