import type { Attack } from './attack.ts'
import { furnish } from './furnish.ts'
import { addressOf } from './people.ts'
import type { Answer, Target } from './target.ts'

const scim = 'apps/server/src/directory/scim'

/** A tenant's directory, as it calls. */
interface Caller {
  readonly base: string
  readonly token: string
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Brings somebody. @returns the id */
  bring(email: string): Promise<string>
}

async function openDirectories(target: Target): Promise<{ alpha: Caller; beta: Caller }> {
  const operator = await target.signIn('operator')
  const domains = { alpha: 'example.com', beta: 'beta.example' } as const
  const open = async (slug: 'alpha' | 'beta'): Promise<Caller> => {
    await target.call(operator, 'domain.allow', { slug, domain: domains[slug] })
    const owner = await target.signIn(slug === 'alpha' ? 'owner' : 'stranger')
    const { token } = (await target.call(owner, 'directory.issue_token', { days: 30 }, slug)).json<{ token: string }>()
    const [tenant] = await target.query<{ public_id: string }>('select public_id from tenant where slug = $1', [slug])
    const base = `/scim/v2/${tenant?.public_id}`
    const ask: Caller['ask'] = (method, path, body, headers = { authorization: `Bearer ${token}` }) =>
      target.send(`${base}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body }),
      })
    return {
      base,
      token,
      ask,
      async bring(email) {
        const answer = await ask('POST', '/Users', { userName: email, emails: [{ value: email }], active: true })
        if (answer.status !== 201) throw new Error(`bringing ${email}: ${answer.status} ${answer.text}`)
        return answer.json<{ id: string }>().id
      },
    }
  }
  const [alpha, beta] = await Promise.all([open('alpha'), open('beta')])
  return { alpha, beta }
}

const patch = (...operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
})
const away = patch({ op: 'replace', value: { active: false } })

/** Weakened: any token opens any directory. */
export const scimToken: Attack = {
  id: 'scim-token',
  title: "nothing but a living token of a tenant's own directory brings or removes its people",
  weaken: [
    {
      file: `${scim}/scim.ts`,
      from: 'if (!(await isValidToken(context, token))) throw refusal',
      to: 'void isValidToken',
    },
  ],
  async run(target, tally) {
    const { alpha, beta } = await openDirectories(target)
    const { readingToken } = await furnish(target)
    const cookie = await target.signIn('owner')
    const theirs = await alpha.bring('scim-token@example.com')
    const dead = await openDirectories(target)
    await target.query(
      `delete from directory_token where created_at = (select max(created_at) from directory_token)`,
      [],
      'alpha',
    )
    const late = await openDirectories(target)
    await target.query(
      `update directory_token set expires_at = now() where created_at = (select max(created_at) from directory_token)`,
      [],
      'alpha',
    )
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    const shown: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      nothing: {},
      "another tenant's token": bearer(beta.token),
      'a revoked token': bearer(dead.alpha.token),
      'a token that has run out': bearer(late.alpha.token),
      "an owner's session": { cookie, origin: target.url },
      "an owner's session as a token": bearer(/session_token=([^;.%]+)/.exec(cookie)?.[1] ?? ''),
      'an API token': bearer(readingToken),
      'a token as a password': { authorization: `Basic ${Buffer.from(`x:${alpha.token}`).toString('base64')}` },
      'a token that is longer': bearer(`${alpha.token}A`),
      'a token that is shorter': bearer(alpha.token.slice(0, -1)),
      'a token of its form': bearer(`art32scim_${'A'.repeat(43)}`),
      'no more than its beginning': bearer('art32scim_'),
      'an injection': bearer("' or '1'='1"),
    }
    for (const [what, headers] of Object.entries(shown))
      for (const [method, path, body] of [
        ['GET', '/Users', undefined],
        ['GET', `/Users/${theirs}`, undefined],
        ['POST', '/Users', { userName: 'by-nobody@example.com' }],
        ['PATCH', `/Users/${theirs}`, away],
        ['DELETE', `/Users/${theirs}`, undefined],
        ['GET', '/Groups', undefined],
        ['GET', '/ServiceProviderConfig', undefined],
      ] as const) {
        const { status } = await alpha.ask(method, path, body, headers)
        tally.add(status === 401 ? null : `${method} ${path.replace(theirs, 'id')} with ${what}: ${status}`)
      }
    // And a directory's token opens nothing else.
    for (const path of ['/api/tenants/alpha/access/list', '/api/account/whoami', '/api/tenants/alpha/provider/show']) {
      const answer = await target.send(path, { headers: bearer(alpha.token) })
      tally.add(answer.status === 200 && !answer.text.includes('"account":null') ? `${path} by a directory` : null)
    }
    tally.add((await alpha.ask('GET', `/Users/${theirs}`)).status === 200 ? null : 'somebody is gone')
  },
}

/** Weakened: a directory brings whom it likes. */
export const scimPeople: Attack = {
  id: 'scim-people',
  title: "a directory changes nobody but its own tenant's people, and leaves the last owner",
  weaken: [
    {
      file: `${scim}/people.ts`,
      from: '  if (!(await domains.allows(tenant.id, person.email))) throw domainRefusal()\n',
      to: '  void domains\n',
    },
  ],
  async run(target, tally) {
    const { alpha, beta } = await openDirectories(target)
    const state = async () =>
      JSON.stringify(
        await Promise.all([
          target.query('select id, name, email from account where email not like $1 order by id', ['%scim%']),
          target.query('select account_id, role from membership order by 1', [], 'beta'),
          target.query(`select count(*) from membership where role = 'owner'`, [], 'alpha'),
          target.query('select user_name, name, email, is_active from directory_person order by 1', [], 'beta'),
        ]),
      )
    const theirs = await beta.bring('scim@beta.example')
    const made = await beta.ask('POST', '/Groups', { displayName: `Theirs ${theirs}`, members: [{ value: theirs }] })
    const group = made.json<{ id: string }>().id
    // Accounts that are there already: the directory may take them in, and no more.
    const own = await alpha.ask('POST', '/Users', { userName: addressOf('both'), displayName: 'Taken over' })
    const last = await alpha.bring(addressOf('owner'))
    const before = await state()
    for (const [method, path, body] of [
      ['GET', `/Users/${theirs}`, undefined],
      ['PATCH', `/Users/${theirs}`, away],
      ['PUT', `/Users/${theirs}`, { userName: 'scim-taken@example.com' }],
      ['DELETE', `/Users/${theirs}`, undefined],
      ['GET', `/Groups/${group}`, undefined],
      ['PATCH', `/Groups/${group}`, patch({ op: 'remove', path: 'members' })],
      ['DELETE', `/Groups/${group}`, undefined],
      ['POST', '/Groups', { displayName: 'With somebody else', members: [{ value: theirs }] }],
      ['PATCH', `/Users/${last}`, away],
      ['DELETE', `/Users/${last}`, undefined],
      ['POST', '/Users', { userName: 'scim-new@beta.example' }],
      ['POST', '/Users', { userName: addressOf('stranger').replace('example.com', 'beta.example') }],
      ['POST', '/Users', { userName: 'scim-smuggled@example.com', emails: [{ value: 'scim-smuggled@beta.example' }] }],
      ['POST', '/Users', { userName: 'scim@elsewhere.example' }],
      [
        'PATCH',
        `/Users/${last}`,
        patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'scim@beta.example' }),
      ],
    ] as const) {
      const { status } = await alpha.ask(method, path, body)
      tally.add(
        status >= 400 && status < 500 ? null : `${method} ${path.slice(0, 8)} ${JSON.stringify(body)}: ${status}`,
      )
    }
    if (own.status === 201) {
      const { id } = own.json<{ id: string }>()
      for (const value of [{ displayName: 'Taken over' }, { 'emails[type eq "work"].value': 'scim-taken@example.com' }])
        await alpha.ask('PATCH', `/Users/${id}`, patch({ op: 'replace', value }))
    }
    tally.add((await state()) === before ? null : 'somebody else was changed')
    const list = await alpha.ask('GET', '/Users?count=200')
    tally.add(list.text.includes('beta.example') ? "the list holds another tenant's people" : null)
  },
}

/** Weakened: a filter becomes a part of the query as it is. */
export const scimInput: Attack = {
  id: 'scim-input',
  title: 'no filter, path or body of a directory becomes more than a value',
  weaken: [
    {
      file: `${scim}/people.ts`,
      from: "const where = filter ? `where ${filters[filter.attribute] ?? 'false'}` : ''\n  const values = filter ? [filter.value] : []",
      to: "const where = filter && filters ? `where user_name = '${filter.value}'` : ''\n  const values: string[] = []",
    },
  ],
  async run(target, tally) {
    const { alpha } = await openDirectories(target)
    const id = await alpha.bring('scim-input@example.com')
    const values = [
      "' or '1'='1",
      "' or 1=1 --",
      '%',
      '_%',
      "x'; delete from directory_person; --",
      '*',
      '\\',
      "\\' or true --",
    ]
    const filters = [
      ...values.flatMap((value) =>
        ['userName', 'externalId', 'id'].map((name) => `${name} eq ${JSON.stringify(value)}`),
      ),
      'userName eq "x" or userName pr',
      'userName ne "x"',
      'userName sw ""',
      'not (userName eq "x")',
      'account_id eq "x"',
      'userName eq "x',
      'userName eq "\\u0000"',
      'userName eq "\\ud800"',
      '('.repeat(5_000),
    ]
    await tally.each(filters, async (filter) => {
      const answer = await alpha.ask('GET', `/Users?${new URLSearchParams({ filter }).toString()}`)
      if (answer.status >= 500) return `${filter.slice(0, 40)} fails`
      return answer.status === 200 && answer.json<{ totalResults: number }>().totalResults > 0
        ? `${filter} finds people`
        : null
    })
    const deep = (depth: number) => `${'{"members":['.repeat(depth)}${']}'.repeat(depth)}`
    const bodies: readonly [string, string, unknown][] = [
      ['POST', '/Users', deep(100_000)],
      ['POST', '/Groups', deep(100_000)],
      ['POST', '/Users', `"${'x'.repeat(3 * 1_048_576)}"`],
      ['POST', '/Users', { userName: `${'x'.repeat(1_000_000)}@example.com` }],
      [
        'POST',
        '/Users',
        { userName: 'scim-many@example.com', emails: Array.from({ length: 10_000 }, () => ({ value: 'x' })) },
      ],
      ['POST', '/Groups', { displayName: 'Many', members: Array.from({ length: 20_000 }, () => ({ value: id })) }],
      [
        'PATCH',
        `/Users/${id}`,
        patch(...Array.from({ length: 20_000 }, () => ({ op: 'replace', path: 'displayName', value: 'x' }))),
      ],
      ['POST', '/Users', '{"__proto__":{"active":true},"constructor":{},"userName":7}'],
      ['POST', '/Users', '['],
      ['POST', '/Users', { userName: 'scim-nul\0@example.com' }],
      ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'id', value: 'x' })],
      ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'account_id', value: id })],
      ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'displayName; drop table account', value: 'x' })],
      ['PATCH', `/Users/${id}`, patch({ op: 'remove', path: 'userName' })],
    ]
    for (const [method, path, body] of bodies) {
      const { status } = await alpha.ask(method, path, body)
      // What it does not keep it may leave aside; it must neither fail nor keep it.
      tally.add(status < 500 ? null : `${method} ${path.slice(0, 7)} fails: ${status}`)
    }
    for (const path of [
      '/Users/%00',
      "/Users/'%20or%201=1",
      '/Users/..%2f..',
      '/Groups/%zz',
      '/Groups/x/y',
      '/Bulk',
      '/Me',
    ]) {
      const { status } = await alpha.ask('GET', path)
      tally.add([400, 404, 405].includes(status) ? null : `${path}: ${status}`)
    }
    const [person] = await target.query<{ id: string; user_name: string }>(
      'select id, user_name from directory_person where id = $1',
      [id],
      'alpha',
    )
    tally.add(person?.user_name === 'scim-input@example.com' ? null : 'somebody was changed')
    tally.add((await target.send('/health')).status === 200 ? null : 'it answers no more')
  },
}
