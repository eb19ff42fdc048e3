import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { table } from '../../../scripts/testing/operations/table.ts'
import { call } from '../../../scripts/testing/operations/world.ts'
import { startTestServer } from '../../../scripts/testing/server.ts'
import type { TestServer } from '../../../scripts/testing/server.ts'
import { methodOf, pathOf } from './http/index.ts'
import type { AnyOperation } from './kernel/index.ts'
import { allOperations } from './operations.ts'

let server: TestServer

beforeAll(async () => {
  // Nobody may ask anything.
  server = await startTestServer({}, { limits: { caller: 0, token: 0, change: 0 } })
})
afterAll(() => server.stop())

describe('the table of all operations', () => {
  const withoutRow = (operations: readonly { id: string }[]) =>
    operations.map(({ id }) => id).filter((id) => !(id in table))

  it('has a row for each and none besides, and names one that lacks', () => {
    expect(withoutRow(server.operations)).toEqual([])
    expect(withoutRow([...server.operations, { id: 'planted.operation' }])).toEqual(['planted.operation'])
    const ids: readonly string[] = server.operations.map(({ id }) => id)
    expect(Object.keys(table).filter((id) => !ids.includes(id))).toEqual([])
  })

  it('says of every field that takes an id what answers a wrong one', () => {
    const silent = server.operations.flatMap((operation) => {
      const { ids, unknown, filters = [] } = table[operation.id] ?? {}
      const said = [...Object.keys({ ...ids, ...unknown }), ...filters]
      return idFields(operation).flatMap((field) => (said.includes(field) ? [] : [`${operation.id} ${field}`]))
    })
    // The short names that are to be new.
    expect(silent).toEqual(['tenant.create slug', 'app.add slug', 'tenant.import slug'])
  })

  it('agrees with the server about what asks for a confirmation', () => {
    for (const { id, stepUp } of server.operations) expect([id, table[id]?.stepUp ?? false]).toEqual([id, stepUp])
  })
})

const Field = z.object({ format: z.string().optional(), items: z.object({ format: z.string().optional() }).optional() })
const Shape = z.object({ properties: z.record(z.string(), Field).default({}) })
/** Names of fields whose value names something although its shape does not tell. */
const naming = ['slug', 'tenant', 'token', 'ceremony', 'key']

function idFields({ input }: AnyOperation): string[] {
  const { properties } = Shape.parse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }))
  return Object.entries(properties)
    .filter(([name, { format, items }]) => naming.includes(name) || format === 'uuid' || items?.format === 'uuid')
    .map(([name]) => name)
}

describe('every operation', () => {
  it('has a limit to how often one caller may ask', async () => {
    for (const operation of server.operations) {
      const { status, code, retryAfter } = await call(server, operation, { input: {}, tenant: 'alpha' })
      expect([operation.id, status, code, retryAfter > 0]).toEqual([operation.id, 429, 'http.too_many', true])
    }
  })

  it('has a summary, an id of noun and verb, and reads by GET, changes by POST', () => {
    const ids = server.operations.map((operation) => operation.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const operation of server.operations) {
      expect(operation.id).toMatch(/^[a-z]+\.[a-z_]+$/)
      expect(operation.summary.length).toBeGreaterThan(10)
      expect(methodOf(operation)).toBe(operation.changes || operation.kind === 'upload' ? 'post' : 'get')
    }
  })

  it('stands in the OpenAPI document', async () => {
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    for (const operation of server.operations)
      expect(paths[pathOf(operation)]?.[methodOf(operation)]?.operationId).toBe(operation.id)
  })

  it('is the same for types and for the server', () => {
    expect(server.operations.map((operation) => operation.id)).toEqual(
      allOperations({} as Parameters<typeof allOperations>[0]).map((operation) => operation.id),
    )
  })
})
