import { randomBytes } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { connectExternal, startPostgres } from '../platform/postgres/index.ts'
import { cloneControl, dropInstallation, templatePrefix } from '../platform/postgres/testing/control.ts'

/** A disk that is too small for another tenant. Only root may mount one, and not in every container. */
const disk = mkdtempSync(join(tmpdir(), 'art32-small-disk-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=330m', 'tmpfs', disk]).status === 0

describe('moves beside other processes, and onto a small disk', () => {
  const prefix = `p${process.pid}x${Date.now().toString(36)}`
  let one: TestServer
  let other: TestServer
  let small: Awaited<ReturnType<typeof startPostgres>> | undefined
  beforeAll(async () => {
    const postgres = await connectExternal(inject('databaseUrl'))
    await cloneControl(postgres, prefix)
    if (isMounted) small = await startPostgres({ folder: join(disk, 'postgres'), durable: false })
    const environment = {
      ART32_MASTER_KEY: randomBytes(32).toString('base64'),
      ART32_DATABASE_SERVERS: `east=${inject('otherDatabaseUrl')} ${small ? `small=${small.url(small.maintenance)}` : ''}`,
    }
    const options = { postgres, prefix, templatePrefix }
    one = await startTestServer(environment, options)
    other = await startTestServer(environment, options)
    await one.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  })
  afterAll(async () => {
    await other.stop()
    await one.stop()
    await dropInstallation(await connectExternal(inject('databaseUrl')), prefix)
    await small?.stop()
    if (isMounted) spawnSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  const work = async (server: TestServer) => {
    await server.tenants.asSystem('alpha', async ({ append, tenant }) => {
      const content = { after: { name: 'A' } }
      await append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id }, content })
    })
    return (await server.ledgers.settle(await server.registry.open('alpha'))).size
  }

  it('another process that worked in the tenant goes on where it lies now, there and back', async () => {
    const before = await work(other)
    for (const [index, target] of ['east', 'first', 'east', 'first'].entries()) {
      await one.moves.move('alpha', target, null)
      expect(await work(other)).toBe(before + 1 + 2 * index)
      expect(await work(one)).toBe(before + 2 + 2 * index)
    }
  })

  it('another process neither moves a tenant nor takes back a move that is under way', async () => {
    const client = await one.databases.control.connect()
    try {
      await client.query(`select pg_advisory_lock(hashtextextended('art32 move', 0))`)
      await expect(other.moves.move('alpha', 'east', null)).rejects.toThrow('Another tenant is being moved')
    } finally {
      client.release(true)
    }
  })

  it.skipIf(!isMounted)(
    'a target whose disk is full is given up, and the tenant works on where it was',
    async () => {
      const size = await work(one)
      // Larger than what is left on the disk.
      await one.tenants.asSystem('alpha', async ({ sql }) => {
        for (let n = 0; n < 30; n++)
          await sql.query(`insert into opening (commitment, role, salt, content) values ($1, 'content', $2, $3)`, [
            randomBytes(32),
            randomBytes(32),
            randomBytes(8_000_000),
          ])
      })
      await expect(one.moves.move('alpha', 'small', null)).rejects.toMatchObject({ code: '53100' })
      expect((await one.registry.placeOf((await one.registry.open('alpha')).tenant.id)).server).toBe('first')
      expect(await one.moves.list()).toEqual([])
      expect(await work(other)).toBe(size + 1)
    },
    60_000,
  )
})
