import { createHash, createHmac } from 'node:crypto'
import { newToken } from '../../apps/server/src/access/token-text.ts'
import type { Attack } from './attack.ts'
import { furnish } from './furnish.ts'
import { addressOf, peoplesPassword } from './people.ts'
import type { Target } from './target.ts'

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** JSON web tokens that say who somebody is, unsigned or signed by nobody's key. */
function webTokens(accountId: unknown): string[] {
  const claims = base64url({ sub: accountId, userId: accountId, exp: 9_999_999_999, role: 'owner', iss: 'art32' })
  return ['none', 'None', 'NONE', 'HS256', 'RS256'].flatMap((alg) => {
    const body = `${base64url({ alg, typ: 'JWT' })}.${claims}`
    const signature = createHmac('sha256', '').update(body).digest('base64url')
    return [`${body}.`, body, `${body}.${signature}`]
  })
}

/** Whether these headers are taken for anybody's: whoever is known but may not is refused in another way. */
async function opens(target: Target, headers: Record<string, string>): Promise<boolean> {
  const [whoami, list] = await Promise.all([
    target.send('/api/account/whoami', { headers }),
    target.send('/api/tenants/alpha/document/list', { headers }),
  ])
  return list.status !== 401 || whoami.text.includes('@example.com')
}

/** Tokens and sessions that art32 never gave out. */
export const forgedTokens: Attack = {
  id: 'forged-tokens',
  title: 'no token and no session opens anything that art32 did not give out itself',
  weaken: [
    {
      file: 'apps/server/src/access/tokens.ts',
      from: 'where t.secret_hash = $1 and t.expires_at > $2`',
      to: 'where $1::bytea is not null and t.expires_at > $2`',
    },
  ],
  async run(target, tally) {
    const { readingToken, revokedToken, ids } = await furnish(target)
    const cookie = await target.signIn('owner')
    const session = /art32\.session_token=([^;]+)/.exec(cookie)?.[1] ?? ''
    const [value = '', signature = ''] = decodeURIComponent(session).split('.')
    const web = webTokens(ids['accountId'])
    const bearers = [
      newToken(),
      newToken(),
      revokedToken,
      readingToken.slice(0, -1),
      `${readingToken}0`,
      readingToken.toUpperCase(),
      readingToken.replace(/.{6}$/, '000000'),
      `${readingToken.slice(0, 20)}%`,
      "art32_' or '1'='1",
      'art32_',
      ids['tokenId'],
      createHash('sha256').update(readingToken).digest('hex'),
      value,
      session,
      ...web,
    ]
    const sessions = [
      value,
      `${value}.`,
      `${value}.${'A'.repeat(signature.length)}`,
      `${value}.${createHmac('sha256', '').update(value).digest('base64')}`,
      `${value}x.${signature}`,
      `.${signature}`,
      String(ids['sessionId']),
      readingToken,
      ...web,
    ]
    await tally.each(bearers, async (bearer) =>
      (await opens(target, { authorization: `Bearer ${String(bearer)}` }))
        ? `opened as a token: ${String(bearer)}`
        : null,
    )
    await tally.each(sessions, async (made) => {
      const names = [
        'art32.session_token',
        '__Secure-art32.session_token',
        '__Host-art32.session_token',
        'better-auth.session_token',
      ]
      const cookies = names.map((name) => `${name}=${encodeURIComponent(made)}`).join('; ')
      return (await opens(target, { cookie: cookies })) ? `opened as a session: ${made}` : null
    })
    const tokenInAddress = await target.send(`/api/tenants/alpha/document/list?token=${readingToken}`)
    tally.add(tokenInAddress.status === 200 ? 'a token in the address opened' : null)
  },
}

/** Sessions, tokens and links that were good once. */
export const expiredTokens: Attack = {
  id: 'expired-tokens',
  title: 'no token, session or link opens anything once its time is over or it was used',
  weaken: [
    {
      file: 'apps/server/src/access/tokens.ts',
      from: 'where t.secret_hash = $1 and t.expires_at > $2`',
      to: 'where t.secret_hash = $1 and $2::timestamptz is not null`',
    },
  ],
  async run(target, tally) {
    const { readingToken } = await furnish(target)
    const bearer = { authorization: `Bearer ${readingToken}` }
    if (!(await opens(target, bearer))) throw new Error('the token does not open anything while it is good')
    await target.query(
      `update api_token set since = now() - interval '2 days', expires_at = now() - interval '1 second'`,
    )
    tally.add((await opens(target, bearer)) ? 'a token outlived its time' : null)

    const cookie = await target.signIn('dpo')
    await target.query(`update session set "expiresAt" = now() - interval '1 second'`)
    tally.add((await opens(target, { cookie })) ? 'a session outlived its time' : null)

    const owner = await target.signIn('owner')
    const { link } = (
      await target.call(owner, 'access.invite', { name: 'Late', email: 'late@example.com', role: 'owner' })
    ).json<{ link: string }>()
    const token = new URL(link).hash.slice(1)
    await target.query(`update invitation set expires_at = now() - interval '1 second'`, [], 'alpha')
    const account = { name: 'Late', password: peoplesPassword }
    const accepted = await target.send('/api/invitation/accept', { method: 'POST', body: { token, account } })
    tally.add(accepted.status === 200 ? 'an invitation outlived its time' : null)

    const reset = async (given: string | undefined) => {
      const body = { token: given, password: `${peoplesPassword} of somebody else` }
      return (await target.send('/api/account/reset', { method: 'POST', body })).status === 200
    }
    const tokenOf = async () => (await target.resetLink(addressOf('signatory')))?.split('#')[1]
    const [late, early] = [await tokenOf(), await tokenOf()]
    const confirmed = await target.send('/api/account/confirm_email', { method: 'POST', body: { token: late } })
    tally.add(confirmed.status === 200 ? 'a link for a password changed an address' : null)
    await target.query(`update account_link set expires_at = now() - interval '1 second'`)
    tally.add((await reset(late)) ? 'a link outlived its time' : null)
    const good = await tokenOf()
    const [first, second] = await Promise.all([reset(good), reset(good)])
    tally.add(first && second ? 'a link worked twice at once' : null)
    tally.add((await reset(good)) ? 'a link worked again' : null)
    tally.add((await reset(early)) ? 'a link outlived the one after it' : null)
  },
}
