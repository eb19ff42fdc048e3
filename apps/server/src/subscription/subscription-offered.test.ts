import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { atAlpha } from '../../../../scripts/testing/letters.ts'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'

let world: SubscriberWorld
let server: SubscriberWorld['server']

beforeAll(async () => {
  world = await startSubscriberWorld()
  ;({ server } = world)
})
afterAll(() => world.stop())
afterEach(() => world.forget())

describe('letters that an owner does not offer', () => {
  it('is not offered where the owner says so, and who follows already still is written to', async () => {
    await world.subscribe('reader@example.org')
    expect((await world.owner.post(atAlpha('subscriber.allow'), { isOpen: false })).status).toBe(200)
    expect(await (await fetch(`${server.local}/trust/alpha`)).text()).not.toContain('<form')
    expect((await world.ask('other@example.org')).status).toBe(404)
    await world.tellAgain()
    await world.arrived(3)
    expect(world.received[2]?.to).toBe('reader@example.org')
  })
})
