import { randomUUID } from 'node:crypto'
import { configure, openWalk, outcomeOf } from '../../scripts/testing/browser-walk.ts'
import type { Walk } from '../../scripts/testing/browser-walk.ts'
import { startForgingProvider } from '../../scripts/testing/forging-provider.ts'
import type { Forge, ForgingProvider } from '../../scripts/testing/forging-provider.ts'
import { startProvider } from '../../scripts/testing/provider.ts'
import type { TestProvider } from '../../scripts/testing/provider.ts'
import type { Attack } from './attack.ts'
import { addressOf } from './people.ts'
import type { Target } from './target.ts'

const directory = 'apps/server/src/directory'

/** Two tenants with a provider each: alpha's sends what the attack tells it to, beta's is an honest one. */
interface Providers {
  readonly forging: ForgingProvider
  readonly honest: TestProvider
  /** Where beta's people come back. */
  readonly callback: string
  /** For whom alpha's provider vouches. */
  readonly email: string
  /** A new browser. */
  readonly walk: () => Walk
  /** Signs in by alpha's provider; what the page is told, null where somebody is in. */
  readonly enter: (walk: Walk) => Promise<string | null>
  /** Sets alpha's provider. */
  readonly set: (more?: object) => Promise<void>
}

async function withProviders(target: Target, work: (providers: Providers) => Promise<void>): Promise<void> {
  // Somebody else each time: no account of theirs is there yet.
  const email = `eve-${randomUUID()}@example.com`
  const forging = await startForgingProvider({ sub: 'eve', name: 'Eve', email })
  const [beta] = await target.query<{ public_id: string }>(`select public_id from tenant where slug = 'beta'`)
  const callback = `${target.url}/api/sign-in/openid/callback/${beta?.public_id}`
  const honest = await startProvider(callback, [{ sub: 'ben', name: 'Ben', email: 'ben@beta.example' }])
  const walk = () => openWalk({ url: target.url, local: target.url })
  try {
    const operator = await target.signIn('operator')
    for (const [slug, domain] of [
      ['alpha', 'example.com'],
      ['beta', 'beta.example'],
    ] as const)
      await target.call(operator, 'domain.allow', { slug, domain })
    const owner = await poster(target, 'owner')
    const stranger = await poster(target, 'stranger')
    const set = async (more = {}) => {
      const { status } = await configure(owner, 'alpha', forging, more)
      if (status !== 200) throw new Error(`the provider could not be set: ${status}`)
    }
    await set()
    await configure(stranger, 'beta', honest)
    const enter = async (one: Walk) => outcomeOf(await one.back(await forging.visit(await one.url('alpha'))))
    if ((await enter(walk())) !== null) throw new Error('the honest token does not sign in')
    await work({ forging, honest, callback, email, walk, enter, set })
  } finally {
    await Promise.all([forging.stop(), honest.stop()])
  }
}

async function poster(target: Target, name: 'owner' | 'stranger') {
  const cookie = await target.signIn(name)
  return {
    post: (path: string, body: unknown) =>
      fetch(`${target.url}${path}`, {
        method: 'POST',
        headers: { cookie, origin: target.url, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

/** Whoever this browser is signed in as. */
async function whoIs(walk: Walk): Promise<string | null> {
  const { account } = (await (await walk.get('/api/account/whoami')).json()) as { account: { email: string } | null }
  return account?.email ?? null
}

/** The way back, with another value of a parameter; null takes it out. */
function changed(address: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters))
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  return url.href
}

/** Weakened: a way belongs to no browser, and its secrets follow from what travels. */
export const openIdState: Attack = {
  id: 'openid-state',
  title: 'a way back from a provider opens nothing twice, late, or in another browser',
  weaken: [
    {
      file: `${directory}/attempt.ts`,
      from: '`delete from sign_in_attempt where state_hash = $1 and browser_hash = $2 and expires_at > $3',
      to: '`delete from sign_in_attempt where state_hash = $1 and $2::bytea is not null and expires_at > $3',
    },
    {
      file: `${directory}/attempt.ts`,
      from: '`${what} ${secret} ${state}`',
      to: '`${what} ${state} ${secret.slice(0, 0)}`',
    },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, honest, walk }) => {
      const tryBack = async (what: string, one: Walk, address: string) => {
        await one.back(address)
        tally.add((await whoIs(one)) === null ? null : `${what}: signed in as ${await whoIs(one)}`)
      }
      const begun = async (one: Walk) => await forging.visit(await one.url('alpha'))
      // What somebody overheard, or put into a link for the victim to follow.
      const first = walk()
      const address = await begun(first)
      await tryBack('in a browser that began nothing', walk(), address)
      const other = walk()
      await other.url('alpha')
      await tryBack('in a browser that began another way', other, address)
      const empty = walk()
      empty.cookies.set('art32.way', '')
      await tryBack('with an empty secret', empty, await begun(walk()))
      // Twice in the same browser, and at once.
      const own = walk()
      const mine = await begun(own)
      const secret = own.cookies.get('art32.way') ?? ''
      const again = walk()
      again.cookies.set('art32.way', secret)
      await Promise.all([own.back(mine), again.back(mine)])
      const both = [await whoIs(own), await whoIs(again)]
      tally.add(both.every((one) => one !== null) ? 'twice at once: both browsers are in' : null)
      const later = walk()
      later.cookies.set('art32.way', secret)
      await tryBack('a second time', later, mine)
      // A code of one way with the state of another, at a provider that looks (PKCE) and at one that does not.
      for (const [slug, visit] of [
        ['alpha', (url: string) => forging.visit(url)],
        ['beta', (url: string) => honest.visit(url, 'ben')],
      ] as const) {
        const stolen = await visit(await walk().url(slug))
        const victim = walk()
        const state = new URL(await victim.url(slug)).searchParams.get('state') ?? ''
        await tryBack(`a code of somebody else of ${slug}`, victim, changed(stolen, { state }))
      }
      const slow = walk()
      const late = await begun(slow)
      await target.query(`update sign_in_attempt set expires_at = now() - interval '1 second'`)
      await tryBack('after its time', slow, late)
      for (const state of [null, '', 'x', "' or '1'='1", 'x'.repeat(5_000)]) {
        const one = walk()
        await tryBack(`with the state ${String(state).slice(0, 20)}`, one, changed(await begun(one), { state }))
      }
    }),
}

const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`
const otherDirectory = '99999999-2222-4333-8444-555555555555'
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Tokens that no honest provider would send for this sign-in. */
const forgedTokens: Readonly<Record<string, (forge: Forge) => string>> = {
  'without a signature': ({ honest }) => `${encode({ alg: 'none' })}.${encode(honest)}.`,
  'without a signature, and the key named': ({ honest }) => `${encode({ alg: 'none', kid: 'one' })}.${encode(honest)}.`,
  'with a signature of nothing': ({ honest, token }) =>
    `${encode({ alg: 'nOnE' })}.${encode(honest)}.${token(honest).split('.')[2]}`,
  "signed by somebody's key": ({ honest, token, foreignKey }) => token(honest, {}, foreignKey),
  'that names where its key is': ({ honest, token, foreignKey }) =>
    token(honest, { jku: 'https://evil.example/keys', x5u: 'https://evil.example/x' }, foreignKey),
  'signed with the public key as a secret': ({ honest, hmac, publicKey }) => hmac(honest, publicKey),
  'signed with the client id as a secret': ({ honest, hmac }) => hmac(honest, String(honest['aud'])),
  'with other claims under an honest signature': ({ honest, token }) => {
    const [head = '', , signature = ''] = token(honest).split('.')
    return `${head}.${encode({ ...honest, sub: 'ada' })}.${signature}`
  },
  'for another client': ({ honest, token }) => token({ ...honest, aud: 'another' }),
  'for several clients, none of them this one': ({ honest, token }) => token({ ...honest, aud: ['a', 'b'] }),
  'for this client, given to another': ({ honest, token }) => token({ ...honest, azp: 'another' }),
  'of another issuer': ({ honest, token }) => token({ ...honest, iss: 'https://evil.example' }),
  'of another directory of Microsoft Entra ID': ({ honest, token }) =>
    token({ ...honest, iss: entra(otherDirectory), tid: otherDirectory, oid: 'x' }),
  'of an issuer that begins alike': ({ honest, token }) =>
    token({ ...honest, iss: `${String(honest['iss'])}.evil.example` }),
  'without a nonce': ({ honest, token }) => token({ ...honest, nonce: undefined }),
  'with an empty nonce': ({ honest, token }) => token({ ...honest, nonce: '' }),
  'with another nonce': ({ honest, token }) => token({ ...honest, nonce: 'x'.repeat(43) }),
  'that has run out': ({ honest, token }) => token({ ...honest, exp: Number(honest['iat']) - 120 }),
  'that never runs out': ({ honest, token }) => token({ ...honest, exp: undefined }),
  'of an hour ago': ({ honest, token }) => token({ ...honest, iat: Number(honest['iat']) - 3_600 }),
  'of tomorrow': ({ honest, token }) => token({ ...honest, nbf: Number(honest['iat']) + 86_400 }),
  'of nobody': ({ honest, token }) => token({ ...honest, sub: undefined }),
  'that is none': () => 'x.y.z',
}

/** Weakened: a token is read without a look at its signature, issuer, client or time. */
export const openIdToken: Attack = {
  id: 'openid-token',
  title: 'no ID token signs in that is not signed by this provider, for this client, for this sign-in, now',
  weaken: [
    {
      file: `${directory}/openid.ts`,
      from: 'const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {',
      to: `const unverified = (text: string, ..._: unknown[]) => ({
          payload: JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload,
        })
        const { payload } = unverified(token, createLocalJWKSet(keys), {`,
    },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, walk, enter }) => {
      for (const [what, make] of Object.entries(forgedTokens)) {
        forging.make = make
        const one = walk()
        await enter(one)
        tally.add((await whoIs(one)) === null ? null : `a token ${what}`)
      }
    }),
}

/** Weakened: an answer is not asked whose it is. */
export const openIdMixUp: Attack = {
  id: 'openid-mix-up',
  title: 'no provider gets the code of another, and none answers for another',
  weaken: [
    {
      file: `${directory}/openid.ts`,
      from: 'if (answer.issuer !== null && answer.issuer !== provider.issuer) throw directoryErrors.token_invalid()',
      to: '',
    },
    {
      file: `${directory}/sign-in.ts`,
      from: 'if (back.tenant !== tenant.publicId) throw directoryErrors.token_invalid()',
      to: '',
    },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, honest, callback, walk }) => {
      // RFC 9700 §4.4: a provider of the attacker sends the browser on to an honest one, in art32's name.
      const client = { client_id: honest.clientId, redirect_uri: callback }
      forging.lead = ({ search }) => changed(`${honest.issuer}/auth${search}`, client)
      // Many providers say nothing of themselves when they send the browser back.
      for (const iss of [honest.issuer, null, forging.issuer]) {
        const victim = walk()
        const back = await honest.visit(await forging.visit(await victim.url('alpha')), 'ben')
        const code = new URL(back).searchParams.get('code') ?? ''
        if (code === '') throw new Error(`the honest provider gave no code: ${back}`)
        await victim.back(changed(back, { iss }))
        tally.add(forging.codes.includes(code) ? 'the provider of the attacker got the code of another' : null)
        tally.add((await whoIs(victim)) === null ? null : 'somebody is in by the wrong provider')
      }
      forging.lead = null
      // And the other way round: the attacker's answer to a way that began at the honest one.
      for (const iss of [forging.issuer, honest.issuer, null, '', 'https://evil.example']) {
        const victim = walk()
        const state = new URL(await victim.url('beta')).searchParams.get('state')
        const answer = changed(await forging.visit(await walk().url('alpha')), { state, iss })
        await victim.back(answer)
        tally.add((await whoIs(victim)) === null ? null : `the answer of another provider, as of ${String(iss)}`)
      }
    }),
}

/** Weakened: a session opens every tenant of its account, whoever opened it. */
export const openIdTenant: Attack = {
  id: 'openid-tenant',
  title: "a tenant's provider opens that tenant and nobody's account",
  weaken: [
    {
      file: 'apps/server/src/evidence/tenants.ts',
      from: 'if (account.through && account.through !== open.tenant.id) throw tenantErrors.not_found()',
      to: '',
    },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, email: own, walk, enter }) => {
      const one = walk()
      await enter(one)
      if ((await whoIs(one)) !== own) throw new Error('nobody is in')
      // The same person is an owner elsewhere; whoever runs the provider of alpha must not get in there.
      const [account] = await target.query<{ id: string }>('select id from account where email = $1', [own])
      const [beta] = await target.query<{ id: string }>(`select id from tenant where slug = 'beta'`)
      await target.query(
        `insert into membership (account_id, role, since) values ($1, 'owner', now()) on conflict do nothing`,
        [account?.id],
        'beta',
      )
      await target.query('insert into tenant_account (tenant_id, account_id) values ($1, $2) on conflict do nothing', [
        beta?.id,
        account?.id,
      ])
      const cookie = [...one.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const reading = target.operations.filter(
        ({ scope, changes, kind }) => scope === 'tenant' && !changes && kind === 'json',
      )
      await tally.each(reading, async ({ id }) => {
        const { status } = await target.call(cookie, id, {}, 'beta')
        return status === 200 ? `${id} of another tenant` : null
      })
      for (const [id, input] of [
        ['account.rename', { name: 'Taken over' }],
        ['account.change_email', { email: 'taken-over@example.com', password: 'x' }],
        ['account.begin_totp', {}],
        ['token.create', { tenant: 'beta', name: 'x', permissions: ['register:read'] }],
        ['tenant.rename', { slug: 'beta', name: 'Taken over' }],
        ['tenant.list', {}],
      ] as const)
        if (target.operations.some((operation) => operation.id === id))
          tally.add((await target.call(cookie, id, input)).status === 200 ? `${id} by a provider's session` : null)
      // nOAuth: whatever address the provider writes, with every proof of it.
      for (const name of ['owner', 'operator', 'stranger', 'member'] as const) {
        forging.make = ({ token, honest }) =>
          token({
            ...honest,
            sub: `as-${name}`,
            email: addressOf(name),
            email_verified: true,
            xms_edov: '1',
            preferred_username: addressOf(name),
          })
        const nobody = walk()
        await enter(nobody)
        tally.add((await whoIs(nobody)) === null ? null : `the account of ${name} by its address`)
      }
      for (const email of ['new@beta.example', 'new@elsewhere.example']) {
        forging.make = ({ token, honest }) => token({ ...honest, sub: email, email, email_verified: true })
        const nobody = walk()
        await enter(nobody)
        tally.add((await whoIs(nobody)) === null ? null : `somebody new as ${email}`)
      }
    }),
}

/** Weakened: only the host of the page to go to is looked at, not how a browser reads the path again. */
export const openIdNext: Attack = {
  id: 'openid-next',
  title: 'after a sign-in by a provider nobody is sent to another site',
  weaken: [
    { file: 'apps/server/src/http/sign-in.ts', from: " && !pathname.startsWith('//')", to: '' },
    { file: 'apps/server/src/http/sign-in.ts', from: '`${to.pathname}${to.search}`, 303', to: 'to.href, 303' },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, walk }) => {
      for (const next of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        '\\\\evil.example',
        '/.//evil.example',
        '/x/..//evil.example',
        '/%2e//evil.example',
        '\t//evil.example',
        '/\t/evil.example',
        'https:evil.example',
        `${target.url}@evil.example`,
        `${target.url}.evil.example`,
        'javascript:alert(1)',
        'data:text/html,x',
        `${target.url}//evil.example`,
        '/\r\nlocation: https://evil.example',
      ]) {
        for (const error of [null, 'access_denied']) {
          const one = walk()
          const end = await one.back(changed(await forging.visit(await one.url('alpha', next)), { error }))
          const to = end.headers.get('location') ?? ''
          const leads = new URL(to, `${target.url}/sign-in`).origin !== target.url
          tally.add(leads || /[\r\n]/.test(to) ? `${JSON.stringify(next)} leads to ${to}` : null)
        }
      }
    }),
}

/** Weakened: whatever the provider says of a second factor counts. */
export const openIdFactor: Attack = {
  id: 'openid-factor',
  title: 'a second factor that a provider saw counts only where an owner said so, and only by the word that was named',
  weaken: [
    {
      file: `${directory}/sign-in.ts`,
      from: 'return factor !== null && shown.includes(factor)',
      to: 'return shown.length > 0 || factor !== null',
    },
    {
      file: 'apps/server/src/evidence/doors.ts',
      from: "if (through && factor === null && !mayEnter(tenant, 'one')) throw tenantErrors.factor_needed()",
      to: '',
    },
  ],
  run: (target, tally) =>
    withProviders(target, async ({ forging, walk, enter, set }) => {
      const needs = (needed: boolean) =>
        target.query(`update tenant set needs_factor = $1 where slug = 'alpha'`, [needed])
      const opens = async (one: Walk) => (await one.get('/api/tenants/alpha/system/list')).status === 200
      const trust = async (factor: string | null) => {
        await needs(false)
        await set({ factor })
        await needs(true)
      }
      const enterWith = async (claims: object) => {
        forging.make = ({ token, honest }) => token({ ...honest, ...claims })
        const one = walk()
        await enter(one)
        return one
      }
      const said: readonly object[] = [
        { amr: ['pwd', 'mfa'] },
        { acrs: ['c1'] },
        { amr: 'mfa' },
        { amr: ['MFA'] },
        { amr: ['pwd mfa'] },
        { acr: 'mfa' },
        { acrs: ['mfa'] },
        { amr: ['c1'] },
        { acrs: 'c1' },
        { acrs: ['c10', 'C1'] },
        { amr: { length: 1, 0: 'mfa' } },
        {},
      ]
      try {
        for (const [factor, right] of [
          [null, -1],
          ['mfa', 0],
          ['c1', 1],
        ] as const) {
          await trust(factor)
          for (const [n, claims] of said.entries()) {
            const isIn = await opens(await enterWith(claims))
            if (n === right && !isIn) throw new Error(`${factor} is not believed`)
            tally.add(isIn && n !== right ? `${JSON.stringify(claims)} where ${factor} is believed` : null)
          }
        }
        await trust('mfa')
        const early = await enterWith({ amr: ['mfa'] })
        await trust(null)
        tally.add((await opens(early)) ? 'still in after it was taken back' : null)
        const editor = await target.signIn('editor')
        await needs(false)
        const { issuer, clientId } = forging
        const byEditor = { issuer, clientId, joinRole: null, demand: 'nobody', factor: 'mfa', roles: [] }
        tally.add(
          (await target.call(editor, 'provider.set', byEditor)).status === 200 ? 'an editor has it believed' : null,
        )
      } finally {
        await needs(false)
      }
    }),
}
