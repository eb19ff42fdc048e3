import type { Row } from './row.ts'
import { newFile } from './file.ts'
import { newContract } from './contract.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'
import { todayOfTenants } from '../today.ts'

const today = () => todayOfTenants()
const asked = () => ({
  kinds: ['access', 'erasure'],
  source: 'letter',
  email: 'person@example.com',
  text: 'Which data about me do you hold?',
  receivedOn: today(),
})
async function recorded(me: Me) {
  const { requestId } = await must<{ requestId: string }>(me, 'request.record', asked())
  return { requestId }
}
async function triaged(me: Me) {
  const one = await recorded(me)
  await must(me, 'request.triage', { ...one, kinds: ['access', 'erasure'], role: 'controller' })
  return one
}
async function looked(me: Me) {
  const one = await triaged(me)
  await must(me, 'request.look', { ...one, mails: ['person@example.com'] })
  return one
}
const said = { subject: 'Your request', text: 'This is what we say.', way: 'post' }
const changed = { leaves: { tenant: ['request.changed'] } } satisfies Row
const told = { leaves: { tenant: ['request.changed', 'request.told'] } } satisfies Row
const decided = { leaves: { tenant: ['request.closed', 'request.told'] } } satisfies Row
const ids = { requestId: 'request.not_found' }

/** Requests of data subjects, from a letter to the answer. */
export const requestRows = {
  'request.list': {},
  'request.settings': {},
  'request.show': { input: recorded, ids },
  'request.record': { input: asked, leaves: { tenant: ['request.received'] } },
  'request.renew_link': { input: recorded, ids, ...changed },
  'request.triage': {
    input: async (me) => ({
      ...(await recorded(me)),
      kinds: ['access'],
      role: 'controller',
      ownerAccount: me.accountId,
    }),
    ids: { ...ids, ownerAccount: 'request.person_not_found' },
    ...changed,
  },
  'request.note': {
    input: async (me) => ({
      ...(await recorded(me)),
      text: 'The warehouse was asked.',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...ids, fileIds: 'file.not_found' },
    ...changed,
  },
  'request.configure': { input: () => ({ formIsOpen: true }), leaves: { tenant: ['signoff.given'] } },
  'request.register': { input: () => ({ format: 'csv' }) },
  'request.letter': {
    async input(me) {
      const one = await recorded(me)
      await must(me, 'request.acknowledge', { ...one, ...said })
      const { letters } = await must<{ letters: { letterId: string }[] }>(me, 'request.show', one)
      return { letterId: letters[0]?.letterId ?? '', format: 'pdf' }
    },
    ids: { letterId: 'request.letter_not_found' },
  },
  'request.propose': { input: async (me) => ({ ...(await recorded(me)), letter: 'answer' }), ids },
  'request.acknowledge': { input: async (me) => ({ ...(await recorded(me)), ...said }), ids, ...told },
  'request.tell_again': {
    async input(me) {
      const one = await recorded(me)
      await must(me, 'request.acknowledge', { ...one, ...said })
      const { letters } = await must<{ letters: { letterId: string }[] }>(me, 'request.show', one)
      const letterId = letters[0]?.letterId ?? ''
      // As where the mail server did not take it.
      await me.world.server.tenants.asSystem(me.tenant, async ({ sql }) => {
        await sql.query(`update request_letter set state = 'refused', told_at = null where id = $1`, [letterId])
      })
      return { letterId, way: 'phone' }
    },
    ids: { letterId: 'request.letter_not_found' },
    ...told,
  },
  'request.ask_identity': {
    input: async (me) => ({
      ...(await recorded(me)),
      ...said,
      asked: 'The customer number',
      reason: 'The letter was sent from another address.',
    }),
    ids,
    ...told,
  },
  'request.confirm_identity': {
    async input(me) {
      const one = await recorded(me)
      await must(me, 'request.ask_identity', { ...one, ...said, asked: 'The number', reason: 'Doubts' })
      return { ...one, how: 'The customer number was right.' }
    },
    ids,
    ...changed,
  },
  'request.extend': {
    input: async (me) => ({ ...(await triaged(me)), ...said, reason: 'Many archives have to be looked through.' }),
    ids,
    ...told,
  },
  'request.look': { input: async (me) => ({ ...(await triaged(me)), mails: ['person@example.com'] }), ids, ...changed },
  'request.add_item': { input: async (me) => ({ ...(await triaged(me)), name: 'The paper archive' }), ids, ...changed },
  'request.settle_item': {
    async input(me) {
      const { itemId } = await must<{ itemId: string }>(me, 'request.add_item', {
        ...(await triaged(me)),
        name: 'The paper archive',
      })
      return { itemId, state: 'not-reached', note: 'The cellar is locked until Monday.' }
    },
    ids: { itemId: 'request.item_not_found' },
    ...changed,
  },
  'request.erase': {
    input: async (me) => ({
      ...(await looked(me)),
      email: 'person@example.com',
      keptReason: 'Invoices, for ten years',
    }),
    ids,
    leaves: { tenant: ['request.erased'] },
  },
  'request.answer': {
    input: async (me) => ({
      ...(await looked(me)),
      ...said,
      handsOut: true,
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...ids, fileIds: 'file.not_found' },
    ...decided,
  },
  'request.refuse': {
    input: async (me) => ({
      ...(await triaged(me)),
      ...said,
      ground: 'excessive',
      reason: 'The same was asked for each week since spring.',
    }),
    ids,
    ...decided,
  },
  'request.forward': {
    input: async (me) => ({ ...(await recorded(me)), ...said, contractId: (await newContract(me)).contractId }),
    ids: { ...ids, contractId: 'request.contract_not_found' },
    leaves: { tenant: ['request.closed', 'request.told', 'matter.opened'] },
  },
} satisfies Record<string, Row>
