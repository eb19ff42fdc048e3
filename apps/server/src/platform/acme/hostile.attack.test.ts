import { X509Certificate } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issue } from '../../../../../scripts/testing/tls.ts'
import { startAcmeWorld } from './testing/world.ts'
import type { AcmeWorld } from './testing/world.ts'

const day = 86_400_000
const own = issue()
const quick = { answer: 150, order: 2_000, pause: 5 }
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

/** What one address answers, each time. */
const at = (path: string, answer: (response: ServerResponse) => void) => {
  world.authority.whims.answer = (asked, response) => {
    if (!asked.startsWith(path)) return false
    answer(response)
    return true
  }
}
const failsWith = async (code: string) => {
  await world.acme.attend()
  expect(world.state().failure?.code).toBe(code)
  expect(world.said.at(-1)).toEqual({ event: 'acme.failed', fields: { code, attempt: 1 } })
  // The good one is still there, to the last byte.
  expect(world.text()).toBe(before)
  expect(world.renewals).toBe(1)
}

describe('an answer that is none', () => {
  it('without end is read no further than a quarter of a mebibyte', async () => {
    let sent = 0
    at('/new-order', (response) => {
      response.writeHead(201, { 'replay-nonce': 'AAAAAAAAAAAAAAAAAAAAAA' })
      const part = Buffer.alloc(65_536, 32)
      const more = () => {
        sent += part.length
        if (response.socket?.destroyed === false) response.write(part, () => setImmediate(more))
      }
      more()
    })
    await failsWith('answer')
    expect(sent).toBeLessThan(16 * 1_048_576)
  })

  it.each(['/directory', '/new-order', '/challenge', '/certificate'])(
    'never comes at %s: nobody waits for ever',
    async (path) => {
      at(path, () => undefined)
      world.again({ times: quick })
      await failsWith('silent')
    },
  )

  it('comes byte by byte: its time is for all of it', async () => {
    at('/directory', (response) => {
      response.writeHead(200)
      const dripping = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(dripping))
    })
    world.again({ times: quick })
    await failsWith('silent')
  })

  it.each(['/directory', '/new-order', '/certificate'])(
    'leads elsewhere from %s: no redirect is followed',
    async (path) => {
      at(path, (response) => void response.writeHead(302, { location: `${world.authority.directory}/x` }).end())
      await failsWith('answer')
      expect(world.authority.asked).not.toContain('GET /directory/x')
    },
  )

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['an order of another name', orderText({ identifiers: [{ type: 'dns', value: 'evil.example' }] })],
    [
      'an order of two names',
      orderText({
        identifiers: [
          { type: 'dns', value: 'toms.example.com' },
          { type: 'dns', value: 'evil.example' },
        ],
      }),
    ],
    ['an order with a state that there is not', orderText({ status: 'done' })],
    [
      'an order that is finished in the clear',
      orderText({ status: 'ready', finalize: 'http://toms.example.com/finalize' }),
    ],
  ])('is %s', async (_, body) => {
    at('/new-order', (response) => {
      const headers = { 'replay-nonce': 'AAAAAAAAAAAAAAAAAAAAAA', location: `${world.authority.directory}/order` }
      response.writeHead(201, { 'content-type': 'application/json', ...headers }).end(body)
    })
    await failsWith('answer')
  })

  it('wants a nonce anew without end, and is asked a few times', async () => {
    world.authority.whims.badNonces = 1_000_000
    await failsWith('answer')
    expect(world.authority.asked.length).toBeLessThan(100)
  })
})

function orderText(more: object): string {
  return JSON.stringify({
    status: 'pending',
    identifiers: [{ type: 'dns', value: 'toms.example.com' }],
    authorizations: ['https://localhost/authorization/1'],
    finalize: 'https://localhost/finalize/1',
    ...more,
  })
}

describe('an authority that leads to this machine', () => {
  it.each([
    'https://127.0.0.1:1/',
    'https://169.254.169.254/latest',
    'https://[::1]:1/',
    'https://localhost:1/',
    'http://192.0.2.1/',
  ])('by %s is not followed there', async (address) => {
    at('/directory', (response) => {
      const answer = { newNonce: address, newAccount: address, newOrder: address }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    await world.acme.attend()
    expect(['answer', 'silent']).toContain(world.state().failure?.code)
    expect(world.text()).toBe(before)
  })

  it('by another port of its own host reaches nothing there', async () => {
    let asked = 0
    const inner = createServer((_, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
    inner.on('connection', () => void (asked += 1))
    const address = `https://localhost:${(inner.address() as AddressInfo).port}/`
    at('/directory', (response) => {
      const answer = { newNonce: address, newAccount: address, newOrder: address }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    await world.acme.attend()
    expect(asked).toBe(0)
    expect(world.text()).toBe(before)
    inner.close()
  })
})

describe('a certificate that does not fit takes no place', () => {
  it.each([
    ['of another name', { days: 90, name: 'evil.example' }],
    ['of another key', { days: 90, otherKey: true }],
    ['that has run out', { days: 1, from: -2 * day }],
    ['that is not valid yet', { days: 90, from: 2 * day }],
  ])('%s', async (_, issues) => {
    world.authority.whims.issues = issues
    await failsWith('certificate')
  })

  const strange = issue({ name: 'strange.example', authority: true }).certificate
  it.each<[string, (good: readonly string[]) => string]>([
    ['nothing', () => ''],
    ['no PEM', () => 'certificate'],
    ['a damaged one', ([leaf = '']) => leaf.replace(/[A-Z]{4}\n/, 'AAAA\n').replace('MII', 'MIJ')],
    ['the chain upside down', (good) => good.toReversed().join('\n')],
    ['a chain of strangers', ([leaf = '']) => `${leaf}\n${strange}`],
    [
      'a chain without end',
      ([leaf = '', middle = '']) => [leaf, ...Array.from({ length: 40 }, () => middle)].join('\n'),
    ],
    ['a key in place of it', () => '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----'],
  ])('given as %s', async (_, chain) => {
    world.authority.whims.chain = chain
    await failsWith('certificate')
  })

  it('and of one that fits only the certificates are kept', async () => {
    world.authority.whims.chain = (good) => `hello\n${good.join('\nevil\n')}\n-----BEGIN X-----\nAA\n-----END X-----\n`
    await world.acme.attend()
    expect(world.renewals).toBe(2)
    expect(world.text()).not.toMatch(/hello|evil|BEGIN X/)
    expect(new X509Certificate(world.text()).issuer).toBe('CN=middle.example')
  })
})
