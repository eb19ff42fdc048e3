import { readdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { issue } from '../../../../scripts/testing/tls.ts'
import { readConfig } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-metrics-'))
const dashboards = fileURLToPath(new URL('../../../../docs/operate/grafana', import.meta.url))
const token = 'metrics-token-of-at-least-32-characters'
/** Nothing of a tenant or a person is to be found in what leaves. */
const canaries = ['canaryslug', 'canaryname', 'canary@example.com', 'canaryquery']
let server: TestServer
let collector: ReturnType<typeof createServer>
const exported: { path: string; authorization: string; body: string }[] = []

beforeAll(async () => {
  collector = createServer((request: IncomingMessage, response) => {
    void textOf(request).then((body) => {
      exported.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const { certificate, key } = issue()
  writeFileSync(join(folder, 'c.pem'), certificate)
  writeFileSync(join(folder, 'k.pem'), key)
  server = await startTestServer({
    ART32_METRICS_PORT: '0',
    ART32_OTLP: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`,
    ART32_OTLP_HEADERS: 'authorization=Bearer collector-secret',
    ART32_TRACE_SHARE: '1',
    ART32_TLS_CERTIFICATE: join(folder, 'c.pem'),
    ART32_TLS_KEY: join(folder, 'k.pem'),
    ART32_TLS_PORT: '0',
  })
  await server.registry.create({ name: 'canaryname', slug: 'canaryslug', language: 'en' })
  const owner = await server.addPerson('canary@example.com', 'canaryslug', 'owner')
  expect((await owner.get('/api/tenants/canaryslug/access/list')).status).toBe(200)
  expect((await owner.get('/trust/canaryslug?x=canaryquery')).status).toBe(404)
  expect((await owner.get('/canaryname')).status).toBeLessThan(500)
  const invited = { name: 'canaryname', email: 'canary2@example.com', role: 'member' }
  expect((await owner.post('/api/tenants/canaryslug/access/invite', invited)).status).toBe(200)
})
afterAll(async () => {
  await server.stop()
  await new Promise((resolve) => collector.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const read = () => fetch(`http://127.0.0.1:${server.ports.metrics}/metrics`)
/** As a browser asks that was told that this name leads here. */
const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ host: '127.0.0.1', port: server.ports.metrics, path: '/metrics', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })
const figures = async () => (await read()).text()
const namesIn = (text: string) => new Set([...text.matchAll(/^([a-z_0-9]+)(?:\{| )/gm)].map(([, name]) => name))

/** The figures that an expression of Prometheus asks for: what is left without labels, functions and groupings. */
function metricsOf(expression: string): string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ')
  return [...bare.matchAll(/\b[a-z_][a-z0-9_]*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['by', 'without', 'and', 'or', 'unless', 'sum', 'min', 'max', 'count', 'topk'].includes(name))
}

describe('figures', () => {
  it('that a dashboard shows are there', async () => {
    const model = z.object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) })
    const asked = readdirSync(dashboards).flatMap((file) =>
      model
        .parse(JSON.parse(readFileSync(join(dashboards, file), 'utf8')))
        .panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsOf(expr))),
    )
    expect(asked.length).toBeGreaterThan(10)
    expect(metricsOf('sum by (a) (rate(no_such_total{b="c"}[5m])) > 0')).toEqual(['no_such_total'])
    // A job is worked off within a second or so.
    const missing = async () => {
      const there = namesIn(await figures())
      return [...new Set(asked)].filter((name) => !there.has(name))
    }
    await expect.poll(missing, { timeout: 20_000 }).toEqual([])
  })

  it('name routes, states and queues, and nobody', async () => {
    const text = await figures()
    expect(text).toContain('http_route="/api/tenants/:tenant/access/list"')
    expect(text).toContain('http_route="/*"')
    for (const canary of canaries) expect(text).not.toContain(canary)
    const labels = new Set([...text.matchAll(/[{,]([a-z_0-9]+)="/g)].map(([, label]) => label))
    const allowed = [
      'http_request_method',
      'http_route',
      'http_response_status_code',
      'art32_queue',
      'art32_outcome',
      'art32_role',
      'state',
      'le',
      'service_name',
      'art32_server',
      'service_version',
    ]
    expect([...labels].filter((label) => !allowed.includes(label ?? ''))).toEqual([])
  })

  it('do not grow with what strangers ask for', async () => {
    const ask = async () => {
      const paths = Array.from({ length: 5 }, (_, i) => [
        `/x${i}`,
        `/api/x${i}`,
        `/trust/x${i}`,
        `/api/tenants/x${i}/access/list`,
      ])
      for (const path of paths.flat()) await fetch(`${server.local}${path}`)
      return (await figures()).split('\n').length
    }
    await ask()
    expect(await ask()).toBe(await ask())
  })
})

describe('the port of the figures', () => {
  it('answers by address only, since a page in a browser here comes under a name', async () => {
    expect((await read()).headers.get('content-type')).toContain('version=0.0.4')
    expect(await statusFor('rebound.example')).toBe(403)
    expect(await statusFor('localhost:1')).toBe(200)
    expect((await fetch(`http://127.0.0.1:${server.ports.metrics}/api/account/whoami`)).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${server.ports.metrics}/metrics`, { method: 'POST' })).status).toBe(405)
    // It is nowhere else.
    const elsewhere = await fetch(`${server.local}/metrics`)
    expect(await elsewhere.text()).not.toContain('art32_ready')
  })

  it('is open to others with a token only', async () => {
    expect(() => readConfig({ ART32_METRICS_PORT: '0', ART32_METRICS_HOST: '0.0.0.0' })).toThrow('ART32_METRICS_TOKEN')
    expect(() => readConfig({ ART32_METRICS_TOKEN: 'short' })).toThrow('32 characters')
    const open = await startTestServer({
      ART32_METRICS_PORT: '0',
      ART32_METRICS_HOST: '0.0.0.0',
      ART32_METRICS_TOKEN: token,
    })
    try {
      const ask = async (authorization?: string) =>
        (
          await fetch(
            `http://127.0.0.1:${open.ports.metrics}/metrics`,
            authorization ? { headers: { authorization } } : {},
          )
        ).status
      expect(await ask()).toBe(401)
      for (const wrong of [`Bearer ${token}x`, `Bearer ${token.slice(1)}`, token, 'Bearer '])
        expect(await ask(wrong)).toBe(401)
      expect(await ask(`Bearer ${token}`)).toBe(200)
    } finally {
      await open.stop()
    }
  })

  it('is not there where nobody wants it', async () => {
    const closed = await startTestServer()
    expect(closed.ports.metrics).toBeNull()
    await closed.stop()
  })
})

it('traces and figures reach a collector, with the way of a request and nobody in it', async () => {
  await server.stop()
  const paths = new Set(exported.map(({ path }) => path))
  expect([...paths].toSorted()).toEqual(['/v1/metrics', '/v1/traces'])
  expect(new Set(exported.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer collector-secret']))
  const traces = exported.filter(({ path }) => path === '/v1/traces').map(({ body }) => body)
  for (const span of ['"request"', '"who"', '"transaction"', '"access.list"', '/api/tenants/:tenant/access/list'])
    expect(traces.some((body) => body.includes(span))).toBe(true)
  for (const canary of canaries) expect(exported.filter(({ body }) => body.includes(canary))).toEqual([])
  const spans = spansOf(traces)
  const request = spans.find(
    ({ name, spanId }) => name === 'request' && spans.some((one) => one.parentSpanId === spanId),
  )
  expect(request).toBeDefined()
})

const span = z.object({ name: z.string(), spanId: z.string(), parentSpanId: z.string().optional() })
const sent = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
})

function spansOf(bodies: readonly string[]) {
  return bodies.flatMap((body) =>
    sent.parse(JSON.parse(body)).resourceSpans.flatMap((one) => one.scopeSpans.flatMap(({ spans }) => spans)),
  )
}
