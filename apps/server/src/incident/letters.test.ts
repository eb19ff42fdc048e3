import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { atAlpha, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'

let world: LetterWorld

beforeAll(async () => {
  world = await startLetterWorld()
})
afterAll(() => world.stop())

async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await world.owner.post(atAlpha(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, answer]).toEqual([operation, 200, answer])
  return answer
}
interface Notice {
  name: string | null
  state: string
  toldAt: string | null
  sha256: string
}
const notices = async (id: string) =>
  (
    (await (await world.owner.get(`${atAlpha('incident.show')}?incidentId=${id}`)).json()) as {
      notices: Notice[]
    }
  ).notices

it('tells each affected controller by a letter of its language, once, and keeps what became of it', async () => {
  const add = async (name: string, language: string) =>
    (
      await good<{ controllerId: string }>('incident.save_controller', {
        name,
        contact: `${language}@customer.example`,
        language,
        hours: 24,
      })
    ).controllerId
  const controllerIds = [await add('Customer Ltd', 'en'), await add('Muster GmbH', 'de'), await add('Third Ltd', 'en')]
  const { incidentId } = await good<{ incidentId: string }>('incident.report', { title: 'A store was open' })
  await good('incident.triage', {
    incidentId,
    title: 'A store was open',
    severity: 'high',
    role: 'processor',
    awareAt: new Date().toISOString(),
  })
  await good('incident.decide_breach', { incidentId, breach: true, kinds: [], reason: 'It was open to all.' })
  await good('incident.describe', {
    incidentId,
    facts: { nature: 'A store was open to <b>everybody</b>.', people: 1_200 },
  })
  await good('incident.set_affected', { incidentId, controllerIds: controllerIds.slice(0, 2) })
  world.received = []
  // Two at once: one of them finds nobody left.
  const tell = () => world.owner.post(atAlpha('incident.tell_controllers'), { incidentId })
  const asked = await Promise.all([tell(), tell()])
  expect(asked.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  await vi.waitFor(
    async () => expect((await notices(incidentId)).map(({ state }) => state)).toEqual(['delivered', 'delivered']),
    { timeout: 30_000, interval: 200 },
  )
  const letters = world.received.filter(({ to }) => to.endsWith('@customer.example'))
  expect(letters.map(({ to }) => to).toSorted()).toEqual(['de@customer.example', 'en@customer.example'])
  const english = letters.find(({ to }) => to.startsWith('en'))?.raw ?? ''
  expect(english).toContain('without undue delay')
  expect(english).not.toContain('<b>everybody</b></p>')
  expect(english).toContain('1,200')
  expect(letters.find(({ to }) => to.startsWith('de'))?.raw).toContain('1.200')
  // The mail server does not take the next one, for good.
  world.answers = [550]
  await good('incident.set_affected', { incidentId, controllerIds })
  await good('incident.tell_controllers', { incidentId })
  await vi.waitFor(
    async () =>
      expect((await notices(incidentId)).map(({ state }) => state).toSorted()).toEqual([
        'delivered',
        'delivered',
        'refused',
      ]),
    { timeout: 30_000, interval: 200 },
  )
  // A letter that was refused has told nobody: the clock goes on.
  const { incident } = (await (
    await world.owner.get(`${atAlpha('incident.show')}?incidentId=${incidentId}`)
  ).json()) as {
    incident: { steps: string[]; clocks: { name: string; toldAt: string | null }[] }
  }
  expect(incident.steps).toEqual(['controllers'])
  expect(incident.clocks.filter(({ toldAt }) => toldAt === null).map(({ name }) => name)).toEqual(['Third Ltd'])
})

it('writes at once to whoever must act, that something was reported', async () => {
  await world.clear()
  const response = await world.member.post(atAlpha('incident.report'), { title: 'A stick is lost' })
  expect(response.status).toBe(200)
  await world.due()
  await vi.waitFor(
    () => expect(world.received.map(({ to }) => to).toSorted()).toEqual(['editor@example.com', 'owner@example.com']),
    { timeout: 30_000 },
  )
  expect(world.received[0]?.raw).toContain('/t/alpha/incidents')
  expect(world.received[0]?.raw).not.toContain('A stick is lost')
})
