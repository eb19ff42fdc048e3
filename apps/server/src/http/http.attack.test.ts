import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

/** Sends bytes as they are: a client library would straighten them. @returns everything answered until the end or `patienceMs` */
function raw(lines: string, patienceMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    let answer = ''
    const timer = setTimeout(() => socket.destroy(), patienceMs)
    socket.on('data', (data) => void (answer += data.toString('latin1')))
    // A server may close before it has read everything that is wrong.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(answer)
    })
    socket.write(lines, 'latin1')
  })
}
const get = (target: string) => raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

describe('a path', () => {
  const climbs = [
    '..',
    '%2e%2e',
    '%2E%2e',
    '.%2e',
    '..%2f..',
    '..%5c..',
    '..\\..',
    '%252e%252e',
    '....//....',
    '..;',
    '%c0%ae%c0%ae',
    '..%00',
  ]
  const goals = [
    'package.json',
    '.git/config',
    'etc/passwd',
    'src/main.ts',
    'server/src/main.ts',
    '.stamp',
    'assets/../index.html',
  ]
  const starts = [
    '/',
    '//',
    '/assets/',
    '/trust/',
    '/trust/alpha/',
    '/trust/alpha//',
    '/api/',
    '/assets/%2e%2e/',
    '/fonts/',
  ]

  it('never leads out of the folder of the workplace, whatever its spelling', async () => {
    const targets = starts.flatMap((start) =>
      climbs.flatMap((climb) => goals.map((goal) => `${start}${climb}/${climb}/${climb}/${goal}`)),
    )
    for (let i = 0; i < targets.length; i += 50) {
      const answers = await Promise.all(
        targets.slice(i, i + 50).map(async (target) => [target, await get(target)] as const),
      )
      for (const [target, answer] of answers) {
        expect([target, statusOf(answer)]).not.toEqual([target, 500])
        expect([target, /root:.*:0:0|\[core\]|"workspaces"|startServer|^[0-9a-f]{64}$/m.test(answer)]).toEqual([
          target,
          false,
        ])
      }
    }
  })

  it.each([
    '/trust/alpha%00',
    '/trust/%00',
    '/trust/alpha/edition.json%00.css',
    '/assets/x.js%00',
    '/%00.js',
    '/trust/alpha\\edition.json',
    '/trust//alpha',
    '//trust/alpha',
    '/trust/%61lpha%2fedition.json',
    '/trust/ALPHA',
    `/trust/${'a'.repeat(200)}`,
    '/trust/alpha/../../api/account/whoami',
    '/%',
    '/%zz.js',
    '/trust/%E0%A4%A',
  ])('that nobody would type is answered without a failure: %s', async (target) => {
    expect([200, 301, 302, 400, 404, 414]).toContain(statusOf(await get(target)))
  })

  it('of an operation is guarded in every spelling', async () => {
    for (const target of [
      '/api/tenants/alpha/document/list',
      '//api/tenants/alpha/document/list',
      '/api//tenants/alpha/document/list',
      '/api/tenants/%61lpha/document/list',
      '/api/tenants/alpha/document%2flist',
      '/api/tenants/alpha/document/list/',
      '/api/tenants/alpha/./document/list',
      '/api/tenants/beta/../alpha/document/list',
      '/api/tenants/beta/%2e%2e/alpha/document/list',
      '/api/tenants/alpha/document/list?tenant=beta',
      '/API/tenants/alpha/document/list',
    ]) {
      const answer = await get(target)
      expect([target, /"documents"/.test(answer)]).toEqual([target, false])
      const response = await stranger.get(target)
      expect([target, (await response.text()).includes('"documents"')]).toEqual([target, false])
    }
  })

  it('is asked for by no method that an operation does not have', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const answer = await raw(
        `${method} /api/tenants/alpha/document/list HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-HTTP-Method-Override: GET\r\n\r\n`,
      )
      expect([method, [400, 404, 405, 501].includes(statusOf(answer))]).toEqual([method, true])
    }
  })
})

describe('a forged host', () => {
  it('stands in no link, no address and no redirect, whichever header says it', async () => {
    const session = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email: 'owner@example.com', password: testPassword }),
    })
    const cookie = session.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const body = JSON.stringify({ name: 'New', email: 'new@example.com', role: 'member' })
    const forged = [
      'Host: evil.example',
      'Host: localhost\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https',
      'Host: localhost\r\nForwarded: host=evil.example;proto=https',
      'Host: localhost\r\nX-Original-Host: evil.example\r\nX-Forwarded-Server: evil.example',
    ]
    for (const host of forged) {
      const invited = await raw(
        `POST /api/tenants/alpha/access/invite HTTP/1.1\r\n${host}\r\nConnection: close\r\nCookie: ${cookie}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
      expect([host, statusOf(invited), invited.includes(`"link":"${server.url}/invitation`)]).toEqual([host, 200, true])
      for (const path of ['/', '/openapi.json', '/api/account/whoami', '/trust/alpha', '/api/auth/get-session']) {
        const answer = await raw(`GET ${path} HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`)
        expect([host, path, answer.includes('evil.example')]).toEqual([host, path, false])
      }
    }
  })
})

describe('a stream', () => {
  it('of another tenant is refused before it begins', async () => {
    await json(await owner.post('/api/tenants/alpha/connection/add', { target: 'dns:a.example' }))
    const runId = await server.tenants.asSystem('alpha', async (tx) => {
      const id = tx.newId()
      await tx.sql.query(
        `insert into run (id, connection_ids, state, requested_at) values ($1, '{}', 'running', now())`,
        [id],
      )
      return id
    })
    expect((await stranger.get(`/api/tenants/alpha/run/watch?runId=${runId}`)).status).toBe(404)
    expect((await stranger.get(`/api/tenants/beta/run/watch?runId=${runId}`)).status).toBe(404)
  })

  it('ends when the role of who watches is taken away, and says nothing of it', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ id: string }>('select id from run'),
    )
    const response = await leaver.get(`/api/tenants/alpha/run/watch?runId=${rows[0]?.id}`)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(Buffer.from(first?.value ?? []).toString()).toContain('"done":false')
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('delete from membership where account_id = $1', [leaver.accountId]),
    )
    const rest: string[] = []
    for (;;) {
      const part = await reader?.read()
      if (!part || part.done) break
      rest.push(Buffer.from(part.value).toString())
    }
    expect(rest.join('')).toBe('')
  })
})

describe('a body', () => {
  const send = (body: string, path = '/api/account/setup') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body,
    })

  it.each([
    ['arrays in arrays', `{"token":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects in objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a hundred thousand keys', `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['a number beyond all numbers', '{"token":1e400}'],
    [
      'half a character',
      '{"token":"\\ud800","name":"\\udfff","email":"a@example.com","password":"correct horse battery"}',
    ],
    ['its own prototype', '{"__proto__":{"token":"x"},"constructor":{"prototype":{}}}'],
    ['no object', '[]'],
    ['nothing', 'null'],
    ['NUL', '{"token":"\\u0000","name":"\\u0000","email":"a@example.com","password":"correct horse battery"}'],
  ])('with %s is refused with a sentence', async (_, body) => {
    const response = await send(body)
    expect([400, 410, 413]).toContain(response.status)
    const problem = (await response.json()) as { detail: string; code: string }
    expect(problem.detail.length).toBeGreaterThan(10)
    expect(problem.detail.length).toBeLessThan(500)
  })

  it('with a NUL in a text is refused, not failed', async () => {
    const read = await json<{ document: { id: string } }>(
      await owner.upload(
        '/api/tenants/alpha/document/read?name=tom.txt',
        Buffer.from('All network communication uses TLS 1.2 or newer.\n'),
      ),
    )
    await json(await owner.post('/api/tenants/alpha/document/adopt', { documentId: read.document.id }))
    const { statements } = await json<{ statements: { measure: { id: string; revision: number } | null }[] }>(
      await owner.get('/api/tenants/alpha/register/show'),
    )
    const measure = statements.find((one) => one.measure)?.measure
    const attempts: [string, object][] = [
      ['measure/change', { measureId: measure?.id, revision: measure?.revision, owner: 'a\u0000b' }],
      ['measure/change', { measureId: measure?.id, revision: measure?.revision, owner: '\ud800' }],
      ['measure/ignore', { measureId: measure?.id, revision: measure?.revision, reason: 'a\u0000b' }],
      ['connection/add', { target: 'dns:a\u0000.example' }],
      ['connection/add', { target: 'dns:b.example', name: 'a\u0000b' }],
    ]
    for (const [operation, body] of attempts) {
      const response = await owner.post(`/api/tenants/alpha/${operation}`, body)
      expect([operation, body, response.status < 500]).toEqual([operation, body, true])
    }
    const upload = await owner.upload(
      '/api/tenants/alpha/document/read?name=a%00b.txt',
      Buffer.from('We use TLS 1.2.\u0000\n'),
    )
    expect(upload.status).toBeLessThan(500)
  })

  it('that trickles in keeps nobody else waiting', async () => {
    const slow = Array.from({ length: 30 }, () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(
        `POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      )
      return socket
    })
    try {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => fetch(`${server.url}/health`, { signal: AbortSignal.timeout(5_000) })),
      )
      expect(answers.every(({ ok }) => ok)).toBe(true)
    } finally {
      for (const socket of slow) socket.destroy()
    }
  })

  it('of two lengths, or of a broken chunk, is refused', async () => {
    const head =
      'POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n'
    for (const rest of [
      'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
      `X: ${'x'.repeat(70_000)}\r\n\r\n`,
    ])
      expect([400, 431]).toContain(statusOf(await raw(head + rest)))
  })
})

async function json<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

describe('a request', () => {
  it('from another site is refused', async () => {
    const response = await fetch(`${server.url}/api/tenants/alpha/document/adopt`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'http.foreign_origin' })
  })

  it('that is no JSON, or too large, is refused with the reason', async () => {
    const post = (body: string, type: string) =>
      fetch(`${server.url}/api/account/setup`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('{', 'application/json')).status).toBe(400)
    expect((await post('{}', 'text/plain')).status).toBe(415)
    expect((await post(`{"name":"${'x'.repeat(3_000_000)}"}`, 'application/json')).status).toBe(413)
  })

  it('gets strict headers with every answer', async () => {
    for (const address of ['/health', '/api/account/whoami', '/nothing', '/api/nothing']) {
      const { headers } = await fetch(`${server.url}${address}`)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBeTruthy()
    }
  })
})

describe('a public page that is not there', () => {
  const ask = (accept: string, query = '') =>
    fetch(`${server.url}/trust/alpha/processors${query}`, { headers: { accept, 'accept-language': 'de-DE' } })

  it('is told to a person as a page in their language, with the way back', async () => {
    const answer = await ask('text/html,application/xhtml+xml,*/*;q=0.8')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    const page = await answer.text()
    expect(page).toContain('<h1>Diese Seite gibt es nicht</h1>')
    expect(page).toContain('href="/trust/alpha?language=de"')
    expect(page).not.toContain('urn:art32')
    expect(await (await ask('text/html', '?language=en')).text()).toContain('<h1>This page does not exist</h1>')
  })

  it('is told to a program as problem details', async () => {
    const answer = await ask('*/*')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 404, code: 'http.not_found' })
  })
})
