/*
 * What art32 is measured against: Hono and pg with nothing of art32, the same session check, and the same queries as pg
 * runs them by itself: without names, so planned each time. Its argument is what the server with the register said.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { Pool } from 'pg'
import { backingQuery, oneQuery, pageQuery } from '../../apps/server/src/measure/store.ts'
import type { Seeded } from './art32.process.ts'

const { controlUrl, tenantUrl } = JSON.parse(process.argv[2] ?? '') as Seeded
const control = new Pool({ connectionString: controlUrl, max: 8 })
const tenant = new Pool({ connectionString: tenantUrl, max: 4 })
/** The signature of the cookie is computed as art32 does, with another key: the cost is the same. */
async function isSignedIn(cookie: string): Promise<boolean> {
  const [token = '', signature = ''] = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')
  const own = createHmac('sha256', 'bare').update(token).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.length !== own.length || timingSafeEqual(own, given)) return false
  const { rows } = await control.query(
    'select s.*, a.* from session s join account a on a.id = s."userId" where s.token = $1 and s."expiresAt" > now()',
    [token],
  )
  return rows.length === 1
}

async function measures({ text }: { text: string }, value: unknown): Promise<object[]> {
  const { rows } = await tenant.query<{ measure_id: string }>(text, [value])
  const backing = await tenant.query(backingQuery.text)
  return rows.map((row) => ({ ...row, backing: backing.rows.length }))
}

const app = new Hono()
app.get('/list', async (c) => {
  if (!(await isSignedIn(c.req.header('cookie') ?? ''))) return c.json({}, 401)
  return c.json(await measures(pageQuery(50), Number(c.req.query('after'))))
})
app.get('/show', async (c) => {
  if (!(await isSignedIn(c.req.header('cookie') ?? ''))) return c.json({}, 401)
  return c.json(await measures(oneQuery, c.req.query('measureId')))
})
const listener = getRequestListener(app.fetch)
const http = createServer((request, response) => void listener(request, response))
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://localhost:${port}` })}\n`)
})
process.once('SIGTERM', () => process.exit(0))
