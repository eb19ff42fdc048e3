import { adopt, keepDocument } from '../../../apps/server/src/measure/index.ts'
import type { Row } from './row.ts'
import { after, document, must, oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

let reading: ReturnType<Me['world']['server']['read']> | undefined
/** Read once: a process of its own does it. */
const readOnce = ({ world }: Me) => (reading ??= world.server.read(document, 'tom.md', new Date()))

/** A document that was read. */
async function newDraft(me: Me): Promise<{ documentId: string }> {
  const read = await readOnce(me)
  const { id } = await me.world.server.tenants.asSystem(me.tenant, (tx) => keepDocument(tx, document, read))
  return { documentId: id }
}

/** A document that is the register. */
async function newRegister(me: Me): Promise<{ documentId: string }> {
  const { documentId } = await newDraft(me)
  await me.world.server.tenants.asSystem(me.tenant, (tx) => adopt(tx, documentId))
  return { documentId }
}

/** A register that nobody changes. */
export const aRegister = oncePerTenant(newRegister)

interface Lines {
  statements: { text: string; measure: { id: string; revision: number } | null }[]
}

/** A measure of a new register. @param word that its statement has */
export async function newMeasure(me: Me, word = 'TLS'): Promise<{ measureId: string; revision: number }> {
  const { statements } = await must<Lines>(me, 'register.show', await newRegister(me))
  const measure = statements.find(({ text }) => text.includes(word))?.measure
  if (!measure) throw new Error(`no line says ${word}`)
  return { measureId: measure.id, revision: measure.revision }
}

/** The lines of a new register, and one that can be changed. */
async function linesOf(me: Me) {
  const { statements } = await must<{ statements: (Lines['statements'][number] & { id: string })[] }>(
    me,
    'register.show',
    await newRegister(me),
  )
  const measure = statements.find(({ text }) => text.includes('TLS'))?.measure
  if (!measure) throw new Error('no line says TLS')
  return { statements, target: { measureId: measure.id, revision: measure.revision } }
}

/** A line of a new register. */
export async function newLine(me: Me): Promise<string> {
  return (await aStatement(me)) ?? ''
}

async function aStatement(me: Me): Promise<string | undefined> {
  return (await linesOf(me)).statements[0]?.id
}

/** A system with its connection. */
export async function newConnection(me: Me): Promise<{ connectionId: string; systemId: string }> {
  const {
    connections: [connectionId = ''],
  } = await must<{ connections: string[] }>(me, 'connection.add', newTarget())
  const { connections } = await must<{ connections: { id: string; systemId: string }[] }>(me, 'connection.list')
  const systemId = connections.find(({ id }) => id === connectionId)?.systemId ?? ''
  return { connectionId, systemId }
}

let targets = 0
/** Something on this machine, where a tenant may not look: each look ends at once. */
export const newTarget = () => ({ target: `http://127.0.0.1:${10_000 + targets++}/` })

async function newComment(me: Me): Promise<{ commentId: string }> {
  const { measureId } = await newMeasure(me)
  const { commentId } = await must<{ commentId: string }>(me, 'measure.comment', { measureId, text: 'Really?' })
  return { commentId }
}

const measureIds = { measureId: 'measure.not_found' }
const documentIds = { documentId: 'measure.document_not_found' }

/** Documents and the register. */
export const registerRows = {
  'document.read': { leaves: { tenant: ['document.read'] } },
  'document.list': {},
  'document.adopt': { input: newDraft, ids: documentIds, leaves: { tenant: ['measure.created'] } },
  'document.discard': { input: newDraft, ids: documentIds, leaves: { tenant: ['document.deleted'] } },
  'register.show': { input: aRegister, ids: documentIds },
  'measure.list': { input: after(aRegister) },
  'measure.show': {
    input: async (me) => ({ measureId: (await newMeasure(me)).measureId }),
    ids: measureIds,
  },
  'measure.confirm': {
    input: (me) => newMeasure(me),
    ids: measureIds,
    leaves: { tenant: ['mapping.confirmed'] },
  },
  'measure.confirm_section': {
    input: async (me) => ({ ...(await newRegister(me)), section: 'Confidentiality' }),
    ids: documentIds,
    leaves: { tenant: ['mapping.confirmed'] },
  },
  'measure.change': {
    input: async (me) => ({
      ...(await newMeasure(me)),
      owner: 'Operations',
      scope: [(await newConnection(me)).systemId],
    }),
    ids: { ...measureIds, scope: 'measure.unknown_system' },
    notMissing: 'a scope is a value of the measure and no address of something',
    leaves: { tenant: ['measure.changed'] },
  },
  'measure.split': {
    input: async (me) => ({
      ...(await newMeasure(me, 'Backups')),
      parts: ['Backups are made daily', 'restored every 3 months.'],
    }),
    ids: measureIds,
    leaves: { tenant: ['statement.split'] },
  },
  'measure.merge': { input: (me) => newMeasure(me), ids: measureIds, leaves: { tenant: ['statement.merged'] } },
  'measure.ignore': {
    input: async (me) => ({ ...(await newMeasure(me)), reason: 'said elsewhere' }),
    ids: measureIds,
    leaves: { tenant: ['statement.ignored'] },
  },
  'measure.restore': {
    async input(me) {
      const { measureId, revision } = await newMeasure(me)
      await must(me, 'measure.ignore', { measureId, revision, reason: 'said elsewhere' })
      return { measureId, revision: revision + 1 }
    },
    ids: measureIds,
    leaves: { tenant: ['measure.changed'] },
  },
  'measure.reword': {
    input: async (me) => ({ ...(await newMeasure(me)), text: 'All traffic uses TLS 1.3.' }),
    ids: measureIds,
    leaves: { tenant: ['statement.changed'] },
  },
  'measure.add': {
    input: async (me) => ({ behind: await aStatement(me), text: 'Screens lock after 5 minutes.' }),
    ids: { behind: 'measure.line_not_found' },
    leaves: { tenant: ['statement.created'] },
  },
  'measure.move': {
    input: async (me) => {
      const { statements, target } = await linesOf(me)
      return { ...target, behind: statements[0]?.id }
    },
    ids: { ...measureIds, behind: 'measure.line_not_found' },
    leaves: { tenant: ['statement.moved'] },
  },
  'measure.remove': {
    input: async (me) => ({ ...(await newMeasure(me)), reason: 'said elsewhere' }),
    ids: measureIds,
    leaves: { tenant: ['statement.removed'] },
  },
  'comment.list': {
    input: async (me) => ({ measureId: (await newMeasure(me)).measureId }),
    ids: measureIds,
  },
  'measure.comment': {
    input: async (me) => ({ measureId: (await newMeasure(me)).measureId, text: 'Really?' }),
    ids: measureIds,
    leaves: { tenant: ['comment.added'] },
  },
  'comment.withdraw': {
    input: newComment,
    ids: { commentId: 'measure.no_comment' },
    leaves: { tenant: ['comment.withdrawn'] },
  },
} satisfies Record<string, Row>
