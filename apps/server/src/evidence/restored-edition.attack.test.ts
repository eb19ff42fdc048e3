import { unzipSync } from 'fflate'
import { verifyBundle } from '@art32/ledger'
import { describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { copyDatabase, grow, tenantLog } from '../../../../scripts/testing/logs.ts'
import { ledgerCrypto } from '../platform/index.ts'

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
