import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { atAlpha } from '../../../../scripts/testing/letters.ts'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'

let world: SubscriberWorld

beforeAll(async () => {
  world = await startSubscriberWorld()
})
afterAll(() => world.stop())

const text = {
  language: 'en',
  title: 'Invoices of others could be read',
  summary: 'Whoever was signed in could read them.',
  products: [{ name: 'App', affected: ['before 1.5'], fixed: ['1.5'] }],
}

it('tells whoever asked for advisories of each version once, and nobody else', async () => {
  await world.follow('customer@example.org', ['advisory'])
  await world.follow('reader@example.org', ['edition', 'lapse'])
  world.received = []
  const made = await world.owner.post(atAlpha('advisory.create'), { text })
  const { advisoryId } = (await made.json()) as { advisoryId: string }
  await world.owner.post(atAlpha('advisory.publish'), { advisoryId, summary: 'First version.' })
  await world.arrived(1)
  expect(world.received[0]?.to).toBe('customer@example.org')
  const raw = world.received[0]?.raw ?? ''
  expect(raw.replaceAll(/\r\n[ \t]/g, ' ')).toMatch(/Subject: .*: security advisory alpha-\d{4}-0001/)
  expect(raw).toContain('Invoices of others could be read')
  expect(raw).toMatch(/\/trust\/alpha\/advisories\/alpha-\d{4}-0001\?language=/)
  expect(raw).toContain('/trust/alpha/unsubscribe?token=')
  await world.owner.post(atAlpha('advisory.change'), { advisoryId, text: { ...text, remedy: 'Install 1.5.' } })
  await world.owner.post(atAlpha('advisory.publish'), { advisoryId, summary: 'A remedy.' })
  await world.arrived(2)
  expect(world.received[1]?.raw).toContain('another version')
  await vi.waitFor(async () => expect(await world.letters()).toBe(0), 20_000)
  expect(world.received).toHaveLength(2)
})
