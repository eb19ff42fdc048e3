import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { prove } from '../engine/prove.ts'
import { listen } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

const url: string | undefined = inject('databaseUrl')

/** The statements of the guide: what it tells people to do is what works. */
const guide = readFileSync(new URL('../../../../docs/guides/prove-an-application.md', import.meta.url), 'utf8')
const exampleViews = /```sql\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''

/** Judges passwords as told; keeps none. */
async function passwordServer(accepts: (password: string) => number): Promise<TestServer & { readonly url: string }> {
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const { password } = JSON.parse(text) as { password: string }
      response.writeHead(accepts(password)).end()
    })
  })
  const listening = await listen(server)
  return { ...listening, url: `http://127.0.0.1:${listening.port}/judge` }
}

describe.skipIf(url === undefined)('looking at an application with accounts', () => {
  const name = `probe_app_${process.pid}`
  const looks = `${name}_looks`
  const address = (user?: string) => {
    const at = new URL(url ?? '')
    at.pathname = `/${name}`
    if (user !== undefined) Object.assign(at, { username: user, password: 'swordfish' })
    return at.href
  }

  async function run(sql: string, at = address()): Promise<void> {
    const { Client } = (await import('pg')).default
    const client = new Client({ connectionString: at })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }

  async function look(passwordTest?: string) {
    const settings = { url: address(looks), ...(passwordTest === undefined ? {} : { passwordTest }) }
    const { targets } = await prove([{ connector: 'app', settings, system: 'test' }], {
      attempts: 1,
      context: { limits: { silenceMs: 2_000, answerBytes: 65_536 } },
    })
    const [target] = targets
    if (target === undefined) throw new Error('no result')
    return { reading: target.reading, states: new Map(target.checks.map(({ check, state }) => [check, state])) }
  }

  /** All but the one that needs two tenants. */
  const judged = (states: ReadonlyMap<string, string>) =>
    [...states].flatMap(([check, state]) => (check === 'app.tenant-isolation' ? [] : [state]))

  beforeAll(async () => {
    await run(`create database ${name}`, url)
    await run(`
      create table account (id serial primary key, password_hash text);
      create table reset_token (token_hash bytea, created_at timestamptz default now(), expires_at timestamptz);
      create table api_token (token_hash text, created_at timestamptz default now(), expires_at timestamptz);
      create table audit (object_id int, action text);
      insert into account (password_hash) select '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA' from generate_series(1, 3);
      insert into audit select id, 'user.created' from account;
      insert into reset_token (token_hash, expires_at) values (sha256('a'), now() + interval '30 minutes');
      insert into api_token (token_hash, expires_at) values (encode(sha256('b'), 'hex'), now() + interval '90 days');`)
    await run(exampleViews.replaceAll('art32_looks', looks).replace('…', 'swordfish'))
  })

  afterAll(async () => {
    await run(`drop database ${name} with (force)`, url)
    await run(`drop role ${looks}`, url)
  })

  it('passes where everything is in order, and sees neither a hash nor a person', async () => {
    const server = await passwordServer((password) => (/^[0-9a-z]{32}$/.test(password) ? 204 : 422))
    const { reading, states } = await look(server.url)
    await server.close()
    expect(reading).toMatchObject({ read: 'ok', complete: true })
    expect(states.get('app.tenant-isolation')).toBe('not-applicable')
    expect(judged(states)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass'])
    expect(JSON.stringify(reading)).not.toContain('c29tZXNhbHQ')
  })

  it('reads nothing but the views', async () => {
    await expect(run('select * from account', address(looks))).rejects.toMatchObject({ code: '42501' })
  })

  it('notices an old hash, a plain token, a token without end and a user without an event', async () => {
    await run(`
      insert into account (password_hash) values ('5f4dcc3b5aa765d61d8327deb882cf99');
      insert into reset_token (token_hash) values (convert_to('plain', 'UTF8'));
      insert into api_token (token_hash, expires_at) values ('plain-token', now() + interval '1 day');
      insert into reset_token (token_hash, created_at, expires_at) values (sha256('c'), now() - interval '9 days', now() - interval '8 days');`)
    const server = await passwordServer(() => 200)
    const { states } = await look(server.url)
    await server.close()
    expect(judged(states)).toEqual(['fail', 'fail', 'fail', 'fail', 'fail', 'fail'])
  })

  it.each([
    ['refuses a strong password, too', 422, 'contract'],
    ['wants a sign-in', 401, 'denied'],
    ['is broken', 500, 'unreachable'],
    ['asks to slow down', 429, 'throttled'],
  ])('could not look where the address %s', async (_name, status, why) => {
    const server = await passwordServer(() => status)
    const { reading, states } = await look(server.url)
    await server.close()
    expect(reading).toMatchObject({ facts: { weakPasswords: { read: 'no', why } } })
    expect(states.get('app.weak-password-rejected')).toBe('not-evaluated')
  })

  it('says which view is not there', async () => {
    await run('drop view art32.lifecycle')
    const { reading, states } = await look()
    expect(reading).toMatchObject({
      facts: { lifecycle: { read: 'no', why: 'not-configured' }, weakPasswords: { read: 'no', why: 'not-configured' } },
    })
    expect(states.get('app.lifecycle-events')).toBe('not-evaluated')
  })
})
