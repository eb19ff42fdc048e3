import { newFile } from './file.ts'
import { newFinding } from './prove.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const reported = async (me: Me) => {
  const { incidentId } = await must<{ incidentId: string }>(me, 'incident.report', { title: 'A laptop is lost' })
  return { incidentId }
}
const aware = () => new Date(Date.now() - 3_600_000).toISOString()
const triage = (role: string) => ({
  title: 'A laptop is lost',
  severity: 'high',
  role,
  awareAt: aware(),
  authority: 'de-be',
})
async function triaged(me: Me, role = 'both') {
  const one = await reported(me)
  await must(me, 'incident.triage', { ...one, ...triage(role) })
  return one
}
async function breached(me: Me, role = 'both') {
  const one = await triaged(me, role)
  await must(me, 'incident.decide_breach', { ...one, breach: true, kinds: ['confidentiality'], reason: 'It was lost.' })
  return one
}
const newController = async (me: Me) =>
  await must<{ controllerId: string }>(me, 'incident.save_controller', controller())
const controller = () => ({
  name: `Customer ${Math.random()} Ltd`,
  contact: 'privacy@customer.example',
  language: 'en',
  hours: 24,
})
async function affected(me: Me) {
  const one = await breached(me)
  const { controllerId } = await newController(me)
  await must(me, 'incident.set_affected', { ...one, controllerIds: [controllerId] })
  return { ...one, controllerId }
}
const bulletin = () => ({
  state: 'investigating',
  texts: { en: { title: 'Sign-in was out of reach', happened: 'Since six this morning nobody could sign in.' } },
})
async function drafted(me: Me) {
  const one = await reported(me)
  await must(me, 'incident.draft_bulletin', { ...one, text: bulletin() })
  return one
}
async function published(me: Me) {
  const one = await drafted(me)
  await must(me, 'incident.publish', { ...one, revision: 1 })
  return one
}
const share = async (me: Me) => {
  const one = await reported(me)
  await must(me, 'incident.share', { ...one, label: 'The auditor', hours: 24 })
  const { links } = await must<{ links: { linkId: string }[] }>(me, 'incident.show', one)
  return { linkId: links[0]?.linkId ?? '' }
}
const changed = { leaves: { tenant: ['incident.changed'] } } satisfies Row
const ids = { incidentId: 'incident.not_found' }

/** Incidents, from a report to the register. */
export const incidentRows = {
  'incident.list': {},
  'incident.show': { input: reported, ids },
  'incident.report': { input: () => ({ title: 'A laptop is lost' }), leaves: { tenant: ['incident.opened'] } },
  'incident.take_finding': {
    input: newFinding,
    ids: { key: 'finding.not_found' },
    leaves: { tenant: ['incident.opened'] },
  },
  'incident.triage': { input: async (me) => ({ ...(await reported(me)), ...triage('both') }), ids, ...changed },
  'incident.describe': {
    input: async (me) => ({ ...(await reported(me)), facts: { nature: 'A laptop was left on a train.', people: 12 } }),
    ids,
    ...changed,
  },
  'incident.decide_breach': {
    input: async (me) => ({ ...(await triaged(me)), breach: false, reason: 'The disk was empty.' }),
    ids,
    leaves: { tenant: ['breach.decided'] },
  },
  'incident.assess_risk': {
    input: async (me) => ({ ...(await breached(me)), risk: 'risk', reason: 'Names and invoices.' }),
    ids,
    leaves: { tenant: ['breach.decided'] },
  },
  'incident.decide_people': {
    input: async (me) => ({ ...(await breached(me)), decision: 'unintelligible', reason: 'It was encrypted.' }),
    ids,
    leaves: { tenant: ['breach.decided'] },
  },
  'incident.close': {
    async input(me) {
      const one = await triaged(me)
      await must(me, 'incident.decide_breach', { ...one, breach: false, reason: 'The disk was empty.' })
      return { ...one, review: 'Disks are looked at before they leave the house.' }
    },
    ids,
    leaves: { tenant: ['incident.closed'] },
  },
  'incident.note': {
    input: async (me) => ({
      ...(await reported(me)),
      text: 'The railway was called.',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...ids, fileIds: 'file.not_found' },
    ...changed,
  },
  'incident.add_task': {
    input: async (me) => ({ ...(await reported(me)), title: 'Call the railway', assignee: me.accountId }),
    ids: { ...ids, assignee: 'incident.person_not_found' },
    ...changed,
  },
  'incident.finish_task': {
    input: async (me) =>
      await must<{ taskId: string }>(me, 'incident.add_task', { ...(await reported(me)), title: 'Call the railway' }),
    ids: { taskId: 'incident.task_not_found' },
    ...changed,
  },
  'incident.assign': {
    input: async (me) => ({ ...(await reported(me)), role: 'lead', accountId: me.accountId }),
    ids: { ...ids, accountId: 'incident.person_not_found' },
    ...changed,
  },
  'incident.learn': {
    input: async (me) => ({ ...(await reported(me)), text: 'Encrypt every disk', dueOn: '2031-01-31' }),
    ids,
    leaves: { tenant: ['incident.changed', 'duty.created'] },
  },
  'incident.bulletin': { input: drafted, ids },
  'incident.draft_bulletin': {
    input: async (me) => ({ ...(await reported(me)), text: bulletin() }),
    ids,
    ...changed,
  },
  'incident.publish': {
    input: async (me) => ({ ...(await drafted(me)), revision: 1 }),
    ids,
    leaves: { tenant: ['notice.published'] },
  },
  'incident.bulletin_paper': { input: async (me) => ({ ...(await published(me)), format: 'json' }), ids },
  'incident.close_bulletin': { input: published, ids, ...changed },
  'incident.withdraw_bulletin': {
    input: async (me) => ({ ...(await published(me)), reason: 'It was the wrong incident.' }),
    ids,
    leaves: { tenant: ['notice.withdrawn'] },
  },
  'incident.drill': { input: () => ({ scenario: 'laptop' }), leaves: { tenant: ['incident.opened'] } },
  'incident.set_affected': {
    input: async (me) => ({ ...(await reported(me)), controllerIds: [(await newController(me)).controllerId] }),
    ids: { ...ids, controllerIds: 'incident.controller_not_found' },
    ...changed,
  },
  'incident.tell_controllers': {
    // An exercise is told without a mail server, too.
    async input(me) {
      const { incidentId } = await must<{ incidentId: string }>(me, 'incident.drill', { scenario: 'mail' })
      await must(me, 'incident.triage', { incidentId, ...triage('processor') })
      await must(me, 'incident.decide_breach', { incidentId, breach: true, kinds: [], reason: 'All saw all.' })
      const { controllerId } = await newController(me)
      await must(me, 'incident.set_affected', { incidentId, controllerIds: [controllerId] })
      return { incidentId, controllerIds: [controllerId] }
    },
    ids: { ...ids, controllerIds: 'incident.controller_not_found' },
    leaves: { tenant: ['incident.changed', 'breach.notified'] },
  },
  'incident.record_notice': {
    input: async (me) => ({
      ...(await affected(me)),
      recipient: 'controller',
      way: 'phone',
      toldAt: new Date().toISOString(),
    }),
    ids: { ...ids, controllerId: 'incident.controller_not_found' },
    leaves: { tenant: ['breach.notified'] },
  },
  'incident.paper': { input: async (me) => ({ ...(await breached(me)), of: 'authority', format: 'json' }), ids },
  'incident.register': { input: () => ({ format: 'csv' }) },
  'incident.archive': { input: reported, ids },
  'incident.share': {
    input: async (me) => ({ ...(await reported(me)), label: 'The auditor', hours: 24 }),
    ids,
    ...changed,
  },
  'incident.end_share': { input: share, ids: { linkId: 'incident.link_not_found' }, ...changed },
  'incident.settings': {},
  'incident.authorities': {},
  'incident.configure': { input: () => ({ authority: 'de-be', contact: 'The office', formIsOpen: true }), ...changed },
  'incident.save_controller': {
    input: async (me) => ({ ...(await newController(me)), ...controller() }),
    ids: { controllerId: 'incident.controller_not_found' },
    ...changed,
  },
  'incident.import_controllers': {
    input: () => ({ lines: 'Customer Ltd;privacy@customer.example;24;en\n' }),
    ...changed,
  },
  'incident.remove_controller': {
    input: newController,
    ids: { controllerId: 'incident.controller_not_found' },
    ...changed,
  },
} satisfies Record<string, Row>
