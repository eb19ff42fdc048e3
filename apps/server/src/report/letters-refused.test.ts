import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startReportLetters } from '../../../../scripts/testing/report-letters.ts'
import type { ReportLetters } from '../../../../scripts/testing/report-letters.ts'
import { attendReports } from './attend.ts'

let world: ReportLetters

beforeAll(async () => {
  world = await startReportLetters()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const to = 'finder@example.com'

it('is tried again where the mail server is busy, with a new link each time, and given up where it refuses', async () => {
  world.answers = [451]
  await world.report({ email: to })
  await vi.waitFor(() => expect(world.answers).toEqual([]), { timeout: 20_000 })
  await world.settled(['receipt queued'])
  await world.due()
  await world.arrived(1)
  await world.forget()
  world.answers = [550]
  const refused = await world.report({ email: 'nobody@example.com' })
  await world.settled(['receipt failed'])
  expect(await world.open(refused.link)).toContain('could not be delivered')
  const id = refused.reportId
  await world.ask('report.say', { reportId: id, kind: 'answer', text: 'Hello?', fileIds: [] })
  expect(await world.letters()).toEqual(['receipt failed'])
})

it('gives up what nobody took for half a day, and sends nothing that was interrupted', async () => {
  const { link } = await world.report({ email: to })
  await world.arrived(1)
  await world.settled(['receipt sent'])
  const set = async (state: string, ago: string) =>
    await world.rows(`update report_letter set state = $1, made_at = made_at - $2::interval`, [state, ago])
  await set('sending', '0')
  await world.again()
  await world.settled(['receipt unknown'])
  expect(world.received).toHaveLength(1)
  expect(await world.open(link)).toContain('nobody knows whether it arrived')
  await set('queued', '11 hours')
  await world.server.tenants.asSystem('alpha', attendReports)
  expect(await world.letters()).toEqual(['receipt queued'])
  await set('queued', '2 hours')
  await world.server.tenants.asSystem('alpha', attendReports)
  expect(await world.letters()).toEqual(['receipt failed'])
})
