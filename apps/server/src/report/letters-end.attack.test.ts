import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startReportLetters } from '../../../../scripts/testing/report-letters.ts'
import type { ReportLetters } from '../../../../scripts/testing/report-letters.ts'

let world: ReportLetters

beforeAll(async () => {
  world = await startReportLetters()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const to = 'victim@example.com'
const endIn = (text: string) => /\/trust\/alpha\/report\/letters\?token=\S+/.exec(text)?.[0] ?? ''

it('ends by a link that only its tenant signs, and deletes the address', async () => {
  const { reportId, link } = await world.report({ email: to })
  await world.arrived(1)
  const end = endIn(world.letterTo(to).text)
  expect(await world.open(end)).toContain('Delete the mail address')
  const post = async (path: string) =>
    await fetch(`${world.server.local}${path}`, {
      method: 'POST',
      // As programs for mail do (RFC 8058).
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
  expect((await post(end.replace('alpha', 'beta'))).status).toBe(400)
  expect(
    (await post(end.replace(/token=(.)/, (_, first: string) => `token=${first === '0' ? '1' : '0'}`))).status,
  ).toBe(400)
  expect((await post('/trust/alpha/report/letters?token=')).status).toBe(400)
  const address = async () =>
    (await world.rows<{ email: string | null }>('select email from report where id = $1', [reportId]))[0]?.email
  expect(await address()).toBe(to)
  await world.ask('report.say', { reportId, kind: 'answer', text: 'Hello.', fileIds: [] })
  const done = await post(end)
  expect([done.status, done.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await done.text()).toContain('The mail address was deleted')
  expect(await address()).toBeNull()
  expect(await (await post(end)).text()).toContain('No mail address is stored')
  expect((await world.letters()).filter((one) => one.endsWith('queued'))).toEqual([])
  await world.ask('report.say', { reportId, kind: 'answer', text: 'Hello?', fileIds: [] })
  expect((await world.letters()).filter((one) => one.endsWith('queued'))).toEqual([])
  expect(await world.open(link)).toContain('no more letters are sent about this report')
})

it('sends nothing to an address that was deleted while a letter waited', async () => {
  const { reportId } = await world.report({ email: to })
  await world.arrived(1)
  await world.ask('report.say', { reportId, kind: 'answer', text: 'Hello.', fileIds: [] })
  await world.rows('update report set email = null')
  await world.due()
  await world.settled(['receipt sent', 'answer failed'])
  await world.arrived(1)
})
