import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingKey } from '@art32/probes'
import type { Outcome } from '@art32/probes'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { listFindings } from './list.ts'
import { lookTwice, secondLookMs, settleFindings } from './settle.ts'

const first = Date.UTC(2026, 0, 5, 6)
const minutes = (n: number) => new Date(first + n * 60_000)
type State = 'pass' | 'fail' | 'not-evaluated'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(() => server.stop())

/** A system with a connection, and looks at it one after the other: what each says of one subject. */
async function aSystem() {
  const [systemId, connectionId] = [randomUUID(), randomUUID()]
  await server.tenants.asSystem('alpha', async ({ sql, now }) => {
    await sql.query(
      `insert into system (id, name, kind, environment, created_at) values ($1::uuid, $1::uuid::text, 'tls', 'production', $2)`,
      [systemId, now],
    )
    await sql.query(
      `insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at)
       values ($1::uuid, $2, 'production', 'tls', $1::uuid::text, '\\x00', 'P1D', $3, $3)`,
      [connectionId, systemId, now],
    )
  })
  let judged = false
  const look = async (state: State, n: number, subject = '1.0') => {
    await server.tenants.asSystem('alpha', (tx) =>
      settleFindings(
        { ...tx, now: minutes(n) },
        {
          systemId,
          connectionId,
          outcomes: [outcomeOf(systemId, subject, state)],
          earlier: new Set(judged ? ['tls.protocols'] : []),
        },
      ),
    )
    judged ||= state !== 'not-evaluated'
  }
  return { systemId, connectionId, look }
}

function outcomeOf(system: string, subject: string, state: State): Outcome {
  return {
    check: 'tls.protocols',
    version: 1,
    severity: 'high',
    system,
    subject,
    key: findingKey('tls.protocols', system, subject),
    state,
    because: [],
    say: { en: `says ${state}`, de: `sagt ${state}`, key: 'x', params: {} },
    parameters: {},
    at: minutes(0).toISOString(),
    freshUntil: minutes(9_999).toISOString(),
  }
}

const findingsOf = (systemId: string) =>
  server.tenants.asSystem('alpha', async (tx) =>
    (await listFindings(tx, ['open', 'excepted', 'closed'])).filter((one) => one.systemId === systemId),
  )

/** What the ledger is told of the findings of a system. */
const eventsOf = (systemId: string) =>
  server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{ type: string }>(
      `select type from log_entry where subject in (select id::text from finding where system_id = $1) order by idx`,
      [systemId],
    )
    return rows.map(({ type }) => type)
  })
const settle = async () => server.ledgers.settle(await server.registry.open('alpha'))

describe('a finding', () => {
  it('opens with the very first look that fails', async () => {
    const { systemId, look } = await aSystem()
    await look('not-evaluated', 0)
    await look('fail', 1)
    expect(await findingsOf(systemId)).toMatchObject([{ state: 'open', openedAt: minutes(1).toISOString() }])
  })

  it('is only suspected by one fail after a pass, and dismissed by a second look that passes', async () => {
    const { systemId, look } = await aSystem()
    await look('pass', 0)
    await look('fail', 1)
    expect(await findingsOf(systemId)).toMatchObject([{ state: 'suspected', closedAt: null }])
    await look('not-evaluated', 6)
    expect(await findingsOf(systemId)).toMatchObject([{ state: 'suspected' }])
    await look('pass', 11)
    expect(await findingsOf(systemId)).toMatchObject([{ state: 'closed', closedAt: minutes(11).toISOString() }])
    await settle()
    expect(await eventsOf(systemId)).toEqual([])
  })

  it('opens once a second look says the same, since the first one', async () => {
    const { systemId, look } = await aSystem()
    await look('pass', 0)
    await look('fail', 1)
    await look('fail', 6)
    expect(await findingsOf(systemId)).toMatchObject([
      { state: 'open', openedAt: minutes(1).toISOString(), seenAt: minutes(6).toISOString(), due: '2026-02-04' },
    ])
  })

  it('is closed when mended, and opens again only after two looks', async () => {
    const { systemId, look } = await aSystem()
    for (const [n, state] of (['fail', 'pass', 'fail', 'fail', 'pass', 'fail', 'pass'] as const).entries())
      await look(state, n)
    await settle()
    expect(await eventsOf(systemId)).toEqual(['finding.opened', 'finding.closed', 'finding.reopened', 'finding.closed'])
    expect(await findingsOf(systemId)).toMatchObject([{ state: 'closed', closedAt: minutes(4).toISOString() }])
  })

  it('asks for the second look some minutes later, through the connection that saw it', async () => {
    const { connectionId, look } = await aSystem()
    await look('pass', 0)
    await look('fail', 1)
    await settle()
    const { rows } = await server.databases.control.query<{ start_after: Date }>(
      `select start_after from pgboss.job where name = 'finding.second-look' and data ->> 'connectionId' = $1`,
      [connectionId],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.start_after).toEqual(new Date(minutes(1).getTime() + secondLookMs))
  })
})

describe('the second look', () => {
  /** How many runs it asks for; it is undone afterwards, since there is nothing to look at. */
  const runs = async (connectionId: string): Promise<number> => {
    let asked = -1
    const undone = server.tenants.asSystem('alpha', async (tx) => {
      await lookTwice(tx, { tenantId: tx.tenant.id, connectionId })
      const { rows } = await tx.sql.query('select 1 from run where $1 = any (connection_ids)', [connectionId])
      asked = rows.length
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    return asked
  }

  it('is made where something waits for it, and left out where another look has decided', async () => {
    const waits = await aSystem()
    const decided = await aSystem()
    for (const { look } of [waits, decided]) {
      await look('pass', 0)
      await look('fail', 1)
    }
    await decided.look('fail', 3)
    expect([await runs(waits.connectionId), await runs(decided.connectionId)]).toEqual([1, 0])
  })

  it('is left out where the connection is paused or gone', async () => {
    const { connectionId, look } = await aSystem()
    await look('pass', 0)
    await look('fail', 1)
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('update connection set paused = true where id = $1', [connectionId]),
    )
    expect([await runs(connectionId), await runs(randomUUID())]).toEqual([0, 0])
  })
})
