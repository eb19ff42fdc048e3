import { randomUUID } from 'node:crypto'
import { keepSeen } from '../readings.ts'
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

/** A system that something was seen on, as if a look had been there. @param facts groups of facts */
export async function seenOn(me: Me, connector: string, facts: object): Promise<{ systemId: string }> {
  const name = `${connector} ${randomUUID()}`
  const { tenants } = me.world.server
  const { systemId } = await tenants.asSystem(me.tenant, (tx) => keepSeen(tx, { connector, name, facts }))
  return { systemId }
}

let incidents = 0
/** An incident that nobody acknowledged. */
async function newIncident(me: Me): Promise<{ systemId: string; incident: string; note: string }> {
  const incident = `incident-${incidents++}`
  const publishedAt = new Date(Date.now() - 3_600_000).toISOString()
  const facts = [{ id: incident, publishedAt, touches: ['*'], link: null, title: 'Slow', state: 'ongoing' }]
  const { systemId } = await seenOn(me, 'status', { incidents: facts, acknowledgements: [] })
  return { systemId, incident, note: 'Concerns no customer' }
}

/** Where a parameter is declared. */
const aParameter = oncePerTenant(async (me) => ({
  checkId: 'web.security-txt',
  systemId: (await newConnection(me)).systemId,
}))

/** A draft that can be signed: what it promises is changed by no run that still goes on. */
export async function newDraft(me: Me): Promise<{ editionId: string }> {
  const { server } = me.world
  await aRegister(me)
  const { rows } = await server.tenants.asSystem(me.tenant, ({ sql }) =>
    sql.query<{ id: string }>(`select id from run where state in ('queued', 'running')`),
  )
  for (const { id } of rows) await server.runNow(me.tenant, id)
  return { editionId: await server.tenants.asSystem(me.tenant, (tx) => makeDraft(tx), { settled: true }) }
}

const anEdition = oncePerTenant(newDraft)

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
  'platform.list': {},
  'platform.acknowledge': {
    input: newIncident,
    ids: { systemId: 'platform.not_found' },
    leaves: { tenant: ['platform.acknowledged'] },
  },
  'parameter.list': {},
  'parameter.preview': {
    input: async (me) => ({ ...(await aParameter(me)), given: { maxDays: 30 } }),
    ids: { systemId: 'system.not_found' },
    noLeaf: 'It tells what would be judged, and changes nothing.',
  },
  'parameter.set': {
    input: async (me) => ({ ...(await aParameter(me)), given: { maxDays: 30 }, reason: 'Keys are changed each month' }),
    ids: { systemId: 'system.not_found' },
    leaves: { tenant: ['parameter.changed'] },
  },
  'edition.list': {},
  'edition.draft': {
    input: after(aRegister),
    leaves: { tenant: ['edition.drafted'] },
  },
  'edition.sign': { input: anEdition, ids: editionIds, leaves: { tenant: ['edition.published'] } },
  'edition.file': { input: async (me) => ({ ...(await anEdition(me)), format: 'pdf' }), ids: editionIds },
} satisfies Record<string, Row>
