import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { AppError } from '../kernel/index.ts'
import { openAttempts } from './attempts.ts'

const wrong = 'not the password at all'
const folder = mkdtempSync(join(tmpdir(), 'art32-guessing-'))
const prefix = `t${process.pid}guessing`

let server: TestServer
let anna: Person

const start = () => startTestServer({ ART32_DATA: folder }, { prefix })
beforeAll(async () => {
  server = await start()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  anna = await server.addPerson('anna@example.com', 'alpha', 'owner')
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

let people = 0
/** Somebody new, so that no test meets the counts of another. */
async function somebody(): Promise<string> {
  const email = `person${people++}@example.com`
  await server.accounts.create({ name: 'Somebody', email, password: testPassword })
  return email
}

/** A sign-in from a network of our choice. */
async function signIn(peer: string, email: string, password = wrong, cookie = '') {
  const request = new Request(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie },
    body: JSON.stringify({ email, password }),
  })
  return await answered(server.accounts.handle(request, peer))
}

async function answered(answer: Promise<Response | null>) {
  try {
    const response = (await answer) ?? new Response(null, { status: 404 })
    const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
    return { status: response.status, device: cookies.find((one) => one.includes('art32.device.')) ?? '' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { status: error.definition.status, device: '' }
  }
}

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status)
const times = (count: number, status: number) => Array<number>(count).fill(status)
const network = (n: number) => `198.51.${n >> 8}.${n & 255}`
const one = <T>(count: number, work: (n: number) => Promise<T>) =>
  inTurn(
    Array.from({ length: count }, (_, n) => n),
    work,
  )
async function inTurn<T>(list: readonly number[], work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (const n of list) results.push(await work(n))
  return results
}

describe('guessing a password', () => {
  it('ends after ten attempts of one network, also with the right one, and tells when to try again', async () => {
    const email = await somebody()
    const post = (password: string) =>
      fetch(`${server.local}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ email, password }),
      })
    for (let n = 0; n < 10; n++) expect((await post(wrong)).status).toBe(401)
    const refused = await post(testPassword)
    expect(refused.status).toBe(429)
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(800)
    expect(seconds).toBeLessThanOrEqual(900)
    expect(refused.headers.getSetCookie()).toEqual([])
  })

  it('goes on nowhere after a restart', async () => {
    const email = await somebody()
    await one(10, () => signIn('203.0.113.1', email))
    await server.stop()
    server = await start()
    expect((await signIn('203.0.113.1', email, testPassword)).status).toBe(429)
    expect((await signIn('203.0.113.2', email, testPassword)).status).toBe(200)
    anna = await server.signIn('anna@example.com')
  })

  it('from many networks ends too, while the owner comes in from where they came in before', async () => {
    const email = await somebody()
    const { device } = await signIn('192.0.2.1', email, testPassword)
    expect(device).not.toBe('')
    expect(statuses(await one(35, (n) => signIn(network(n), email)))).toEqual([...times(30, 401), ...times(5, 429)])
    expect((await signIn('192.0.2.2', email, testPassword)).status).toBe(429)
    expect((await signIn('192.0.2.2', email, testPassword, device)).status).toBe(200)
    // Also when whoever guesses sits behind the same address.
    expect((await signIn(network(0), email, testPassword, device)).status).toBe(200)
  })

  it('on a known device ends after ten attempts as well', async () => {
    const email = await somebody()
    const { device } = await signIn('192.0.2.3', email, testPassword)
    const answers = await one(12, (n) => signIn(network(n), email, wrong, device))
    expect(statuses(answers)).toEqual([...times(10, 401), ...times(2, 429)])
  })

  it('gets no further by the mark of another account, a forged one or one that has run out', async () => {
    const email = await somebody()
    const { device } = await signIn('192.0.2.5', email, testPassword)
    await one(31, (n) => signIn(network(n), email))
    const other = await signIn('192.0.2.4', await somebody(), testPassword)
    const [name = '', value = ''] = device.split('=')
    const [id = '', day = '', signature = ''] = value.split('.')
    const stranger = `${name}=${other.device.split('=')[1]}`
    const later = `${name}=${id}.${Number(day) + 1}.${signature}`
    const another = `${name}=${'A'.repeat(22)}.${day}.${signature}`
    const unsigned = `${name}=${id}.${day}.${'A'.repeat(43)}`
    for (const cookie of [
      other.device,
      stranger,
      later,
      another,
      unsigned,
      `${name}=${id}.${day}.`,
      `${name}=..`,
      `${name}=%00`,
    ])
      expect([cookie, (await signIn('192.0.2.6', email, testPassword, cookie)).status]).toEqual([cookie, 429])
    expect((await signIn('192.0.2.6', email, testPassword, device)).status).toBe(200)
  })

  it('of one network over many accounts ends after a hundred', async () => {
    const answers = await one(103, (n) => signIn('203.0.113.77', `made-up${n}@example.com`))
    expect(statuses(answers)).toEqual([...times(100, 401), ...times(3, 429)])
  })

  it('counts a household of IPv6 once, whatever address it takes and however it is spelled', async () => {
    const email = await somebody()
    const spelled = (n: number) => (n % 2 ? `2001:db8:0:7::${n + 1}` : `2001:0DB8::7:${n + 1}:0:0:1`)
    expect(statuses(await one(12, (n) => signIn(spelled(n), email)))).toEqual([...times(10, 401), ...times(2, 429)])
    expect((await signIn('2001:db8:0:8::1', email)).status).toBe(401)
  })

  it('counts an address once, however it is spelled', async () => {
    const email = await somebody()
    const spellings = [
      email.toUpperCase(),
      email.replace('p', 'P'),
      ` ${email}`,
      email.replace('person', 'ｐｅｒｓｏｎ'),
      email,
    ]
    await one(10, (n) => signIn('203.0.113.8', spellings[n % 5] ?? email))
    for (const spelling of spellings)
      expect([spelling, (await signIn('203.0.113.8', spelling, testPassword)).status]).toEqual([spelling, 429])
  })

  it('is counted exactly when fifty try at the same moment', async () => {
    const email = await somebody()
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn('203.0.113.9', email)))
    expect(statuses(answers).toSorted((a, b) => a - b)).toEqual([...times(10, 401), ...times(40, 429)])
  })

  it('is not hidden in a form, a doubled field or a call that succeeds', async () => {
    const email = await somebody()
    const send = (path: string, type: string, body: string) =>
      answered(
        server.accounts.handle(
          new Request(`${server.url}/api/auth/${path}`, {
            method: 'POST',
            headers: { 'content-type': type, origin: server.url },
            body,
          }),
          '203.0.113.10',
        ),
      )
    const form = new URLSearchParams({ email, password: testPassword }).toString()
    const mixed = `{"email":"decoy@example.com","x":"&email=${email}&password=${testPassword}&y="}`
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', form],
      ['application/x-www-form-urlencoded', mixed],
      ['text/plain', JSON.stringify({ email, password: testPassword })],
      ['application/json', form],
      ['application/json', '[]'],
    ] as const)
      expect([type, body, (await send('sign-in/email', type, body)).status]).toEqual([type, body, 415])
    const doubled = `{"email":"decoy@example.com","email":"${email}","password":"${wrong}"}`
    await one(9, () => send('sign-in/email', 'application/json', doubled))
    // Signing out succeeds, and the counts stay.
    expect((await send('sign-out', 'application/json', JSON.stringify({ email }))).status).toBe(200)
    expect(statuses(await one(2, () => signIn('203.0.113.10', email)))).toEqual([401, 429])
  })

  it('is nobody who signs in: a hundred and more of one network come in', async () => {
    const email = await somebody()
    const answers = await one(120, () => signIn('203.0.113.11', email, testPassword))
    expect(new Set(statuses(answers))).toEqual(new Set([200]))
  })

  it('with a stolen session ends after ten attempts', async () => {
    const change = () =>
      anna.post('/api/account/change_password', { current: wrong, password: 'another good pass phrase' })
    expect(statuses(await one(12, change))).toEqual([...times(10, 403), ...times(2, 429)])
  })

  it('of tokens ends after a hundred, for set-up, reset, new address and invitation together', async () => {
    const paths = ['account/reset', 'account/confirm_email', 'invitation/accept', 'account/setup']
    const send = (n: number) =>
      fetch(`${server.local}/api/${paths[n % 4]}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          token: `guess${n}`,
          ...(n % 4 === 0 ? { password: testPassword } : {}),
          ...(n % 4 === 3 ? { name: 'X', email: 'x@example.com', password: testPassword } : {}),
        }),
      })
    expect(statuses(await one(104, send))).toEqual([...times(100, 410), ...times(4, 429)])
  })
})

describe('what is counted', () => {
  const rows = async () =>
    (await server.databases.control.query<{ key: Buffer; made: number }>('select * from attempt')).rows

  it('tells of nobody: neither an address nor its plain hash lies in the table', async () => {
    const hashes = [...Array(people).keys()].flatMap((n) => {
      const email = `person${n}@example.com`
      return [email, `sign-in.account\0${email}`].map((text) => createHash('sha256').update(text).digest('hex'))
    })
    const kept = await rows()
    expect(kept.length).toBeGreaterThan(20)
    for (const row of kept) {
      expect(Object.keys(row).toSorted()).toEqual(['key', 'made', 'until'])
      expect(hashes).not.toContain(row.key.toString('hex'))
    }
  })

  it('is forgotten after a quarter of an hour, and stays within its bounds under a flood that hides nobody', async () => {
    let minutes = 1_000_000
    const { control: pool } = server.databases
    await pool.query('delete from attempt')
    const open = () =>
      openAttempts({ pool, secret: Buffer.alloc(32, 1), now: () => new Date(minutes * 60_000), mostKept: 50 })
    const attempts = open()
    const attempt = (who: string) =>
      attempts
        .guard(
          [{ of: 'test', who, most: 10 }],
          () => Promise.resolve(),
          () => 'counts',
        )
        .then(
          () => 'made',
          (error: unknown) => (error instanceof AppError ? error.code : 'failed'),
        )
    await one(11, () => attempt('guesser'))
    for (let n = 0; n < 200; n++) await attempt(`flood ${n}`)
    minutes += 2
    expect(await attempt('guesser')).toBe('account.too_many_attempts')
    expect((await rows()).length).toBeLessThanOrEqual(51)
    minutes += 13.5
    expect(await attempt('guesser')).toBe('made')
    expect(await rows()).toHaveLength(1)
  })
})
