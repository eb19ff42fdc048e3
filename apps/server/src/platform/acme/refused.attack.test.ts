import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issue } from '../../../../../scripts/testing/tls.ts'
import { startAcmeWorld } from './testing/world.ts'
import type { AcmeWorld } from './testing/world.ts'

const day = 86_400_000
const own = issue()
let world: AcmeWorld
let before: string
/** A good certificate is there, and due. */
beforeEach(async () => {
  world = await startAcmeWorld(own)
  await world.acme.attend()
  before = world.text()
  world.ahead = 61 * day
})
afterEach(async () => await world.stop())

const problem = (type: string) => JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: 'x' })
/** What one address answers, each time. */
const at = (path: string, answer: (response: ServerResponse) => void) => {
  world.authority.whims.answer = (asked, response) => {
    if (!asked.startsWith(path)) return false
    answer(response)
    return true
  }
}
const refuses = (path: string, status: number, type: string, headers: Record<string, string> = {}) =>
  at(
    path,
    (response) =>
      void response.writeHead(status, { 'replay-nonce': 'AAAAAAAAAAAAAAAAAAAAAA', ...headers }).end(problem(type)),
  )
const failsWith = async (code: string) => {
  await world.acme.attend()
  expect(world.state().failure?.code).toBe(code)
  expect(world.said.at(-1)).toEqual({ event: 'acme.failed', fields: { code, attempt: 1 } })
  // The good one is still there, to the last byte.
  expect(world.text()).toBe(before)
  expect(world.renewals).toBe(1)
}

describe('an authority that refuses', () => {
  it.each([
    ['/new-order', 403, 'rejectedIdentifier', 'name'],
    ['/new-order', 403, 'caa', 'name'],
    ['/new-order', 403, 'userActionRequired', 'terms'],
    ['/new-order', 503, 'serverInternal', 'busy'],
    ['/finalize', 400, 'badCSR', 'answer'],
    ['/new-order', 400, 'made up by somebody', 'answer'],
  ])('at %s with %i %s is understood', async (path, status, type, code) => {
    refuses(path, status, type)
    await failsWith(code)
  })

  it('the proof, because it does not find it, is told as that', async () => {
    world.authority.whims.answer = (path) => {
      if (path.startsWith('/challenge')) for (const one of world.authority.orders.values()) one.proof = 'invalid'
      return false
    }
    world.acme = { ...world.acme, challenge: () => null }
    await failsWith('challenge')
  })

  it('by a limit is left alone as long as it said, also by a person in a hurry', async () => {
    refuses('/new-order', 429, 'rateLimited', { 'retry-after': '7200' })
    await failsWith('limited')
    const orders = () => world.authority.asked.filter((one) => one === 'POST /new-order').length
    const asked = orders()
    world.ahead += 7_000_000
    await world.acme.attend(true)
    expect(orders()).toBe(asked)
    world.authority.whims.answer = () => false
    world.ahead += 300_000
    await world.acme.attend()
    expect(world.renewals).toBe(2)
  })

  it('until the year 2099 is asked again after a day', async () => {
    refuses('/new-order', 429, 'rateLimited', { 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' })
    await failsWith('limited')
    world.authority.whims.answer = () => false
    world.ahead += 1.01 * day
    await world.acme.attend()
    expect(world.renewals).toBe(2)
  })

  it('for days is asked six times a day at most, also by a person who never stops', async () => {
    refuses('/new-order', 503, 'serverInternal')
    const orders = () => world.authority.asked.filter((one) => one === 'POST /new-order').length
    const first = orders()
    for (let minutes = 0; minutes < 2 * 1_440; minutes += 10) {
      world.ahead += 600_000
      await world.acme.attend(true)
    }
    expect(orders() - first).toBeLessThanOrEqual(12)
    expect(orders() - first).toBeGreaterThanOrEqual(10)
    const again = orders()
    // And by itself less and less often.
    for (let minutes = 0; minutes < 3 * 1_440; minutes += 10) {
      world.ahead += 600_000
      await world.acme.attend()
    }
    expect(orders() - again).toBeLessThanOrEqual(4)
  })
})

it('forgets nothing of its tries where the process begins anew', async () => {
  refuses('/new-order', 503, 'serverInternal')
  for (let start = 0; start < 20; start += 1) {
    world.again()
    await world.acme.attend(true)
  }
  expect(world.authority.asked.filter((one) => one === 'POST /new-order').length).toBeLessThanOrEqual(1 + 6)
})

it('answers at its paths nothing but a proof that is asked for now', () => {
  for (const path of ['', 'x', '../acme.json', '..%2facme.json', 'a/b', 'constructor', '__proto__'])
    expect(world.acme.challenge(`/.well-known/acme-challenge/${path}`)).toBeNull()
})
