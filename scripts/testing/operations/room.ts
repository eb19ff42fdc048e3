import { randomBytes } from 'node:crypto'
import { testPassword } from '../server.ts'
import { newVisitor, password } from '../visitor.ts'
import { aPublished } from './prove.ts'
import type { Row } from './row.ts'
import { must, oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

const somebody = () => ({ name: 'Guest', email: `${randomBytes(8).toString('hex')}@example.com` })

async function newRoom(me: Me): Promise<{ roomId: string }> {
  const room = { ...(await aPublished(me)), name: 'Audit', days: 1, guests: [] }
  const { roomId } = await must<{ roomId: string }>(me, 'room.create', room)
  return { roomId }
}

/** A room that stays open. */
export const aRoom = oncePerTenant(newRoom)

/** Somebody who is let into the room, and is nothing else. */
async function newGuest(owner: Me): Promise<Me> {
  const { world, tenant } = owner
  const { accounts, registry, tenants } = world.server
  const { email, name } = somebody()
  const { id: accountId } = await accounts.create({ name, email, password: testPassword })
  const { roomId } = await aRoom(owner)
  await tenants.asSystem(tenant, ({ sql, now }) =>
    sql.query('insert into guest (room_id, account_id, since) values ($1, $2, $3)', [roomId, accountId, now]),
  )
  const { id } = (await registry.open(tenant)).tenant
  await registry.admit(id, accountId, 'guest', new Date(Date.now() + 86_400_000))
  const visitor = newVisitor(world.server)
  const response = await password(visitor, email)
  if (!response.ok) throw new Error(`signing in was answered with ${response.status}`)
  return { ...visitor, world, tenant, accountId, email }
}

/** The guest of a tenant's room. @param owner of the tenant */
export const aGuest = oncePerTenant(newGuest)

interface Shown {
  readonly sections: readonly { readonly blocks: readonly { readonly kind: string; readonly id?: string }[] }[]
}

/** A line of a room, as its guests see it too. */
async function aLine(me: Me): Promise<{ roomId: string; lineId: string }> {
  const { rooms } = await must<{ rooms: { roomId: string; closedAt: string | null }[] }>(me, 'room.list')
  const roomId = rooms.find(({ closedAt }) => closedAt === null)?.roomId ?? ''
  const { sections } = await must<Shown>(me, 'room.show', { roomId })
  const line = sections.flatMap(({ blocks }) => blocks).find(({ kind }) => kind === 'line')
  return { roomId, lineId: line?.id ?? '' }
}

async function newQuestion(me: Me): Promise<{ roomId: string; questionId: string }> {
  const room = await aRoom(me)
  const question = { ...room, text: 'How often?' }
  const { messageId } = await must<{ messageId: string }>(await aGuest(me), 'room.ask', question)
  return { ...room, questionId: messageId }
}

async function newAnswer(me: Me): Promise<{ roomId: string; messageId: string }> {
  const question = await newQuestion(me)
  const { messageId } = await must<{ messageId: string }>(me, 'room.answer', { ...question, text: 'Daily.' })
  return { roomId: question.roomId, messageId }
}

const roomIds = { roomId: 'room.not_found' }

/** Audit rooms. */
export const roomRows = {
  'room.create': {
    input: async (me) => ({ ...(await aPublished(me)), name: 'Audit', days: 1, guests: [somebody()] }),
    ids: { editionId: 'edition.not_found' },
    leaves: { tenant: ['audit.opened', 'access.invited'] },
  },
  'room.invite': {
    input: async (me) => ({ ...(await aRoom(me)), ...somebody() }),
    ids: roomIds,
    leaves: { tenant: ['access.invited'] },
  },
  'room.dismiss': {
    input: async (me) => ({ ...(await aRoom(me)), accountId: (await newGuest(me)).accountId }),
    ids: { ...roomIds, accountId: 'room.no_guest' },
    leaves: { tenant: ['access.revoked'] },
  },
  'room.close': { input: newRoom, ids: roomIds, leaves: { tenant: ['audit.closed'] } },
  'room.list': {},
  'room.show': { input: aRoom, ids: roomIds },
  'room.proof': { input: aLine, ids: { ...roomIds, lineId: 'room.no_line' } },
  'room.file': { input: async (me) => ({ ...(await aRoom(me)), format: 'json' }), ids: roomIds },
  'room.ask': {
    by: 'guest',
    input: async (me) => ({ ...(await aLine(me)), text: 'How often?' }),
    ids: { ...roomIds, lineId: 'room.no_line' },
    leaves: { tenant: ['audit.asked'] },
  },
  'room.answer': {
    input: async (me) => ({ ...(await newQuestion(me)), text: 'Daily.' }),
    ids: { ...roomIds, questionId: 'room.no_message' },
    leaves: { tenant: ['audit.answered'] },
  },
  'room.withdraw': {
    input: newAnswer,
    ids: { ...roomIds, messageId: 'room.no_message' },
    leaves: { tenant: ['comment.withdrawn'] },
  },
  'room.export': { input: async (me) => ({ ...(await aRoom(me)), format: 'csv' }), ids: roomIds },
} satisfies Record<string, Row>
