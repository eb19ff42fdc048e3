import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { atAlpha } from '../../../../scripts/testing/letters.ts'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'

let world: SubscriberWorld

beforeAll(async () => {
  world = await startSubscriberWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const said = (title: string, more: object = {}) => ({
  state: 'investigating',
  texts: {
    en: { title, happened: 'A store was open to everybody.\n\nIt is shut.', advice: 'Change your password.', ...more },
  },
})

async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await world.owner.post(atAlpha(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, answer]).toEqual([operation, 200, answer])
  return answer
}
async function drafted(title: string, audience = 'public') {
  const { incidentId } = await good<{ incidentId: string }>('incident.report', { title: 'SECRET-TITLE of the case' })
  const { revision } = await good<{ revision: number }>('incident.draft_bulletin', {
    incidentId,
    audience,
    text: said(title),
  })
  return { incidentId, revision }
}
interface Bulletin {
  readonly bulletin: {
    readonly versions: readonly { readonly letters: { readonly taken: number; readonly refused: number } }[]
  }
}
const shown = async (incidentId: string) =>
  (await (await world.owner.get(`${atAlpha('incident.bulletin')}?incidentId=${incidentId}`)).json()) as Bulletin

it('tells whoever asked for bulletins of each version once, also after a double click, and nobody else', async () => {
  await world.follow('customer@example.org', ['incident'])
  await world.follow('reader@example.org', ['edition', 'lapse', 'advisory', 'processors'])
  const one = await drafted('Invoices could be read')
  const answers = await Promise.all([1, 2, 3].map(() => world.owner.post(atAlpha('incident.publish'), one)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  await world.arrived(1)
  const [letter] = world.received
  const raw = (letter?.raw ?? '').replaceAll(/=\r\n/g, '')
  expect(letter?.to).toBe('customer@example.org')
  expect(raw).toMatch(/Subject: \S.*Invoices could be read/)
  for (const text of ['A store was open to everybody.', 'Change your password.', '/trust/alpha/incidents/1?language'])
    expect(raw.replaceAll('=3D', '=')).toContain(text)
  expect(raw).toContain('List-Unsubscribe-Post')
  expect(raw).not.toContain('SECRET-TITLE')
  await good('incident.draft_bulletin', {
    incidentId: one.incidentId,
    revision: 2,
    text: { ...said('Invoices could be read', { change: 'Nobody did.' }), state: 'resolved' },
  })
  await good('incident.publish', { incidentId: one.incidentId, revision: 3 })
  await world.arrived(2)
  expect(world.received[1]?.raw).toContain('Nobody did.')
  await vi.waitFor(async () => expect(await world.letters()).toBe(0), 20_000)
  expect(world.received).toHaveLength(2)
  const { bulletin } = await shown(one.incidentId)
  expect(bulletin.versions.map(({ letters }) => letters.taken)).toEqual([1, 1])
})

it('tells subscribers alone where it is for them alone, in full', async () => {
  await world.follow('customer@example.org', ['incident'])
  await good('incident.publish', await drafted('Only for subscribers', 'subscribers'))
  await world.arrived(1)
  expect(world.received[0]?.raw).toContain('A store was open to everybody.')
  for (const path of ['', '/incidents', '/incidents/2', '/incidents.atom', '/incidents.json'])
    expect(await (await fetch(`${world.server.local}/trust/alpha${path}`)).text()).not.toContain('Only for subscribers')
})

it('sends nothing of what was taken back before, and breaks no line of the head', async () => {
  await world.follow('customer@example.org', ['incident'])
  // Nobody takes letters for now.
  world.answers = [451]
  const one = await drafted('Taken\r\nBcc: everybody@example.net\u2028back')
  await good('incident.publish', one)
  await vi.waitFor(() => expect(world.answers).toEqual([]), 20_000)
  await good('incident.withdraw_bulletin', { incidentId: one.incidentId, reason: 'It was another incident.' })
  await world.server.tenants.asSystem('alpha', ({ enqueue, tenant }) =>
    enqueue('subscription.letters', { tenantId: tenant.id }),
  )
  await vi.waitFor(async () => expect(await world.letters()).toBe(0), 20_000)
  expect(world.received).toHaveLength(0)
  await good('incident.publish', await drafted('Head\r\nBcc: everybody@example.net'))
  await world.arrived(1)
  expect(world.received[0]?.to).toBe('customer@example.org')
  expect(world.received[0]?.raw).toMatch(/^Subject: .*Head Bcc: everybody@example.net/m)
  expect(world.received[0]?.raw).not.toMatch(/^Bcc:/m)
})
