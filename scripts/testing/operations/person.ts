import { randomUUID } from 'node:crypto'
import { seenOn } from './prove.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const someone = () => ({ name: 'Kim Sample', email: `${randomUUID()}@example.com`, position: 'Operations' })
const newPerson = async (me: Me) => await must<{ personId: string }>(me, 'person.add', someone())

/** An account that nobody was named for. */
async function newAccount(me: Me): Promise<{ systemId: string; account: string }> {
  const account = randomUUID()
  const members = [{ id: account, status: 'confirmed', role: 'owner', twoFactor: true }]
  return { ...(await seenOn(me, 'bitwarden', { members })), account }
}

/** People, and whose accounts are. */
export const personRows = {
  'person.list': {},
  'person.show': { input: newPerson, ids: { personId: 'person.not_found' } },
  'person.add': { input: someone, leaves: { tenant: ['person.joined'] } },
  'person.change': {
    input: async (me) => ({ ...someone(), ...(await newPerson(me)), leftOn: '2026-01-31' }),
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.left'] },
  },
  'person.remove': {
    input: newPerson,
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.deleted'] },
  },
  'holder.list': {
    input: async (me) => ({ systemId: (await newAccount(me)).systemId }),
    filters: ['systemId'],
  },
  'holder.set': {
    input: async (me) => ({ ...(await newAccount(me)), ...(await newPerson(me)) }),
    ids: { systemId: 'person.account_not_found', personId: 'person.not_found' },
    leaves: { tenant: ['holder.changed'] },
  },
  'holder.reveal': {
    input: () => ({ pseudonyms: [`person-${'0'.repeat(32)}`] }),
    leaves: { tenant: ['pseudonym.opened'] },
  },
} satisfies Record<string, Row>
