import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { atAlpha, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

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
const letters = async (requestId: string) =>
  (
    (await (await world.owner.get(`${atAlpha('request.show')}?requestId=${requestId}`)).json()) as {
      letters: { letterId: string; state: string; way: string }[]
    }
  ).letters
const until = async (requestId: string, states: string[]) =>
  await vi.waitFor(async () => expect((await letters(requestId)).map(({ state }) => state)).toEqual(states), {
    timeout: 30_000,
    interval: 100,
  })

it('sends a letter to the person once, and lets what did not arrive be told by another way', async () => {
  const { requestId } = await good<{ requestId: string }>('request.record', {
    kinds: ['access'],
    source: 'letter',
    email: 'person@example.com',
    text: 'Which data about me do you hold?',
    receivedOn: todayOfTenants(),
  })
  const letter = { requestId, subject: 'Your request', text: 'Good day,\n\nwe <b>have</b> it.', way: 'letter' }
  world.received = []
  await good('request.acknowledge', letter)
  await until(requestId, ['delivered'])
  const sent = world.received.filter(({ to }) => to === 'person@example.com')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.raw).not.toContain('<b>have</b></p>')
  world.answers = [550]
  await good('request.acknowledge', letter)
  await until(requestId, ['delivered', 'refused'])
  const [arrived, lost] = await letters(requestId)
  const again = await world.owner.post(atAlpha('request.tell_again'), { letterId: arrived?.letterId, way: 'post' })
  expect(((await again.json()) as { code: string }).code).toBe('request.letter_arrived')
  await good('request.tell_again', { letterId: lost?.letterId, way: 'post' })
  expect((await letters(requestId)).at(-1)).toMatchObject({ way: 'post', state: 'delivered' })
})
