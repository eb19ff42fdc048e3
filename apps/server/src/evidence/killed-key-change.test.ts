import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCheckpoint, parseVkey } from '@art32/ledger'
import { describe, expect, inject, it } from 'vitest'
import { grow, tenantLog } from '../../../../scripts/testing/logs.ts'
import { readConfig, startServer } from '../main.ts'
import type { Server } from '../main.ts'
import { connectExternal, ledgerCrypto } from '../platform/index.ts'

describe('a change of the key that is killed', () => {
  it.each(['before anything', 'with the key kept', 'with the ledger gone on', 'with all done'])(
    'is done or not done at the next start: %s',
    async (point) => {
      const folder = mkdtempSync(join(tmpdir(), 'art32-key-'))
      const postgres = await connectExternal(inject('databaseUrl'))
      const reason = 'The yearly change.'
      const prefix = `r${process.pid}x${Date.now().toString(36)}`
      const start = () =>
        startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
          postgres,
          prefix,
          passwordCost: { memoryKiB: 64, passes: 1 },
        })
      let running: Server | undefined
      try {
        running = await start()
        const { id } = await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
        await grow(running, 2)
        const before = await running.registry.open('alpha')
        const real = { ...running.registry }
        const killed = () => Promise.reject(new Error('killed'))
        if (point === 'before anything') running.registry.prepareLogKey = killed
        if (point === 'with the key kept')
          running.registry.prepareLogKey = async (...given) => real.prepareLogKey(...given).then(killed)
        if (point === 'with the ledger gone on') running.registry.adoptLog = killed
        if (point === 'with all done') running.registry.adoptLog = (...given) => real.adoptLog(...given).then(killed)
        const change = { by: id, reason, compromised: null }
        await expect(running.ledgers.changeKey(id, change)).rejects.toThrow('killed')
        await running.stop()

        running = await start()
        await grow(running, 1)
        const log = await tenantLog(running)
        const { tenant } = await running.registry.open('alpha')
        const isDone = point.startsWith('with the ledger') || point.startsWith('with all')
        expect(log.origin).toBe(isDone ? `${before.tenant.origin}/2` : before.tenant.origin)
        expect([tenant.origin, tenant.vkey === before.tenant.vkey]).toEqual([log.origin, !isDone])
        expect(openCheckpoint(ledgerCrypto, log.note, [parseVkey(ledgerCrypto, tenant.vkey)]).size).toBe(log.size)
        // And the next change goes through.
        const next = await running.ledgers.changeKey(id, change)
        expect(next.tenant.origin).toBe(`${before.tenant.origin}/${isDone ? 3 : 2}`)
      } finally {
        await running?.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
