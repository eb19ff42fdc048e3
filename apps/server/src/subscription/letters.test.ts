import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { atAlpha } from '../../../../scripts/testing/letters.ts'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import { hurry } from '../../../../scripts/testing/hurry.ts'

let world: SubscriberWorld
let server: SubscriberWorld['server']

beforeAll(async () => {
  world = await startSubscriberWorld()
  ;({ server } = world)
})
afterAll(() => world.stop())
afterEach(() => world.forget())

describe('a letter about an edition', () => {
  it('begins with what is promised less, and goes to whoever wants to hear of it', async () => {
    await world.follow('all@example.org', ['edition'])
    await world.follow('weakened@example.org', ['weakened'])
    await world.follow('lapse@example.org', ['lapse'])
    world.received = []
    await world.sign()
    await world.arrived(1)
    expect(world.received[0]?.to).toBe('all@example.org')
    world.received = []
    await world.change('Visitors', { status: 'planned' })
    await world.sign()
    await world.arrived(2)
    expect(new Set(world.received.map(({ to }) => to))).toEqual(new Set(['all@example.org', 'weakened@example.org']))
    const raw = world.received[0]?.raw ?? ''
    expect(raw.replaceAll(/\r\n[ \t]/g, ' ')).toMatch(/Subject: .*less is promised in 1 line/)
    expect(raw.indexOf('Less is promised')).toBeGreaterThan(0)
    expect(raw.indexOf('Less is promised')).toBeLessThan(raw.indexOf('What changed since edition'))
    expect(raw).toContain('Visitors are escorted by staff')
    expect(raw).toContain('/trust/alpha/unsubscribe?token=')
    await world.change('Visitors', { status: 'in-place' })
  })

  it('is never lost and not sent twice when the mail server is away or defers', async () => {
    await world.follow('first@example.org')
    await world.follow('second@example.org')
    world.received = []
    world.answers = [451]
    await world.tellAgain()
    await world.arrived(1)
    await vi.waitFor(async () => expect(await world.letters()).toBe(1), 20_000)
    const open = await server.registry.open('alpha')
    await hurry(server.databases.control, 'subscription.letters', open.tenant.id)
    await world.arrived(2)
    expect(new Set(world.received.map(({ to }) => to))).toEqual(new Set(['first@example.org', 'second@example.org']))
    await vi.waitFor(async () => expect(await world.letters()).toBe(0), 20_000)
  })
})

describe('what owners see', () => {
  it('is counts for everybody in the tenant, and addresses only for those who may see who has access', async () => {
    await world.follow('reader@example.org')
    const own = (await (await world.owner.get(`${atAlpha('subscriber.list')}?find=READER`)).json()) as {
      counts: object
      subscribers: { subscriberId: string; email: string }[] | null
    }
    expect(own.counts).toMatchObject({ subscribers: 1, topics: { edition: 1, weakened: 0, lapse: 0 } })
    expect(own.subscribers?.[0]?.email).toBe('reader@example.org')
    const others = await (await world.member.get(atAlpha('subscriber.list'))).text()
    expect(others).not.toContain('reader@')
    expect(JSON.parse(others)).toMatchObject({ subscribers: null, counts: { subscribers: 1 } })
    const subscriberId = own.subscribers?.[0]?.subscriberId ?? ''
    const exported = await world.owner.get(`${atAlpha('subscriber.export')}?subscriberId=${subscriberId}`)
    expect(await exported.json()).toMatchObject({ email: 'reader@example.org', topics: ['edition'] })
    expect((await world.editor.post(atAlpha('subscriber.remove'), { subscriberId })).status).toBe(403)
    expect((await world.owner.post(atAlpha('subscriber.remove'), { subscriberId })).status).toBe(200)
    expect(await world.subscribers()).toEqual([])
  })
})
