import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { Letter } from '../platform/index.ts'

const next = 'a wholly new pass phrase'
const sent: Letter[] = []
/** What the mail server does before it takes a letter. */
let delivery: () => Promise<unknown> = () => Promise.resolve()

let server: TestServer

beforeAll(async () => {
  const mailer = {
    isSet: true,
    async send(letter: Letter) {
      await delivery()
      sent.push(letter)
    },
  }
  server = await startTestServer({}, { mailer })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'de' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.databases.control.query('delete from attempt')
  sent.length = 0
  delivery = () => Promise.resolve()
})

let people = 0
const somebody = (): Promise<Person> => server.addPerson(`person${people++}@example.com`, 'alpha', 'member')
const emailOf = (n = people - 1) => `person${n}@example.com`

const post = (operation: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.local}/api/${operation.replace('.', '/')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const requestReset = (email: string) => post('account.request_reset', { email, language: 'de' })
const reset = (token: string, password = next) => post('account.reset', { token, password })
const confirm = (token: string) => post('account.confirm_email', { token })
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code ?? `${response.status}`

/** Waits for letters; they are sent beside the answer. */
async function letters(count: number): Promise<readonly Letter[]> {
  for (let n = 0; n < 200 && sent.length < count; n++) await sleep(10)
  expect(sent.map(({ to, subject }) => `${to}: ${subject}`)).toHaveLength(count)
  return sent
}
/** Long enough for a letter that must not come. */
const noMore = () => sleep(150)

const tokenOf = (letter: Letter | undefined) => new URL(letter?.action?.url ?? '').hash.slice(1)
async function resetToken(email = emailOf()): Promise<string> {
  sent.length = 0
  expect((await requestReset(email)).status).toBe(200)
  return tokenOf((await letters(1))[0])
}
const whoami = async (person: Person) =>
  ((await (await person.get('/api/account/whoami')).json()) as { account: { email: string } | null }).account?.email ??
  null
const signIn = (email: string, password: string) =>
  post('auth/sign-in/email', { email, password }, { origin: server.url }).then(({ status }) => status)
const expire = () => server.databases.control.query(`update account_link set expires_at = now() - interval '1 second'`)

describe('a link for a new password', () => {
  it('sets it once, ends all sessions and signs nobody in', async () => {
    const person = await somebody()
    const second = await server.signIn(emailOf())
    const token = await resetToken()
    const [letter] = sent
    expect(letter).toMatchObject({ to: emailOf(), language: 'de' })
    expect(letter?.action?.url.startsWith(`${server.url}/reset#`)).toBe(true)
    expect(await whoami(person)).toBe(emailOf())
    const response = await reset(token)
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([])
    expect([await whoami(person), await whoami(second)]).toEqual([null, null])
    expect([await signIn(emailOf(), testPassword), await signIn(emailOf(), next)]).toEqual([401, 200])
    expect(await codeOf(await reset(token, 'another good pass phrase'))).toBe('account.link_invalid')
    expect((await letters(2))[1]?.subject).toContain('was changed')
  })

  it('ends with the first of two that is used, and of two used at the same moment one wins', async () => {
    await somebody()
    const first = await resetToken()
    const second = await resetToken()
    expect((await reset(first)).status).toBe(200)
    expect(await codeOf(await reset(second))).toBe('account.link_invalid')
    for (let round = 0; round < 5; round++) {
      await server.databases.control.query('delete from attempt')
      const pair = [await resetToken(), await resetToken()]
      const answers = await Promise.all([...pair, ...pair].map((token, n) => reset(token, `pass phrase number ${n}`)))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410])
    }
  })

  it('is refused when it is made up, cut, out of date or for something else, and changes nothing', async () => {
    const person = await somebody()
    const token = await resetToken()
    await person.post('/api/account/change_email', { password: testPassword, email: 'elsewhere@example.com' })
    const address = tokenOf((await letters(3)).find(({ to }) => to === 'elsewhere@example.com'))
    for (const one of [address, token.slice(1), `${token}x`, '../x', "' or '1'='1", '%00'])
      expect([one, await codeOf(await reset(one))]).toEqual([one, 'account.link_invalid'])
    expect(await codeOf(await confirm(token))).toBe('account.link_invalid')
    await expire()
    expect(await codeOf(await reset(token))).toBe('account.link_invalid')
    expect(await codeOf(await confirm(address))).toBe('account.link_invalid')
    expect(await whoami(person)).toBe(emailOf())
    expect(await signIn(emailOf(), testPassword)).toBe(200)
  })

  it('is not used up by a password that is refused', async () => {
    await somebody()
    const token = await resetToken()
    expect((await reset(token, 'short')).status).toBe(400)
    expect(await codeOf(await reset(token, 'Password2026!'))).toBe('account.password_common')
    expect(await codeOf(await reset(token, emailOf()))).toBe('account.password_common')
    expect((await reset(token)).status).toBe(200)
  })

  it('of one account opens no other', async () => {
    const victim = await somebody()
    await somebody()
    const token = await resetToken()
    for (const extra of [{ email: emailOf(people - 2) }, { accountId: victim.accountId }])
      expect((await post('account.reset', { token, password: next, ...extra })).status).toBe(400)
    expect((await reset(token)).status).toBe(200)
    expect(await signIn(emailOf(people - 2), testPassword)).toBe(200)
    expect(await whoami(victim)).toBe(emailOf(people - 2))
  })

  it('lies in the database as a hash only, and leaves with what has run out', async () => {
    await somebody()
    await resetToken()
    await expire()
    const token = await resetToken()
    const { rows } = await server.databases.control.query<{ row: string; token_hash: Buffer }>(
      'select account_link::text as row, token_hash from account_link',
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(token)
    expect(rows[0]?.token_hash.equals(createHash('sha256').update(token).digest())).toBe(true)
  })

  it('ends when the password is changed otherwise', async () => {
    const person = await somebody()
    const token = await resetToken()
    await person.post('/api/account/change_password', { current: testPassword, password: next })
    expect(await codeOf(await reset(token))).toBe('account.link_invalid')
  })

  it('names the address of the installation, whatever the request says', async () => {
    await somebody()
    await post(
      'account.request_reset',
      { email: emailOf() },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    )
    expect((await letters(1))[0]?.action?.url.startsWith(`${server.url}/reset#`)).toBe(true)
  })

  it('is given out on the machine itself, for an account that is there', async () => {
    await somebody()
    const link = await server.issueResetLink(emailOf().toUpperCase())
    expect((await reset(new URL(link ?? '').hash.slice(1))).status).toBe(200)
    expect(await server.issueResetLink('nobody@example.com')).toBeNull()
  })
})

describe('asking for a new password', () => {
  it('is answered alike whether or not there is an account, also when no letter can be sent', async () => {
    const person = await somebody()
    const withoutPassword = await somebody()
    await server.databases.control.query('delete from credential where "userId" = $1', [withoutPassword.accountId])
    const answer = async (email: string) => {
      const response = await requestReset(email)
      const kept = [...response.headers].filter(([name]) => !/^(date|content-security-policy)$/.test(name))
      return { status: response.status, body: await response.text(), kept }
    }
    const known = await answer(emailOf(people - 2))
    expect(known.status).toBe(200)
    expect(await answer('nobody@example.com')).toEqual(known)
    expect(await answer(emailOf())).toEqual(known)
    await letters(1)
    delivery = () => Promise.reject(new Error('the mail server is away'))
    expect(await answer(emailOf(people - 2))).toEqual(known)
    await noMore()
    expect(sent.map(({ to }) => to)).toEqual([emailOf(people - 2)])
    expect(await whoami(person)).not.toBeNull()
  })

  it('takes as long either way, however long the mail server takes', async () => {
    await somebody()
    delivery = () => sleep(200)
    const taken = { known: [] as number[], unknown: [] as number[] }
    for (let n = 0; n < 12; n++) {
      for (const [kind, email] of [
        ['known', emailOf()],
        ['unknown', 'nobody@example.com'],
      ] as const) {
        await server.databases.control.query('delete from attempt')
        const begin = performance.now()
        await requestReset(email)
        taken[kind].push(performance.now() - begin)
      }
    }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN
    expect([Math.abs(median(taken.known) - median(taken.unknown)) < 15, taken]).toEqual([true, taken])
    await letters(12)
  })

  it('floods nobody: five letters in a quarter of an hour, and the same for an address that nobody has', async () => {
    await somebody()
    for (const email of [emailOf(), 'nobody@example.com']) {
      const answers: number[] = []
      for (let n = 0; n < 7; n++) answers.push((await requestReset(n % 2 ? email : email.toUpperCase())).status)
      expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429])
    }
    await letters(5)
    await noMore()
    expect(sent).toHaveLength(5)
  })

  it('of many addresses ends after twenty from one network', async () => {
    const answers: number[] = []
    for (let n = 0; n < 22; n++) answers.push((await requestReset(`made-up${n}@example.com`)).status)
    expect(answers.filter((status) => status === 200)).toHaveLength(20)
    const { rows } = await server.databases.control.query('select 1 from attempt')
    expect(rows).toHaveLength(21)
  })

  it('takes one address and nothing that could be a header', async () => {
    for (const email of [
      'anna@example.com\r\nBcc: evil@example.com',
      'anna@example.com\nSubject: x',
      'anna@example.com,evil@example.com',
      'Anna <anna@example.com>',
      'anna@example.com ',
      'anna＠example.com',
      ['anna@example.com', 'evil@example.com'],
    ]) {
      expect([email, (await post('account.request_reset', { email })).status]).toEqual([email, 400])
      const invited = { name: 'X', email, role: 'member' }
      expect([email, (await (await owner()).post('/api/tenants/alpha/access/invite', invited)).status]).toEqual([
        email,
        400,
      ])
    }
    expect(sent).toEqual([])
  })
})

let theOwner: Person | undefined
const owner = async () => (theOwner ??= await server.addPerson('owner@example.com', 'alpha', 'owner'))

describe('a new address', () => {
  const change = (person: Person, email: string, password = testPassword) =>
    person.post('/api/account/change_email', { password, email, language: 'en' })

  it('counts once it is confirmed, by whoever reads it, and the old one is told', async () => {
    const person = await somebody()
    expect(await codeOf(await change(person, 'new@example.com', 'not the password'))).toBe('account.password_wrong')
    await noMore()
    expect(sent).toEqual([])
    const link = await resetToken()
    sent.length = 0
    expect((await change(person, 'New@Example.com')).status).toBe(200)
    const [asked, notice] = await letters(2)
    expect([asked?.to, notice?.to]).toEqual(['new@example.com', emailOf()])
    expect(notice?.action).toBeUndefined()
    expect(JSON.stringify(notice)).not.toContain('new@example.com')
    expect(await whoami(person)).toBe(emailOf())
    expect((await confirm(tokenOf(asked))).status).toBe(200)
    expect(await whoami(person)).toBe('new@example.com')
    expect([await signIn(emailOf(), testPassword), await signIn('new@example.com', testPassword)]).toEqual([401, 200])
    expect(await codeOf(await confirm(tokenOf(asked)))).toBe('account.link_invalid')
    expect(await codeOf(await reset(link))).toBe('account.link_invalid')
    expect((await letters(3))[2]?.to).toBe(emailOf())
  })

  it('that belongs to somebody else is refused to nobody but its reader', async () => {
    const person = await somebody()
    const other = await somebody()
    const free = await change(person, 'free@example.com')
    const taken = await change(person, emailOf())
    expect([free.status, await free.text()]).toEqual([taken.status, await taken.text()])
    const all = await letters(3)
    const told = all.find(({ to }) => to === emailOf())
    expect(told?.action).toBeUndefined()
    // Taken only after the link was sent: the index of the table decides.
    await server.accounts.create({ name: 'Free', email: 'free@example.com', password: testPassword })
    const token = tokenOf(all.find(({ to }) => to === 'free@example.com'))
    expect(await codeOf(await confirm(token))).toBe('account.mail_taken')
    expect([await whoami(person), await whoami(other)]).toEqual([emailOf(people - 2), emailOf()])
  })

  it('is asked for five times in a quarter of an hour at most', async () => {
    const person = await somebody()
    const answers: number[] = []
    for (let n = 0; n < 6; n++) answers.push((await change(person, `flood${n}@example.com`)).status)
    expect(answers).toEqual([200, 200, 200, 200, 200, 429])
  })
})

describe('an invitation by mail', () => {
  const invite = async (email: string) => {
    const response = await (
      await owner()
    ).post('/api/tenants/alpha/access/invite', { name: 'Neu', email, role: 'editor' })
    return (await response.json()) as { link: string | null }
  }
  const accept = (token: string) =>
    post('invitation.accept', { token, account: { name: 'Neu', password: testPassword } })

  it('goes to the address it is for, and whoever invites never sees the link', async () => {
    const answer = await invite('invited@example.com')
    expect(answer).toEqual({ link: null, expiresAt: expect.any(String) })
    // Letters of others may still be on their way.
    const own = () => sent.filter(({ to }) => to === 'invited@example.com')
    for (let n = 0; n < 100 && own().length === 0; n++) await sleep(50)
    expect(own()).toMatchObject([{ language: 'de' }])
    const token = new URL(own()[0]?.action?.url ?? '').hash.slice(1)
    const { rows } = await server.databases.control.query('select data::text from pgboss.job')
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1])
    expect(JSON.stringify(rows)).not.toContain('invited@example.com')
    expect((await accept(token)).status).toBe(200)
    expect(await codeOf(await accept(token))).toBe('access.invitation_invalid')
  })
})

describe('without a mail server', () => {
  it('nothing is promised by mail, and the machine itself helps', async () => {
    const bare = await startTestServer()
    await bare.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const person = await bare.addPerson('anna@example.com', 'alpha', 'owner')
    const shown = (await (await person.get('/api/account/whoami')).json()) as { byMail: boolean }
    expect(shown.byMail).toBe(false)
    const asked = await person.post('/api/account/request_reset', { email: 'anna@example.com' })
    expect(asked.status).toBe(200)
    const change = { password: testPassword, email: 'new@example.com' }
    expect(await codeOf(await person.post('/api/account/change_email', change))).toBe('account.no_mail')
    const invited = await person.post('/api/tenants/alpha/access/invite', {
      name: 'X',
      email: 'x@example.com',
      role: 'dpo',
    })
    expect(((await invited.json()) as { link: string | null }).link).toContain('/invitation#')
    const link = (await bare.issueResetLink('anna@example.com')) ?? ''
    const token = new URL(link).hash.slice(1)
    expect((await person.post('/api/account/reset', { token, password: next })).status).toBe(200)
    await bare.stop()
  })
})
