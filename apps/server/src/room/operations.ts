import { z } from 'zod'
import { assurances, oscalModelsOf, publicStates, renderJson } from '@art32/press'
import type { Line } from '@art32/press'
import { accessErrors, endQueue, invite } from '../access/index.ts'
import type { EndJob } from '../access/index.ts'
import type { Accounts } from '../account/index.ts'
import { editionErrors, isOscal, oscalDownload, oscalFormats, zipBundle } from '../edition/index.ts'
import type { EditionDependencies } from '../edition/index.ts'
import { csvOf, erase, listOpenings, readEntries, tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { Mailer } from '../platform/index.ts'
import { roomErrors } from './errors.ts'
import {
  closeRoom,
  closedSince,
  editionIn,
  enter,
  lineIn,
  messagesIn,
  mostDays,
  mostQuestions,
  recordsOf,
  refuseClosed,
  requirePublished,
  say,
} from './room.ts'
import * as store from './store.ts'
import type { RoomRow } from './store.ts'

/** What rooms need of the rest of the server. */
export interface RoomDependencies extends EditionDependencies {
  readonly accounts: Accounts
  readonly mailer: Mailer
  readonly baseUrl: string
}

const Guest = z.object({ name: z.string().trim().min(1).max(200), email: z.email().max(320) })
/** Null as link: it went by mail. */
const Link = z.object({ email: z.string(), link: z.string().nullable(), expiresAt: z.iso.datetime() })
const InRoom = { roomId: z.uuid() }
const text = z.string().trim().min(1).max(4_000)
const Nothing = z.object({})

const Room = z.object({
  roomId: z.uuid(),
  name: z.string(),
  edition: z.int(),
  audience: z.enum(store.audiences),
  openedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  /** Null: it is open. */
  closedAt: z.iso.datetime().nullable(),
})

const Message = z.object({
  messageId: z.uuid(),
  at: z.iso.datetime(),
  name: z.string().nullable(),
  isOwn: z.boolean(),
  isGuest: z.boolean(),
  /** Null: it was taken back. */
  text: z.string().nullable(),
})

const RoomLine = z.object({
  kind: z.literal('line'),
  id: z.string(),
  text: z.string(),
  status: z.string(),
  assurance: z.enum(assurances),
  publicState: z.enum(publicStates),
  visibility: z.enum(store.audiences),
  owner: z.string().nullable(),
  cadence: z.string().nullable(),
  checkedAt: z.string().nullable(),
  /** How many leaves of the ledger it rests on. */
  proofs: z.int(),
})

/** One edition for invited guests, until a time. */
export function roomOperations(dependencies: RoomDependencies) {
  const { accounts, registry } = dependencies

  /** Guests and answers by name; in a room everybody knows who asks. */
  async function questionsIn(tx: TenantContext, room: RoomRow) {
    const messages = await messagesIn(tx, room)
    const known = await accounts.byId([...new Set(messages.map((message) => message.account_id))])
    const guests = new Set((await store.listGuests(tx, room.id)).map((guest) => guest.id))
    const view = (message: (typeof messages)[number]) => ({
      messageId: message.id,
      at: message.at.toISOString(),
      name: known.get(message.account_id)?.name ?? null,
      isOwn: message.account_id === tx.caller.accountId,
      isGuest: message.question_id === null || guests.has(message.account_id),
      text: message.text,
    })
    return messages
      .filter((message) => message.question_id === null)
      .map((question) => ({
        ...view(question),
        lineId: question.line_id,
        answers: messages.filter((message) => message.question_id === question.id).map(view),
      }))
  }

  return [
    tenantOperation({
      id: 'room.create',
      summary: 'Opens an audit room for a published edition and invites its guests; the links are shown only now',
      needs: 'room:write',
      changes: true,
      input: z.object({
        editionId: z.uuid(),
        name: z.string().trim().min(1).max(200),
        /** How long it is open. */
        days: z.int().min(1).max(mostDays),
        /** How much of the edition is shown. */
        audience: z.enum(store.audiences).default('auditors'),
        guests: z.array(Guest).max(50),
      }),
      output: z.object({ roomId: z.uuid(), links: z.array(Link) }),
      refuses: [editionErrors.not_found, roomErrors.needs_edition, accessErrors.already_member],
      async run({ editionId, name, days, audience, guests }, tx) {
        const end = new Date(tx.now.getTime() + days * 86_400_000)
        await requirePublished(tx, editionId)
        const id = tx.newId()
        await store.add(tx, { id, name, edition_id: editionId, audience, until: end })
        await tx.append({
          type: 'audit.opened',
          about: { kind: 'room', id },
          content: { after: { name, edition: editionId, audience, until: end.toISOString() } },
        })
        const links = []
        for (const { name: guest, email } of guests)
          links.push({
            email,
            ...(await invite(tx, { name: guest, email, role: 'guest', room: { id, until: end } }, dependencies)),
          })
        const job: EndJob = { tenantId: tx.tenant.id }
        await tx.enqueue(endQueue, job, end)
        return { roomId: id, links }
      },
    }),
    tenantOperation({
      id: 'room.invite',
      summary: 'Invites one more guest into an open room; the link is shown only now',
      needs: 'room:write',
      changes: true,
      input: Guest.extend(InRoom),
      output: Link,
      refuses: [roomErrors.not_found, roomErrors.closed, accessErrors.already_member],
      async run({ roomId, name, email }, tx) {
        const room = await store.get(tx, roomId)
        refuseClosed(room, tx.now)
        return { email, ...(await invite(tx, { name, email, role: 'guest', room }, dependencies)) }
      },
    }),
    tenantOperation({
      id: 'room.dismiss',
      summary: 'Takes a guest out of a room at once',
      needs: 'room:write',
      changes: true,
      input: z.object({ ...InRoom, accountId: z.uuid() }),
      output: Nothing,
      refuses: [roomErrors.not_found, roomErrors.no_guest],
      async run({ roomId, accountId }, tx) {
        await store.get(tx, roomId)
        const left = await store.removeGuest(tx, roomId, accountId)
        if (left === null) throw roomErrors.no_guest()
        await tx.append({
          type: 'access.revoked',
          about: { kind: 'account', id: accountId },
          content: { before: { role: 'guest', room: roomId } },
        })
        if (left === 0) await registry.dismiss(tx.tenant.id, accountId, 'guest')
        return {}
      },
    }),
    tenantOperation({
      id: 'room.close',
      summary: 'Closes a room at once: its guests see nothing more',
      needs: 'room:write',
      changes: true,
      input: z.object(InRoom),
      output: Nothing,
      refuses: [roomErrors.not_found],
      async run({ roomId }, tx) {
        await store.get(tx, roomId)
        await closeRoom(tx, roomId, tx.now)
        return {}
      },
    }),
    tenantOperation({
      id: 'room.list',
      summary: 'Lists the audit rooms; to a guest, the own ones',
      needs: 'room:visit',
      input: Nothing,
      output: z.object({ rooms: z.array(Room) }),
      run: async (_, tx) => ({ rooms: (await store.list(tx)).map((room) => viewRoom(room, tx.now)) }),
    }),
    tenantOperation({
      id: 'room.show',
      summary: 'Shows a room: the edition as its audience may see it, questions and answers',
      needs: 'room:visit',
      input: z.object(InRoom),
      output: Room.extend({
        title: z.string(),
        date: z.string(),
        language: z.enum(['en', 'de']),
        limits: z.array(z.string()),
        /** Whether something is still to do, so that there is a plan of action in OSCAL. */
        hasPlan: z.boolean(),
        /** Lines that are for a narrower circle. */
        withheld: z.int(),
        sections: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            level: z.int(),
            blocks: z.array(z.union([z.object({ kind: z.literal('text'), text: z.string() }), RoomLine])),
          }),
        ),
        questions: z.array(Message.extend({ lineId: z.string().nullable(), answers: z.array(Message) })),
        /** Who is in and who is invited: for the tenant's own people; empty for guests. */
        guests: z.array(z.object({ accountId: z.uuid(), name: z.string(), email: z.string() })),
        invited: z.array(z.object({ name: z.string(), email: z.string(), until: z.iso.datetime() })),
      }),
      refuses: [roomErrors.not_found, roomErrors.closed],
      async run({ roomId }, tx) {
        const room = await enter(tx, roomId)
        const { edition } = await editionIn(tx, room)
        return {
          ...viewRoom(room, tx.now),
          title: edition.title,
          date: edition.date,
          language: edition.language,
          limits: [...edition.limits],
          hasPlan: oscalModelsOf(edition).includes('poam'),
          withheld: edition.withheld.customers + edition.withheld.auditors,
          sections: edition.sections.map(({ id, title, level, blocks }) => ({
            id,
            title,
            level,
            blocks: blocks.map((block) => (block.kind === 'text' ? block : viewLine(block))),
          })),
          questions: await questionsIn(tx, room),
          ...(tx.caller.role === 'guest' ? { guests: [], invited: [] } : await peopleIn(tx, room)),
        }
      },
    }),
    tenantOperation({
      id: 'room.proof',
      summary: 'Shows what a line of the room rests on: the leaves of the ledger and the records they commit to',
      needs: 'room:visit',
      settled: true,
      input: z.object({ ...InRoom, lineId: z.uuid() }),
      output: z.object({
        records: z.array(
          z.object({
            index: z.int(),
            title: z.string(),
            role: z.string(),
            /** The leaf, verbatim. */
            leaf: z.string(),
            /** What it commits to; null: it was erased. */
            record: z.unknown(),
          }),
        ),
      }),
      refuses: [roomErrors.not_found, roomErrors.closed, roomErrors.no_line],
      async run({ roomId, lineId }, tx) {
        const { edition } = await editionIn(tx, await enter(tx, roomId))
        return { records: await recordsBehind(tx, lineIn(edition, lineId)) }
      },
    }),
    tenantOperation({
      id: 'room.file',
      summary: "Hands out the room's edition with its proofs: the bundle, or the text as JSON or OSCAL",
      kind: 'download',
      needs: 'room:visit',
      settled: true,
      input: z.object({ ...InRoom, format: z.enum(['bundle', 'json', ...oscalFormats]) }),
      output: z.unknown(),
      refuses: [roomErrors.not_found, roomErrors.closed, editionErrors.nothing_open],
      async run({ roomId, format }, tx) {
        const room = await enter(tx, roomId)
        const { row, edition } = await editionIn(tx, room)
        const name = `${tx.tenant.slug}-${room.edition_number}`
        if (format === 'json')
          return { name: `${name}.json`, type: 'application/json', bytes: Buffer.from(renderJson(edition)) }
        if (isOscal(format)) return oscalDownload(format, name, edition)
        return {
          name: `${name}.zip`,
          type: 'application/zip',
          bytes: await zipBundle(tx, row, dependencies, room.audience),
        }
      },
    }),
    tenantOperation({
      id: 'room.ask',
      summary: 'Asks a question about a line of the edition, or in general',
      needs: 'room:ask',
      changes: true,
      input: z.object({ ...InRoom, lineId: z.uuid().optional(), text }),
      output: z.object({ messageId: z.uuid() }),
      refuses: [roomErrors.not_found, roomErrors.closed, roomErrors.no_line, roomErrors.too_many],
      async run({ roomId, lineId, text: said }, tx) {
        const room = await enter(tx, roomId)
        if (lineId !== undefined) lineIn((await editionIn(tx, room)).edition, lineId)
        if ((await store.countQuestions(tx, roomId)) >= mostQuestions)
          throw roomErrors.too_many({ most: mostQuestions })
        return { messageId: await say(tx, room, { text: said, lineId: lineId ?? null, questionId: null }) }
      },
    }),
    tenantOperation({
      id: 'room.answer',
      summary: 'Answers a question in a room',
      needs: 'room:write',
      changes: true,
      input: z.object({ ...InRoom, questionId: z.uuid(), text }),
      output: z.object({ messageId: z.uuid() }),
      refuses: [roomErrors.not_found, roomErrors.closed, roomErrors.no_message],
      async run({ roomId, questionId, text: said }, tx) {
        const room = await store.get(tx, roomId)
        refuseClosed(room, tx.now)
        const question = (await store.listMessages(tx, roomId)).find((one) => one.id === questionId)
        if (!question || question.question_id !== null) throw roomErrors.no_message()
        return { messageId: await say(tx, room, { text: said, lineId: null, questionId }) }
      },
    }),
    tenantOperation({
      id: 'room.withdraw',
      summary: "Takes one's own question or answer back: its text is erased, the ledger keeps that there was one",
      needs: 'room:visit',
      changes: true,
      input: z.object({ ...InRoom, messageId: z.uuid() }),
      output: Nothing,
      refuses: [roomErrors.not_found, roomErrors.closed, roomErrors.no_message],
      async run({ roomId, messageId }, tx) {
        const room = await enter(tx, roomId)
        const own = (await messagesIn(tx, room)).find(
          (one) => one.id === messageId && one.account_id === tx.caller.accountId && one.text !== null,
        )
        if (!own) throw roomErrors.no_message()
        await erase(tx.sql, own.commitment, tx.now)
        await tx.append({ type: 'comment.withdrawn', about: { kind: 'room', id: roomId } })
        return {}
      },
    }),
    tenantOperation({
      id: 'room.export',
      summary: 'Hands out the questions and answers of a room as CSV or JSON',
      kind: 'download',
      needs: 'room:visit',
      input: z.object({ ...InRoom, format: z.enum(['csv', 'json']) }),
      output: z.unknown(),
      refuses: [roomErrors.not_found, roomErrors.closed],
      async run({ roomId, format }, tx) {
        const room = await enter(tx, roomId)
        const { edition } = await editionIn(tx, room)
        const questions = (await questionsIn(tx, room)).map(({ lineId, ...question }) => ({
          line: lineId === null ? null : lineIn(edition, lineId).text,
          ...question,
        }))
        const name = `${tx.tenant.slug}-room-${tx.now.toISOString().slice(0, 10)}.${format}`
        if (format === 'json') {
          const whole = { room: viewRoom(room, tx.now), questions }
          return { name, type: 'application/json', bytes: Buffer.from(`${JSON.stringify(whole, null, 2)}\n`) }
        }
        const rows = questions.flatMap(({ line, answers, ...question }) => [
          ['question', question.at, question.name, line, question.text],
          ...answers.map((answer) => ['answer', answer.at, answer.name, line, answer.text]),
        ])
        const bytes = csvOf([['kind', 'at', 'by', 'line', 'text'], ...rows])
        return { name, type: 'text/csv; charset=utf-8', bytes }
      },
    }),
  ]

  async function peopleIn(tx: TenantContext, room: RoomRow) {
    const guests = await store.listGuests(tx, room.id)
    const known = await accounts.byId(guests.map((guest) => guest.id))
    return {
      guests: guests.flatMap(({ id }) => {
        const account = known.get(id)
        return account ? [{ accountId: id, name: account.name, email: account.email }] : []
      }),
      invited: (await store.listInvited(tx, room.id)).map((one) => ({ ...one, until: one.until.toISOString() })),
    }
  }
}

function viewRoom(room: RoomRow, now: Date): z.input<typeof Room> {
  return {
    roomId: room.id,
    name: room.name,
    edition: room.edition_number,
    audience: room.audience,
    openedAt: room.opened_at.toISOString(),
    until: room.until.toISOString(),
    closedAt: closedSince(room, now)?.toISOString() ?? null,
  }
}

function viewLine(line: Line): z.input<typeof RoomLine> {
  const { kind, id, text: said, status, assurance, publicState, visibility, checkedAt } = line
  return {
    kind,
    id,
    text: said,
    status,
    assurance,
    publicState,
    visibility,
    checkedAt,
    owner: line.owner ?? null,
    cadence: line.cadence ?? null,
    proofs: recordsOf(line).length,
  }
}

async function recordsBehind({ sql }: TenantContext, line: Line) {
  const records = recordsOf(line)
  const openings = await listOpenings(
    sql,
    records.map((record) => record.leaf),
  )
  const found = []
  for (const { leaf: index, role, title } of records) {
    const [entry] = await readEntries(sql, index, index + 1)
    const content = openings.find((one) => one.idx === index && one.role === role)?.content
    const record: unknown = content ? JSON.parse(content.toString('utf8')) : null
    if (entry) found.push({ index, title, role, leaf: entry.leaf.toString('utf8'), record })
  }
  return found
}
