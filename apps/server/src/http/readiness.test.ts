import { connect } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { openReadiness } from './readiness.ts'

const met = () => Promise.resolve(true)

describe('readiness', () => {
  it('names what is refused, what failed and what is silent, and nothing of why', async () => {
    const missing = openReadiness(
      {
        database: () => Promise.reject(new Error('password "secret" was refused')),
        migrations: () => Promise.resolve(false),
        queue: () => new Promise(() => undefined),
        running: met,
      },
      20,
    )
    expect(await missing()).toEqual(['database', 'migrations', 'queue'])
  })

  it('is looked at once for all who ask at the same time, and anew for whoever asks later', async () => {
    let looks = 0
    const database = () => Promise.resolve(++looks > 0)
    const missing = openReadiness({ database, migrations: met, queue: met, running: met })
    await Promise.all(Array.from({ length: 100 }, missing))
    expect(looks).toBe(1)
    await missing()
    expect(looks).toBe(2)
  })
})

describe('a server', () => {
  let server: TestServer
  let administrator: Client
  const ask = (path: string, init: RequestInit = {}) => fetch(`${server.local}${path}`, init)

  beforeAll(async () => {
    server = await startTestServer()
    const { rows } = await server.databases.control.query<{ name: string }>('select current_database() as name')
    const url = new URL(inject('databaseUrl'))
    url.pathname = `/${rows[0]?.name ?? ''}`
    administrator = new Client({ connectionString: url.href })
    await administrator.connect()
  })
  afterAll(async () => {
    await administrator.end()
    await server.stop()
  })

  it('lives and is ready, for whoever asks by whatever means, and no cache keeps it', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answers = [
        await ask(path),
        await ask(path, { method: 'HEAD' }),
        await ask(path, { headers: { cookie: 'art32.session_token=forged', authorization: 'Bearer art32_forged' } }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      for (const { headers } of answers) {
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('set-cookie')).toBeNull()
      }
    }
    expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready', role: 'all' })
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok', role: 'all' })
  })

  it('is not ready for a database that a newer release has brought forward, and lives on', async () => {
    await administrator.query(`insert into public.migration (id, sha256) values ('control/9999-later.sql', 'x')`)
    try {
      const answer = await ask('/readyz')
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('1')
      expect(await answer.json()).toEqual({ status: 'not ready', role: 'all', missing: ['migrations'] })
      expect((await ask('/healthz')).status).toBe(200)
    } finally {
      await administrator.query(`delete from public.migration where id = 'control/9999-later.sql'`)
    }
    expect((await ask('/readyz')).status).toBe(200)
  })

  it('is not ready while its database refuses it, says no more than that, and is ready again by itself', async () => {
    const login = administrator.escapeIdentifier(administrator.database ?? '')
    await administrator.query(`alter role ${login} nologin`)
    await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
      administrator.database,
    ])
    try {
      const text = await (await ask('/readyz')).text()
      expect(JSON.parse(text)).toEqual({ status: 'not ready', role: 'all', missing: ['database', 'migrations'] })
      expect((await ask('/healthz')).status).toBe(200)
    } finally {
      await administrator.query(`alter role ${login} login`)
    }
    await expect.poll(async () => (await ask('/readyz')).status, { timeout: 20_000 }).toBe(200)
  })

  it('answers a bare HTTP/1.0 probe', async () => {
    const socket = connect(Number(new URL(server.local).port), '127.0.0.1')
    socket.end('GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n')
    let text = ''
    for await (const part of socket) text += String(part)
    expect(text).toContain('200 OK')
  })
})
