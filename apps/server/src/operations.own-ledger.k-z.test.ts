import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectLeaves } from '../../../scripts/testing/operations/leaves.ts'
import { openWorld } from '../../../scripts/testing/operations/world.ts'
import type { World } from '../../../scripts/testing/operations/world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.server.stop())

it('appends to a ledger with every change outside tenants from k to z, and with nothing that only reads', async () => {
  const operations = world.server.operations.filter(({ id, scope }) => scope !== 'tenant' && id >= 'k')
  expect(operations.length).toBeGreaterThan(15)
  await expectLeaves(world, operations)
})
