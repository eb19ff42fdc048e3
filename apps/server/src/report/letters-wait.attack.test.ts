import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startReportLetters } from '../../../../scripts/testing/report-letters.ts'
import type { ReportLetters } from '../../../../scripts/testing/report-letters.ts'

let world: ReportLetters

beforeAll(async () => {
  world = await startReportLetters()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const to = 'victim@example.com'

it('makes news wait for their hour, and loses none', async () => {
  const { reportId } = await world.report({ email: to })
  for (const _ of [1, 2]) await world.report({ email: to })
  await world.arrived(3)
  await world.ask('report.say', { reportId, kind: 'answer', text: 'Hello.', fileIds: [] })
  await world.due()
  const startsIn = async () => {
    const { rows } = await world.server.databases.control.query<{ minutes: number }>(
      `select extract(epoch from max(start_after) - now())::int / 60 as minutes from pgboss.job where name = 'report.letter'`,
    )
    return rows[0]?.minutes ?? 0
  }
  await vi.waitFor(async () => expect(await startsIn()).toBeGreaterThan(50), { timeout: 20_000 })
  await world.ask('report.move', { reportId, to: 'confirmed', answer: '' })
  expect((await world.letters()).filter((one) => one.endsWith('queued'))).toEqual(['answer queued'])
  world.pass(61)
  await world.due()
  await world.arrived(4)
})
