import { newFile } from './file.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const said = {
  title: 'Invoices of others can be read',
  product: 'App 1.4',
  description: 'Change the number.',
  language: 'en',
}
const text = {
  language: 'en',
  title: 'Invoices of others could be read',
  summary: 'Whoever was signed in could read invoices of others.',
  products: [{ name: 'App', affected: ['1.4'], fixed: ['1.5'] }],
}
const setting = {
  isOpen: true,
  acknowledgeDays: 5,
  discloseDays: 90,
  policy: 'Please no load tests.',
  cra: 'applies',
  craReason: '',
}
const vector = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'

async function newReport(me: Me): Promise<{ reportId: string }> {
  const { reportId } = await must<{ reportId: string }>(me, 'report.add', said)
  return { reportId }
}
const newAdvisory = async (me: Me) => {
  const { advisoryId } = await must<{ advisoryId: string }>(me, 'advisory.create', { text })
  return { advisoryId }
}
async function clocked(me: Me): Promise<{ reportId: string }> {
  const report = await newReport(me)
  await must(me, 'report.start_clock', { ...report, about: 'exploited', awareAt: '2026-11-20T08:00:00.000Z' })
  return report
}

const ids = { reportId: 'report.not_found' }
const advisoryIds = { advisoryId: 'advisory.not_found' }
const changed = { tenant: ['report.changed'] } as const

/** Reports of vulnerabilities and advisories about them. */
export const reportRows = {
  'report.list': {},
  'report.show': { input: newReport, ids },
  'report.set_up': { input: () => setting, leaves: { tenant: ['signoff.given'] } },
  'report.add': { input: () => said, leaves: { tenant: ['report.received'] } },
  'report.link': { input: newReport, ids, leaves: changed },
  'report.move': {
    input: async (me) => ({
      ...(await newReport(me)),
      to: 'duplicate',
      answer: 'Known since May.',
      duplicateOf: (await newReport(me)).reportId,
    }),
    ids: { ...ids, duplicateOf: 'report.not_found' },
    leaves: { tenant: ['report.closed'] },
  },
  'report.assess': { input: async (me) => ({ ...(await newReport(me)), vector, cve: null }), ids, leaves: changed },
  'report.assign': {
    input: async (me) => ({ ...(await newReport(me)), ownerAccount: me.accountId, discloseOn: '2027-02-01' }),
    ids: { ...ids, ownerAccount: 'report.person_not_found' },
    leaves: changed,
  },
  'report.say': {
    input: async (me) => ({
      ...(await newReport(me)),
      kind: 'answer',
      text: 'Thank you.',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...ids, fileIds: 'file.not_found' },
    leaves: { tenant: ['report.answered'] },
  },
  'report.start_clock': {
    input: async (me) => ({ ...(await newReport(me)), about: 'exploited', awareAt: '2026-11-20T08:00:00.000Z' }),
    ids,
    leaves: changed,
  },
  'report.take_incident': { input: clocked, ids, leaves: { tenant: ['incident.opened'] } },
  'report.note_sent': {
    input: async (me) => ({
      ...(await clocked(me)),
      what: 'warning',
      at: '2026-11-20T09:00:00.000Z',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { ...ids, fileIds: 'file.not_found' },
    leaves: changed,
  },
  'report.export': {},
  'advisory.list': {},
  'advisory.show': { input: newAdvisory, ids: advisoryIds },
  'advisory.create': {
    input: async (me) => ({ text, reportIds: [(await newReport(me)).reportId] }),
    ids: { reportIds: 'report.not_found' },
    leaves: { tenant: ['advisory.changed'] },
  },
  'advisory.change': {
    input: async (me) => ({ ...(await newAdvisory(me)), text, reportIds: [(await newReport(me)).reportId] }),
    ids: { ...advisoryIds, reportIds: 'report.not_found' },
    leaves: { tenant: ['advisory.changed'] },
  },
  'advisory.discard': { input: newAdvisory, ids: advisoryIds, leaves: { tenant: ['advisory.changed'] } },
  'advisory.publish': {
    input: async (me) => ({ ...(await newAdvisory(me)), summary: 'First version.' }),
    ids: advisoryIds,
    leaves: { tenant: ['advisory.published'] },
  },
} satisfies Record<string, Row>
