import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listen, type TestServer } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-call-'))
const environment = { XDG_CONFIG_HOME: home }
const sessions = join(home, 'art32', 'sessions.json')
let server: TestServer
let url = ''
const apiToken = `art32_${'T'.repeat(38)}`
const wrongToken = `art32_${'W'.repeat(38)}`
let factors: object = {}
let isConfirmed = false
const seen: { method: string; path: string; body: string; type: string | undefined }[] = []

const binary = { 'application/octet-stream': { schema: {} } }
const answer = (content: object) => ({ responses: { 200: { content } } })
const json = { 'application/json': { schema: {} } }
const tenant = '/api/tenants/{tenant}'

const openapi = {
  paths: {
    [`${tenant}/edition/list`]: {
      get: {
        operationId: 'edition.list',
        summary: 'Lists editions',
        ...answer(json),
        parameters: [
          { in: 'path', name: 'tenant' },
          { in: 'query', name: 'limit', required: false, schema: { type: 'integer' } },
        ],
      },
    },
    [`${tenant}/measure/confirm`]: {
      post: {
        operationId: 'measure.confirm',
        summary: 'Confirms',
        ...answer(json),
        requestBody: {
          content: {
            'application/json': {
              schema: { required: ['measureId'], properties: { measureId: { type: 'string', format: 'uuid' } } },
            },
          },
        },
      },
    },
    [`${tenant}/document/read`]: {
      post: { operationId: 'document.read', ...answer(json), requestBody: { content: binary } },
    },
    [`${tenant}/edition/file`]: { get: { operationId: 'edition.file', ...answer(binary) } },
    [`${tenant}/run/follow`]: { get: { operationId: 'run.follow', ...answer({ 'text/event-stream': {} }) } },
    '/api/tenant/delete': { post: { operationId: 'tenant.delete', ...answer(json) } },
    '/api/away/go': { get: { operationId: 'away.go', ...answer(json) } },
  },
}

/** A server that is strict about cookie, origin and content type, as the real one is. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts).toString()
  const { method = '', url: path = '', headers } = request
  seen.push({ method, path, body, type: headers['content-type'] })
  const reply = (status: number, value: unknown, more: Record<string, string> = {}) => {
    response.writeHead(status, {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      ...more,
    })
    response.end(JSON.stringify(value))
  }
  if (method === 'POST' && headers.origin !== url) return reply(403, { detail: 'foreign origin' })
  if (path === '/openapi.json') return reply(200, openapi)
  if (path === '/api/auth/sign-in/email') {
    const { password } = JSON.parse(body) as { password: string }
    if (password === 'with a second factor')
      return reply(200, { twoFactorRedirect: true }, { 'set-cookie': 'art32.two_factor=pending.value; Path=/' })
    if (password !== 'correct horse battery') return reply(401, { message: 'Invalid email or password' })
    return reply(200, {}, { 'set-cookie': 'art32.session_token=secret.value; Path=/; HttpOnly; SameSite=Strict' })
  }
  if (path.startsWith('/api/auth/two-factor/')) {
    const { code } = JSON.parse(body) as { code: string }
    const isRight =
      headers.cookie === 'art32.two_factor=pending.value' &&
      (path.endsWith('totp') ? code === '123456' : code === 'abcd-efgh-ijkm-npqr')
    if (!isRight) return reply(403, { detail: 'This code is not right.', code: 'account.code_wrong' })
    return reply(200, {}, { 'set-cookie': 'art32.session_token=secret.value; Path=/; HttpOnly; SameSite=Strict' })
  }
  if (headers.authorization === `Bearer ${wrongToken}`) return reply(401, { detail: 'This API token is not valid.' })
  const byToken = headers.authorization === `Bearer ${apiToken}` && headers.cookie === undefined
  if (!byToken && headers.cookie !== 'art32.session_token=secret.value')
    return reply(401, { detail: 'Please sign in first.' })
  if (path.startsWith('/api/tenants/acme/edition/file')) return void response.end(Buffer.from([0, 1, 2, 255]))
  if (path === '/api/auth/sign-out') return reply(200, { success: true })
  if (path.startsWith('/api/away/go'))
    return void response.writeHead(302, { location: 'http://localhost:1/steal' }).end()
  if (path.startsWith('/api/tenants/acme/run/follow')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"done":')
    response.write('false}\n\n: a comment\n\ndata: {"done":true}\r\n\r\n')
    return void response.end()
  }
  if (path.startsWith('/api/tenants/acme/measure/confirm') && body === '{}')
    return reply(400, { detail: 'The request is not valid.', fields: [{ path: 'measureId', problem: 'is missing' }] })
  if (path === '/api/account/factors') return reply(200, factors)
  if (path === '/api/account/confirm') {
    isConfirmed = [
      '{"password":"correct horse battery"}',
      '{"code":"123456"}',
      '{"recoveryCode":"abcd-efgh"}',
    ].includes(body)
    return isConfirmed ? reply(200, {}) : reply(403, { detail: 'Not right.', code: 'account.confirm_refused' })
  }
  if (path === '/api/tenant/delete') {
    if (!isConfirmed) return reply(403, { detail: 'Please confirm first.', code: 'account.confirm_needed' })
    return reply(200, { tenantId: 't1' })
  }
  if (path.startsWith('/api/tenants/acme/')) return reply(200, { ok: true })
  reply(404, { detail: 'There is nothing at this address.' })
}

beforeAll(async () => {
  server = await listen(createServer((request, response) => void handle(request, response)))
  url = `http://localhost:${server.port}`
})
afterAll(async () => {
  await server.close()
  rmSync(home, { recursive: true, force: true })
})
beforeEach(() => {
  seen.length = 0
})

const cli = (args: string[], typed = '') => runHere(args, { environment, typed })
const signIn = (password: string) =>
  cli(['sign-in', '--url', `${url}/t/x`, '--email', 'owner@example.com'], `${password}\n`)
const call = (...args: string[]) => cli(['call', ...args])

describe('art32 sign-in', () => {
  it('keeps the session where nobody else reads it, and neither password nor address', async () => {
    const { exit, out, err } = await signIn('correct horse battery')
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain(`Signed in to ${url}.`)
    expect(statSync(sessions).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(sessions, 'utf8'))).toEqual({ [url]: 'art32.session_token=secret.value' })
  })

  it('says what the server says of a wrong password, and needs one', async () => {
    const wrong = await signIn('guess')
    expect([wrong.exit, wrong.err]).toEqual([1, expect.stringContaining('Invalid email or password')])
    const none = await signIn('')
    expect([none.exit, none.err]).toEqual([2, 'art32: No password was given. Type it, or send it on stdin.\n'])
  })

  it('asks for a code where the account has a second factor, and takes a recovery code in its place', async () => {
    for (const code of ['123456', 'abcd-efgh-ijkm-npqr']) {
      const { exit, out } = await signIn(`with a second factor\n${code}`)
      expect([exit, out]).toEqual([0, expect.stringContaining('Signed in to')])
    }
    const wrong = await signIn('with a second factor\n000000')
    expect([wrong.exit, wrong.err]).toEqual([1, 'art32: This code is not right.\n'])
    const none = await signIn('with a second factor')
    expect([none.exit, none.err]).toEqual([2, 'art32: No code was given. Type it, or send it on stdin.\n'])
  })

  it('sends no password in the clear over a network', async () => {
    const { exit, err } = await cli(
      ['sign-in', '--url', 'http://art32.example', '--email', 'owner@example.com'],
      'secret\n',
    )
    expect([exit, err]).toEqual([2, expect.stringContaining('in the clear. Use https://art32.example')])
  })
})

describe('art32 call', () => {
  beforeAll(() => signIn('correct horse battery'))

  it('lists what the server can do and what it takes', async () => {
    const { exit, out } = await call('--list')
    expect(exit).toBe(0)
    expect(out).toMatch(/^edition\.list +Lists editions\n +--tenant, limit\?: integer$/m)
    expect(out).toMatch(/^measure\.confirm +Confirms\n +--tenant, measureId: uuid$/m)
  })

  it('asks with a query and changes with a body', async () => {
    const listed = await call('edition.list', '--tenant', 'acme', '--input', '{"limit": 5}')
    expect([listed.exit, JSON.parse(listed.out)]).toEqual([0, { ok: true }])
    expect(seen.at(-1)).toMatchObject({ method: 'GET', path: '/api/tenants/acme/edition/list?limit=5' })
    const input = join(home, 'input.json')
    writeFileSync(input, '{"measureId": "m1"}')
    expect((await call('measure.confirm', '--tenant', 'acme', '--input', `@${input}`)).exit).toBe(0)
    expect(seen.at(-1)).toMatchObject({ method: 'POST', type: 'application/json', body: '{"measureId":"m1"}' })
  })

  it('sends a file with its name, and keeps one that comes back', async () => {
    const file = join(home, 'my tom.txt')
    writeFileSync(file, 'All measures')
    expect((await call('document.read', '--tenant', 'acme', '--file', file)).exit).toBe(0)
    expect(seen.at(-1)).toMatchObject({ path: '/api/tenants/acme/document/read?name=my+tom.txt', body: 'All measures' })
    const output = join(home, 'edition.pdf')
    expect((await call('edition.file', '--tenant', 'acme', '--output', output)).out).toBe(`${output}: 4 bytes\n`)
    expect([...readFileSync(output)]).toEqual([0, 1, 2, 255])
  })

  it('prints a line for each event of a stream', async () => {
    expect((await call('run.follow', '--tenant', 'acme')).out).toBe('{"done":false}\n{"done":true}\n')
  })

  it('takes a token from the environment in place of a session, for the server that is named, and never prints it', async () => {
    const withToken = (token: string, ...args: string[]) =>
      runHere(['call', 'edition.list', '--tenant', 'acme', ...args], {
        environment: { ...environment, ART32_TOKEN: token },
        typed: '',
      })
    expect((await withToken(apiToken, '--url', url)).exit).toBe(0)
    const wrong = await withToken(wrongToken, '--url', url)
    expect([wrong.exit, wrong.err]).toEqual([
      1,
      expect.stringContaining('This API token is not valid. It was sent from ART32_TOKEN.'),
    ])
    const unnamed = await withToken(apiToken)
    expect([unnamed.exit, unnamed.err]).toEqual([2, expect.stringContaining('name the server: --url')])
    const mistyped = await withToken('art32_short', '--url', url)
    expect([mistyped.exit, mistyped.err]).toEqual([2, expect.stringContaining('ART32_TOKEN holds no API token')])
    const clear = await withToken(apiToken, '--url', 'http://art32.example')
    expect([clear.exit, clear.err]).toEqual([2, expect.stringContaining('in the clear')])
    for (const ran of [wrong, unnamed, mistyped, clear]) expect(ran.out + ran.err).not.toMatch(/T{9}|W{9}|art32_short/)
  })

  it.each([
    [{ totp: null, passkeys: [] }, 'correct horse battery'],
    [{ totp: { recoveryCodes: 3 }, passkeys: [{}] }, '123456'],
    [{ totp: { recoveryCodes: 3 }, passkeys: [] }, 'abcd-efgh'],
  ])('asks for a confirmation where the server wants one, then does it: %j', async (has, typed) => {
    factors = has
    isConfirmed = false
    const ran = await cli(['call', 'tenant.delete'], `${typed}\n`)
    expect([ran.exit, ran.err, JSON.parse(ran.out)]).toEqual([0, 'Please confirm first.\n', { tenantId: 't1' }])
    isConfirmed = false
    const wrong = await cli(['call', 'tenant.delete'], 'wrong\n')
    expect([wrong.exit, wrong.out]).toEqual([1, ''])
  })

  it('sends to the workplace who confirms by passkey alone', async () => {
    factors = { totp: null, passkeys: [{}] }
    isConfirmed = false
    const { exit, err } = await cli(['call', 'tenant.delete'], 'correct horse battery\n')
    expect([exit, err]).toEqual([1, expect.stringContaining('only a browser can use')])
  })

  it.each<[string[], 1 | 2, string]>([
    [[], 2, 'Name an operation'],
    [['edition.lst'], 2, 'The server has no such operation. Near it: edition.file, edition.list.'],
    [['edition.list'], 2, 'edition.list works in a tenant: name it, --tenant example.'],
    [['edition.file', '--tenant', 'acme'], 2, 'say where to keep it, --output FILE'],
    [['document.read', '--tenant', 'acme'], 2, 'This operation takes a file'],
    [['edition.list', '--tenant', 'acme', '--file', 'x'], 2, 'This operation takes no --file.'],
    [['document.read', '--tenant', 'acme', '--file', '/nowhere/x'], 2, 'There is no such file for --file'],
    [['edition.list', '--tenant', 'acme', '--input', '[1]'], 2, '--input takes a JSON object'],
    [['measure.confirm', '--tenant', 'acme'], 1, 'The request is not valid.\n  measureId: is missing'],
    [['edition.list', '--tenant', '../../x'], 1, 'There is nothing at this address.'],
    [['away.go'], 1, 'The server answered with status 302.'],
    [['edition.list', '--url', 'ftp://example.com'], 2, '--url takes an address such as'],
    [['edition.list', '--url', 'http://localhost:1'], 2, 'could not be reached'],
  ])('refuses %j', async (args, exit, say) => {
    const ran = await call(...args)
    expect([ran.exit, ran.out]).toEqual([exit, ''])
    expect(ran.err).toContain(say)
    expect(ran.err).not.toContain('secret.value')
  })

  it('asks to sign in once the session was ended, and knows no server then', async () => {
    const ended = await cli(['sign-out'])
    expect([ended.exit, seen.at(-1)?.path]).toEqual([0, '/api/auth/sign-out'])
    expect(JSON.parse(readFileSync(sessions, 'utf8'))).toEqual({})
    const { exit, err } = await call('edition.list', '--tenant', 'acme', '--url', url)
    expect([exit, err]).toEqual([1, expect.stringContaining('Please sign in first. Sign in: art32 sign-in')])
    const none = await call('--list')
    expect([none.exit, none.err]).toEqual([2, expect.stringContaining('Name the server: --url')])
  })
})
