import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { issue } from '../testing/certificates.ts'
import { hangingServer, listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { http } from './connector.ts'

const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))
const kept = async (server: Promise<TestServer>): Promise<number> => {
  const started = await server
  servers.push(started)
  return started.port
}
const issued = issue()
const plain = (answer: RequestListener) => kept(listen(createServer(answer)))
const secure = (answer: RequestListener) =>
  kept(listen(createSecureServer({ key: issued.key, cert: issued.certificate }, answer)))
const look = (url: string, plainUrl?: string) =>
  collect(http, { url, ...(plainUrl === undefined ? {} : { plainUrl }) }, testContext())

describe('looking at a web address', () => {
  it('reads headers, cookies without values, the redirect and security.txt', async () => {
    const port = await secure((request, response) => {
      if (request.url === '/.well-known/security.txt') {
        response.writeHead(200, { 'content-type': 'text/plain' })
        response.end('Contact: mailto:security@example.com\nExpires: 2027-01-01T00:00:00Z\n')
        return
      }
      response.writeHead(200, {
        'content-type': 'text/html',
        'strict-transport-security': 'max-age=63072000',
        'set-cookie': ['session=swordfish; Secure; HttpOnly; SameSite=Strict', 'theme=dark'],
        'x-internal': 'swordfish',
      })
      response.end('<!doctype html>')
    })
    const other = await plain((_request, response) => {
      response.writeHead(301, { location: `https://localhost:${port}/` })
      response.end()
    })
    const reading = await look(`https://localhost:${port}/`, `http://localhost:${other}/`)
    expect(reading).toMatchObject({
      read: 'ok',
      complete: true,
      source: `http https://localhost:${port}`,
      facts: {
        page: { facts: { scheme: 'https', status: 200, hops: 0, firstHsts: 'max-age=63072000' } },
        cookies: {
          facts: [
            { name: 'session', secure: true, sameSite: 'strict' },
            { name: 'theme', secure: false },
          ],
        },
        plain: { facts: { answer: 'redirect', status: 301, leadsTo: { scheme: 'https', host: 'localhost' } } },
        securityTxt: {
          facts: { status: 200, contentType: 'text/plain', contacts: 1, expires: ['2027-01-01T00:00:00Z'] },
        },
      },
    })
    expect(JSON.stringify(reading)).not.toContain('swordfish')
  })

  it('follows redirects on the same site, keeps the first HSTS, and stops at another site and in circles', async () => {
    const port = await plain((request, response) => {
      const next: Record<string, string> = { '/': '/start', '/away': 'http://www.example.com/', '/circle': '/circle' }
      const location = next[request.url ?? '']
      response.writeHead(location === undefined ? 200 : 302, {
        ...(location === undefined ? {} : { location }),
        'strict-transport-security': `max-age=${request.url === '/' ? 1 : 2}`,
      })
      response.end()
    })
    expect(await look(`http://localhost:${port}/`)).toMatchObject({
      facts: { page: { facts: { hops: 1, status: 200, firstHsts: 'max-age=1' } } },
    })
    expect(await look(`http://localhost:${port}/away`)).toMatchObject({
      facts: { page: { facts: { hops: 0, status: 302 } } },
    })
    expect(await look(`http://localhost:${port}/circle`)).toMatchObject({
      facts: { page: { facts: { hops: 3, status: 302 } } },
    })
  })

  it('takes a closed unencrypted port for an answer, and a silent one for none', async () => {
    const port = await secure((_request, response) => response.end())
    const closed = await hangingServer()
    await closed.close()
    const silent = await kept(hangingServer())
    expect(await look(`https://localhost:${port}/`, `http://localhost:${closed.port}/`)).toMatchObject({
      facts: { plain: { facts: { answer: 'closed' } } },
    })
    expect(await look(`https://localhost:${port}/`, `http://localhost:${silent}/`)).toMatchObject({
      facts: { plain: { read: 'no', why: 'unreachable' } },
    })
    expect(await look(`https://localhost:${port}/`)).toMatchObject({
      facts: { plain: { read: 'no', why: 'not-configured', needs: 'plainUrl' } },
    })
  })

  it('does not judge a site by the page of its outage', async () => {
    const port = await plain((_request, response) => {
      response.writeHead(503)
      response.end()
    })
    expect(await look(`http://localhost:${port}/`)).toMatchObject({
      read: 'no',
      why: 'unreachable',
      detail: 'the web server answered 503',
    })
  })

  it('reads no more of security.txt than it needs', async () => {
    const port = await secure((request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      response.end(request.url === '/' ? '' : `${'#'.repeat(40_000)}\nContact: mailto:security@example.com\n`)
    })
    expect(await look(`https://localhost:${port}/`)).toMatchObject({
      facts: { securityTxt: { facts: { contacts: 0 } } },
    })
  })

  it('could not look where nobody answers', async () => {
    expect(await look(`http://localhost:${await kept(hangingServer())}/`)).toMatchObject({
      read: 'no',
      why: 'unreachable',
    })
    expect(await look('http://localhost:1/')).toMatchObject({ read: 'no', why: 'unreachable' })
  })
})
