import { Client } from 'pg'
import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import type { AnyOperation } from '../../apps/server/src/kernel/index.ts'
import { rounds } from '../faults/tried.ts'
import type { Attack, Tally } from './attack.ts'
import { furnish } from './furnish.ts'
import { peoplesPassword } from './people.ts'
import { cookiesOf, requestOf } from './target.ts'
import type { Answer, Target } from './target.ts'

/** What takes or gives gigabytes ends the connection where it refuses. */
const notHere = new Set(['tenant.import', 'tenant.export'])

/** A stack, a query, a place on the disk, a class of the code, the address of the database. */
const inner =
  /\n\s+at |node_modules|\.ts:\d|\bselect\b.{0,80}\bfrom\b|\binsert into\b|\brelation "|\bcolumn "|violates|\/tmp\/|\/root\/|\/home\/|postgres(ql)?:\/\/|TypeError|ReferenceError|SQLSTATE/i

const leaksIn = ({ text, headers, status }: Answer): string | null => {
  if (status < 400) return null
  const found = inner.exec(text)?.[0] ?? (headers.has('x-powered-by') ? 'x-powered-by' : null)
  return found === null ? null : `${status} tells ${JSON.stringify(found)}`
}

async function asSuperuser(databaseUrl: string, database: string, sql: string): Promise<void> {
  const url = new URL(databaseUrl)
  url.pathname = `/${database}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const nameOf = async (target: Target, tenant?: string): Promise<string> =>
  (await target.query<{ name: string }>('select current_database() as name', [], tenant))[0]?.name ?? ''

/** Calls every operation, and looks at what it refuses with. @returns how many failed as they never should */
async function callAll(
  { target, tally, cookie }: { target: Target; tally: Tally; cookie: string },
  inputOf: (operation: AnyOperation) => object,
): Promise<number> {
  let failed = 0
  await tally.each(
    target.operations.filter(({ id }) => !notHere.has(id)),
    async (operation) => {
      const headers = { cookie, origin: target.url }
      const answer = await target.send(...requestOf(operation, inputOf(operation), 'alpha', headers))
      if (answer.status >= 500) failed++
      const leak = leaksIn(answer)
      return leak === null ? null : `${operation.id}: ${leak}`
    },
  )
  return failed
}

/** Errors by the hundred: of the caller, of art32, of a database in which things are missing. */
export const errorBodies = (databaseUrl: () => string): Attack => ({
  id: 'error-bodies',
  title: 'no refusal and no failure tells of stacks, queries, paths or addresses within',
  weaken: [
    {
      file: 'apps/server/src/http/problem.ts',
      from: "const detail = definition.family === 'bug' ? opaque[language] : error.say(language)",
      to: "const detail = definition.family === 'bug' ? String((error.cause as Error)?.stack) : error.say(language)",
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const cookie = await target.signIn('owner')
    const scene = { target, tally, cookie }
    const wellFormed = (operation: AnyOperation) => madeInput(operation, { given: furniture.ids })
    const nothing = () => ({})
    const crooked = (operation: AnyOperation) =>
      Object.fromEntries(Object.keys(operation.input.shape).map((name) => [name, { a: ['\u0000', -1] }]))
    for (const inputOf of [nothing, crooked]) await callAll(scene, inputOf)
    const own = await nameOf(target, 'alpha')
    const gone = (schema: string) => asSuperuser(databaseUrl(), own, schema)
    // Every table of the tenant is away, and with them most that it can do.
    await gone('alter schema public rename to public_gone')
    const failed = await callAll(scene, wellFormed)
    tally.add(failed > 50 ? null : `only ${failed} operations failed without their tables`)
    await gone('alter schema public_gone rename to public')
    await asSuperuser(databaseUrl(), await nameOf(target), `alter database ${own} with allow_connections false`)
    await asSuperuser(
      databaseUrl(),
      await nameOf(target),
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${own}'`,
    )
    await callAll(scene, wellFormed)
    await asSuperuser(databaseUrl(), await nameOf(target), `alter database ${own} with allow_connections true`)
  },
})

/** Secrets of people and programs, sent well and badly with every operation. */
export const secretsInLogs: Attack = {
  id: 'secrets-in-logs',
  title: 'no password, session or token that was sent stands in a log or comes back',
  weaken: [
    {
      file: 'apps/server/src/http/app.ts',
      from: '  const entry = {\n    trace,',
      to: "  const entry = {\n    trace: String(c.req.header('cookie')) + String(c.req.header('authorization')),",
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const signedIn = await target.send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { origin: target.url },
      body: { email: 'owner@example.com', password: peoplesPassword },
    })
    const cookie = cookiesOf(signedIn)
    const secrets = {
      session: /session_token=([^;.]+)/.exec(cookie)?.[1] ?? '',
      password: 'canary password that was typed',
      token: furniture.readingToken.slice('art32_'.length),
      wrong: 'canary_token_that_never_was',
      code: 'canary-code-of-a-provider',
    }
    tally.add(Object.values(secrets).every((secret) => secret.length > 10) ? null : 'there is no secret to look for')
    const found = (text: string) => Object.entries(secrets).find(([, secret]) => text.includes(secret))?.[0]
    const senders: Record<string, string>[] = [
      { cookie, origin: target.url },
      { cookie: cookie.replace(/\.[^;]*/, '.forged'), origin: target.url },
      { authorization: `Bearer ${furniture.readingToken}` },
      { authorization: `Bearer art32_${secrets.wrong}` },
      { cookie, authorization: `Bearer ${furniture.readingToken}` },
    ]
    const some = senders.slice(0, rounds(1, senders.length))
    const calls = target.operations
      .filter(({ id }) => !notHere.has(id) && !/^account\.(delete|end_others)$/.test(id))
      .flatMap((operation) => some.map((headers) => ({ operation, headers })))
    await tally.each(calls, async ({ operation, headers }) => {
      const names = Object.keys(operation.input.shape)
      // What is meant to be kept comes back to whoever keeps it: secrets go where secrets are asked for.
      const textFor = (name: string) =>
        /password/i.test(name)
          ? secrets.password
          : /token|secret/i.test(name)
            ? secrets.wrong
            : name === 'code'
              ? secrets.code
              : 'a text of somebody'
      const input = Object.fromEntries(names.map((name) => [name, textFor(name)]))
      const [path, sent] = requestOf(operation, operation.kind === 'upload' ? {} : input, 'alpha', headers)
      const inBody = found((await target.send(path, sent)).text)
      return inBody === undefined ? null : `${operation.id} sends back the ${inBody}`
    })
    for (const path of [
      '/api/auth/sign-in/email',
      '/api/account/setup',
      '/api/account/reset',
      '/api/invitation/accept',
    ])
      for (const body of [
        { password: secrets.password, token: secrets.wrong, email: 'owner@example.com' },
        secrets.password,
      ]) {
        const answer = await target.send(path, { method: 'POST', headers: { origin: target.url }, body })
        tally.add(found(answer.text) === undefined ? null : `${path} sends a secret back`)
      }
    for (const line of target.log().split('\n')) {
      const secret = found(line)
      tally.add(secret === undefined ? null : `the log holds the ${secret}: ${line.slice(0, 120)}`)
    }
  },
}
