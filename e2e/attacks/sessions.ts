import type { Attack } from './attack.ts'
import { addressOf, peoplesPassword } from './people.ts'
import { cookiesOf, requestOf } from './target.ts'
import type { Target } from './target.ts'

async function whoIs(target: Target, cookie: string): Promise<string | null> {
  const answer = await target.send('/api/account/whoami', { headers: { cookie } })
  return answer.status === 200 ? (answer.json<{ account: { email: string } | null }>().account?.email ?? null) : null
}

const signInWith = (target: Target, cookie: string, name: 'owner' | 'stranger') =>
  target.send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { origin: target.url, ...(cookie === '' ? {} : { cookie }) },
    body: { email: addressOf(name), password: peoplesPassword },
  })

const mark = (cookies: string): string => /art32\.session_token=[^;]+/.exec(cookies)?.[0] ?? ''

/** Whoever plants a session in somebody's browser must not share what that person begins there. */
export const sessionFixation: Attack = {
  id: 'session-fixation',
  title: 'a session that was planted, or has ended, never becomes that of who signs in',
  weaken: [
    {
      file: 'apps/server/src/account/account.ts',
      from: ": await shownBy(userId, context?.path ?? '', context?.body),",
      to: `: {
        ...(await shownBy(userId, context?.path ?? '', context?.body)),
        ...(/session_token=(\\w+)/.exec(context?.headers?.get('cookie') ?? '') ? { token: /session_token=(\\w+)/.exec(context.headers.get('cookie'))[1] } : {}),
      },`,
    },
  ],
  async run(target, tally) {
    const ended = mark(await target.signIn('stranger'))
    await target.send('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie: ended, origin: target.url },
      body: {},
    })
    const living = mark(await target.signIn('stranger'))
    for (const planted of [ended, living, 'art32.session_token=planted.planted', 'art32.session_token=planted']) {
      const answer = await signInWith(target, planted, 'owner')
      const own = mark(cookiesOf(answer))
      tally.add(own !== '' && own === planted ? `signing in took over the planted session` : null)
      tally.add(
        (await whoIs(target, planted)) === addressOf('owner') ? 'the planted session became that of the victim' : null,
      )
    }
    for (const over of [ended, ...(await endedInOtherWays(target))])
      tally.add((await whoIs(target, over)) === null ? null : 'a session outlived its end')
  },
}

async function endedInOtherWays(target: Target): Promise<string[]> {
  const link = await target.resetLink(addressOf('leaver'))
  const before = mark(await target.signIn('leaver'))
  await target.send('/api/account/reset', {
    method: 'POST',
    body: { token: link?.split('#')[1], password: `${peoplesPassword} again` },
  })
  const other = mark(await target.signIn('editor'))
  const cookie = await target.signIn('editor')
  await target.call(cookie, 'account.end_others')
  return [before, other]
}

const foreign = (url: string): Record<string, string>[] => [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: `${url}.evil.example` },
  { origin: url.replace('localhost', 'localhost.evil.example') },
  { origin: url.replace(/\d+$/, '1') },
  { origin: url.replace('http:', 'https:') },
  { origin: '' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: url },
  { origin: 'https://evil.example', referer: url, host: 'localhost', 'x-forwarded-host': 'evil.example' },
]

const formTypes = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']

/** Another site's page lets the browser of somebody who is signed in ask for every change there is. */
export const csrf: Attack = {
  id: 'csrf',
  title: 'no page of another site changes anything in the name of who is signed in',
  weaken: [
    {
      file: 'apps/server/src/http/app.ts',
      from: "if (changes && signedIn?.means.kind !== 'token') refuseForeignOrigin(",
      to: "if (changes && signedIn?.means.kind === 'nobody') refuseForeignOrigin(",
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('owner')
    const changing = target.operations.filter(({ changes, kind }) => changes || kind === 'upload')
    const fromElsewhere = changing.flatMap((operation) =>
      foreign(target.url).map((headers) => ({ operation, headers })),
    )
    await tally.each(fromElsewhere, async ({ operation, headers }) => {
      const [path, sent] = requestOf(operation, {}, 'alpha', { cookie, ...headers })
      const { code, status } = await target.send(path, sent)
      return code === 'http.foreign_origin' ? null : `${operation.id} from ${JSON.stringify(headers)}: ${status}`
    })
    // What a form can send without asking first.
    const asForms = changing
      .filter(({ kind }) => kind === 'json')
      .flatMap((operation) => formTypes.map((type) => ({ operation, type })))
    await tally.each(asForms, async ({ operation, type }) => {
      const [path] = requestOf(operation, {}, 'alpha', {})
      const sent = { method: 'POST', headers: { cookie, 'content-type': type }, body: '{}' }
      const { status } = await target.send(path, sent)
      return status === 415 ? null : `${operation.id} as ${type}: ${status}`
    })
    for (const headers of foreign(target.url).filter(({ origin }) => origin !== target.url && origin !== '')) {
      const answer = await target.send('/api/auth/sign-out', {
        method: 'POST',
        headers: { cookie, ...headers },
        body: {},
      })
      tally.add(answer.status < 400 ? `signed out from ${JSON.stringify(headers)}` : null)
    }
    tally.add((await whoIs(target, cookie)) === addressOf('owner') ? null : 'the victim is signed out')
  },
}
