import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { issue } from '../../packages/probes/src/testing/certificates.ts'
import type { Issued } from '../../packages/probes/src/testing/certificates.ts'
import { listen } from '../../packages/probes/src/testing/servers.ts'
import { daysAgo } from './connection.ts'
import type { DemoConnection, Keep, Place } from './connection.ts'

/** The web site of a provider: real HTTPS with a certificate made at the first start, its redirect, and its login by certificate. */
export type Site = { readonly connections: readonly DemoConnection[]; readonly passwordTest: string }

/** An authority of the demo, and a certificate of it for one address; kept, since connections name whom they trust. */
export function keptCertificates(folder: string, host: string): { trust: string; issued: Issued } {
  const place = join(folder, 'certificates')
  if (!existsSync(place)) {
    const draft = `${place}.new`
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    const authority = issue({ name: 'Authority of the demo', authority: true })
    const { certificate, key } = issue({ name: host, hosts: [host], issuer: authority })
    const made = { 'authority.pem': authority.certificate, 'site.pem': certificate, 'site.key': key }
    for (const [name, text] of Object.entries(made))
      writeFileSync(join(draft, name), text, { mode: 0o600, flush: true })
    renameSync(draft, place)
  }
  const read = (name: string) => readFileSync(join(place, name), 'utf8')
  return { trust: read('authority.pem'), issued: { certificate: read('site.pem'), key: read('site.key'), name: host } }
}

const notice = `<!doctype html><html lang="en"><title>Privacy notice</title>
<p>Responsible is the provider of this site, the data controller. Purpose of processing: registration and notification.
Legal basis: Art. 6(1)(b) GDPR. Recipients: our hosting provider; data are not disclosed to third parties.
Storage period: personal data are deleted after 730 days. You have the right of access, rectification and erasure,
and may complain to the supervisory authority.</p></html>`

/** Starts the site of a provider. */
export async function startSite(
  name: string,
  place: Place,
  keep: Keep,
  { trust, issued }: ReturnType<typeof keptCertificates>,
): Promise<Site> {
  const tls: TlsOptions = { key: issued.key, cert: issued.certificate, minVersion: 'TLSv1.2', ciphers: modern }
  const at = await place(`web site of ${name}`)
  const { port } = await keep(listen(createSecure(tls, answer), at))
  const url = `https://${at.host}:${port}/`
  const plain = await keep(
    listen(
      createPlain((request, response) => {
        if (request.url === ownData.path) exportOwnData(request, response)
        else response.writeHead(301, { location: url }).end()
      }),
      await place(`web site of ${name} without TLS`),
    ),
  )
  const door = await keep(
    listen(
      createSecure({ ...tls, requestCert: true, rejectUnauthorized: true, ca: trust }, answer),
      await place(`login by certificate of ${name}`),
    ),
  )
  return {
    passwordTest: `${url}weigh`,
    connections: [
      {
        connector: 'http',
        name: `Web site of ${name}`,
        settings: {
          url,
          plainUrl: `http://${at.host}:${plain.port}/`,
          // By http, since nobody trusts the authority of the demo; only on its own machine is a credential sent that way.
          exportUrl: `http://${at.host}:${plain.port}${ownData.path}`,
          exportCredential: ownData.token,
          exportWords: [ownData.mail],
        },
      },
      { connector: 'tls', name: `Web site of ${name}`, settings: { host: at.host, port, trust } },
      {
        connector: 'tls',
        name: `Login by certificate of ${name}`,
        settings: { host: at.host, port: door.port, trust },
      },
      {
        connector: 'ports',
        name: `Ports of ${name}`,
        // Other ports of this machine are no business of the demo's.
        settings: { host: at.host, allowed: [port], tried: [23, 512, 513, 514, 1433, 3389], family: 'IPv4' },
      },
    ],
  }
}

/** With forward secrecy and authenticated encryption only. */
const modern = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  switch (`${request.method} ${request.url}`) {
    case 'GET /':
      response.writeHead(200, {
        ...headers,
        'set-cookie': '__Host-session=none; Path=/; Secure; HttpOnly; SameSite=Lax',
      })
      response.end(
        '<!doctype html><html lang="en"><title>Welcome</title><p><a href="/privacy">Privacy notice</a></p></html>',
      )
      return
    case 'GET /privacy':
      response.writeHead(200, headers).end(notice)
      return
    case 'GET /.well-known/security.txt':
      response.writeHead(200, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
      response.end(`Contact: mailto:security@example.com\nExpires: ${daysAgo(-200)}\n`)
      return
    case 'POST /weigh':
      weigh(request, response)
      return
    default:
      response.writeHead(404, headers).end()
  }
}

/** What the made-up account of the site has. */
const ownData = { path: '/account/export', token: 'made-up-account', mail: 'made-up@example.com' }

/** Gives the data of an account to itself, and to nobody else. */
function exportOwnData(request: IncomingMessage, response: ServerResponse): void {
  const isOwn = request.headers.authorization === `Bearer ${ownData.token}`
  response.writeHead(isOwn ? 200 : 401, { ...headers, 'content-type': 'application/json' })
  response.end(isOwn ? JSON.stringify({ account: { mail: ownData.mail, language: 'en' }, orders: [] }) : '{}')
}

/** Judges a password and keeps it nowhere: what begins like a word or repeats itself is refused. */
function weigh(request: IncomingMessage, response: ServerResponse): void {
  let text = ''
  request.on('data', (part: Buffer) => {
    text = (text + part.toString('utf8')).slice(0, 1_000)
  })
  request.on('end', () => {
    const isWeak = /:\s*"(?:(?:pass|qwer|ilove)\w*|\d+|(.)\1+)"/i.test(text)
    response.writeHead(isWeak ? 422 : 204, headers).end()
  })
}
