import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'
import { recompute } from '../durability/ledger.ts'
import { rounds, tried } from './tried.ts'

const pairs = rounds(5, 1_000)
/** Who comes second holds a used link, which counts as a guess: after a hundred of those an address is told to wait (429). */
const guests = rounds(5, 90)
const atOnce = 2

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

describe('two who do the same at the same moment', () => {
  let server: TestServer
  let owner: Person
  let other: Person
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    other = await server.addPerson('other@example.com', 'alpha', 'owner')
    const read = await owner.upload(
      `${at('document.read')}?name=tom.txt`,
      Buffer.from('All network communication uses TLS 1.2 or newer.\n'),
    )
    const { document } = (await read.json()) as { document: { id: string } }
    expect((await owner.post(at('document.adopt'), { documentId: document.id })).status).toBe(200)
  }, 120_000)
  afterAll(() => server.stop())

  /** Both ask at once. @returns the statuses of both, the good one first */
  async function both(operation: string, input: object): Promise<number[]> {
    const answers = await Promise.all([owner, other].slice(0, atOnce).map((who) => who.post(at(operation), input)))
    return answers.map(({ status }) => status).toSorted((a, b) => a - b)
  }

  it('sign one edition once, and the other is told so', { timeout: 1_200_000 }, async (context) => {
    const signed = rounds(3, 50)
    for (let n = 0; n < signed; n++) {
      const { statements } = (await (await owner.get(at('register.show'))).json()) as {
        statements: { measure: { id: string; revision: number } | null }[]
      }
      const measure = statements.find((one) => one.measure)?.measure
      await owner.post(at('measure.change'), {
        measureId: measure?.id,
        revision: measure?.revision,
        owner: `Team ${n}`,
      })
      const { id: editionId } = (await (await owner.post(at('edition.draft'), {})).json()) as { id: string }
      const [first, second] = await both('edition.sign', { editionId })
      expect([first, second]).toEqual([200, 409])
    }
    const { editions } = (await (await owner.get(at('edition.list'))).json()) as {
      editions: { state: string; number: number | null }[]
    }
    const published = editions.filter(({ state }) => state === 'edition').map(({ number }) => number)
    expect(new Set(published).size).toBe(signed)
    tried(context, signed)
  })

  it('change one measure once for each revision', { timeout: 1_200_000 }, async (context) => {
    const revisionOf = async () => {
      const shown = (await (await owner.get(at('register.show'))).json()) as {
        statements: { measure: { id: string; revision: number } | null }[]
      }
      return shown.statements.find((one) => one.measure)?.measure
    }
    const before = (await revisionOf())?.revision ?? 0
    for (let n = 0; n < pairs; n++) {
      const measure = await revisionOf()
      const statuses = await both('measure.change', {
        measureId: measure?.id,
        revision: measure?.revision,
        owner: `Pair ${n}`,
      })
      expect(statuses).toEqual([200, 409])
    }
    expect((await revisionOf())?.revision).toBe(before + pairs)
    tried(context, pairs)
  })

  it('take one invitation once', { timeout: 1_200_000 }, async (context) => {
    for (let n = 0; n < guests; n++) {
      const email = `guest${n}@example.com`
      const invited = await owner.post(at('access.invite'), { name: `Guest ${n}`, email, role: 'member' })
      const { link } = (await invited.json()) as { link: string }
      const token = new URL(link).hash.slice(1)
      const body = JSON.stringify({
        token,
        account: { name: `Guest ${n}`, password: 'seven quiet herons by the river' },
      })
      const take = () =>
        fetch(`${server.local}/api/invitation/accept`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: server.url },
          body,
        })
      const statuses = (await Promise.all([take(), take()])).map(({ status }) => status).toSorted((a, b) => a - b)
      expect(statuses[0]).toBe(200)
      expect(statuses[1]).toBeGreaterThanOrEqual(400)
      expect(statuses[1]).toBeLessThan(500)
    }
    const { members } = (await (await owner.get(at('access.list'))).json()) as { members: unknown[] }
    expect(members).toHaveLength(2 + guests)
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { leaves, faults } = await recompute(server, 'alpha')
    expect(faults).toEqual([])
    expect(leaves.filter(({ type }) => type === 'access.granted').length).toBeGreaterThanOrEqual(guests)
    tried(context, guests)
  })
})
