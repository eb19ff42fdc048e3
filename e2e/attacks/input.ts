import { request } from 'node:http'
import type { Attack } from './attack.ts'
import { requestOf } from './target.ts'
import type { Answer, Target } from './target.ts'

const app = 'apps/server/src/http/app.ts'
const files = 'apps/server/src/http/files.ts'
const evil = 'evil.example'

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

const get = (target: Target, path: string, headers = 'Host: localhost') =>
  target.raw(`GET ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`)

/** Forged hosts, in every header that some proxy or framework believes. */
export const hostHeader: Attack = {
  id: 'host-header',
  title: 'no forged host stands in a link, a page, a cookie or a redirect',
  weaken: [
    {
      file: app,
      from: 'return c.json(description)',
      to: 'return c.json({ ...description, servers: [{ url: new URL(c.req.url).origin }] })',
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('owner')
    const forged = [
      `Host: ${evil}`,
      `Host: localhost@${evil}`,
      `Host: localhost:80@${evil}`,
      `Host: localhost\r\nX-Forwarded-Host: ${evil}\r\nX-Forwarded-Proto: https`,
      `Host: localhost\r\nForwarded: host=${evil};proto=https`,
      `Host: localhost\r\nX-Original-Host: ${evil}\r\nX-Host: ${evil}\r\nX-Forwarded-Server: ${evil}`,
      `Host: localhost\r\nX-Original-URL: http://${evil}/\r\nX-Rewrite-URL: http://${evil}/`,
    ]
    const paths =
      '/ /sign-in /setup /invitation /openapi.json /health /api/account/whoami /trust/alpha /api/auth/get-session'.split(
        ' ',
      )
    const asked = forged.flatMap((host) =>
      [...paths, `http://${evil}/`, `http://${evil}/openapi.json`].map((path) => ({ host, path })),
    )
    await tally.each(asked, async ({ host, path }) =>
      // What was asked for may stand in no answer either.
      (await get(target, path, host)).includes(evil) ? `${path} with ${host}` : null,
    )
    const posted = [
      ['/api/tenants/alpha/access/invite', { name: 'New', email: 'new@example.com', role: 'member' }],
      ['/api/account/request_reset', { email: 'owner@example.com' }],
      ['/api/auth/sign-in/email', { email: 'owner@example.com', password: 'correct horse battery staple' }],
    ] as const
    for (const host of forged)
      for (const [path, body] of posted) {
        const text = JSON.stringify(body)
        const head = `${host}\r\nConnection: close\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}`
        const answer = await target.raw(`POST ${path} HTTP/1.1\r\n${head}\r\n\r\n${text}`)
        tally.add(answer.includes(evil) ? `${path} with ${host}` : null)
      }
  },
}

/** Ways to say "and then go there". */
export const openRedirect: Attack = {
  id: 'open-redirect',
  title: 'no address of art32 leads on to another site',
  weaken: [
    {
      file: 'apps/server/src/account/account.ts',
      from: 'disableOriginCheck: false',
      to: 'disableOriginCheck: true',
    },
  ],
  async run(target, tally) {
    const goals = [
      `https://${evil}`,
      `//${evil}`,
      `/\\${evil}`,
      `\\\\${evil}`,
      `https:${evil}`,
      `/%2f${evil}`,
      `javascript:alert(1)//${evil}`,
      `http://localhost@${evil}`,
    ]
    const names = 'next callbackURL redirect redirect_uri returnTo url errorCallbackURL newUserCallbackURL'.split(' ')
    const leads = ({ headers, text }: Answer) =>
      headers.has('location') ||
      (text.includes(evil) && !headers.get('content-type')?.startsWith('application/problem'))
    const pages = [
      '/',
      '/sign-in',
      '/setup',
      '/trust/alpha',
      '/api/auth/sign-in/email',
      '/api/auth/error',
      '/api/auth/callback/x',
      '/api/auth/verify-email',
      '/api/auth/reset-password/x',
    ]
    const asked = goals.flatMap((goal) => [
      ...pages.map((page) => `${page}?${new URLSearchParams(names.map((name) => [name, goal])).toString()}`),
      `/${goal}`,
      `/${encodeURIComponent(goal)}`,
      `/trust/${goal}`,
    ])
    await tally.each(asked, async (path) => {
      const answer = await get(target, path.replaceAll(' ', '%20'))
      return statusOf(answer) >= 300 && statusOf(answer) < 400
        ? `${path} leads on`
        : /^location:/im.test(answer)
          ? path
          : null
    })
    for (const goal of goals)
      for (const name of names) {
        const body = { email: 'owner@example.com', password: 'correct horse battery staple', [name]: goal }
        const answer = await target.send('/api/auth/sign-in/email', {
          method: 'POST',
          headers: { origin: target.url },
          body,
        })
        tally.add(leads(answer) ? `signing in with ${name}=${goal} leads on` : null)
      }
  },
}

const climbs = [
  '..',
  '%2e%2e',
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
  'src/main.tsx',
  'server/src/main.ts',
  'web/package.json',
  'index.html%00.js',
]

/** Paths that climb, in every spelling that has fooled somebody. */
export const pathTraversal: Attack = {
  id: 'path-traversal',
  title: 'no path and no name of a file leads out of the folder of the workplace',
  weaken: [
    {
      file: files,
      from: 'const place = normalize(join(folder, path))',
      to: 'const place = normalize(join(folder, decodeURIComponent(path)))',
    },
    { file: files, from: "if (!type || !place.startsWith(folder + sep) || path.includes('\\0')) return null", to: '' },
    { file: files, from: "'content-type': type,", to: "'content-type': String(type)," },
  ],
  async run(target, tally) {
    const starts = ['/', '//', '/assets/', '/trust/', '/trust/alpha/', '/api/', '/fonts/']
    const paths = starts.flatMap((start) =>
      climbs.flatMap((climb) =>
        goals.flatMap((goal) => [
          `${start}${climb}/${goal}`,
          `${start}${climb}%2f${goal.replaceAll('/', '%2f')}`,
          `${start}${climb}/${climb}/${climb}/${climb}/${goal}`,
        ]),
      ),
    )
    await tally.each(paths, async (path) => {
      const answer = await get(target, path)
      if (/root:.*:0:0|\[core\]|"dependencies"|"private"|startServer|createRoot/.test(answer))
        return `${path} reveals a file`
      return statusOf(answer) === 500 ? `${path} fails` : null
    })
    const cookie = await target.signIn('owner')
    for (const name of [
      '../../../../etc/passwd',
      '..\\..\\x.md',
      '/etc/passwd',
      'a/../../b.md',
      '%2e%2e%2fx.md',
      'C:\\x.md',
      '.',
      '..',
    ]) {
      const answer = await target.send(`/api/tenants/alpha/document/read?${new URLSearchParams({ name }).toString()}`, {
        method: 'POST',
        headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
        body: 'All communication uses TLS 1.2.\n',
      })
      tally.add(
        answer.status >= 500 || answer.text.includes('root:') ? `a document called ${name}: ${answer.status}` : null,
      )
    }
  },
}

const mebibyte = 1_048_576

/** Bodies of which art32 must not keep more than it takes. */
export const oversizedBodies: Attack = {
  id: 'oversized-bodies',
  title: 'no body is read beyond its limit, however its length is told',
  weaken: [{ file: app, from: 'if (size > limit) throw httpErrors.too_large({ limitMiB })', to: '' }],
  async run(target, tally) {
    const cookie = await target.signIn('owner')
    const paths = [
      '/api/account/setup',
      '/api/account/reset',
      '/api/auth/sign-in/email',
      '/api/auth/passkey/verify-authentication',
      '/api/auth/sign-out',
      '/api/tenants/alpha/measure/split',
      '/api/token/create',
    ]
    const upload = '/api/tenants/alpha/document/read?name=x.md'
    for (const [path, size] of [...paths.map((one) => [one, 3 * mebibyte] as const), [upload, 26 * mebibyte] as const])
      for (const isTold of [true, false]) {
        const type = path === upload ? 'application/octet-stream' : 'application/json'
        const headers = { cookie, origin: target.url, 'content-type': type }
        const status = await sendLong(target, path, headers, size, isTold)
        tally.add(status === 413 ? null : `${size / mebibyte} MiB to ${path}${isTold ? '' : ' in pieces'}: ${status}`)
      }
    const deep = '['.repeat(500_000)
    for (const body of [
      `{"token":${deep}`,
      `{"token":${deep}${']'.repeat(500_000)}}`,
      `{${Array.from({ length: 50_000 }, (_, n) => `"k${n}":1`).join()}}`,
    ]) {
      const headers = { 'content-type': 'application/json', origin: target.url }
      const { status, text } = await target.send('/api/account/setup', { method: 'POST', headers, body })
      tally.add(status === 400 && text.length < 5_000_000 ? null : `a deep or broad body: ${status}`)
    }
    for (const head of [
      `X: ${'x'.repeat(70_000)}`,
      Array.from({ length: 3_000 }, (_, n) => `X-${n}: x`).join('\r\n'),
      `Cookie: ${'a=b; '.repeat(20_000)}`,
    ]) {
      const status = statusOf(await get(target, '/health', `Host: localhost\r\n${head}`))
      tally.add(status === 431 || status === 200 ? null : `long headers: ${status}`)
    }
    tally.add((await target.send('/health')).status === 200 ? null : 'it answers no more')
  },
}

/** In pieces a length is told by nobody, and whoever reads has to count. */
async function sendLong(
  target: Target,
  path: string,
  headers: Record<string, string>,
  size: number,
  isTold: boolean,
): Promise<number> {
  const piece = Buffer.alloc(64 * 1024, 0x20)
  const told = isTold ? { 'content-length': String(size) } : { 'transfer-encoding': 'chunked' }
  return await new Promise((resolve) => {
    const asked = request(`${target.url}${path}`, { method: 'POST', agent: false, headers: { ...headers, ...told } })
    asked.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
      asked.destroy()
    })
    // The answer may be lost where the server stops reading; then it did.
    asked.on('error', () => resolve(413))
    for (let left = size; left > 0; left -= piece.length) asked.write(piece)
    asked.end()
  })
}

const injected = 'canary-of-a-log'
const breaks = [
  `a\r\nX-Injected: ${injected}`,
  `a\nSet-Cookie: ${injected}=1`,
  `a\u2028${injected}`,
  `a\u0085${injected}`,
  `\u001b[31m${injected}`,
  `"}\n{"level":"error","event":"${injected}"}`,
  `a%0d%0aX-Injected:%20${injected}`,
  `\u202e${injected}`,
]

/** Line breaks and more, wherever a text goes. */
export const headerInjection: Attack = {
  id: 'header-and-log-injection',
  title: 'no text becomes a header of an answer or a line of the log',
  weaken: [
    {
      file: app,
      from: '  const entry = {\n    trace,',
      to: '  const entry = {\n    trace: decodeURIComponent(c.req.url),',
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('owner')
    // What takes or gives gigabytes ends the connection where it refuses: its tests are its own.
    const calls = target.operations
      .filter(({ id }) => !['tenant.import', 'tenant.export', 'backup.restore_tenant'].includes(id))
      .flatMap((operation) => [0, 3, 6].map((first) => ({ operation, first })))
    const hasInjected = ({ headers }: Answer) =>
      headers.has('x-injected') || [...headers.values()].some((value) => value.includes(injected))
    await tally.each(calls, async ({ operation, first }) => {
      const names = [...Object.keys(operation.input.shape), ...(operation.kind === 'upload' ? ['name'] : [])]
      const textAt = (n: number) => breaks[(first + n) % breaks.length] ?? ''
      const input = Object.fromEntries(names.map((name, n) => [name, textAt(n)]))
      const agent = encodeURIComponent(textAt(1))
      const headers = { cookie, origin: target.url, 'user-agent': agent, 'accept-language': agent }
      const answers = [
        await target.send(...requestOf(operation, input, encodeURIComponent(textAt(2)), headers)),
        await target.send(...requestOf(operation, input, 'alpha', headers)),
      ]
      if (answers.some(hasInjected)) return `${operation.id} puts a text into a header`
      return answers.some(({ status }) => status >= 500) ? `${operation.id} fails at ${JSON.stringify(input)}` : null
    })
    for (const text of breaks) {
      const encoded = encodeURIComponent(text)
      for (const path of [
        `/${encoded}`,
        `/trust/${encoded}`,
        `/api/${encoded}`,
        `/assets/${encoded}.js`,
        `/trust/alpha?language=${encoded}`,
      ]) {
        const answer = await target.send(path)
        tally.add(hasInjected(answer) || answer.status >= 500 ? `${path}: ${answer.status}` : null)
      }
    }
    const lines = target
      .log()
      .split('\n')
      .filter((line) => line !== '')
    for (const line of lines) {
      const isWhole = line.startsWith('{"at":') && line.endsWith('}')
      tally.add(
        line.includes(injected) || line.includes('@example.com') || !isWhole
          ? `the log holds ${line.slice(0, 200)}`
          : null,
      )
    }
  },
}
