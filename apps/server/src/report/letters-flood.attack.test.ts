import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startReportLetters } from '../../../../scripts/testing/report-letters.ts'
import type { ReportLetters } from '../../../../scripts/testing/report-letters.ts'
import { openAttempts } from '../account/index.ts'
import { mayReceipt } from './letters.ts'

let world: ReportLetters

beforeAll(async () => {
  world = await startReportLetters()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const to = 'victim@example.com'

describe('a flood of one address', () => {
  it('ends after three letters in an hour, whatever the mailbox is called and whoever it is reported to', async () => {
    const pages = []
    for (const [email, slug] of [
      [to, 'alpha'],
      ['VICTIM@example.com', 'beta'],
      ['vic.tim+1@example.com', 'alpha'],
      [to, 'beta'],
      ['victim+2@Example.com', 'alpha'],
    ] as const)
      pages.push((await world.report({ email }, slug)).page)
    expect(pages.map((page) => page.includes('No letter was sent, and none follows'))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ])
    await world.arrived(3)
    // Where no receipt went out, nothing follows.
    const { reportId } = await world.report({ email: to })
    await world.ask('report.say', { reportId, kind: 'answer', text: 'Hello.', fileIds: [] })
    expect((await world.letters()).filter((one) => one.startsWith('answer'))).toEqual([])
  })

  it('ends after ten in a day', async () => {
    const withheld = []
    for (let n = 0; n < 12; n += 1) {
      if (n % 3 === 0) world.pass(61)
      withheld.push((await world.report({ email: to })).page.includes('No letter was sent'))
    }
    expect(withheld.indexOf(true)).toBe(10)
    expect(withheld.filter(Boolean)).toHaveLength(2)
  })
})

it('sends at most a hundred receipts in an hour from the whole installation', async () => {
  const attempts = openAttempts({
    pool: world.server.databases.control,
    secret: new Uint8Array(32),
    now: () => new Date(),
  })
  const may = async (n: number) => await mayReceipt(attempts, `someone${n}@example.com`)
  const answers = []
  for (let n = 0; n < 101; n += 1) answers.push(await may(n))
  expect(answers.indexOf(false)).toBe(100)
})
