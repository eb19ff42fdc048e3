import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { at, json } from '../../../../scripts/testing/published.ts'
import { startNameServer } from '../../../../scripts/testing/name-server.ts'
import type { NameServer } from '../../../../scripts/testing/name-server.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openTxt } from '../platform/index.ts'
import { connectExternal, withClient } from '../platform/postgres/index.ts'
import { openSites } from './sites.ts'
import { hurry } from '../../../../scripts/testing/hurry.ts'

let names: NameServer
let server: TestServer
let owner: Person
let other: Person
let operator: Person
const sent: { to: string; text: string }[] = []
let ahead = 0
const now = () => new Date(Date.now() + ahead)

const document = new TextEncoder().encode('# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n')

beforeAll(async () => {
  names = await startNameServer()
  server = await startTestServer(
    { ART32_URL: 'https://toms.example.com' },
    {
      askTxt: openTxt([names.address], 60),
      clock: { now },
      mailer: {
        isSet: true,
        send: ({ to, subject, paragraphs }) => {
          sent.push({ to, text: [subject, ...paragraphs].join('\n') })
          return Promise.resolve()
        },
      },
    },
  )
  for (const slug of ['this-installation', 'alpha', 'beta'])
    await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  other = await server.addPerson('other@example.com', 'beta', 'owner')
  operator = await server.addPerson('runs@example.com', 'this-installation', 'owner')
  for (const [person, slug] of [
    [owner, 'alpha'],
    [other, 'beta'],
  ] as const) {
    const path = (operation: string) => at(operation).replace('/alpha/', `/${slug}/`)
    const read = await json<{ document: { id: string } }>(
      await person.upload(`${path('document.read')}?name=tom.md`, document),
    )
    await person.post(path('document.adopt'), { documentId: read.document.id })
    const { id } = await json<{ id: string }>(await person.post(path('edition.draft'), {}))
    expect((await person.post(path('edition.sign'), { editionId: id })).status).toBe(200)
  }
})
afterAll(async () => {
  await server.stop()
  await names.close()
})

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Asks with a host of one's choice, as whoever opens the connection can. */
function askAs(host: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  const { port } = new URL(server.local)
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const asking = request({ port, host: '127.0.0.1', path, method, headers: { ...headers, host } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      )
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

/** Sends bytes as they are. @returns the first line of the answer */
function askRaw(lines: readonly string[]): Promise<string> {
  const { port } = new URL(server.local)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.once('data', (data: Buffer) => {
      resolve(data.toString('latin1').split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

interface Shown {
  readonly url: string
  readonly site: {
    domain: string
    state: string
    problem: string | null
    record: { name: string; value: string }
  } | null
}
const show = async (person = owner, slug = 'alpha') =>
  await json<Shown>(await person.get(at('site.show').replace('alpha', slug)))
const domain = 'trust.example.net'
const isApp = ({ text, status }: Reply) => status === 200 && text.includes('<div id="root">')

async function claim(person: Person, slug: string, name = domain): Promise<void> {
  expect((await person.post(at('site.claim').replace('alpha', slug), { domain: name })).status).toBe(200)
}
async function prove(person: Person, slug: string): Promise<{ state: string; problem: string | null }> {
  return await json(await person.post(at('site.prove').replace('alpha', slug), {}))
}
async function publish(person: Person, slug: string): Promise<void> {
  const { site } = await show(person, slug)
  names.records.set(site?.record.name ?? '', ['v=unrelated', site?.record.value ?? ''])
}

describe('a domain of a tenant', () => {
  it('is served only when DNS proves it, and says until then what is missing', async () => {
    await claim(owner, 'alpha', 'Trust.Example.NET.')
    expect(await show()).toMatchObject({
      url: 'https://toms.example.com/trust/alpha',
      site: { domain, state: 'waiting' },
    })
    expect(await prove(owner, 'alpha')).toEqual({ state: 'waiting', problem: 'missing' })
    names.records.set(`_art32-challenge.${domain}`, ['art32=made-up'])
    expect(await prove(owner, 'alpha')).toEqual({ state: 'waiting', problem: 'other' })
    names.isMute = true
    expect(await prove(owner, 'alpha')).toEqual({ state: 'waiting', problem: 'unreachable' })
    names.isMute = false
    expect(isApp(await askAs(domain, '/'))).toBe(isApp(await askAs('unknown.example', '/')))
    await publish(owner, 'alpha')
    expect(await prove(owner, 'alpha')).toEqual({ state: 'proven', problem: null })
    const page = await askAs(domain, '/')
    expect([page.status, page.text.includes('Visitors are escorted')]).toEqual([200, true])
    expect(page.text).toContain('<link rel="canonical" href="https://trust.example.net/" />')
    expect(page.text).toContain('href="/edition.pdf"')
    expect(page.text).toContain('action="/subscribe"')
    expect((await askAs('toms.example.com', '/trust/alpha')).text).toContain('href="https://trust.example.net/" />')
    expect((await show()).url).toBe('https://trust.example.net')
  })

  it('shows the public page and its files, whatever the case, the port or the dot at the end', async () => {
    for (const host of [domain, 'TRUST.example.NET', `${domain}:8443`, `${domain}.`])
      expect([host, (await askAs(host, '/')).text.includes('Visitors')]).toEqual([host, true])
    for (const path of [
      '/style.css',
      '/font.woff2',
      '/edition.pdf',
      '/edition.json',
      '/bundle.zip',
      '/feed.atom',
      '/feed.json',
      '/trust/alpha',
      '/trust/alpha/edition.json',
      '/privacy',
      '/verify',
    ])
      expect([path, (await askAs(domain, path)).status]).toEqual([path, 200])
    const feed = (await askAs(domain, '/feed.atom')).text
    expect(feed).toContain('href="https://trust.example.net/feed.atom"')
    expect(feed).toBe((await askAs('toms.example.com', '/trust/alpha/feed.atom')).text)
  })

  it('never shows the workplace, the API or another tenant, and knows no cookie', async () => {
    const cookie = await sessionOf('owner@example.com')
    for (const path of [
      '/api/tenants/alpha/register/show',
      '/api/account/whoami',
      '/api/auth/get-session',
      '/health',
      '/openapi.json',
      '/sign-in',
      '/t/alpha',
      '/assets/index.js',
      '/favicon.ico',
      '/index.html',
      '/trust/beta',
      '/trust/beta/edition.json',
      '/trust/alphabet',
      '/trust/alpha/../beta',
      '/trust/alpha/%2e%2e/beta',
      '//trust/beta',
      '/ledger/checkpoint',
      '/scim/v2/Users',
      '/subscribe',
      '/invitation',
    ]) {
      const reply = await askAs(domain, path, { cookie })
      expect([path, reply.status, reply.headers['set-cookie']]).toEqual([path, 404, undefined])
    }
    const page = await askAs(domain, '/', { cookie })
    expect([page.headers['set-cookie'], page.headers['strict-transport-security']]).toEqual([undefined, undefined])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    const signIn = JSON.stringify({ email: 'owner@example.com', password: 'x' })
    for (const path of ['/api/auth/sign-in/email', '/api/tenants/alpha/site/release', '/trust/beta/unsubscribe'])
      expect([
        path,
        (await askAs(domain, path, { cookie, 'content-type': 'application/json' }, signIn)).status,
      ]).toEqual([path, 404])
    expect(
      (
        await askAs(
          domain,
          '/subscribe',
          { 'content-type': 'application/x-www-form-urlencoded' },
          'email=a%40example.org&topic=edition',
        )
      ).status,
    ).toBe(200)
  })

  it('is decided by the host of the connection alone', async () => {
    const own = { 'x-forwarded-host': domain, forwarded: `host=${domain}`, 'x-host': domain, 'x-original-host': domain }
    expect((await askAs('toms.example.com', '/health', own)).status).toBe(200)
    const toOwn = { 'x-forwarded-host': 'toms.example.com', forwarded: 'host=toms.example.com' }
    expect((await askAs(domain, '/health', toOwn)).status).toBe(404)
    for (const host of [`${domain}.evil.example`, `evil.${domain}`, `${domain}@evil.example`, 'trust.example.net%00'])
      expect([host, (await askAs(host, '/edition.json')).text.includes('Visitors')]).toEqual([host, false])
    // A request line and a header that name two hosts.
    expect(await askRaw([`GET http://${domain}/ HTTP/1.1`, 'Host: toms.example.com'])).toContain('400')
    expect(await askRaw(['GET http://toms.example.com/health HTTP/1.1', `Host: ${domain}`])).toContain('400')
    expect(await askRaw(['GET /health HTTP/1.1', `Host: ${domain}`, 'Host: toms.example.com'])).not.toContain('200')
  })

  it('belongs to one tenant: claimed by another it is not served for it, and not taken away', async () => {
    await claim(other, 'beta')
    const { site } = await show(other, 'beta')
    const both = names.records.get(`_art32-challenge.${domain}`) ?? []
    names.records.set(`_art32-challenge.${domain}`, [...both, site?.record.value ?? ''])
    expect(await prove(other, 'beta')).toEqual({ state: 'waiting', problem: 'taken' })
    expect((await askAs(domain, '/edition.json')).text).toContain('"name":"alpha"')
    expect((await show(other, 'beta')).site?.record.value).not.toBe((await show()).site?.record.value)
  })

  it.each(['toms.example.com', 'localhost', '127.0.0.1', 'https://x.example', 'x.example:80', 'com'])(
    'cannot be %s',
    async (name) => {
      const answer = await other.post(at('site.claim').replace('alpha', 'beta'), { domain: name })
      expect([400, 409]).toContain(answer.status)
    },
  )

  it('is set by owners alone', async () => {
    const editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
    for (const operation of ['site.claim', 'site.prove', 'site.release'])
      expect([operation, (await editor.post(at(operation), { domain: 'x.example.net' })).status]).not.toEqual([
        operation,
        200,
      ])
    expect((await other.get(at('site.show'))).status).toBe(404)
  })
})

describe('each day', () => {
  const sweep = async () => {
    const sites = openSites({
      pool: server.databases.control,
      askTxt: openTxt([names.address], 60),
      baseUrl: server.url,
      now,
      unlessAway: (work) => work(),
    })
    await sites.lookAtAll(server.tenants)
    // The running server notices within seconds.
    ahead += 6_000
  }

  it('a domain is answered as before when the database is cut off in the middle of the question', async () => {
    const { control } = server.databases
    const { rows } = await control.query<{ name: string }>('select current_database() as name')
    const url = (await connectExternal(inject('databaseUrl'))).url(rows[0]?.name ?? '')
    await withClient(url, async (holder) => {
      await holder.query('begin')
      await holder.query('lock table tenant_site in access exclusive mode')
      ahead += 6_000
      const asked = askAs(domain, '/')
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%tenant_site%'`
      await expect.poll(async () => (await withClient(url, (client) => client.query(cut))).rowCount).toBeGreaterThan(0)
      await holder.query('rollback')
      expect((await asked).status).toBe(200)
    })
  })

  it('a domain goes on while DNS cannot be asked, and is lost after three days', async () => {
    names.isMute = true
    await sweep()
    expect((await show()).site).toMatchObject({ state: 'proven', problem: 'unreachable' })
    expect((await askAs(domain, '/')).status).toBe(200)
    await server.databases.control.query(`update tenant_site set proven_at = proven_at - interval '73 hours'`)
    await sweep()
    expect((await show()).site?.state).toBe('lost')
    names.isMute = false
    await sweep()
    expect((await show()).site?.state).toBe('proven')
  }, 60_000)

  it('a domain whose record is gone is served no longer, not even as something else, and its owners get a letter', async () => {
    sent.length = 0
    const record = names.records.get(`_art32-challenge.${domain}`) ?? []
    names.records.delete(`_art32-challenge.${domain}`)
    await sweep()
    expect((await show()).site).toMatchObject({ state: 'lost', problem: 'missing' })
    for (const path of ['/', '/health', '/edition.json', '/sign-in'])
      expect([path, (await askAs(domain, path)).status]).toEqual([path, 404])
    expect((await show()).url).toBe('https://toms.example.com/trust/alpha')
    const open = await server.registry.open('alpha')
    await server.ledgers.settle(open)
    await hurry(server.databases.control, 'notification.letters', open.tenant.id)
    await vi.waitFor(() => expect(sent.map(({ to }) => to)).toContain('owner@example.com'), { timeout: 10_000 })
    expect(sent.find(({ to }) => to === 'owner@example.com')?.text).toMatch(/domains? of the public page not proven/)
    names.records.set(`_art32-challenge.${domain}`, record)
    await sweep()
    expect((await show()).site?.state).toBe('proven')
  }, 60_000)

  it('a tenant that rests holds no domain, and another may prove it', async () => {
    expect((await operator.post('/api/tenant/suspend', { slug: 'alpha' })).status).toBe(200)
    ahead += 6_000
    expect((await askAs(domain, '/edition.json')).text).not.toContain('Visitors')
    await publish(other, 'beta')
    expect(await prove(other, 'beta')).toEqual({ state: 'proven', problem: null })
    expect((await askAs(domain, '/edition.json')).text).toContain('"name":"beta"')
    expect((await operator.post('/api/tenant/resume', { slug: 'alpha' })).status).toBe(200)
    await sweep()
    expect((await show()).site?.state).toBe('waiting')
    expect((await other.post(at('site.release').replace('alpha', 'beta'), {})).status).toBe(200)
    expect((await askAs(domain, '/edition.json')).text).not.toContain('Visitors')
  }, 60_000)
})

async function sessionOf(email: string): Promise<string> {
  const response = await fetch(`${server.local}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password: 'correct horse battery staple' }),
  })
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
