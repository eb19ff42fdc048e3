import { randomUUID } from 'node:crypto'
import { todayOfTenants } from '../today.ts'
import { newFile } from './file.ts'
import { newLine } from './register.ts'
import type { Row } from './row.ts'
import { after, must } from './world.ts'
import type { Me } from './world.ts'

const day = (ahead: number) => todayOfTenants(Date.now() + ahead * 86_400_000)
const terms = () => ({ name: `Hosting ${randomUUID()}`, places: ['DE'] })
const newProcessor = async (me: Me, more: object = {}) =>
  await must<{ processorId: string }>(me, 'processor.add', { ...terms(), ...more })
const planned = async (me: Me) => await newProcessor(me, { isPlanned: true })

async function agreement(me: Me): Promise<object> {
  return {
    ...(await newProcessor(me)),
    title: 'Agreement under Art. 28',
    validFrom: '2026-01-01',
    fileIds: [(await newFile(me)).fileId],
  }
}
async function newAgreement(me: Me): Promise<{ processorId: string; agreementId: string }> {
  const filed = (await agreement(me)) as { processorId: string }
  const { agreementId } = await must<{ agreementId: string }>(me, 'processor.keep_agreement', filed)
  return { processorId: filed.processorId, agreementId }
}
async function proof(me: Me): Promise<object> {
  return {
    ...(await newProcessor(me)),
    standard: 'soc2',
    form: 'report',
    title: 'SOC 2 Type II',
    from: '2025-01-01',
    until: '2025-12-31',
    bridgeUntil: '2026-12-31',
    controls: ['Users restrict administration to those who need it.'],
    fileIds: [(await newFile(me)).fileId],
  }
}
async function newProof(me: Me): Promise<{ processorId: string; proofId: string }> {
  const filed = (await proof(me)) as { processorId: string }
  const { proofId } = await must<{ proofId: string }>(me, 'processor.keep_proof', filed)
  return { processorId: filed.processorId, proofId }
}
async function newControl(me: Me): Promise<{ controlId: string }> {
  const { processorId, proofId } = await newProof(me)
  const { proofs } = await must<{ proofs: { proofId: string; controls: { controlId: string }[] }[] }>(
    me,
    'processor.show',
    { processorId },
  )
  return { controlId: proofs.find((one) => one.proofId === proofId)?.controls[0]?.controlId ?? '' }
}
const newChange = async (me: Me) => ({
  changeId: (
    await must<{ changeId: string }>(me, 'processor.announce', {
      kind: 'add',
      ...(await planned(me)),
      reason: 'It is nearer.',
    })
  ).changeId,
})
const newObjection = async (me: Me) => ({
  objectionId: (
    await must<{ objectionId: string }>(me, 'processor.object', {
      ...(await newChange(me)),
      customer: 'Customer',
      receivedOn: day(0),
    })
  ).objectionId,
})
async function watched(me: Me): Promise<{ processorId: string }> {
  const { processorId } = await newProcessor(me)
  await must(me, 'processor.watch', { processorId, address: 'https://processor.example/measures.txt' })
  return { processorId }
}
const ids = { processorId: 'processor.not_found' }

/** Processors: who they are, what is on file, and how customers hear of a change. */
export const processorRows = {
  'processor.templates': {},
  'processor.list': {},
  'processor.export': {},
  'processor.changes': { input: after(newChange) },
  'processor.show': { input: newProcessor, ids },
  'processor.documents': { input: newProcessor, ids },
  'processor.add': {
    input: async (me) => ({ ...terms(), parentId: (await newProcessor(me)).processorId }),
    ids: { parentId: 'processor.not_found' },
    leaves: { tenant: ['processor.created'] },
  },
  'processor.change': {
    input: async (me) => ({
      ...terms(),
      ...(await newProcessor(me)),
      revision: 1,
      parentId: (await newProcessor(me)).processorId,
    }),
    ids: { ...ids, parentId: 'processor.not_found' },
    leaves: { tenant: ['processor.changed'] },
  },
  'processor.end': {
    input: async (me) => ({ ...(await newProcessor(me)), reason: 'Its service is not used any more.' }),
    ids,
    leaves: { tenant: ['processor.ended'] },
  },
  'processor.keep_agreement': {
    input: async (me) => ({ ...(await agreement(me)), ...(await newAgreement(me)) }),
    ids: { ...ids, agreementId: 'processor.agreement_not_found', fileIds: 'file.not_found' },
    leaves: { tenant: ['agreement.changed'] },
  },
  'processor.end_agreement': {
    input: async (me) => ({ ...(await newAgreement(me)), reason: 'It was replaced.' }),
    ids: { ...ids, agreementId: 'processor.agreement_not_found' },
    leaves: { tenant: ['agreement.ended'] },
  },
  'processor.keep_proof': {
    input: async (me) => ({ ...(await proof(me)), ...(await newProof(me)) }),
    ids: { ...ids, proofId: 'processor.proof_not_found', fileIds: 'file.not_found' },
    leaves: { tenant: ['evidence.replaced'] },
  },
  'processor.withdraw_proof': {
    input: async (me) => ({ ...(await newProof(me)), reason: 'It was of another company.' }),
    ids: { ...ids, proofId: 'processor.proof_not_found' },
    leaves: { tenant: ['certificate.removed'] },
  },
  'processor.answer_control': {
    input: async (me) => ({ ...(await newControl(me)), statementId: await newLine(me), answer: 'Two people do.' }),
    ids: { controlId: 'processor.control_not_found', statementId: 'processor.line_unknown' },
    leaves: { tenant: ['processor.changed'] },
  },
  'processor.guarantee': {
    input: async (me) => ({
      ...(await newProcessor(me)),
      shares: [{ catalogueId: 'redundancy', statementId: await newLine(me), byProcessor: 'Runs it twice.' }],
    }),
    ids,
    leaves: { tenant: ['processor.changed'] },
  },
  'processor.plan_review': { input: newProcessor, ids, leaves: { tenant: ['processor.changed', 'duty.created'] } },
  'processor.read_document': {
    input: async (me) => ({ ...(await newProcessor(me)), name: 'tom.md' }),
    ids,
    leaves: { tenant: ['processor.document', 'evidence.added'] },
  },
  'processor.watch': {
    input: async (me) => ({ ...(await newProcessor(me)), address: 'https://processor.example/measures.txt' }),
    ids,
    leaves: { tenant: ['processor.changed'] },
  },
  'processor.look': { input: watched, ids, leaves: { tenant: ['processor.document'] } },
  'processor.announce': {
    input: async (me) => ({
      kind: 'replace',
      ...(await planned(me)),
      replacesId: (await newProcessor(me)).processorId,
      reason: 'It is nearer.',
    }),
    ids: { ...ids, replacesId: 'processor.not_found' },
    leaves: { tenant: ['processor.announced'] },
  },
  'processor.withdraw_change': {
    input: async (me) => ({ ...(await newChange(me)), reason: 'It is not needed.' }),
    ids: { changeId: 'processor.change_not_found' },
    leaves: { tenant: ['processor.announced'] },
  },
  'processor.object': {
    input: async (me) => ({ ...(await newChange(me)), customer: 'Customer', receivedOn: day(0) }),
    ids: { changeId: 'processor.change_not_found' },
    leaves: { tenant: ['processor.objected'] },
  },
  'processor.decide_objection': {
    input: async (me) => ({ ...(await newObjection(me)), outcome: 'rejected', reason: 'The safeguards are the same.' }),
    ids: { objectionId: 'processor.objection_not_found' },
    leaves: { tenant: ['processor.objected'] },
  },
  'processor.configure': {
    input: () => ({ isPublic: true, noticeDays: 30 }),
    leaves: { tenant: ['processor.changed'] },
  },
} satisfies Record<string, Row>
