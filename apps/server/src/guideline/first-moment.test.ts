import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json } from '../../../../scripts/testing/published.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { listAttestations } from '../measure/index.ts'

/** Half an hour before midnight in UTC: in Berlin it is the next day. */
const night = new Date(new Date(Date.now() - 86_400_000).toISOString().replace(/T.*/, 'T23:30:00.000Z'))
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => night } })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(() => server.stop())

describe('a guideline that takes effect today', () => {
  it('stands behind its measures from the first moment of the day where the tenant is', async () => {
    const owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    const { guidelineId } = await json<{ guidelineId: string }>(
      await owner.post(at('guideline.create'), { template: 'clean-desk' }),
    )
    const guideline = { title: 'Visitors', body: 'Visitors are met at the door.' }
    const covered = { ...guideline, guidelineId, revision: 1, measures: ['visitor-escort'], reviewMonths: 12 }
    await json(await owner.post(at('guideline.change'), covered))
    const effectiveFrom = todayOfTenants(night)
    expect(effectiveFrom).not.toBe(night.toISOString().slice(0, 10))
    await json(await owner.post(at('guideline.approve'), { guidelineId, revision: 2, effectiveFrom }))
    const standing = await server.tenants.asSystem('alpha', (tx) => listAttestations(tx))
    expect(standing.get('visitor-escort')?.map(({ effective_on: day }) => day)).toEqual([effectiveFrom])
  })
})
