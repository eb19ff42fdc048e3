import type { Attack } from './attack.ts'
import { addressOf, peoplesPassword } from './people.ts'
import type { Answer, Target } from './target.ts'

const account = 'apps/server/src/account'

const tryPassword = (target: Target, email: string, password: string, headers: Record<string, string> = {}) =>
  target.send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { origin: target.url, ...headers },
    body: { email, password },
  })

/** Guesses, kills the server, and guesses on. */
export const bruteForce: Attack = {
  id: 'brute-force',
  title: 'guessing a password stays hopeless over a restart and under made-up addresses',
  weaken: [
    {
      file: `${account}/attempts.ts`,
      from: 'let sweptAt = 0\n',
      // As if they were counted in memory.
      to: "let sweptAt = 0\n  void pool.query('delete from attempt')\n",
    },
  ],
  // A server of its own: it is killed.
  environment: {},
  async run(target, tally) {
    const email = addressOf('owner')
    const guess = async (n: number, headers = {}) =>
      (await tryPassword(target, email, `guess number ${n}`, headers)).status
    for (let n = 0; n < 10; n++) await guess(n)
    const forwarded = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}` })
    for (const spelling of [email, email.toUpperCase(), ` ${email}`, `${email} `])
      for (let n = 0; n < 3; n++) {
        const { status } = await tryPassword(target, spelling, `guess ${n}`, forwarded(n))
        tally.add([400, 429].includes(status) ? null : `one more guess as "${spelling}": ${status}`)
      }
    await target.restart()
    const right = await tryPassword(target, email, peoplesPassword)
    tally.add(right.status === 429 ? null : `the right password after ten guesses and a restart: ${right.status}`)
    for (let n = 0; n < 10; n++) {
      const status = await guess(n, forwarded(n))
      tally.add(status === 429 ? null : `one more guess after a restart: ${status}`)
    }
  },
}

/** What an answer tells, without what differs in every answer. */
const toldBy = ({ status, headers, text }: Answer): string => {
  const names = [...headers.keys()].filter((name) => name !== 'date').toSorted()
  return `${status} ${names.join()} ${text.replace(/"trace":"[^"]*"/, '')}`
}

/** Asks about somebody who is there and somebody who is not. */
export const enumerationByText: Attack = {
  id: 'enumeration-text',
  title: 'no answer tells whether an account or a tenant exists',
  weaken: [
    {
      file: `${account}/recovery.ts`,
      from: '      if (!mailer.isSet) return\n      aside(',
      to: '      if (!(await findWithPassword(email))) throw accountErrors.link_invalid()\n      aside(',
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('stranger')
    const ask = (path: string, body: object) =>
      target.send(path, { method: 'POST', headers: { origin: target.url }, body })
    const questions: ((there: boolean) => Promise<Answer>)[] = [
      (there) => ask('/api/auth/sign-in/email', { email: address(there), password: 'not the password' }),
      (there) => ask('/api/auth/sign-in/email', { email: address(there), password: '' }),
      (there) => ask('/api/account/request_reset', { email: address(there) }),
      (there) => ask('/api/account/request_reset', { email: address(there).toUpperCase(), language: 'de' }),
      (there) => ask('/api/auth/sign-up/email', { name: 'x', email: address(there), password: peoplesPassword }),
      (there) => ask('/api/auth/request-password-reset', { email: address(there) }),
      (there) => ask('/api/auth/send-verification-email', { email: address(there) }),
      (there) => target.send(`/api/tenants/${there ? 'alpha' : 'nothing'}/document/list`, { headers: { cookie } }),
      (there) => target.send(`/api/tenants/${there ? 'alpha' : 'nothing'}/document/list`),
      (there) =>
        target.call(cookie, 'token.create', {
          tenant: there ? 'alpha' : 'nothing',
          name: 'x',
          permissions: ['register:read'],
        }),
      (there) => target.call(cookie, 'tenant.require_factor', { slug: there ? 'alpha' : 'nothing', required: true }),
      (there) => target.call(cookie, 'tenant.suspend', { slug: there ? 'alpha' : 'nothing' }),
      (there) => target.send(`/trust/${there ? 'alpha' : 'nothing'}`),
    ]
    for (const [number, question] of questions.entries()) {
      const [there, not] = [toldBy(await question(true)), toldBy(await question(false))]
      tally.add(there === not ? null : `question ${number} is answered with ${there} and with ${not}`)
    }
  },
}

const address = (there: boolean): string => (there ? addressOf('member') : 'nobody@example.com')

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN

/** Measures how long a wrong password takes, for an address that is known and one that is not. */
export const enumerationByTime: Attack = {
  id: 'enumeration-time',
  title: 'the time of an answer does not tell whether an account exists',
  weaken: [
    {
      file: `${account}/account.ts`,
      from: 'password: { hash: passwords.hash, verify',
      // The library hashes for nobody where an address is unknown.
      to: "password: { hash: () => Promise.resolve(''), verify",
    },
  ],
  // A proxy that is believed: so each guess comes from elsewhere, and none meets the limits of guessing.
  environment: { ART32_TRUSTED_PROXIES: '127.0.0.0/8,::1' },
  earnest: true,
  async run(target, tally) {
    let asked = 0
    const timed = async (email: string) => {
      const begin = performance.now()
      await tryPassword(target, email, 'not the password', {
        'x-forwarded-for': `198.51.${asked >> 8}.${asked++ % 256}`,
      })
      return performance.now() - begin
    }
    const measure = async (known: string) => {
      const taken = { known: [] as number[], unknown: [] as number[] }
      for (let n = 0; n < 9; n++) {
        taken.known.push(await timed(known))
        taken.unknown.push(await timed('nobody@example.com'))
      }
      return { known: median(taken.known), unknown: median(taken.unknown) }
    }
    // A machine that is busy with something else disturbs one measurement; what leaks shows in each.
    const told: string[] = []
    for (const known of [addressOf('owner'), addressOf('editor'), addressOf('dpo')]) {
      const { known: there, unknown } = await measure(known)
      if (Math.abs(there - unknown) < 0.4 * Math.max(there, unknown)) break
      told.push(`${there.toFixed(1)} ms and ${unknown.toFixed(1)} ms`)
    }
    for (let n = 0; n < asked - 1; n++) tally.add(null)
    tally.add(told.length === 3 ? `known and unknown: ${told.join(', ')}` : null)
  },
}
