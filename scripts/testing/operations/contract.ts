import { randomUUID } from 'node:crypto'
import { newFile } from './file.ts'
import { aPublished } from './prove.ts'
import { aRoom } from './room.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'
import { todayOfTenants } from '../today.ts'

const text = new TextEncoder()
const today = () => todayOfTenants()
const who = () => ({ name: `Customer ${randomUUID()}`, language: 'en', contactEmail: 'privacy@example.com' })
const terms = () => ({ title: 'Agreement under Art. 28', validFrom: today() })
const newCustomer = async (me: Me) => await must<{ customerId: string }>(me, 'customer.add', who())
export const newContract = async (me: Me) =>
  await must<{ contractId: string }>(me, 'contract.add', { ...(await newCustomer(me)), ...terms() })
const instruction = () => ({
  kind: 'instruction',
  openedOn: today(),
  said: { from: 'Management', form: 'mail', text: 'Delete the test data.' },
})
const newMatter = async (me: Me) =>
  await must<{ matterId: string }>(me, 'matter.open', { ...(await newContract(me)), ...instruction() })

/** The signed agreement is on file. */
async function onFile(me: Me): Promise<{ contractId: string }> {
  const { contractId } = await newContract(me)
  await must(me, 'contract.attach', { contractId, fileIds: [(await newFile(me)).fileId] })
  return { contractId }
}

const ended = async (me: Me) => {
  const { contractId } = await newContract(me)
  return await must<{ matterId: string }>(me, 'contract.end', { contractId, endedOn: today(), reason: 'It is over.' })
}

async function deleted(me: Me): Promise<{ matterId: string }> {
  const { matterId } = await ended(me)
  const said = { choice: 'deletion', how: 'All databases were dropped.' }
  await must(me, 'matter.step', { matterId, state: 'done', onDay: today(), said })
  return { matterId }
}

const announcing = () => ({
  kind: 'sub-processor',
  title: 'A new host',
  body: 'Example Hosting takes over from May on.',
})

/** To a customer without an address, so that it waits for a person whether mail is set or not. */
async function announced(me: Me): Promise<{ announcementId: string; noticeId: string }> {
  const who = { name: `Customer ${randomUUID()}`, language: 'en' }
  const { customerId } = await must<{ customerId: string }>(me, 'customer.add', who)
  await must(me, 'contract.add', { customerId, ...terms() })
  const { announcementId } = await must<{ announcementId: string }>(me, 'announcement.make', announcing())
  const { notices } = await must<{ notices: { noticeId: string }[] }>(me, 'announcement.of', { customerId })
  const [notice] = notices
  if (!notice) throw new Error('nobody was told')
  // From now on there is an address.
  await must(me, 'customer.change', { customerId, revision: 1, ...who, contactEmail: 'privacy@example.com' })
  return { announcementId, noticeId: notice.noticeId }
}

const told = async (me: Me) => {
  const { noticeId } = await announced(me)
  await must(me, 'announcement.mark_sent', { noticeId, sentOn: today() })
  return { noticeId }
}

const ids = { customerId: 'customer.not_found' }
const contractIds = { contractId: 'contract.not_found' }
const matterIds = { matterId: 'matter.not_found' }
const noticeIds = { noticeId: 'announcement.not_found' }
const changed = { tenant: ['agreement.changed'] } as const

const activity = () => ({ side: 'controller', name: `Activity ${randomUUID()}`, said: complete })
const complete = {
  purposes: 'Answering questions.',
  people: ['Customers'],
  data: ['Names'],
  recipients: ['Nobody else'],
  retention: 'A year.',
}
const body = { name: 'Example Ltd', address: '1 Example Road', contact: 'privacy@example.com' }
/** An activity of the record, as controller. */
export const newActivity = async (me: Me) => await must<{ activityId: string }>(me, 'processing.add', activity())
const activityIds = { activityId: 'processing.not_found' }

/** Records of processing activities. */
export const processingRows = {
  'processing.list': {},
  'processing.propose': {},
  'processing.set_body': { input: () => ({ body }), leaves: { tenant: ['processing.changed'] } },
  'processing.add': { input: activity, leaves: { tenant: ['processing.changed'] } },
  'processing.change': {
    async input(me) {
      const { name, said } = activity()
      return { ...(await newActivity(me)), revision: 1, name, said }
    },
    ids: activityIds,
    leaves: { tenant: ['processing.changed'] },
  },
  'processing.end': {
    input: async (me) => ({ ...(await newActivity(me)), reason: 'It is done no more.' }),
    ids: activityIds,
    leaves: { tenant: ['processing.changed'] },
  },
  'processing.record': {
    async input(me) {
      await must(me, 'processing.set_body', { body })
      await newActivity(me)
      return {}
    },
    leaves: { tenant: ['processing.recorded'] },
  },
  'processing.export': { input: () => ({ format: 'csv' }) },
} satisfies Record<string, Row>

/** Customers, the agreements with them, what happens under these, and what customers are told. */
export const contractRows = {
  'customer.list': { input: async (me) => ({ after: (await newCustomer(me)).customerId }), filters: ['after'] },
  'customer.show': { input: newCustomer, ids },
  'customer.add': { input: who, leaves: { tenant: ['customer.created'] } },
  'customer.change': {
    input: async (me) => ({ ...(await newCustomer(me)), ...who(), revision: 1 }),
    ids,
    leaves: { tenant: ['customer.changed'] },
  },
  'customer.remove': { input: newCustomer, ids, leaves: { tenant: ['customer.deleted'] } },
  'customer.preview': {
    input: () => ({ name: 'customers.csv' }),
    file: () => Promise.resolve(text.encode('name,language\nExample Ltd,en\n')),
  },
  'customer.import': {
    input: () => ({ name: 'customers.csv' }),
    file: () => Promise.resolve(text.encode(`name,language\nExample ${randomUUID()},en\n`)),
    leaves: { tenant: ['customer.created'] },
  },
  'customer.template': {},
  'customer.export': {},
  'contract.add': {
    input: async (me) => ({ ...(await newCustomer(me)), ...terms() }),
    ids,
    leaves: { tenant: ['agreement.created'] },
  },
  'contract.change': {
    input: async (me) => ({ ...(await newContract(me)), ...terms(), revision: 1 }),
    ids: contractIds,
    leaves: changed,
  },
  'contract.attach': {
    input: async (me) => ({ ...(await newContract(me)), fileIds: [(await newFile(me)).fileId] }),
    ids: { ...contractIds, fileIds: 'file.not_found' },
    leaves: changed,
  },
  'contract.confirm': { input: onFile, ids: contractIds, leaves: { tenant: ['agreement.confirmed'] } },
  'contract.end': {
    input: async (me) => ({ ...(await newContract(me)), endedOn: today(), reason: 'It is over.' }),
    ids: contractIds,
    leaves: { tenant: ['agreement.ended', 'matter.opened'] },
  },
  'contract.annex': {
    async input(me) {
      await aPublished(me)
      const { editions } = await must<{ editions: { number: number | null }[] }>(me, 'edition.list')
      const edition = editions.find(({ number }) => number !== null)?.number
      const { customerId } = await newCustomer(me)
      const made = await must<{ contractId: string }>(me, 'contract.add', { customerId, ...terms(), edition })
      return { contractId: made.contractId, format: 'html' }
    },
    ids: contractIds,
  },
  'matter.kinds': {},
  'matter.list': {},
  'matter.open': {
    input: async (me) => ({
      ...(await newContract(me)),
      ...(await aRoom(me)),
      kind: 'audit',
      openedOn: today(),
      said: { by: 'An auditor', form: 'room', scope: 'Everything.' },
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...contractIds, fileIds: 'file.not_found', roomId: 'matter.no_room' },
    leaves: { tenant: ['matter.opened'] },
  },
  'matter.step': {
    input: async (me) => ({
      ...(await newMatter(me)),
      state: 'accepted',
      onDay: today(),
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...matterIds, fileIds: 'file.not_found' },
    leaves: { tenant: ['matter.changed'] },
  },
  'matter.certificate': { input: async (me) => ({ ...(await deleted(me)), format: 'json' }), ids: matterIds },
  'matter.export': { input: async (me) => ({ ...(await newCustomer(me)), format: 'csv' }), ids },
  'announcement.list': {},
  'announcement.show': {
    input: async (me) => ({ announcementId: (await announced(me)).announcementId }),
    ids: { announcementId: 'announcement.not_found' },
  },
  'announcement.of': { input: newCustomer, ids },
  'announcement.make': {
    async input(me) {
      await newContract(me)
      return announcing()
    },
    leaves: { tenant: ['announcement.made'] },
  },
  'announcement.set_contact': {
    input: () => ({ contact: 'privacy@example.com' }),
    leaves: { tenant: ['announcement.made'] },
  },
  'announcement.send': {
    input: async (me) => ({ noticeId: (await announced(me)).noticeId }),
    ids: noticeIds,
    leaves: { tenant: ['announcement.made'] },
  },
  'announcement.mark_sent': {
    input: async (me) => ({ noticeId: (await announced(me)).noticeId, sentOn: today() }),
    ids: noticeIds,
    leaves: { tenant: ['announcement.sent'] },
  },
  'announcement.answer': {
    input: async (me) => ({ ...(await told(me)), outcome: 'objected', onDay: today(), text: 'No.' }),
    ids: noticeIds,
    leaves: { tenant: ['announcement.answered'] },
  },
  'announcement.settle': {
    async input(me) {
      const { noticeId } = await told(me)
      await must(me, 'announcement.answer', { noticeId, outcome: 'objected', onDay: today(), text: 'No.' })
      return { noticeId, onDay: today(), settlement: 'The old host stays.', agrees: false }
    },
    ids: noticeIds,
    leaves: { tenant: ['announcement.answered'] },
  },
  'announcement.log': {
    input: async (me) => ({ announcementId: (await announced(me)).announcementId, format: 'csv' }),
    ids: { announcementId: 'announcement.not_found' },
  },
} satisfies Record<string, Row>
