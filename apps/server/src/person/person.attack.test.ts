import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSeen } from '../../../../scripts/testing/readings.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { keepPseudonyms, openPseudonyms } from '../check/pseudonym.ts'

const mail = 'kim@example.com'

let server: TestServer
let owner: Person
let member: Person
let adviser: Person
let stranger: Person
let pseudonym = ''
let [vault, tunnel, cloud] = ['', '', '']

interface Account {
  systemId: string
  account: string
  holder: { personId: string | null; owner: string | null; name: string | null } | null
  proposal: { personId: string; why: string } | null
}
interface Listed {
  counts: Record<'all' | 'open' | 'person' | 'program' | 'left', number>
  found: number
  pages: number
  accounts: Account[]
}

const memberOf = (id: string, role: string, status = 'confirmed') => ({ id, role, status, twoFactor: true })

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  adviser = await server.addPerson('adviser@example.com', 'alpha', 'dpo')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  await server.tenants.asSystem('alpha', async (tx) => {
    const pseudonyms = await openPseudonyms(tx)
    pseudonym = pseudonyms.of(mail)
    await keepPseudonyms(tx, pseudonyms.take())
    const seen = async (connector: string, facts: object) =>
      (await keepSeen(tx, { connector, name: connector, facts })).systemId
    const members = [
      memberOf('vault-owner-1', 'owner'),
      memberOf('vault-user-2', 'user'),
      memberOf('gone', 'user', 'revoked'),
    ]
    vault = await seen('bitwarden', { members })
    tunnel = await seen('vpn', {
      tunnels: [],
      peers: [{ tunnel: 'a', peer: pseudonym, isDeclared: true, heardAt: null }],
      constant: [],
    })
    const access = { owners: ['vault-user-2'], repositories: [] }
    cloud = await seen('bitbucket', { access })
  })
})
afterAll(() => server.stop())

const at = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation}`
const post = async (operation: string, body: object, person = owner, slug = 'alpha') =>
  await person.post(at(operation, slug), body)
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const list = async (query = '', person = owner) =>
  (await (await person.get(at(`holder/list${query}`))).json()) as Listed
const named = (accounts: readonly Account[], id: string) => accounts.find(({ account }) => account === id)
const add = async (body: object) => ((await (await post('person/add', body)).json()) as { personId: string }).personId

describe('accounts and people', () => {
  it('are listed over all connections, administrators first, to those who may read who has access', async () => {
    const { counts, accounts } = await list()
    expect(counts).toEqual({ all: 5, open: 5, person: 0, program: 0, left: 0 })
    expect(
      accounts
        .slice(0, 2)
        .map(({ account }) => account)
        .toSorted(),
    ).toEqual(['vault-owner-1', 'vault-user-2'])
    expect((await list('', adviser)).counts.all).toBe(5)
    expect((await member.get(at('holder/list'))).status).toBe(403)
    expect((await member.get(at('person/list'))).status).toBe(403)
    expect((await list(`?systemId=${vault}&find=user`)).accounts).toMatchObject([{ account: 'vault-user-2' }])
  })

  it('are proposed by what facts have, and by nothing else', async () => {
    const personId = await add({ name: 'Kim Sample', email: 'KIM@example.com' })
    expect(named((await list()).accounts, pseudonym)?.proposal).toMatchObject({ personId, why: 'mail' })
    const set = { systemId: vault, account: 'vault-user-2', personId }
    expect((await post('holder/set', set)).status).toBe(200)
    const { accounts } = await list(`?systemId=${cloud}`)
    expect(accounts).toMatchObject([{ account: 'vault-user-2', proposal: { personId, why: 'same-account' } }])
    expect(named((await list()).accounts, 'vault-owner-1')?.proposal).toBeNull()
  })

  it('are matched by hand, to a person or to a program with an owner and a reason', async () => {
    const set = { systemId: vault, account: 'vault-owner-1' }
    const reason = 'Backs the vault up'
    for (const wrong of [{ owner: 'Operations' }, { reason }, { owner: 'x', reason, personId: crypto.randomUUID() }])
      expect(await codeOf(await post('holder/set', { ...set, ...wrong }))).toBe('person.one_holder')
    expect((await post('holder/set', { ...set, owner: 'Operations', reason })).status).toBe(200)
    expect((await list('?of=program')).accounts).toMatchObject([{ holder: { owner: 'Operations', personId: null } }])
    expect((await post('holder/set', set)).status).toBe(200)
    expect((await list()).counts).toMatchObject({ program: 0, person: 1, open: 4 })
    const unknown = { ...set, account: 'made-up', owner: 'x', reason }
    expect(await codeOf(await post('holder/set', unknown))).toBe('person.account_not_found')
  })

  it('show who left and still has one that is not known to be off', async () => {
    const personId = await add({ name: 'Lee Sample', position: '<b>Support</b>' })
    for (const account of ['vault-owner-1', 'gone']) await post('holder/set', { systemId: vault, account, personId })
    expect((await post('leaving/start', { personId, on: '2026-01-31' })).status).toBe(200)
    expect((await list('?of=left')).accounts).toMatchObject([{ account: 'vault-owner-1' }])
  })

  it('name nobody without that being recorded, and to nobody who need not act', async () => {
    const asked = { pseudonyms: [pseudonym, `person-${'0'.repeat(32)}`] }
    expect(JSON.stringify(await list())).not.toContain(mail)
    expect(await (await post('holder/reveal', asked)).json()).toEqual({ names: { [pseudonym]: mail } })
    expect((await post('holder/reveal', asked, adviser)).status).toBe(403)
    expect(await codeOf(await post('holder/reveal', { pseudonyms: ['x'] }))).toBe('http.invalid')
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ leaf: string }>(
        `select convert_from(leaf, 'UTF8') as leaf from log_entry where type = 'pseudonym.opened'`,
      ),
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.leaf).not.toContain(pseudonym)
  })

  it('of another tenant are not there', async () => {
    const { people } = (await (await owner.get(at('person/list'))).json()) as { people: { id: string }[] }
    const personId = people[0]?.id
    const set = { systemId: vault, account: 'vault-owner-1', personId }
    expect(await codeOf(await post('holder/set', set, stranger))).toBe('tenant.not_found')
    expect(await codeOf(await post('holder/set', set, stranger, 'beta'))).toBe('person.account_not_found')
    expect(await codeOf(await post('person/remove', { personId }, stranger, 'beta'))).toBe('person.not_found')
    const revealed = await post('holder/reveal', { pseudonyms: [pseudonym] }, stranger, 'beta')
    expect(await revealed.json()).toEqual({ names: {} })
    expect((await post('holder/set', set, member)).status).toBe(403)
  })

  it('leave no name beside the ledger, and go with the person', async () => {
    const personId = await add({ name: 'Robin Unusual', email: 'robin@example.com' })
    const taken = { name: 'Another', email: 'Robin@Example.com' }
    expect(await codeOf(await post('person/add', taken))).toBe('person.mail_taken')
    const sameTwice = [1, 2].map(() => post('person/add', { name: 'Twin', email: 'twin@example.com' }))
    expect((await Promise.all(sameTwice)).map(({ status }) => status).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      200, 409,
    ])
    const change = { personId, name: 'Robin Unusual-Sample', email: 'robin@example.com' }
    expect((await post('person/change', change)).status).toBe(200)
    await post('holder/set', { systemId: tunnel, account: pseudonym, personId })
    expect(await (await owner.get(at(`person/show?personId=${personId}`))).json()).toMatchObject({
      person: { name: 'Robin Unusual-Sample' },
      pseudonym: expect.stringMatching(/^person-/),
      accounts: [{ systemId: tunnel, account: pseudonym }],
    })
    const beside = await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ content: Buffer }>('select content from opening where content is not null')
      return rows.map(({ content }) => content.toString('utf8')).join('\n')
    })
    expect(beside).not.toMatch(/Unusual|robin@/i)
    expect((await post('person/remove', { personId })).status).toBe(200)
    expect(await codeOf(await post('person/remove', { personId }))).toBe('person.not_found')
    expect((await list(`?systemId=${tunnel}`)).accounts).toMatchObject([{ holder: null }])
  })

  it('are in what somebody takes along, and lose their address with their account', async () => {
    const personId = await add({ name: 'Member', email: 'member@example.com', position: 'Support desk' })
    await post('holder/set', { systemId: cloud, account: 'vault-user-2', personId })
    const download = await member.get('/api/account/export')
    const files = unzipSync(new Uint8Array(await download.arrayBuffer()))
    const data = JSON.parse(Buffer.from(files['account.json'] ?? []).toString('utf8')) as {
      tenants: { tables: Record<string, object[]> }[]
    }
    expect(data.tenants[0]?.tables).toMatchObject({
      person: [{ name: 'Member', position: 'Support desk' }],
      account_holder: [{ account: 'vault-user-2', system_id: cloud }],
    })
    const people = async () =>
      ((await (await owner.get(at('person/list'))).json()) as { people: { email: string | null }[] }).people
    expect((await people()).map(({ email }) => email)).toContain('member@example.com')
    const gone = await member.post('/api/account/delete', {
      confirm: 'member@example.com',
      password: 'correct horse battery staple',
    })
    expect(gone.status).toBe(200)
    expect((await people()).map(({ email }) => email)).not.toContain('member@example.com')
    // Whose account it is stays the employer's to know.
    expect((await list(`?systemId=${cloud}&of=person`)).found).toBe(1)
  })
})
