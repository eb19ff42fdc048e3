import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingKey } from '@art32/probes'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import { dayAfter } from './finding.ts'

const until = dayAfter(new Date(), 30)
const terms = { reason: 'Until spring.', owner: 'Operations', until }
const formulas = ['=HYPERLINK("https://attacker.example","x")', '+1+1', '-1', '@SUM(1)', '\t=1', '\r=1']
const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

let server: TestServer
let stranger: Person
const people = new Map<Role, Person>()
const as = (role: Role): Person => {
  const person = people.get(role)
  if (!person) throw new Error(`nobody is ${role}`)
  return person
}

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  for (const role of roles) people.set(role, await server.addPerson(`${role}@example.com`, 'alpha', role))
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

/** An open finding whose texts come from whoever runs the system that was looked at. */
async function aFinding(subject: string): Promise<string> {
  const system = randomUUID()
  const key = findingKey('tls.protocols', system, subject)
  await server.tenants.asSystem('alpha', async ({ sql, now, newId }) => {
    await sql.query(
      `insert into system (id, name, kind, environment, created_at) values ($1::uuid, $2, 'tls', 'production', $3)`,
      [system, `${subject} ${system}`, now],
    )
    await sql.query(
      `insert into finding (id, key, check_id, system_id, subject, severity, say, hint, opened_at, seen_at)
       values ($1, $2, 'tls.protocols', $3, $4, 'high', $5, $5, $6, $6)`,
      [newId(), key, system, subject, JSON.stringify({ en: subject, de: subject }), now],
    )
  })
  return key
}

describe('findings', () => {
  it('hand out no formula in the CSV, wherever somebody wrote one', async () => {
    for (const text of formulas) {
      const key = await aFinding(text)
      await as('owner').post(at('finding.change'), { key, owner: text })
      const declared = await as('owner').post(at('exception.declare'), {
        key,
        ...terms,
        reason: `${text}...`,
        owner: text,
      })
      expect(declared.status).toBe(200)
    }
    const response = await as('member').get(`${at('finding.export')}?language=de`)
    expect(response.headers.get('content-type')).toContain('text/csv')
    const csv = await response.text()
    expect(csv.split('HYPERLINK').length).toBeGreaterThan(4)
    for (const cell of csv.matchAll(/(?:^|,|\r\n)"?([=+\-@\t\r][^,"]*)/g)) expect(cell[1]).toBe('')
  })

  it('are excepted by owners and signatories alone, whoever else may write', async () => {
    const key = await aFinding('1.0')
    for (const role of roles) {
      const response = await as(role).post(at('exception.declare'), { key, ...terms })
      const may = role === 'owner' || role === 'signatory'
      expect([role, response.status]).toEqual([role, may ? 200 : 403])
      if (!may) continue
      const { exceptionId } = (await response.json()) as { exceptionId: string }
      const input = { exceptionId, reason: 'Over.' }
      for (const other of ['editor', 'dpo', 'member'] as const)
        expect((await as(other).post(at('exception.withdraw'), input)).status).toBe(403)
      expect((await as(role).post(at('exception.withdraw'), input)).status).toBe(200)
    }
  })

  it('are excepted once, however many declare at the same moment', async () => {
    const key = await aFinding('1.1')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => as('owner').post(at('exception.declare'), { key, ...terms })),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
  })

  it('are not there for another tenant, neither under its name nor by a known key', async () => {
    const key = await aFinding('1.2')
    const { exceptionId } = (await (await as('owner').post(at('exception.declare'), { key, ...terms })).json()) as {
      exceptionId: string
    }
    const calls = [
      ['finding/comment', { key, text: 'Hello' }],
      ['finding/change', { key, owner: 'me' }],
      ['exception/declare', { key, ...terms }],
      ['exception/withdraw', { exceptionId, reason: 'Mine.' }],
    ] as const
    for (const tenant of ['alpha', 'beta'])
      for (const [operation, body] of calls)
        expect([tenant, operation, (await stranger.post(`/api/tenants/${tenant}/${operation}`, body)).status]).toEqual([
          tenant,
          operation,
          404,
        ])
    const history = await stranger.get(`/api/tenants/beta/finding/history?key=${encodeURIComponent(key)}`)
    expect(history.status).toBe(404)
    expect(await (await stranger.get('/api/tenants/beta/exception/list')).json()).toEqual({ exceptions: [] })
  })

  it('keep comments as they were written, with the name of who wrote them, and only theirs to take back', async () => {
    const key = await aFinding('1.3')
    const text = '<img src=x onerror=alert(1)>\n\u202egnp.exe'
    const said = await as('dpo').post(at('finding.comment'), { key, text })
    const { commentId } = (await said.json()) as { commentId: string }
    expect((await as('member').post(at('finding.comment'), { key, text })).status).toBe(403)
    expect((await as('owner').post(at('comment.withdraw'), { commentId })).status).toBe(404)
    const history = async () =>
      (await (await as('owner').get(`${at('finding.history')}?key=${encodeURIComponent(key)}`)).json()) as {
        comments: object[]
      }
    expect((await history()).comments).toMatchObject([{ text, name: 'dpo', isOwn: false }])
    const huge = await as('dpo').post(at('finding.comment'), { key, text: 'x'.repeat(4_001) })
    expect(huge.status).toBe(400)
    expect((await as('dpo').post(at('comment.withdraw'), { commentId })).status).toBe(200)
    expect((await history()).comments).toMatchObject([{ text: null, name: 'dpo' }])
  })
})
