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

import { repository } from './gate.ts'

const file = path.join(repository, 'packages/probes/src/http/observatory.json')

type Case = {
  readonly test: string
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly route?: readonly { readonly url: string; readonly status: number }[] | null
}
type Table = { readonly source: Readonly<Record<string, string>>; readonly cases: readonly Case[] }
type Judge = (requests: object) => { readonly result: string; readonly pass: boolean }
type Session = { readonly jar: { setCookieSync(cookie: string, url: string): void } }

/** The functions of the package by test, as its own tests call them. */
const tests: Readonly<Record<string, readonly [file: string, name: string]>> = {
  'content-security-policy': ['csp.js', 'contentSecurityPolicyTest'],
  cookies: ['cookies.js', 'cookiesTest'],
  redirection: ['redirection.js', 'redirectionTest'],
  'referrer-policy': ['referrer-policy.js', 'referrerPolicyTest'],
  'strict-transport-security': ['strict-transport-security.js', 'strictTransportSecurityTest'],
  'x-content-type-options': ['x-content-type-options.js', 'xContentTypeOptionsTest'],
  'x-frame-options': ['x-frame-options.js', 'xFrameOptionsTest'],
}

const root = path.join(path.resolve(process.argv[2] ?? '.'), 'node_modules')
const home = path.join(root, '@mdn/mdn-http-observatory')
if (!existsSync(home)) throw new Error('Name the folder in which @mdn/mdn-http-observatory is installed.')
const preloaded = path.join(home, 'conf/hsts-preload.json')
if (!existsSync(preloaded)) writeFileSync(preloaded, '{}')

const load = async (below: string) => (await import(pathToFileURL(path.join(root, below)).href)) as unknown
const { Requests } = (await load('@mdn/mdn-http-observatory/src/types.js')) as {
  Requests: new (host: string) => object
}
const { Session } = (await load('@mdn/mdn-http-observatory/src/retriever/session.js')) as {
  Session: new (site: URL) => Session
}
const { AxiosHeaders } = (await load('axios/index.js')) as { AxiosHeaders: new () => object }

const site = 'https://example.com/'

/** What the package would have collected of such a site. */
function requestsOf({ headers, cookies = [], route }: Case): object {
  const response = {
    headers: Object.assign(new AxiosHeaders(), { 'content-type': 'text/html', ...headers, 'set-cookie': cookies }),
    status: 200,
    verified: true,
    data: '',
    httpEquiv: new Map<string, string[]>(),
  }
  const session = new Session(new URL(site))
  for (const cookie of cookies) session.jar.setCookieSync(cookie, site)
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

const table = JSON.parse(readFileSync(file, 'utf8')) as Table
const cases = []
for (const one of table.cases) {
  const [module = '', name = ''] = tests[one.test] ?? []
  const functions = (await load(`@mdn/mdn-http-observatory/src/analyzer/tests/${module}`)) as Record<string, Judge>
  const said = functions[name]?.(requestsOf(one))
  if (said === undefined) throw new Error(`The package has no test ${one.test}.`)
  cases.push({ ...one, observatory: { result: said.result, pass: said.pass } })
}
const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
writeFileSync(file, `${JSON.stringify({ source: { ...table.source, version }, cases }, null, 2)}\n`)
process.stdout.write(`${cases.length} answers judged by version ${version}.\n`)
