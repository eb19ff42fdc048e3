import { randomUUID } from 'node:crypto'
import { dataProtection } from '../../../apps/server/src/person/courses/data-protection.ts'
import { todayOfTenants } from '../today.ts'
import { newFile } from './file.ts'
import { seenOn } from './prove.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const someone = () => ({ name: 'Kim Example', email: `${randomUUID()}@example.com`, position: 'Operations' })
const newPerson = async (me: Me) => await must<{ personId: string }>(me, 'person.add', someone())

const today = () => todayOfTenants()

/** Somebody whose record is the caller's own. */
async function newOwn(me: Me): Promise<{ personId: string }> {
  const { record } = await must<{ record: { person: { id: string } } | null }>(me, 'record.mine', {})
  if (record) return { personId: record.person.id }
  const person = await newPerson(me)
  await must(me, 'record.link', { ...person, accountId: me.accountId })
  return person
}
const newCourse = async (me: Me) => await must<{ courseId: string }>(me, 'course.add', { title: 'Fire protection' })
const newTraining = async (me: Me) => {
  const both = { ...(await newPerson(me)), ...(await newCourse(me)) }
  const days = { completedOn: '2026-01-31', expiresOn: '2027-01-31' }
  const added = { ...both, ...days, provider: 'A provider' }
  return { trainingId: (await must<{ trainingId: string }>(me, 'training.add', added)).trainingId }
}
async function shippedCourse(me: Me): Promise<{ courseId: string }> {
  const { courses } = await must<{ courses: { courseId: string; key: string | null }[] }>(me, 'course.list', {})
  const known = courses.find(({ key }) => key === 'data-protection')
  if (known) return { courseId: known.courseId }
  return await must<{ courseId: string }>(me, 'course.add', { shipped: 'data-protection', title: 'Data protection' })
}

interface Asked {
  readonly attemptId: string
  readonly questions: readonly { readonly questionId: string; readonly answers: readonly string[] }[]
}

/** A try that is answered as the course says it. */
async function answered(me: Me) {
  await newOwn(me)
  const { attemptId, questions } = await must<Asked>(me, 'quiz.start', await shippedCourse(me))
  const right = new Map(dataProtection.questions.map(({ id, answers }) => [id, answers[0]?.en]))
  return {
    attemptId,
    answers: questions.map(({ questionId, answers }) => ({
      questionId,
      answer: answers.indexOf(right.get(questionId) ?? ''),
    })),
  }
}
const newList = async (me: Me) => {
  const person = await newPerson(me)
  const { checklistId } = await must<{ checklistId: string }>(me, 'checklist.start', {
    ...person,
    kind: 'joiner',
    fromOn: today(),
  })
  const shown = await must<{ checklists: { points: { itemId: string }[] }[] }>(me, 'record.show', person)
  return { checklistId, itemId: shown.checklists[0]?.points[0]?.itemId ?? '' }
}
const newTemplate = async (me: Me) =>
  await must<{ templateId: string }>(me, 'checklist.save_template', {
    kind: 'leaver',
    title: 'Workshop',
    items: [{ text: 'Hand in the tools', days: 0 }],
  })
const thing = () => ({ kind: 'key' as const, label: 'Front door', number: randomUUID() })
const newItem = async (me: Me) => await must<{ itemId: string }>(me, 'item.add', thing())
async function newHandover(me: Me) {
  const [item, person] = [await newItem(me), await newPerson(me)]
  await must(me, 'item.issue', { ...item, ...person, issuedOn: '2026-01-31' })
  return { ...item, ...person }
}
/** A tenant in which everybody is bound to confidentiality. */
async function everybodyBound(me: Me): Promise<{ measure: 'confidentiality-agreements' }> {
  const { people } = await must<{ people: { id: string }[] }>(me, 'person.list', {})
  const all = people.length === 0 ? [(await newPerson(me)).personId] : people.map(({ id }) => id)
  for (const personId of all) await must(me, 'confidentiality.add', { personId, signedOn: '2026-01-31' })
  return { measure: 'confidentiality-agreements' }
}
const csv = () => `name;email\nKim Example;${randomUUID()}@example.com\n`

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
    input: async (me) => ({ ...someone(), ...(await newPerson(me)) }),
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.changed'] },
  },
  'person.remove': {
    input: newPerson,
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.deleted'] },
  },
  'record.list': {},
  'record.show': { input: newPerson, ids: { personId: 'person.not_found' } },
  'record.mine': {},
  'record.copy': {
    input: async (me) => {
      await newOwn(me)
      return {}
    },
  },
  'record.link': {
    input: async (me) => ({ ...(await newPerson(me)), accountId: (await me.world.person(me.tenant)).accountId }),
    ids: { personId: 'person.not_found', accountId: 'person.member_not_found' },
    leaves: { tenant: ['person.changed'] },
  },
  'record.move': {
    input: async (me) => ({ ...(await newPerson(me)), movedOn: today(), area: 'Development' }),
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.changed'] },
  },
  'confidentiality.add': {
    input: async (me) => ({
      ...(await newPerson(me)),
      signedOn: '2026-01-31',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { personId: 'person.not_found', fileIds: 'file.not_found' },
    leaves: { tenant: ['confidentiality.signed'] },
  },
  'confidentiality.withdraw': {
    input: async (me) => ({
      ...(await must<{ agreementId: string }>(me, 'confidentiality.add', {
        ...(await newPerson(me)),
        signedOn: '2026-01-31',
      })),
      reason: 'It was the wrong paper.',
    }),
    ids: { agreementId: 'person.agreement_not_found' },
    leaves: { tenant: ['confidentiality.withdrawn'] },
  },
  'staff.show': {},
  'staff.sign': { input: everybodyBound, leaves: { tenant: ['signoff.given'] } },
  'staff.withdraw': {
    input: async (me) => {
      const wanted = await everybodyBound(me)
      await must(me, 'staff.sign', wanted)
      return { ...wanted, reason: 'It is kept elsewhere.' }
    },
    leaves: { tenant: ['signoff.withdrawn'] },
  },
  'staff.preview': { input: () => ({ csv: csv() }), noLeaf: 'It writes nothing.' },
  'staff.import': { input: () => ({ csv: csv() }), leaves: { tenant: ['import.batch', 'person.joined'] } },
  'staff.export': {},
  'course.list': {},
  'course.show': { input: shippedCourse, ids: { courseId: 'training.course_not_found' } },
  'course.add': { input: () => ({ title: 'First aid' }), leaves: { tenant: ['course.created'] } },
  'course.change': {
    input: async (me) => ({ ...(await newCourse(me)), title: 'Fire protection, by others' }),
    ids: { courseId: 'training.course_not_found' },
    leaves: { tenant: ['course.changed'] },
  },
  'course.retire': {
    input: newCourse,
    ids: { courseId: 'training.course_not_found' },
    leaves: { tenant: ['course.retired'] },
  },
  'quiz.start': {
    input: async (me) => {
      await newOwn(me)
      return await shippedCourse(me)
    },
    ids: { courseId: 'training.course_not_found' },
    noLeaf: 'A try says nothing before it is answered.',
  },
  'quiz.answer': {
    input: answered,
    ids: { attemptId: 'training.attempt_not_found' },
    leaves: { tenant: ['training.completed'] },
  },
  'training.add': {
    input: async (me) => ({
      ...(await newPerson(me)),
      ...(await newCourse(me)),
      provider: 'A provider',
      completedOn: '2026-01-31',
      expiresOn: '2027-01-31',
      fileIds: [(await newFile(me)).fileId],
    }),
    ids: { personId: 'person.not_found', courseId: 'training.course_not_found', fileIds: 'file.not_found' },
    leaves: { tenant: ['training.completed'] },
  },
  'training.withdraw': {
    input: async (me) => ({ ...(await newTraining(me)), reason: 'It was of somebody else.' }),
    ids: { trainingId: 'training.not_found' },
    leaves: { tenant: ['training.withdrawn'] },
  },
  'training.certificate': {
    input: async (me) => {
      const given = await answered(me)
      const { trainingId } = await must<{ trainingId: string }>(me, 'quiz.answer', given)
      return { trainingId }
    },
    ids: { trainingId: 'training.not_found' },
  },
  'checklist.templates': {},
  'checklist.list': {},
  'checklist.save_template': {
    input: async (me) => ({
      ...(await newTemplate(me)),
      kind: 'leaver',
      title: 'Workshop',
      items: [{ text: 'Hand in the tools', days: 0 }],
    }),
    ids: { templateId: 'checklist.template_not_found' },
    leaves: { tenant: ['checklist.changed'] },
  },
  'checklist.remove_template': {
    input: newTemplate,
    ids: { templateId: 'checklist.template_not_found' },
    leaves: { tenant: ['checklist.removed'] },
  },
  'checklist.start': {
    input: async (me) => ({
      ...(await newPerson(me)),
      ...(await newTemplate(me)),
      kind: 'leaver',
      fromOn: today(),
    }),
    ids: { personId: 'person.not_found', templateId: 'checklist.template_not_found' },
    leaves: { tenant: ['checklist.started'] },
  },
  'checklist.tick': {
    input: async (me) => ({ itemId: (await newList(me)).itemId, state: 'done' }),
    ids: { itemId: 'checklist.item_not_found' },
    leaves: { tenant: ['checklist.ticked'] },
  },
  'checklist.remove': {
    input: async (me) => ({ checklistId: (await newList(me)).checklistId }),
    ids: { checklistId: 'checklist.not_found' },
    leaves: { tenant: ['checklist.removed'] },
  },
  'item.list': {},
  'item.export': {},
  'item.add': { input: thing, leaves: { tenant: ['device.changed'] } },
  'item.change': {
    input: async (me) => ({ ...(await newItem(me)), ...thing() }),
    ids: { itemId: 'item.not_found' },
    leaves: { tenant: ['device.changed'] },
  },
  'item.retire': {
    input: async (me) => ({ itemId: (await newHandover(me)).itemId, reason: 'It was lost.' }),
    ids: { itemId: 'item.not_found' },
    leaves: { tenant: ['device.changed'] },
  },
  'item.issue': {
    input: async (me) => ({ ...(await newItem(me)), ...(await newPerson(me)), issuedOn: '2026-01-31' }),
    ids: { itemId: 'item.not_found', personId: 'person.not_found' },
    leaves: { tenant: ['device.issued'] },
  },
  'item.return': {
    input: async (me) => ({ itemId: (await newHandover(me)).itemId, returnedOn: today() }),
    ids: { itemId: 'item.not_found' },
    leaves: { tenant: ['device.returned'] },
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
