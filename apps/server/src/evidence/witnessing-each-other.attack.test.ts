import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVkey, openNote, parseVkey, verifierKey } from '@art32/ledger'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { Client } from 'pg'
import { readConfig, startServer } from '../main.ts'
import type { Server } from '../main.ts'
import { connectExternal, ledgerCrypto } from '../platform/index.ts'
import { instanceLog } from '../../../../scripts/testing/logs.ts'

/** An installation that can be stopped and started again, as its operator would. */
interface Installation {
  readonly folder: string
  readonly prefix: string
  readonly port: number
  server: Server
}

const settings = (one: Installation, more: Record<string, string>) =>
  readConfig({
    ART32_DATA: one.folder,
    ART32_PORT: String(one.port),
    ART32_LOG: 'error',
    ART32_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
    ...more,
  })

async function start(one: Omit<Installation, 'server'>, more: Record<string, string> = {}): Promise<Server> {
  const postgres = await connectExternal(inject('databaseUrl'))
  return await startServer(settings(one as Installation, more), {
    postgres,
    prefix: one.prefix,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function install(name: string): Promise<Installation> {
  const one = {
    folder: mkdtempSync(join(tmpdir(), 'art32-each-other-')),
    prefix: `e${process.pid}x${Date.now().toString(36)}${name}`,
    port: await freePort(),
  }
  return { ...one, server: await start(one) }
}

const vkeyOf = ({ server }: Installation) => formatVkey(verifierKey(ledgerCrypto, server.registry.instance))
const witnessOf = async ({ server }: Installation) =>
  `${formatVkey(verifierKey(ledgerCrypto, await server.registry.witness()))} ${server.local}/witness`
const states = async ({ server }: Installation) =>
  (
    await server.databases.control.query<{ size: string | null; problem: string | null }>(
      'select size, problem from witness',
    )
  ).rows
const grow = async ({ server }: Installation, slug: string) => {
  await server.registry.create({ name: slug, slug, language: 'en' })
  await server.ledgers.anchorAll()
}

/** A new installation deletes what ran out once it started, and records that: later than the test looks, on a busy machine. */
const rested = ({ server }: Installation) =>
  vi.waitFor(async () => {
    const { rows } = await server.databases.control.query('select 1 from retention_run where looked > 0')
    expect(rows).toHaveLength(1)
  }, 20_000)

let first: Installation
let second: Installation
let asked: Record<'first' | 'second', Record<string, string>>

beforeAll(async () => {
  first = await install('a')
  second = await install('b')
  asked = {
    first: { ART32_WITNESSES: await witnessOf(second), ART32_WITNESSED_LOGS: vkeyOf(second) },
    second: { ART32_WITNESSES: await witnessOf(first), ART32_WITNESSED_LOGS: vkeyOf(first) },
  }
  for (const [one, more] of [
    [first, asked.first],
    [second, asked.second],
  ] as const) {
    await one.server.stop()
    one.server = await start(one, more)
    await rested(one)
  }
})
afterAll(async () => {
  for (const { server, folder } of [first, second]) {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

it('two installations witness each other', async () => {
  await grow(first, 'alpha')
  await grow(second, 'beta')
  for (const one of [first, second]) {
    expect(await states(one)).toEqual([{ size: String((await instanceLog(one.server)).size), problem: null }])
    const note = await (await fetch(`${one.server.local}/ledger/checkpoint`)).text()
    const other = one === first ? second : first
    const key = verifierKey(ledgerCrypto, await other.server.registry.witness())
    expect(openNote(ledgerCrypto, note, [key]).verified).toHaveLength(1)
  }
  expect(parseVkey(ledgerCrypto, vkeyOf(first)).name).not.toBe(parseVkey(ledgerCrypto, vkeyOf(second)).name)
})

it('one that was away goes on where it was', async () => {
  await second.server.stop()
  await grow(first, 'gamma')
  expect((await states(first))[0]?.problem).toBe('unreachable')
  second.server = await start(second, asked.second)
  await first.server.ledgers.anchorAll()
  expect(await states(first)).toEqual([{ size: String((await instanceLog(first.server)).size), problem: null }])
})

it('one that is put back, memory and all, learns from the other at its start that it was, and goes on under a new name', async () => {
  const { rows } = await first.server.databases.control.query<{ name: string }>('select current_database() as name')
  const name = rows[0]?.name ?? ''
  const admin = async (text: string) => {
    const client = new Client({ connectionString: inject('databaseUrl') })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  const before = await instanceLog(first.server)
  await first.server.stop()
  await admin(`create database ${name}_copy template ${name}`)
  first.server = await start(first, asked.first)
  await grow(first, 'delta')
  const lost = await instanceLog(first.server)
  await first.server.stop()
  await admin(`drop database ${name} with (force)`)
  await admin(`alter database ${name}_copy rename to ${name}`)
  rmSync(join(first.folder, 'signed-heads'))
  first.server = await start(first, asked.first)
  await first.server.ledgers.anchorAll()
  const now = await instanceLog(first.server)
  expect(now.origin).toBe(`${before.origin}/2`)
  expect(now.leaves.slice(0, 2).map(({ type, code, head }) => [type, code, head?.size])).toEqual([
    ['log.continued', 'after-restore', before.size],
    ['log.lost', 'witnessed', undefined],
  ])
  expect(now.size).toBeLessThan(lost.size)
  // The other does not know the new name until its operator allows it.
  expect((await states(first))[0]?.problem).toBe('refused')
})
