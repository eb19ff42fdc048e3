/*
 * Asks the HTTP observatory of MDN what it says of the answers in packages/probes/src/http/observatory.json, and writes its
 * verdicts beside them. A test compares them with ours. The package is no dependency, since it brings two hundred others:
 *
 *   npm install --prefix /tmp/observatory --ignore-scripts @mdn/mdn-http-observatory
 *   node scripts/observatory.ts /tmp/observatory
 *
 * Without the scripts of its installation it has no list of preloaded hosts; none of the hosts asked about is on it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { z } from 'zod'

import { repository } from './gate.ts'

const file = path.join(repository, 'packages/probes/src/http/observatory.json')
const Case = z.object({
  test: z.string(),
  name: z.string(),
  headers: z.record(z.string(), z.string()),
  cookies: z.array(z.string()).optional(),
  route: z
    .array(z.object({ url: z.url(), status: z.int() }))
    .nullable()
    .optional(),
})
const Table = z.object({ source: z.record(z.string(), z.string()), cases: z.array(Case.loose()) })

/** The functions of the package by test, as its own tests call them. */
const tests: Readonly<Record<string, string>> = {
  'content-security-policy': 'csp.js contentSecurityPolicyTest',
  cookies: 'cookies.js cookiesTest',
  redirection: 'redirection.js redirectionTest',
  'referrer-policy': 'referrer-policy.js referrerPolicyTest',
  'strict-transport-security': 'strict-transport-security.js strictTransportSecurityTest',
  'x-content-type-options': 'x-content-type-options.js xContentTypeOptionsTest',
  'x-frame-options': 'x-frame-options.js xFrameOptionsTest',
}

const root = path.join(path.resolve(process.argv[2] ?? '.'), 'node_modules')
const home = path.join(root, '@mdn/mdn-http-observatory')
if (!existsSync(home)) throw new Error('Name the folder in which @mdn/mdn-http-observatory is installed.')
const preloaded = path.join(home, 'conf/hsts-preload.json')
if (!existsSync(preloaded)) writeFileSync(preloaded, '{}')

type Made = new (...given: unknown[]) => Record<string, never>
async function load(below: string, name: string): Promise<unknown> {
  const loaded: unknown = await import(pathToFileURL(path.join(root, below)).href)
  return z.record(z.string(), z.unknown()).parse({ ...z.looseObject({}).parse(loaded) })[name]
}
const made = z.custom<Made>((value) => typeof value === 'function')
const judges = z.custom<(requests: object) => unknown>((value) => typeof value === 'function')
const [Requests, Session, Headers] = [
  made.parse(await load('@mdn/mdn-http-observatory/src/types.js', 'Requests')),
  made.parse(await load('@mdn/mdn-http-observatory/src/retriever/session.js', 'Session')),
  made.parse(await load('axios/index.js', 'AxiosHeaders')),
]
const Jar = z.object({
  setCookieSync: z.custom<(cookie: string, url: string) => void>((one) => typeof one === 'function'),
})

const site = 'https://example.com/'

/** What the package would have collected of such a site. */
function requestsOf({ headers, cookies = [], route }: z.output<typeof Case>): object {
  const response = {
    headers: Object.assign(new Headers(), { 'content-type': 'text/html', ...headers, 'set-cookie': cookies }),
    status: 200,
    verified: true,
    data: '',
    httpEquiv: new Map<string, string[]>(),
  }
  const session = new Session(new URL(site))
  const jar: unknown = session['jar']
  for (const cookie of cookies) Jar.parse(jar).setCookieSync.call(jar, cookie, site)
  const routes = (route ?? []).map(({ url, status }) => ({ url: new URL(url), status }))
  return Object.assign(new Requests('example.com'), {
    session,
    responses: {
      auto: response,
      cors: response,
      http: route === null ? null : { ...response, status: routes[0]?.status ?? 200 },
      https: response,
      httpRedirects: routes,
      httpsRedirects: [],
    },
  })
}

const table = Table.parse(JSON.parse(readFileSync(file, 'utf8')))
const cases = []
for (const one of table.cases) {
  const [module = '', name = ''] = (tests[one.test] ?? '').split(' ')
  const judge = judges.parse(await load(`@mdn/mdn-http-observatory/src/analyzer/tests/${module}`, name))
  const { result, pass } = z.object({ result: z.string(), pass: z.boolean() }).parse(judge(requestsOf(one)))
  cases.push({ ...one, observatory: { result, pass } })
}
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')))
writeFileSync(file, `${JSON.stringify({ source: { ...table.source, version }, cases }, null, 2)}\n`)
process.stdout.write(`${cases.length} answers judged by version ${version}.\n`)
