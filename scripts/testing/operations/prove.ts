import { randomUUID } from 'node:crypto'
import type { DrillPush, Push } from '@art32/probes'
import { keepSeen } from '../readings.ts'
import { makeDraft } from '../../../apps/server/src/edition/index.ts'
import { aRegister, newConnection, newTarget, newMeasure } from './register.ts'
import { makePng } from '../png.ts'
import { drillPush, newDrillSigner } from '../drill.ts'
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

export async function newFinding(me: Me): Promise<{ key: string }> {
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

const aDay = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

const terms = async (me: Me) => ({
  ...(await newFinding(me)),
  reason: 'The host is replaced in spring.',
  owner: 'Operations',
  until: aDay,
})

async function newException(me: Me): Promise<{ exceptionId: string; reason: string }> {
  const { exceptionId } = await must<{ exceptionId: string }>(me, 'exception.declare', await terms(me))
  return { exceptionId, reason: 'It was replaced.' }
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
  const editionId = await server.tenants.asSystem(me.tenant, (tx) => makeDraft(tx, server), { settled: true })
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

/** A change of facts that nobody approved. */
async function newChange(me: Me): Promise<{ changeId: string; systemId: string }> {
  const { systemId } = await anOutcome(me)
  const changeId = randomUUID()
  const hash = randomUUID().replaceAll('-', '').repeat(2)
  await me.world.server.tenants.asSystem(me.tenant, async ({ sql, now, newId }) => {
    await sql.query('insert into fact_content (hash, facts, seen_at) values ($1, null, $2)', [hash, now])
    await sql.query(
      `insert into fact_change (id, system_id, connection_id, connector, part, after_hash, at, size)
       values ($1, $2, $3, 'tls', 'protocols', $4, $5, 0)`,
      [changeId, systemId, newId(), hash, now],
    )
  })
  return { changeId, systemId }
}

/** Something discovered that nobody declared. */
async function newDiscovered(me: Me): Promise<{ discoveredId: string; systemId: string }> {
  const { systemId } = await anOutcome(me)
  const discoveredId = randomUUID()
  await me.world.server.tenants.asSystem(me.tenant, ({ sql, now, newId }) =>
    sql.query(
      `insert into discovered (id, told_by, connection_id, part, kind, key, name, found_at, seen_at)
       values ($1, $2, $3, 'servers', 'server', $5, 'web-1', $4, $4)`,
      [discoveredId, systemId, newId(), now, discoveredId],
    ),
  )
  return { discoveredId, systemId }
}

/** A run that was cancelled before it looked. */
async function newCancelled(me: Me): Promise<{ runId: string }> {
  const { connectionId } = await newConnection(me)
  const runId = randomUUID()
  await me.world.server.tenants.asSystem(me.tenant, ({ sql, now }) =>
    sql.query(`insert into run (id, connection_ids, state, requested_at) values ($1, $2, 'cancelled', $3)`, [
      runId,
      [connectionId],
      now,
    ]),
  )
  return { runId }
}

/** A run that waits, and for which no job was queued: nobody ends it meanwhile. */
async function newWaiting(me: Me): Promise<{ runId: string }> {
  const { runId } = await newCancelled(me)
  await me.world.server.tenants.asSystem(me.tenant, ({ sql }) =>
    sql.query(`update run set state = 'queued' where id = $1`, [runId]),
  )
  return { runId }
}

const runIds = { runId: 'check.run_not_found' }
const discoveredIds = { discoveredId: 'system.discovered_not_found' }
const anEdition = oncePerTenant(newDraft)

/** An edition that is signed off. */
export const aPublished = oncePerTenant(async (me: Me): Promise<{ editionId: string }> => {
  await must(me, 'edition.sign', await newDraft(me))
  const { editions } = await must<{ editions: { id: string; state: string }[] }>(me, 'edition.list')
  return { editionId: editions.find(({ state }) => state === 'edition')?.id ?? '' }
})

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
/** What a computer sends that nobody has seen before. */
const newPush = (): Push => ({
  format: 'art32.host/1',
  computer: randomUUID().replaceAll('-', ''),
  at: new Date().toISOString(),
  collector: 'test',
  groups: { volumes: { read: 'ok', complete: true, facts: [{ mount: '/', device: 'sda', encrypted: true }] } },
})

/** What a drill sends that somebody connected before. */
const newDrill = async (me: Me): Promise<DrillPush> => drillPush(await connectedDrill(me))

async function connectedDrill(me: Me): Promise<string> {
  const drill = `drill-${randomUUID()}`
  await must(me, 'connection.add', { connector: 'drill', settings: { drill } })
  return drill
}

/** A drill with a key. */
async function newDrillKey(me: Me): Promise<{ drill: string; publicKey: string }> {
  const entered = { drill: await connectedDrill(me), publicKey: newDrillSigner().key }
  await must(me, 'drill.key_add', entered)
  return entered
}

async function newComputer(me: Me): Promise<{ connectionId: string }> {
  const push = newPush()
  await must(me, 'computer.push', push)
  const { computers } = await must<{ computers: { connectionId: string; computer: string }[] }>(me, 'computer.list')
  const found = computers.find(({ computer }) => computer === push.computer)
  if (!found) throw new Error('the computer is not listed')
  return { connectionId: found.connectionId }
}

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
  'computer.push': { input: newPush, leaves: { tenant: ['check.run', 'check.outcome', 'connection.created'] } },
  'computer.import': {
    file: () => Promise.resolve(Buffer.from(JSON.stringify([newPush()]))),
    leaves: { tenant: ['check.run', 'check.outcome'] },
  },
  'computer.list': {},
  'computer.name': {
    input: async (me) => ({ ...(await newComputer(me)), name: `Laptop ${randomUUID()}` }),
    ids: connectionIds,
    leaves: { tenant: ['system.changed', 'connection.changed'] },
  },
  'computer.collector': { input: () => ({ file: 'collect-host.sh' }) },
  'drill.push': { input: newDrill, leaves: { tenant: ['check.run', 'check.outcome'] } },
  'drill.list': { input: after(newDrillKey) },
  'drill.key_add': {
    input: async (me) => ({ drill: await connectedDrill(me), publicKey: newDrillSigner().key }),
    leaves: { tenant: ['connection.changed'] },
  },
  'drill.key_remove': { input: newDrillKey, leaves: { tenant: ['connection.changed'] } },
  'check.list': {},
  'check.run': {
    input: async (me) => ({ connectionIds: [(await newConnection(me)).connectionId] }),
    ids: { connectionIds: 'connection.not_found' },
    leaves: { tenant: ['check.run'] },
  },
  'check.outdated': {},
  'check.rejudge': { noLeaf: 'Puts into the queue only; each outcome that comes of it is a leaf.' },
  'run.list': {},
  'run.cancel': { input: newWaiting, ids: runIds, leaves: { tenant: ['check.run'] } },
  'run.resume': { input: newCancelled, ids: runIds, leaves: { tenant: ['check.run'] } },
  'fact.changes': {
    input: async (me) => ({ systemId: (await newChange(me)).systemId }),
    filters: ['systemId'],
  },
  'fact.approve': {
    input: async (me) => ({ changeIds: [(await newChange(me)).changeId], note: 'planned' }),
    ids: { changeIds: 'check.change_not_found' },
    leaves: { tenant: ['facts.approved'] },
  },
  'scope.list': {},
  'scope.declare': {
    input: newDiscovered,
    ids: { discoveredId: 'system.discovered_not_found', systemId: 'system.not_found' },
    leaves: { tenant: ['scope.changed'] },
  },
  'scope.exclude': {
    input: async (me) => ({ discoveredId: (await newDiscovered(me)).discoveredId, reason: 'not ours' }),
    ids: discoveredIds,
    leaves: { tenant: ['scope.changed'] },
  },
  'scope.reopen': {
    input: async (me) => ({ discoveredId: (await newDiscovered(me)).discoveredId }),
    ids: discoveredIds,
    leaves: { tenant: ['scope.changed'] },
  },
  'run.watch': { input: aRun, ids: { runId: 'check.run_not_found' } },
  'outcome.list': {
    input: async (me) => ({ systemId: (await anOutcome(me)).systemId }),
    filters: ['systemId'],
  },
  'outcome.export': {
    input: async (me) => ({ systemId: (await anOutcome(me)).systemId, format: 'oscal' }),
    filters: ['systemId'],
  },
  'outcome.history': {
    input: async (me) => ({ outcomeId: (await anOutcome(me)).outcomeId }),
    ids: { outcomeId: 'check.outcome_not_found' },
  },
  'outcome.recompute': {
    input: async (me) => ({ outcomeId: (await anOutcome(me)).outcomeId }),
    ids: { outcomeId: 'check.outcome_not_found' },
  },
  'outcome.facts': {
    input: async (me) => ({ outcomeId: (await anOutcome(me)).outcomeId }),
    ids: { outcomeId: 'check.outcome_not_found' },
  },
  'finding.list': {},
  'finding.export': { input: () => ({ state: 'open', language: 'de' }) },
  'finding.history': { input: newFinding, ids: { key: 'finding.not_found' } },
  'finding.comment': {
    input: async (me) => ({ ...(await newFinding(me)), text: 'Since when?' }),
    ids: { key: 'finding.not_found' },
    leaves: { tenant: ['comment.added'] },
  },
  'exception.list': { input: after(newException) },
  'exception.declare': {
    input: terms,
    ids: { key: 'finding.not_found' },
    leaves: { tenant: ['exception.declared'] },
  },
  'exception.withdraw': {
    input: newException,
    ids: { exceptionId: 'exception.not_found' },
    leaves: { tenant: ['exception.withdrawn'] },
  },
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
  // Signing takes the draft out, which others still look at.
  'edition.sign': { input: newDraft, ids: editionIds, leaves: { tenant: ['edition.published'] } },
  'edition.compare': {
    input: async (me) => {
      const { editionId } = await anEdition(me)
      return { from: editionId, to: editionId }
    },
    ids: { from: 'edition.not_found', to: 'edition.not_found' },
  },
  'edition.decide': {
    input: aWeakening,
    leaves: { tenant: ['decision.recorded'] },
  },
  'edition.weigh': {
    input: async (me) => ({ measureId: (await newMeasure(me)).measureId, text: 'TLS 1.0 is allowed.' }),
    ids: { measureId: 'measure.not_found' },
    noLeaf: 'It tells what would need a decision, and changes nothing.',
  },
  'edition.annex': {
    input: async (me) => ({ ...(await aPublished(me)), preset: 'dpa-annex', format: 'html' }),
    ids: editionIds,
  },
  'edition.file': { input: async (me) => ({ ...(await anEdition(me)), format: 'pdf' }), ids: editionIds },
  'letterhead.show': {},
  'letterhead.colour': { input: () => ({ colour: '#1d5b8c' }), leaves: { tenant: ['letterhead.changed'] } },
  'letterhead.logo': { file: () => Promise.resolve(makePng()), leaves: { tenant: ['letterhead.changed'] } },
  'letterhead.remove_logo': { leaves: { tenant: ['letterhead.changed'] } },
} satisfies Record<string, Row>
