import { unzipSync } from 'fflate'
import { verifyBundle } from '@art32/ledger'
import { describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { copyDatabase, grow, tenantLog } from '../../../../scripts/testing/logs.ts'

describe('one tenant whose database is put back while art32 runs', () => {
  it.each(['remembered', 'anchored'] as const)('is found before anything is signed over it: %s', async (from) => {
    const running = await startTestServer()
    try {
      await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      await grow(running, 2)
      const before = await tenantLog(running)
      const putBack = await copyDatabase(running, 'alpha')
      await grow(running, 3)
      const lost = await tenantLog(running)
      await putBack()
      const open = await running.registry.open('alpha')
      // Where this machine remembers nothing, the log of the installation still does.
      if (from === 'anchored') {
        Object.assign(open.signer.heads, { of: () => undefined, family: () => [] })
        await running.ledgers.compare(open)
      }
      await running.tenants.asSystem('alpha', ({ append, tenant }) =>
        append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id } }),
      )
      const { origin, leaves, earlier } = await tenantLog(running)
      expect(origin).toBe(`${before.origin}/2`)
      expect(leaves.slice(0, 3).map(({ type, code, head }) => [type, code, head?.size])).toEqual([
        ['log.continued', 'after-restore', before.size],
        ['log.lost', from, lost.size],
        ['tenant.changed', undefined, undefined],
      ])
      expect(earlier.map((log) => [log.origin, Number(log.size)])).toEqual([[before.origin, before.size]])
      expect((await running.registry.open('alpha')).tenant.origin).toBe(origin)
    } finally {
      await running.stop()
    }
  })
})

describe('editions around a restore', () => {
  it('verify, and name to whoever holds a later checkpoint what is gone', async () => {
    const running = await startTestServer()
    try {
      await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      const owner = await running.addPerson('owner@example.com', 'alpha', 'owner')
      const at = (operation: string) => `/api/tenants/alpha/${operation}`
      const json = async <T>(response: Response) => {
        expect(response.status).toBe(200)
        return (await response.json()) as T
      }
      const text = new TextEncoder().encode('# Measures\n\n- All network communication uses TLS 1.2 or newer.\n')
      const { document } = await json<{ document: { id: string } }>(
        await owner.upload(`${at('document/read')}?name=tom.md`, text),
      )
      await json(await owner.post(at('document/adopt'), { documentId: document.id }))
      const first = await json<{ id: string }>(await owner.post(at('edition/draft'), {}))
      const kept = await tenantLog(running)
      const putBack = await copyDatabase(running, 'alpha')
      await grow(running, 3)
      const lost = await tenantLog(running)
      await putBack()

      const verify = async (id: string, held: string) => {
        const response = await owner.get(`${at('edition/file')}?editionId=${id}&format=bundle`)
        expect(response.status).toBe(200)
        const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
        const report = verifyBundle(ledgerCrypto, new Map(Object.entries(files)), { held: [held] })
        return { origin: report.origin, faults: report.steps.flatMap(({ ok, say }) => (ok ? [] : [say])) }
      }
      const gone = `The log ${kept.origin} was restored from a copy and goes on as ${kept.origin}/2: you kept a checkpoint of ${lost.size} entries, and the entries ${kept.size} to ${lost.size - 1} are gone.`
      await running.ledgers.settle(await running.registry.open('alpha'))
      expect(await verify(first.id, kept.note)).toEqual({ origin: kept.origin, faults: [] })
      expect(await verify(first.id, lost.note)).toEqual({ origin: kept.origin, faults: [gone] })
      const second = await json<{ id: string }>(await owner.post(at('edition/draft'), {}))
      expect(await verify(second.id, kept.note)).toEqual({ origin: `${kept.origin}/2`, faults: [] })
      expect(await verify(second.id, lost.note)).toEqual({ origin: `${kept.origin}/2`, faults: [gone] })
    } finally {
      await running.stop()
    }
  })
})
