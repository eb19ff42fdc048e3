import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'

let world: SubscriberWorld

beforeAll(async () => {
  world = await startSubscriberWorld()
})
afterAll(() => world.stop())
afterEach(() => world.forget())

describe('a letter that is refused', () => {
  it('ends for an address that refuses three in a row', async () => {
    await world.follow('gone@example.org')
    for (let n = 0; n < 3; n++) {
      world.answers = [550]
      await world.tellAgain()
      await vi.waitFor(() => expect(world.answers).toEqual([]), { timeout: 20_000 })
      await vi.waitFor(async () => expect(await world.letters()).toBe(0), { timeout: 20_000 })
    }
    await vi.waitFor(async () => expect(await world.subscribers()).toEqual([]), { timeout: 20_000 })
  })
})
