import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  askAt,
  filesBelow,
  makeFolders,
  readPages,
  readPublished,
  startPortal,
} from '../../../../scripts/testing/portal.ts'
import type { Folders, Portal, Reply } from '../../../../scripts/testing/portal.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let folders: Folders
let server: TestServer
let portal: Portal
let owner: Person
let other: Person
const start = Date.now()
const here = { headers: { host: 'toms.example.com' } }

const documents = {
  alpha:
    '# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n- Administrators of the plant Heliotrope use MFA.\n',
  beta: '# Maßnahmen\n\n## Zutritt\n\n- Besucher werden durch Personal begleitet.\n',
} as const

beforeAll(async () => {
  folders = await makeFolders()
  // A clock that stands still: pages say as of when they are.
  server = await startTestServer(
    { ...folders.environment, ART32_URL: 'https://toms.example.com' },
    { clock: { now: () => new Date(start) } },
  )
  for (const [slug, language] of [
    ['this-installation', 'en'],
    ['alpha', 'en'],
    ['beta', 'de'],
    ['gamma', 'en'],
  ] as const)
    await server.registry.create({ name: `Tenant ${slug}`, slug, language })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  other = await server.addPerson('other@example.com', 'beta', 'owner')
  await Promise.all([publish(owner, 'alpha'), publish(other, 'beta')])
  portal = await startPortal(folders)
  // What comes after the last change is no matter of this test: until the heads of all logs are the same here and there.
  for (const path of ['/trust/alpha/log/checkpoint', '/trust/beta/log/checkpoint', '/ledger/log/checkpoint'])
    await vi.waitFor(
      async () => {
        const [there, own] = await Promise.all([askAt(server.local, path, here), portal.ask(path, here)])
        expect([path, own.status, own.text]).toEqual([path, 200, there.text])
      },
      { timeout: 25_000, interval: 100 },
    )
})
afterAll(async () => {
  await portal.kill()
  await server.stop()
  await folders.remove()
})

async function publish(person: Person, slug: 'alpha' | 'beta'): Promise<void> {
  const at = (operation: string) => `/api/tenants/${slug}/${operation}`
  const bytes = new TextEncoder().encode(documents[slug])
  const read = (await (await person.upload(`${at('document/read')}?name=tom.md`, bytes)).json()) as {
    document: { id: string }
  }
  await person.post(at('document/adopt'), { documentId: read.document.id })
  const { statements } = (await (await person.get(at('register/show'))).json()) as {
    statements: { text: string; measure: { id: string; revision: number } | null }[]
  }
  const hidden = statements.find(({ text }) => text.includes('Heliotrope'))?.measure
  if (hidden)
    await person.post(at('measure/change'), {
      measureId: hidden.id,
      revision: hidden.revision,
      visibility: 'auditors',
    })
  const draft = async () => (await (await person.post(at('edition/draft'), {})).json()) as { id: string }
  const { id } = await draft()
  expect((await person.post(at('edition/sign'), { editionId: id })).status).toBe(200)
  // What comes next is nobody's to see yet.
  const more = new TextEncoder().encode('# More\n\n## Access\n\n- The plant Kornblume has a fence.\n')
  const next = (await (await person.upload(`${at('document/read')}?name=more.md`, more)).json()) as typeof read
  await person.post(at('document/adopt'), { documentId: next.document.id })
  await draft()
}

/** What the published folder holds, as anybody who opens its files reads it. */
function everythingIn(folder: string): string[] {
  return filesBelow(folder).flatMap((file) => {
    const bytes = readFileSync(file)
    const unpacked = [brotliDecompressSync, gunzipSync].flatMap((open) => {
      try {
        return [open(bytes).toString('latin1')]
      } catch {
        return []
      }
    })
    return [bytes.toString('latin1'), ...unpacked]
  })
}

/** Every address that is published, as a browser asks for it. */
async function addresses(): Promise<{ path: string; headers: Record<string, string>; host: string }[]> {
  const root = await readPublished(folders.published)
  const places = [
    ...['alpha', 'beta'].map((slug) => ({ base: `/trust/${slug}`, list: root.tenants[slug]?.here ?? '' })),
    { base: '', list: root.common },
  ]
  const found = []
  for (const { base, list } of places)
    for (const [key, { bodies }] of Object.entries((await readPages(folders.published, list)).pages)) {
      const [path = '', rest = ''] = key.split('?')
      const [language = '', view = '', preset = '', accepts = ''] = rest.split('&')
      const query = new URLSearchParams(Object.entries({ language, view, preset }).filter(([, value]) => value !== ''))
      for (const coding of ['identity', ...(bodies.br ? ['br', 'gzip'] : [])])
        found.push({
          path: `${base}${path}${query.size === 0 ? '' : `?${query.toString()}`}`,
          headers: { 'accept-encoding': coding, 'accept-language': accepts === '' ? 'de' : accepts },
          host: 'toms.example.com',
        })
    }
  return found
}

/** What of an answer is compared: of the policy the nonce of the workplace's own styles, of a form when it was handed out, not. */
function comparable({ status, headers, bytes }: Reply) {
  const named = [
    'content-type',
    'cache-control',
    'etag',
    'vary',
    'content-encoding',
    'content-disposition',
    'x-robots-tag',
  ]
  const guards = ['x-content-type-options', 'referrer-policy', 'permissions-policy', 'strict-transport-security']
  const policy = String(headers['content-security-policy']).replace(/ 'nonce-[^']*'/, '')
  const body = bytes.includes('name="stamp"')
    ? bytes.toString('utf8').replace(/(name="stamp" value=")[^"]*/, '$1')
    : bytes.toString('base64')
  return { status, policy, headers: [...named, ...guards].map((name) => [name, headers[name]]), body }
}

/** From elsewhere, so that nobody takes it for whoever sits at the machine. */
const elsewhere = { 'x-forwarded-for': '192.0.2.1' }

describe('a portal', () => {
  it('answers at every public address, in both languages and all codings, byte for byte as the server does', async () => {
    const all = await addresses()
    expect(all.length).toBeGreaterThan(250)
    await Promise.all(
      all.map(async ({ path, headers, host }) => {
        const asked = { headers: { ...headers, ...elsewhere, host } }
        const own = comparable(await portal.ask(path, asked))
        // Proofs hold for ever, and are published anew by the hour only: by then to another head of the log.
        if (/\.(?:zip|tlog-proof)$/.test(path)) expect([path, own.status]).toEqual([path, 200])
        else expect([path, own]).toEqual([path, comparable(await askAt(server.local, path, asked))])
      }),
    )
  })

  it.each([
    '/trust/alpha',
    '/trust/alpha/',
    '/trust/beta?language=en',
    '/trust/alpha?view=classic&language=de',
    '/trust/alpha/editions',
    '/trust/alpha/editions/1',
    '/trust/alpha/editions/1/edition.pdf',
    '/trust/alpha/editions/1/bundle.zip',
    '/trust/alpha/edition.pdf',
    '/trust/alpha/edition.docx',
    '/trust/alpha/edition.json',
    '/trust/alpha/bundle.zip',
    '/trust/alpha/oscal-catalog.json',
    '/trust/alpha/state.json',
    '/trust/alpha/about.jsonld',
    '/trust/alpha/feed.atom',
    '/trust/alpha/feed.json?language=de',
    '/trust/alpha/documents',
    '/trust/alpha/report',
    '/trust/alpha/security.txt',
    '/trust/alpha/log/checkpoint',
    '/trust/alpha/log/vkey',
    '/trust/alpha/style.css',
    '/verify',
    '/verify/verify.js',
    '/privacy',
    '/ledger/log/checkpoint',
    '/.well-known/security.txt',
  ])('has %s', async (path) => {
    const { status, bytes } = await portal.ask(path, { headers: { host: 'toms.example.com' } })
    expect([status, bytes.byteLength > 0]).toEqual([200, true])
  })

  it('answers questions about what a browser has, and about the head alone, as the server does', async () => {
    const headers = { ...elsewhere, host: 'toms.example.com' }
    const { headers: given } = await portal.ask('/trust/alpha', { headers })
    const known = { headers: { ...headers, 'if-none-match': String(given['etag']) } }
    const [mine, there] = await Promise.all([
      portal.ask('/trust/alpha', known),
      askAt(server.local, '/trust/alpha', known),
    ])
    expect([mine.status, mine.text, comparable(mine)]).toEqual([304, '', comparable(there)])
    const head = { method: 'HEAD', headers }
    const [own, other] = await Promise.all([
      portal.ask('/trust/alpha', head),
      askAt(server.local, '/trust/alpha', head),
    ])
    expect([own.text, comparable(own), own.headers['content-length']]).toEqual([
      '',
      comparable(other),
      other.headers['content-length'],
    ])
  })

  it.each([
    '/trust/gamma',
    '/trust/nobody',
    '/trust/alpha/../beta',
    '/trust/alpha/..%2f..%2f..%2fetc/passwd',
    '/trust/alpha/%2e%2e/%2e%2e/published.json',
    '/published.json',
    '/files/00/00',
    '//etc/passwd',
    '/trust/__proto__',
    '/trust/constructor',
    '/trust/alpha/__proto__',
    '/trust/alpha/toString',
    '/trust/alpha/\u0000',
    '/api/tenants/alpha/edition/list',
    '/t/alpha',
    '/',
    '/scim/v2/Users',
  ])('has nothing at %j but what is published', async (path) => {
    const answer = await portal.ask(encodeURI(path).replaceAll('%25', '%'), { headers: { host: 'toms.example.com' } })
    const isBeta = path === '/trust/alpha/../beta'
    expect([answer.status, answer.text.includes('root:')]).toEqual([isBeta ? 200 : 404, false])
  })

  it('refuses whoever names two hosts', async () => {
    const ask = async (hosts: string, target = '/trust/alpha', version = '1.1') => {
      const socket = connect(Number(new URL(portal.url).port), '127.0.0.1')
      let answer = ''
      socket.on('data', (part: Buffer) => void (answer += part.toString()))
      socket.on('error', () => undefined)
      socket.write(`GET ${target} HTTP/${version}\r\n${hosts}Connection: close\r\n\r\n`)
      await once(socket, 'close')
      return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)
    }
    const one = 'Host: toms.example.com\r\n'
    const refused = [
      await ask(`${one}Host: evil.example\r\n`),
      await ask(`Host: evil.example\r\n${one}`),
      await ask(`${one}Host: evil.example\r\n`, '/trust/alpha', '1.0'),
      await ask('Host: toms.example.com, evil.example\r\n'),
      await ask(one, 'http://evil.example/trust/alpha'),
      await ask(''),
    ]
    expect(refused).toEqual(refused.map(() => ['400']))
    expect(await ask(one)).toEqual(['200'])
    expect(await ask(one, 'http://toms.example.com/trust/alpha')).toEqual(['200'])
  })

  it('leads secret links to the workplace, or says that the workplace opens them where it would lead in a circle', async () => {
    const asked = { headers: { host: 'trust.example.com' } }
    const answer = await portal.ask('/trust/alpha/report/abc?language=de', asked)
    expect([answer.status, answer.headers['location'], answer.headers['x-robots-tag']]).toEqual([
      302,
      'https://toms.example.com/trust/alpha/report/abc?language=de',
      'noindex',
    ])
    const round = await portal.ask('/trust/alpha/request/abc', { headers: { host: 'toms.example.com' } })
    expect([round.status, round.headers['location']]).toEqual([404, undefined])
  })

  it('is given nothing of what is withheld, of a draft, or of a tenant that has published nothing', async () => {
    const all = everythingIn(folders.published)
    expect(all.some((text) => text.includes('Visitors are escorted'))).toBe(true)
    for (const word of ['Heliotrope', 'Kornblume', 'Tenant gamma', 'owner@example.com'])
      expect([word, all.filter((text) => text.includes(word)).length]).toEqual([word, 0])
  })
})

it('tells a browser in its language that a page does not exist, and a program in one line', async () => {
  const ask = (language: string, accept: string) =>
    portal.ask('/trust/beta/nothing', { headers: { ...here.headers, accept, 'accept-language': language } })
  for (const [language, said] of [
    ['de', 'Diese Seite gibt es nicht'],
    ['en', 'This page does not exist'],
  ] as const) {
    const { status, text } = await ask(language, 'text/html')
    expect([status, text]).toEqual([404, expect.stringContaining(`<h1>${said}</h1>`)])
    expect(text).toContain(`href="/trust/beta?language=${language}"`)
  }
  const { status, headers } = await ask('de', '*/*')
  expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8'])
})
