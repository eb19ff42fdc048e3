import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDirectory } from '../../../../../scripts/testing/directory.ts'
import type { ScimUser, TestDirectory } from '../../../../../scripts/testing/directory.ts'
import { startTestServer } from '../../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let other: Person
let alpha: TestDirectory
let beta: TestDirectory

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@alpha.example', 'alpha', 'owner')
  other = await server.addPerson('owner@beta.example', 'beta', 'owner')
  const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  for (const slug of ['alpha', 'beta']) await operator.post('/api/domain/allow', { slug, domain: `${slug}.example` })
  alpha = await openDirectory(server, owner, 'alpha')
  beta = await openDirectory(server, other, 'beta')
})
afterAll(() => server.stop())

const members = async (person = owner, tenant = 'alpha') => {
  const answer = (await (await person.get(`/api/tenants/${tenant}/access/list`)).json()) as {
    members: { email: string; role: string; accountId: string }[]
  }
  return answer.members
}
const roleOf = async (email: string) => (await members()).find((one) => one.email === email)?.role ?? null
const listed = async (filter: string) =>
  (await (await alpha.ask('GET', `/Users?${new URLSearchParams({ filter })}`)).json()) as {
    totalResults: number
    Resources: ScimUser[]
  }
const patch = (...operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
})

describe('a directory', () => {
  it('brings a person without a password, finds, changes and removes them', async () => {
    const ada = await alpha.bring('Ada@alpha.example', { externalId: 'oid-ada' })
    expect(ada).toMatchObject({ userName: 'Ada@alpha.example', active: true })
    expect(await roleOf('ada@alpha.example')).toBe('member')
    for (const filter of [
      'userName eq "ada@ALPHA.example"',
      'externalId eq "oid-ada"',
      'USERNAME EQ "ada@alpha.example"',
    ])
      expect([filter, (await listed(filter)).Resources.map(({ id }) => id)]).toEqual([filter, [ada.id]])
    expect((await listed('userName eq "nobody@alpha.example"')).totalResults).toBe(0)
    const again = await alpha.ask('POST', '/Users', { userName: 'ada@alpha.example' })
    expect([again.status, await again.json()]).toMatchObject([409, { scimType: 'uniqueness', status: '409' }])
    const changed = await alpha.ask(
      'PATCH',
      `/Users/${ada.id}`,
      patch({ op: 'Replace', path: 'displayName', value: 'Ada L.' }),
    )
    expect(await changed.json()).toMatchObject({ displayName: 'Ada L.' })
    expect((await server.accounts.findByEmail('ada@alpha.example'))?.name).toBe('Ada L.')
    const put = {
      userName: 'ada@alpha.example',
      externalId: 'oid-ada',
      name: { givenName: 'Ada', familyName: 'King' },
      active: true,
    }
    expect(await (await alpha.ask('PUT', `/Users/${ada.id}`, put)).json()).toMatchObject({ displayName: 'Ada King' })
    expect((await alpha.ask('DELETE', `/Users/${ada.id}`)).status).toBe(204)
    expect((await alpha.ask('GET', `/Users/${ada.id}`)).status).toBe(404)
    expect((await alpha.ask('DELETE', `/Users/${ada.id}`)).status).toBe(404)
    expect(await roleOf('ada@alpha.example')).toBeNull()
  })

  it.each([
    [
      'Entra',
      patch({ op: 'Replace', path: 'active', value: 'False' }),
      patch({ op: 'Replace', path: 'active', value: 'True' }),
    ],
    [
      'Entra of today',
      patch({ op: 'replace', value: { active: false } }),
      patch({ op: 'add', path: 'active', value: true }),
    ],
    [
      'Okta',
      patch({ op: 'replace', value: { active: false } }),
      patch({ op: 'replace', value: { active: true, 'name.formatted': 'Back' } }),
    ],
  ])('lets somebody leave and come back in the spelling of %s', async (_, away, back) => {
    const email = 'leaver@alpha.example'
    const person = (await listed(`userName eq "${email}"`)).Resources[0] ?? (await alpha.bring(email))
    expect(await (await alpha.ask('PATCH', `/Users/${person.id}`, away)).json()).toMatchObject({ active: false })
    expect(await roleOf(email)).toBeNull()
    expect(await (await alpha.ask('PATCH', `/Users/${person.id}`, back)).json()).toMatchObject({ active: true })
    expect(await roleOf(email)).toBe('member')
  })

  it('gives roles by groups and takes them again', async () => {
    const set = await owner.post('/api/tenants/alpha/provider/set', {
      issuer: 'https://id.alpha.example',
      clientId: 'c',
      clientSecret: 's',
      joinRole: null,
      demand: 'nobody',
      roles: [
        { group: 'Editors', role: 'editor' },
        { group: 'gid-2', role: 'dpo' },
      ],
    })
    expect(set.status).toBe(200)
    const person = await alpha.bring('group@alpha.example')
    const made = await alpha.ask('POST', '/Groups', { displayName: 'Editors', members: [{ value: person.id }] })
    const group = (await made.json()) as { id: string }
    expect([made.status, await roleOf('group@alpha.example')]).toEqual([201, 'editor'])
    const at = `/Groups/${group.id}`
    expect(
      (await alpha.ask('PATCH', at, patch({ op: 'remove', path: `members[value eq "${person.id}"]` }))).status,
    ).toBe(200)
    expect(await roleOf('group@alpha.example')).toBe('member')
    await alpha.ask('PATCH', at, patch({ op: 'Add', path: 'members', value: [{ value: person.id }] }))
    expect(await roleOf('group@alpha.example')).toBe('editor')
    await alpha.ask('PATCH', at, patch({ op: 'replace', value: { displayName: 'Renamed', externalId: 'gid-2' } }))
    expect(await roleOf('group@alpha.example')).toBe('dpo')
    const bare = await (
      await alpha.ask('GET', '/Groups?excludedAttributes=members&filter=displayName eq "renamed"')
    ).json()
    expect(bare).toMatchObject({ totalResults: 1, Resources: [{ displayName: 'Renamed' }] })
    expect(JSON.stringify(bare)).not.toContain(person.id)
    expect((await alpha.ask('DELETE', at)).status).toBe(204)
    expect(await roleOf('group@alpha.example')).toBe('member')
  })

  it('says what it can do', async () => {
    for (const path of [
      '/ServiceProviderConfig',
      '/ResourceTypes',
      '/ResourceTypes/User',
      '/Schemas',
      '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    ]) {
      const response = await alpha.ask('GET', path)
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'application/scim+json',
      ])
    }
  })

  it('lists page by page and never more than 200', async () => {
    for (let count = 0; count < 3; count++) await alpha.bring(`page${count}@alpha.example`)
    const page = async (query: string) =>
      (await (await alpha.ask('GET', `/Users?${query}`)).json()) as {
        totalResults: number
        itemsPerPage: number
        startIndex: number
        Resources: { id: string }[]
      }
    const all = await page('count=1000000')
    expect(all.itemsPerPage).toBe(all.totalResults)
    const second = await page('startIndex=2&count=1')
    expect(second).toMatchObject({ itemsPerPage: 1, startIndex: 2 })
    expect(second.Resources[0]?.id).toBe(all.Resources[1]?.id)
    expect(await page('count=0')).toMatchObject({ itemsPerPage: 0, totalResults: all.totalResults })
    expect(await page('startIndex=-5&count=-1')).toMatchObject({ startIndex: 1, itemsPerPage: 0 })
    for (const query of ['count=x', 'startIndex=1;drop', 'count=99999999999999999999'])
      expect([query, (await alpha.ask('GET', `/Users?${query}`)).status]).toEqual([query, 400])
  })
})

describe('a token of a directory', () => {
  it('opens its own tenant only, and nothing else of art32', async () => {
    const refused = await alpha.ask('GET', '/Users', undefined, beta.token)
    expect([refused.status, await refused.json()]).toMatchObject([401, { status: '401' }])
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    const texts = new Set<string>()
    const { publicId } = (await server.registry.open('beta')).tenant
    for (const path of [publicId, 'aaaaaaaaaaaa', 'beta', "' or 1=1", '']) {
      const response = await fetch(`${server.local}/scim/v2/${encodeURIComponent(path)}/Users`, {
        headers: { authorization: `Bearer ${alpha.token}` },
      })
      texts.add(`${response.status} ${await response.text()}`)
    }
    expect([...texts]).toHaveLength(1)
    const api = await fetch(`${server.local}/api/tenants/alpha/access/list`, {
      headers: { authorization: `Bearer ${alpha.token}` },
    })
    expect(api.status).toBe(401)
    const byCookie = await owner.get(`/scim/v2/${(await server.registry.open('alpha')).tenant.publicId}/Users`)
    expect(byCookie.status).toBe(401)
  })

  it('that was revoked, has run out or is forged opens nothing', async () => {
    const mine = await openDirectory(server, owner, 'alpha')
    expect((await mine.ask('GET', '/Users')).status).toBe(200)
    type Shown = { tokens: { tokenId: string; lastUse: string | null }[] }
    const { tokens } = (await (await owner.get('/api/tenants/alpha/provider/show')).json()) as Shown
    const tokenId = tokens.at(-1)?.tokenId
    expect(tokens.at(-1)?.lastUse).not.toBeNull()
    const foreign = await other.post('/api/tenants/beta/directory/revoke_token', { tokenId })
    expect(await foreign.json()).toMatchObject({ code: 'directory.token_unknown' })
    expect((await owner.post('/api/tenants/alpha/directory/revoke_token', { tokenId })).status).toBe(200)
    const expired = await openDirectory(server, owner, 'alpha')
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      expect(JSON.stringify((await sql.query('select * from directory_token')).rows)).not.toContain('art32scim')
      await sql.query(
        `update directory_token set expires_at = now() where created_at = (select max(created_at) from directory_token)`,
      )
    })
    for (const token of [
      mine.token,
      expired.token,
      `${alpha.token}x`,
      alpha.token.slice(0, -1),
      'art32scim_',
      `art32scim_${'A'.repeat(43)}`,
    ])
      expect((await alpha.ask('GET', '/Users', undefined, token)).status).toBe(401)
    expect((await alpha.ask('GET', '/Users')).status).toBe(200)
  })
})

describe('a directory that means harm', () => {
  it('finds nothing by a filter that is no filter', async () => {
    const filters = [
      `userName eq "x" or userName ne "y"`,
      `userName eq "x"; drop table directory_person`,
      `userName sw "a"`,
      `userName eq "x`,
      `password eq "x"`,
      `account_id eq "x"`,
      `userName eq "\\u0000"`,
      '('.repeat(2_000),
    ]
    for (const filter of filters) {
      const response = await alpha.ask('GET', `/Users?${new URLSearchParams({ filter })}`)
      expect([filter.slice(0, 40), response.status]).toEqual([filter.slice(0, 40), 400])
    }
    expect((await listed(`userName eq "' or '1'='1"`)).totalResults).toBe(0)
    expect((await listed(`userName eq "%"`)).totalResults).toBe(0)
  })

  it("brings nobody of a domain that is not its tenant's, whether there is an account or not", async () => {
    const texts = new Set<string>()
    for (const email of ['owner@beta.example', 'nobody@beta.example', 'operator@example.com', 'nobody@example.com']) {
      const response = await alpha.ask('POST', '/Users', { userName: email, emails: [{ value: email }] })
      texts.add(`${response.status} ${await response.text()}`)
    }
    expect([...texts]).toHaveLength(1)
    expect(await server.accounts.findByEmail('nobody@beta.example')).toBeUndefined()
    const smuggled = await alpha.ask('POST', '/Users', {
      userName: 'x@alpha.example',
      emails: [{ value: 'owner@beta.example' }],
    })
    expect(smuggled.status).toBe(400)
  })

  it('changes neither name nor address of an account that it did not make or that others have, only its own membership', async () => {
    const person = await server.addPerson('shared@alpha.example', 'beta', 'editor')
    const adopted = await alpha.bring('shared@alpha.example', { displayName: 'Another Name' })
    expect(await roleOf('shared@alpha.example')).toBe('member')
    const made = await alpha.bring('made@alpha.example')
    const account = await server.accounts.findByEmail('made@alpha.example')
    await server.tenants.join('beta', account?.id ?? '', 'member')
    for (const [id, email] of [
      [adopted.id, 'shared@alpha.example'],
      [made.id, 'made@alpha.example'],
    ] as const) {
      const change = patch({
        op: 'replace',
        value: { displayName: 'Taken', 'emails[type eq "work"].value': 'taken@alpha.example' },
      })
      expect((await alpha.ask('PATCH', `/Users/${id}`, change)).status).toBe(200)
      expect((await server.accounts.findByEmail(email))?.name).toBe(email.split('@')[0])
      expect((await alpha.ask('DELETE', `/Users/${id}`)).status).toBe(204)
      expect(await roleOf(email)).toBeNull()
    }
    expect((await person.get('/api/tenants/beta/access/list')).status).toBe(200)
    expect(await server.accounts.findByEmail('taken@alpha.example')).toBeUndefined()
  })

  it("neither sees nor changes people of another tenant's directory", async () => {
    const theirs = await beta.bring('theirs@beta.example')
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', patch({ op: 'replace', value: { active: false } })],
      ['PUT', { userName: 'x@alpha.example' }],
      ['DELETE', undefined],
    ] as const)
      expect([method, (await alpha.ask(method, `/Users/${theirs.id}`, body)).status]).toEqual([method, 404])
    const group = await alpha.ask('POST', '/Groups', { displayName: 'Theirs', members: [{ value: theirs.id }] })
    expect(group.status).toBe(400)
    expect(JSON.stringify(await listed('userName eq "theirs@beta.example"'))).not.toContain(theirs.id)
    expect((await members(other, 'beta')).some(({ email }) => email === 'theirs@beta.example')).toBe(true)
  })

  it('does not remove the last owner', async () => {
    const adopted = await alpha.bring('owner@alpha.example')
    for (const [method, body] of [
      ['PATCH', patch({ op: 'replace', value: { active: false } })],
      ['DELETE', undefined],
    ] as const) {
      const response = await alpha.ask(method, `/Users/${adopted.id}`, body)
      expect([method, response.status]).toEqual([method, 409])
    }
    expect((await owner.get('/api/tenants/alpha/access/list')).status).toBe(200)
    expect(await (await alpha.ask('GET', `/Users/${adopted.id}`)).json()).toMatchObject({ active: true })
  })

  it('is refused in the format of SCIM whatever nonsense it sends', async () => {
    const person = await alpha.bring('nonsense@alpha.example')
    const bodies: [string, string, unknown][] = [
      ['POST', '/Users', '{'],
      ['POST', '/Users', '[]'],
      ['POST', '/Users', { userName: 7 }],
      ['POST', '/Users', { userName: 'no mail address' }],
      ['POST', '/Users', { userName: 'nul\0@alpha.example', displayName: '\0' }],
      ['POST', '/Groups', {}],
      ['PATCH', `/Users/${person.id}`, {}],
      ['PATCH', `/Users/${person.id}`, patch({ op: 'explode', path: 'active' })],
      ['PATCH', `/Users/${person.id}`, patch({ op: 'replace', path: 'active', value: 'perhaps' })],
      ['PATCH', `/Users/${person.id}`, patch({ op: 'remove', path: 'userName' })],
      ['PATCH', `/Users/${person.id}`, patch({ op: 'replace', value: 'x' })],
      ['PATCH', `/Users/${person.id}`, patch({ op: 'replace', path: 'externalId', value: 'half \ud800' })],
    ]
    for (const [method, path, body] of bodies) {
      const response = await alpha.ask(method, path, body)
      const answer = (await response.json()) as { schemas: string[]; status: string }
      expect([method, path, JSON.stringify(body), response.status]).toEqual([method, path, JSON.stringify(body), 400])
      expect(answer.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
    }
    for (const [method, path] of [
      ['POST', `/Users/${person.id}`],
      ['DELETE', '/Users'],
      ['GET', '/Groups/one/two'],
      ['GET', '/Nothing'],
      ['GET', '/Users/%00'],
      ['GET', '/Schemas/%zz'],
    ] as const)
      expect([method, path, [404, 405].includes((await alpha.ask(method, path)).status)]).toEqual([method, path, true])
    expect((await alpha.ask('POST', '/Users', `"${'x'.repeat(3_000_000)}"`)).status).toBe(413)
  })

  it('brings one person where it asks ten times at the same moment', async () => {
    const body = { userName: 'race@alpha.example' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => alpha.ask('POST', '/Users', body)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(9).fill(409)])
    expect((await members()).filter(({ email }) => email === 'race@alpha.example')).toHaveLength(1)
  })
})

it('records joining, changing and leaving', async () => {
  await server.ledgers.settle(await server.registry.open('alpha'))
  const { entries } = (await (await owner.get('/api/tenants/alpha/ledger/entries?limit=100')).json()) as {
    entries: { type: string }[]
  }
  const types = entries.map(({ type }) => type)
  for (const type of [
    'person.joined',
    'person.changed',
    'person.left',
    'access.granted',
    'access.revoked',
    'token.created',
  ])
    expect(types).toContain(type)
})
