import { afterAll, beforeAll, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { followCustomers, listNoticeDays } from './follow.ts'

let { server, owner } = {} as Published
beforeAll(async () => {
  ;({ server, owner } = await publishedEdition())
})
afterAll(() => server.stop())

const ask = async <T = object>(operation: string, body: object): Promise<T> =>
  await json<T>(await owner.post(at(operation), body))

interface Controller {
  readonly controllerId: string
  readonly name: string
  readonly contact: string
  readonly hours: number | null
}
const controllers = async () =>
  (await json<{ controllers: Controller[] }>(await owner.get(at('incident.settings')))).controllers

it('has incidents run by the shortest clock of a customer in force, and leaves alone who is none any more', async () => {
  const { controllerId } = await ask<{ controllerId: string }>('incident.save_controller', {
    name: 'Plant North',
    contact: 'old@example.com',
    language: 'en',
    hours: 72,
  })
  const { customerId } = await ask<{ customerId: string }>('customer.add', {
    name: 'Plant North',
    language: 'de',
    contactEmail: 'Breach@example.com',
  })
  const agreement = { customerId, title: 'Agreement', validFrom: '2020-01-01' }
  await ask('contract.add', { ...agreement, incidentHours: 48, subProcessorDays: 10 })
  const { contractId } = await ask<{ contractId: string }>('contract.add', {
    ...agreement,
    incidentHours: 12,
    subProcessorDays: 45,
  })
  // Who was written down by hand under this name is the same one, whom cases name already.
  expect(await controllers()).toEqual([
    expect.objectContaining({ controllerId, name: 'Plant North', contact: 'Breach@example.com', hours: 12 }),
  ])
  const days = () => server.tenants.asSystem('alpha', listNoticeDays)
  expect([...(await days())]).toEqual([['breach@example.com', 45]])

  await ask('contract.end', { contractId, endedOn: '2021-01-01', reason: 'superseded' })
  expect((await controllers()).map(({ hours }) => hours)).toEqual([48])
  expect([...(await days())]).toEqual([['breach@example.com', 10]])
})

it('keeps apart two customers of one name, names who has no mail address, and writes nothing where nothing differs', async () => {
  for (const contactEmail of [null, 'second@example.com']) {
    const { customerId } = await ask<{ customerId: string }>('customer.add', {
      name: 'Plant South',
      language: 'en',
      contactEmail,
    })
    await ask('contract.add', { customerId, title: 'Agreement', validFrom: '2020-01-01' })
  }
  const south = (await controllers()).filter(({ name }) => name.startsWith('Plant South'))
  expect(south.map(({ contact }) => contact).toSorted()).toEqual(['', 'second@example.com'])
  expect(new Set(south.map(({ name }) => name)).size).toBe(2)
  const written = async () =>
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ count: number }>(
        `select (select count(*) from log_entry where type = 'incident.changed')::int
           + (select count(*) from log_pending where event ->> 'type' = 'incident.changed')::int as count`,
      )
      return rows[0]?.count
    })
  const before = await written()
  await server.tenants.asSystem('alpha', followCustomers)
  expect(await written()).toBe(before)
})
