import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { appCode, appKey, newVisitor, password } from '../../../../scripts/testing/visitor.ts'
import type { Visitor } from '../../../../scripts/testing/visitor.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(() => server.stop())

const sql = async (text: string, ...values: unknown[]) => (await server.databases.control.query(text, values)).rows
const body = async <T>(response: Response) => (await response.json()) as T
const codeOf = async (response: Response) => [response.status, (await body<{ code?: string }>(response)).code]
const verify = (visitor: Visitor, code: string) => visitor.post('/api/auth/two-factor/verify-totp', { code })
const recover = (visitor: Visitor, code: string) => visitor.post('/api/auth/two-factor/verify-backup-code', { code })
/** As if 30 seconds had passed: codes of the present step count again. */
const later = (email: string) =>
  sql('update totp set used_step = 0 where "userId" = (select id from account where email = $1)', email)
const notes = async (type: string) =>
  (
    await sql(
      `select 1 from log_pending where event ->> 'type' = $1 union all select 1 from log_entry where type = $1`,
      type,
    )
  ).length

async function person(email: string): Promise<Visitor> {
  const account = await server.accounts.create({ name: 'Person', email, password: testPassword })
  await server.tenants.join('alpha', account.id, 'editor')
  const visitor = newVisitor(server)
  expect((await password(visitor, email)).status).toBe(200)
  return visitor
}

/** A person with an authenticator app. */
async function withApp(email: string): Promise<{ visitor: Visitor; secret: string; recoveryCodes: string[] }> {
  const visitor = await person(email)
  const { secret } = await body<{ secret: string }>(await visitor.post('/api/account/begin_totp'))
  const confirmed = await visitor.post('/api/account/confirm_totp', { code: appCode(secret) })
  expect(confirmed.status).toBe(200)
  const { recoveryCodes } = await body<{ recoveryCodes: string[] }>(confirmed)
  await later(email)
  return { visitor, secret, recoveryCodes }
}

/** Somebody who knows the password and stands before the second step. */
async function halfway(email: string): Promise<Visitor> {
  const visitor = newVisitor(server)
  const response = await password(visitor, email)
  expect(await body(response)).toMatchObject({ twoFactorRedirect: true })
  return visitor
}

describe('an authenticator app', () => {
  it('counts only once a code of it was given, and is recorded when it comes and goes', async () => {
    const visitor = await person('begin@example.com')
    const { secret, uri } = await body<{ secret: string; uri: string }>(await visitor.post('/api/account/begin_totp'))
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect((await password(newVisitor(server), 'begin@example.com')).ok).toBe(true)
    const wrong = await visitor.post('/api/account/confirm_totp', { code: appCode(secret, 9) })
    expect(await codeOf(wrong)).toEqual([403, 'account.code_wrong'])
    const before = await notes('account.factor-added')
    const right = await visitor.post('/api/account/confirm_totp', { code: appCode(secret) })
    const { recoveryCodes } = await body<{ recoveryCodes: string[] }>(right)
    expect(recoveryCodes).toHaveLength(10)
    // Each letter is one of 32: 120 bits.
    for (const code of recoveryCodes) expect(code).toMatch(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/)
    expect(await notes('account.factor-added')).toBe(before + 1)
    expect(await codeOf(await visitor.post('/api/account/begin_totp'))).toEqual([409, 'account.factor_present'])
    expect((await visitor.post('/api/account/remove_totp')).status).toBe(200)
    expect(await notes('account.factor-removed')).toBe(1)
  })

  it('lies in the database encrypted, its recovery codes hashed', async () => {
    const { secret, recoveryCodes } = await withApp('atrest@example.com')
    const stored = JSON.stringify(await sql('select * from totp'))
    for (const plain of [
      secret,
      appKey(secret).toString('utf8'),
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ])
      expect(stored).not.toContain(plain)
  })
})

describe('the second step', () => {
  it('gives no session before it', async () => {
    await withApp('skip@example.com')
    const visitor = await halfway('skip@example.com')
    expect([...visitor.cookies.keys()].filter((name) => name.includes('session'))).toEqual([])
    expect(await visitor.whoami()).toBeNull()
    expect((await visitor.get('/api/account/factors')).status).toBe(401)
    expect((await visitor.post('/api/account/confirm', { password: testPassword })).status).toBe(401)
  })

  it('opens nothing by a session that was left waiting and survived', async () => {
    const { visitor } = await withApp('waiting@example.com')
    expect(await visitor.whoami()).toBe('waiting@example.com')
    await sql(
      `update session set factors = 'pending' where "userId" = (select id from account where email = 'waiting@example.com')`,
    )
    expect(await visitor.whoami()).toBeNull()
    expect((await visitor.get('/api/tenants/alpha/document/list')).status).toBe(401)
  })

  it('takes a code once, also of two who send it at the same moment', async () => {
    const { secret } = await withApp('replay@example.com')
    const code = appCode(secret)
    const first = await halfway('replay@example.com')
    expect((await verify(first, code)).status).toBe(200)
    expect(await first.whoami()).toBe('replay@example.com')
    expect(await codeOf(await verify(await halfway('replay@example.com'), code))).toEqual([403, 'account.code_wrong'])
    await later('replay@example.com')
    const racing = [await halfway('replay@example.com'), await halfway('replay@example.com')]
    const answers = await Promise.all(racing.map((one) => verify(one, code)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  })

  it('ends after five wrong codes, and the right one comes too late', async () => {
    const { secret } = await withApp('guess@example.com')
    const visitor = await halfway('guess@example.com')
    const kept = [...visitor.cookies]
    for (let guess = 0; guess < 5; guess++)
      expect((await verify(visitor, String(guess).padStart(6, '0'))).status).toBe(403)
    expect(await codeOf(await verify(newVisitor(server, kept), appCode(secret)))).toEqual([
      410,
      'account.challenge_over',
    ])
    expect(await visitor.whoami()).toBeNull()
  })

  it('lets nobody guess on in new challenges: after ten wrong ones the account takes no code for an hour', async () => {
    const { secret } = await withApp('brute@example.com')
    const statuses: number[] = []
    for (let round = 0; round < 3; round++) {
      const visitor = await halfway('brute@example.com')
      for (let guess = 0; guess < 4; guess++)
        statuses.push((await verify(visitor, String(guess).padStart(6, '0'))).status)
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(10)
    const locked = await verify(await halfway('brute@example.com'), appCode(secret))
    expect(await codeOf(locked)).toEqual([429, 'account.too_many_codes'])
    expect(await notes('account.locked')).toBe(1)
  })

  it('guesses no further with a session of the same account at hand', async () => {
    const { visitor } = await withApp('inside@example.com')
    expect(await codeOf(await verify(visitor, '000000'))).toEqual([410, 'account.challenge_over'])
    for (let guess = 0; guess < 10; guess++) await visitor.post('/api/account/confirm', { code: '000000' })
    expect(await codeOf(await visitor.post('/api/account/confirm', { code: '000000' }))).toEqual([
      429,
      'account.too_many_codes',
    ])
  })

  it("is not passed with a code of one's own in the challenge of another, nor with the reverse", async () => {
    const mine = await withApp('mine@example.com')
    await withApp('theirs@example.com')
    const visitor = await halfway('theirs@example.com')
    expect(await codeOf(await verify(visitor, appCode(mine.secret)))).toEqual([403, 'account.code_wrong'])
    expect(await codeOf(await recover(visitor, mine.recoveryCodes[0] ?? ''))).toEqual([403, 'account.code_wrong'])
    // The session of one account beside the challenge of another: the challenge decides.
    const both = newVisitor(server, [...mine.visitor.cookies, ...visitor.cookies])
    expect(await codeOf(await verify(both, appCode(mine.secret)))).toEqual([403, 'account.code_wrong'])
    const forged = newVisitor(server, [['art32.two_factor', '2fa-aaaaaaaaaaaaaaaaaaaa.AAAA']])
    expect(await codeOf(await verify(forged, appCode(mine.secret)))).toEqual([410, 'account.challenge_over'])
  })

  it('trusts no device for longer', async () => {
    const { secret } = await withApp('trust@example.com')
    const visitor = await halfway('trust@example.com')
    const response = await visitor.post('/api/auth/two-factor/verify-totp', {
      code: appCode(secret),
      trustDevice: true,
      disableSession: true,
    })
    expect(response.status).toBe(200)
    expect([...visitor.cookies.keys()].filter((name) => name.includes('trust'))).toEqual([])
    expect(await body(await password(visitor, 'trust@example.com'))).toMatchObject({ twoFactorRedirect: true })
  })

  it('is not passed by any cookie that caches a session (GHSA-xg6x-h9c9-2m83)', async () => {
    const { visitor } = await withApp('cache@example.com')
    const opening = [...visitor.cookies.keys()].filter((name) => !name.startsWith('art32.device.'))
    expect(opening).toEqual(['art32.session_token'])
    await sql(`delete from session where "userId" = (select id from account where email = 'cache@example.com')`)
    expect(await visitor.whoami()).toBeNull()
  })
})

describe('a recovery code', () => {
  it('works once, however it is typed, and of two at the same moment for one', async () => {
    const { recoveryCodes } = await withApp('recover@example.com')
    const [first = '', second = ''] = recoveryCodes
    const visitor = await halfway('recover@example.com')
    expect((await recover(visitor, ` ${first.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(200)
    expect(await visitor.whoami()).toBe('recover@example.com')
    expect(await codeOf(await recover(await halfway('recover@example.com'), first))).toEqual([
      403,
      'account.code_wrong',
    ])
    const racing = [await halfway('recover@example.com'), await halfway('recover@example.com')]
    const answers = await Promise.all(racing.map((one) => recover(one, second)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
    const { totp } = await body<{ totp: { recoveryCodes: number } }>(await visitor.get('/api/account/factors'))
    expect(totp.recoveryCodes).toBe(8)
  })

  it('is not given by what lies in the database', async () => {
    await withApp('hash@example.com')
    const [row] = await sql(
      `select "backupCodes" as codes from totp where "userId" = (select id from account where email = 'hash@example.com')`,
    )
    const [hash = ''] = JSON.parse(String(row.codes)) as string[]
    expect(await codeOf(await recover(await halfway('hash@example.com'), hash))).toEqual([403, 'account.code_wrong'])
  })

  it('is worth nothing once new ones were made', async () => {
    const { visitor, recoveryCodes } = await withApp('renew@example.com')
    const renewed = await body<{ recoveryCodes: string[] }>(await visitor.post('/api/account/renew_recovery_codes'))
    const halfwayThere = await halfway('renew@example.com')
    expect((await recover(halfwayThere, recoveryCodes[0] ?? '')).status).toBe(403)
    expect((await recover(halfwayThere, renewed.recoveryCodes[0] ?? '')).status).toBe(200)
  })

  it('confirms one of two confirmations that race with it', async () => {
    const { visitor, recoveryCodes } = await withApp('race@example.com')
    const confirm = () => visitor.post('/api/account/confirm', { recoveryCode: recoveryCodes[0] })
    const answers = await Promise.all([confirm(), confirm()])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  })
})

describe('removing the app', () => {
  it('ends all other sessions and leaves one factor shown', async () => {
    const { visitor, secret } = await withApp('remove@example.com')
    const other = await halfway('remove@example.com')
    expect((await verify(other, appCode(secret))).status).toBe(200)
    expect((await visitor.post('/api/account/remove_totp')).status).toBe(200)
    expect([await other.whoami(), await visitor.whoami()]).toEqual([null, 'remove@example.com'])
    expect(await body(await visitor.get('/api/account/factors'))).toMatchObject({ totp: null, shown: 'one' })
    expect((await password(newVisitor(server), 'remove@example.com')).ok).toBe(true)
  })

  it('leaves a second step that was begun before without an end', async () => {
    const { visitor, secret } = await withApp('begun@example.com')
    const begun = await halfway('begun@example.com')
    await visitor.post('/api/account/remove_totp')
    expect((await verify(begun, appCode(secret))).status).toBe(410)
    expect(await begun.whoami()).toBeNull()
  })
})
