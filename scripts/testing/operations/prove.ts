import { randomUUID } from 'node:crypto'
import { makeDraft } from '../../../apps/server/src/edition/index.ts'
import { aRegister, newConnection, newTarget } from './register.ts'
import type { Row } from './row.ts'
import { after, must, oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

/** A run that is over. */
const aRun = oncePerTenant(async (me) => {
  const { connectionId } = await newConnection(me)
  const { runId } = await must<{ runId: string }>(me, 'check.run', { connectionIds: [connectionId] })
  await me.world.server.runNow(me.tenant, runId)
  return { runId }
})

const anOutcome = oncePerTenant(async (me) => {
  await aRun(me)
  const { outcomes } = await must<{ outcomes: { id: string; systemId: string }[] }>(me, 'outcome.list')
  const [first] = outcomes
  if (!first) throw new Error('the run has no outcome')
  return { outcomeId: first.id, systemId: first.systemId }
})

async function newFinding(me: Me): Promise<{ key: string }> {
  const key = `tls.protocols/${randomUUID().replaceAll('-', '').slice(0, 24)}`
  const { systemId } = await anOutcome(me)
  await me.world.server.tenants.asSystem(me.tenant, ({ sql, now, newId }) =>
    sql.query(
      `insert into finding (id, key, check_id, system_id, subject, severity, say, opened_at, seen_at)
       values ($1, $2, 'tls.protocols', $3, '', 'high', '{"en": "x", "de": "x"}', $4, $4)`,
      [newId(), key, systemId, now],
    ),
  )
  return { key }
}

/** A draft that can be signed: what it promises is changed by no run that still goes on. */
export async function newDraft(me: Me): Promise<{ editionId: string }> {
  const { server } = me.world
  await aRegister(me)
  const { rows } = await server.tenants.asSystem(me.tenant, ({ sql }) =>
    sql.query<{ id: string }>(`select id from run where state in ('queued', 'running')`),
  )
  for (const { id } of rows) await server.runNow(me.tenant, id)
  const editionId = await server.tenants.asSystem(me.tenant, (tx) => makeDraft(tx), { settled: true })
  await decideAll(me)
  return { editionId }
}

/** Says of every change since the last edition that it is meant. */
async function decideAll(me: Me): Promise<void> {
  const { editions } = await must<{ editions: { state: string }[] }>(me, 'edition.list')
  if (editions.every(({ state }) => state === 'draft')) return
  const { changes } = await must<{ changes: OpenChange[] }>(me, 'edition.compare')
  for (const { key, decision, decided } of changes)
    if (decision === 'needed' && decided === null)
      await must(me, 'edition.decide', { change: key, reason: 'Meant so in this test.' })
}

/** What of a change tells whether somebody has to decide. */
interface OpenChange {
  readonly key: string
  readonly decision: 'needed' | 'not-needed'
  readonly decided: unknown
}

const anEdition = oncePerTenant(newDraft)

/** A published edition, and a register that promises less by now. */
async function aWeakening(me: Me): Promise<{ change: string; reason: string }> {
  await must(me, 'edition.sign', await newDraft(me))
  const { statements } = await must<Register>(me, 'register.show')
  const measure = statements.find((one) => one.measure !== null)?.measure
  if (!measure) throw new Error('a register without measures')
  await must(me, 'measure.ignore', { measureId: measure.id, revision: measure.revision, reason: 'not ours' })
  const { changes } = await must<{ changes: OpenChange[] }>(me, 'edition.compare')
  return {
    change: changes.find(({ decision }) => decision === 'needed')?.key ?? '',
    reason: 'We never did this ourselves.',
  }
}

/** What of the register a weakening needs. */
interface Register {
  readonly statements: readonly { readonly measure: { readonly id: string; readonly revision: number } | null }[]
}

const connectionIds = { connectionId: 'connection.not_found' }
const editionIds = { editionId: 'edition.not_found' }
const connectionOf = async (me: Me) => ({ connectionId: (await newConnection(me)).connectionId })

/** Connections, checks, findings and editions. */
export const proveRows = {
  'system.list': {},
  'connection.add': { input: newTarget, leaves: { tenant: ['connection.created'] } },
  'connection.list': {},
  'connector.list': {},
  'connection.enter': {
    async input(me) {
      const { target } = newTarget()
      const { connections } = await must<{ connections: string[] }>(me, 'connection.add', { target })
      return { connectionId: connections[0] ?? '', settings: { url: target } }
    },
    ids: connectionIds,
    leaves: { tenant: ['connection.changed'] },
  },
  'connection.pause': {
    input: async (me) => ({ ...(await connectionOf(me)), paused: true }),
    ids: connectionIds,
    leaves: { tenant: ['connection.changed'] },
  },
  'connection.remove': { input: connectionOf, ids: connectionIds, leaves: { tenant: ['connection.deleted'] } },
  'check.list': {},
  'check.run': {
    input: async (me) => ({ connectionIds: [(await newConnection(me)).connectionId] }),
    ids: { connectionIds: 'connection.not_found' },
    leaves: { tenant: ['check.run'] },
  },
  'run.watch': { input: aRun, ids: { runId: 'check.run_not_found' } },
  'outcome.list': {
    input: async (me) => ({ systemId: (await anOutcome(me)).systemId }),
    filters: ['systemId'],
  },
  'outcome.history': {
    input: async (me) => ({ outcomeId: (await anOutcome(me)).outcomeId }),
    ids: { outcomeId: 'check.outcome_not_found' },
  },
  'outcome.facts': {
    input: async (me) => ({ outcomeId: (await anOutcome(me)).outcomeId }),
    ids: { outcomeId: 'check.outcome_not_found' },
  },
  'finding.list': {},
  'finding.change': {
    input: async (me) => ({ ...(await newFinding(me)), owner: 'Operations', due: '2030-01-31' }),
    ids: { key: 'finding.not_found' },
    leaves: { tenant: ['finding.assigned'] },
  },
  'edition.list': {},
  'edition.draft': {
    input: after(aRegister),
    leaves: { tenant: ['edition.drafted'] },
  },
  'edition.sign': { input: anEdition, ids: editionIds, leaves: { tenant: ['edition.published'] } },
  'edition.compare': {
    input: async (me) => ({ from: (await anEdition(me)).editionId }),
    ids: { from: 'edition.not_found' },
  },
  'edition.decide': {
    input: aWeakening,
    leaves: { tenant: ['decision.recorded'] },
  },
  'edition.file': { input: async (me) => ({ ...(await anEdition(me)), format: 'pdf' }), ids: editionIds },
} satisfies Record<string, Row>
