import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { formats } from '@art32/press'
import { makeDraft } from '../edition/index.ts'
import { adopt, keepDocument } from '../measure/index.ts'
import { readConfig } from '../platform/index.ts'
import { connectExternal } from '../platform/postgres/index.ts'
import { startServer } from '../server.ts'
import type { Server } from '../server.ts'

const document = new TextEncoder().encode('All network communication uses TLS 1.2 or newer.\n')
const files = ['', '/', '/style.css', '/font.woff2', '/logo.png', ...formats.map(({ file }) => `/${file}`)]

describe('a draft of a server that others can reach', () => {
  let server: Server
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'art32-exposed-'))
    const settings = { ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error', ART32_HOST: '0.0.0.0' }
    server = await startServer(readConfig(settings), {
      postgres: await connectExternal(inject('databaseUrl')),
      prefix: `t${process.pid}exposed`,
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const result = await server.read(document, 'tom.txt', new Date())
    await server.tenants.asSystem('alpha', async (tx) => adopt(tx, (await keepDocument(tx, document, result)).id))
    await server.tenants.asSystem('alpha', (tx) => makeDraft(tx, server), { settled: true })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['nothing said', {}],
    ['a forged host', { host: 'localhost' }],
    ['a forged proxy', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost', forwarded: 'for=127.0.0.1' }],
    ['a made-up session', { cookie: 'art32.session_token=x.y' }],
  ])('is nothing to a visitor who is not signed in, with %s', async (_, headers) => {
    const statuses = await Promise.all(
      files.map(async (file) => (await fetch(`${server.url}/trust/alpha${file}`, { headers })).status),
    )
    expect(statuses).toEqual(files.map(() => 404))
  })

  it('looks to a visitor like a tenant that does not exist', async () => {
    const answer = async (slug: string) => {
      const { trace: _, ...rest } = (await (await fetch(`${server.url}/trust/${slug}`)).json()) as { trace: string }
      return rest
    }
    expect(await answer('alpha')).toEqual(await answer('nobody'))
  })
})
