import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseVkey, openCheckpoint, decodeBase64 } from '@art32/ledger'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from '../main.ts'
import type { Server } from '../main.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { grow, instanceLog, tenantLog } from '../../../../scripts/testing/logs.ts'
import { quiet } from '../../../../scripts/testing/quiet.ts'
import type { LogState } from '../../../../scripts/testing/logs.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-restore-'))
// Which the account of PostgreSQL must be able to pass.
chmodSync(home, 0o711)
const data = join(home, 'data')
const yesterday = join(home, 'yesterday')
const heads = join(data, 'signed-heads')
let server: Server | null = null

async function start(): Promise<Server> {
  server = await startServer(readConfig({ ART32_DATA: data, ART32_PORT: '0', ART32_LOG: 'error' }), {
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  return server
}
async function stop(): Promise<void> {
  await server?.stop()
  server = null
}
/** The files of the database server, as an operator copies them while it stands still. */
const backUp = () => execFileSync('cp', ['-a', join(data, 'postgres'), yesterday])
function restore(): void {
  rmSync(join(data, 'postgres'), { recursive: true })
  // Renamed, since a copy would lose who owns it.
  renameSync(yesterday, join(data, 'postgres'))
}

afterAll(async () => {
  await stop()
  rmSync(home, { recursive: true, force: true })
})

describe('a database that was put back to yesterday', () => {
  let before: { tenant: LogState; instance: LogState }
  let lost: { tenant: LogState; instance: LogState }

  it('goes on as it was where nothing is lost', async () => {
    const first = await start()
    await first.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    await grow(first, 3)
    await quiet(first)
    before = { tenant: await tenantLog(first), instance: await instanceLog(first) }
    await stop()
    backUp()
    const second = await start()
    await grow(second, 4)
    await quiet(second)
    lost = { tenant: await tenantLog(second), instance: await instanceLog(second) }
    expect([lost.tenant.origin, lost.instance.origin]).toEqual([before.tenant.origin, before.instance.origin])
    expect(lost.tenant.size).toBe(before.tenant.size + 4)
    expect(lost.instance.size).toBeGreaterThan(before.instance.size)
    await stop()
  })

  it('signs nothing over what was signed: each log goes on under a new name, and says what is gone', async () => {
    restore()
    const third = await start()
    await grow(third, 1)
    for (const [log, was, then] of [
      [await tenantLog(third), before.tenant, lost.tenant],
      [await instanceLog(third), before.instance, lost.instance],
    ] as const) {
      expect(log.origin).toBe(`${was.origin}/2`)
      expect(log.leaves[0]).toMatchObject({
        type: 'log.continued',
        code: 'after-restore',
        log: `${was.origin}/2`,
        head: { origin: was.origin },
      })
      expect(log.leaves[1]).toMatchObject({
        type: 'log.lost',
        code: 'remembered',
        head: { origin: was.origin, size: then.size },
      })
      // The very head that was signed, by the very key under which the log goes on.
      const [sealed] = log.earlier
      const key = parseVkey(ledgerCrypto, sealed!.vkey)
      const gone = openCheckpoint(ledgerCrypto, then.note, [key])
      expect(Buffer.from(gone.root)).toEqual(Buffer.from(decodeBase64(log.leaves[1]!.head!.root)))
      // What was kept is sealed whole, and its own head still opens.
      expect(openCheckpoint(ledgerCrypto, sealed!.note, [key]).size).toBe(log.leaves[0]!.head!.size)
      expect(log.earlier).toHaveLength(1)
    }
    expect((await third.registry.open('alpha')).tenant.vkey).toContain('/2+')
    await expect(
      third.tenants.asSystem('alpha', ({ sql }) => sql.query('update earlier_log set size = 0')),
    ).rejects.toThrow('permission denied')
    await stop()
  })

  it('is compared once and goes on under that name', async () => {
    const fourth = await start()
    await grow(fourth, 2)
    expect((await tenantLog(fourth)).origin).toBe(`${before.tenant.origin}/2`)
    expect((await tenantLog(fourth)).earlier).toHaveLength(1)
    expect((await instanceLog(fourth)).earlier).toHaveLength(1)
    await stop()
  })

  it('takes a third name where it is put back once more, to a state before the second', async () => {
    backUp()
    const fifth = await start()
    await grow(fifth, 1)
    await stop()
    // Without what is remembered nobody knows better: then the log goes on, which a witness alone would find.
    const remembered = readFileSync(heads, 'utf8')
    expect(remembered.split('\n').length).toBeGreaterThan(4)
    restore()
    const sixth = await start()
    await grow(sixth, 1)
    const { origin, leaves } = await tenantLog(sixth)
    expect(origin).toBe(`${before.tenant.origin}/3`)
    expect(leaves.slice(0, 2).map(({ type, head }) => [type, head?.origin])).toEqual([
      ['log.continued', `${before.tenant.origin}/2`],
      ['log.lost', `${before.tenant.origin}/2`],
    ])
    await stop()
  })
})
