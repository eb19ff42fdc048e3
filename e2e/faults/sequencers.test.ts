import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integratePending } from '../../apps/server/src/evidence/sequencer.ts'
import { queryable } from '../../apps/server/src/evidence/store.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { recompute } from '../durability/ledger.ts'
import { rounds, tried } from './tried.ts'

const leavesWanted = rounds(200, 10_000)
const producers = 16
const racing = 4

/** Who loses twenty times in a row gives up; the server tries again a moment later. @source SQLSTATE 40001, serialization_failure */
function hasLost(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === '40001')) throw error
}

describe('sequencers that race for one ledger', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Busy', slug: 'busy', language: 'en' })
  }, 120_000)
  afterAll(() => server.stop())

  it(
    'make no fork: every leaf stands once, and every head that was signed holds',
    { timeout: 600_000 },
    async (context) => {
      const open = await server.registry.open('busy')
      await server.tenants.asSystem('busy', () => Promise.resolve())
      const ids: string[] = []
      const over = new AbortController()
      let batches = 0
      const race = async () => {
        while (!over.signal.aborted) {
          await integratePending(queryable(open.connections), open.signer).then(() => batches++, hasLost)
        }
      }
      const races = Array.from({ length: racing }, race)
      const produce = async () => {
        while (ids.length < leavesWanted)
          await server.tenants.asSystem('busy', async (tx) => {
            const id = tx.newId()
            ids.push(id)
            await tx.append({ type: 'measure.changed', about: { kind: 'measure', id } })
          })
      }
      await Promise.all(Array.from({ length: producers }, produce))
      over.abort()
      await Promise.all(races)
      await server.ledgers.settle(open)
      const { leaves, faults, heads } = await recompute(server, 'busy')
      expect(faults).toEqual([])
      expect(leaves.map(({ subj }) => subj.id).toSorted()).toEqual(ids.toSorted())
      expect(heads.size).toBeGreaterThan(1)
      console.log(`${batches} batches of ${racing} sequencers, ${leaves.length} leaves, ${heads.size} heads`)
      tried(context, batches)
    },
  )
})
