import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startReportLetters } from '../../../../scripts/testing/report-letters.ts'
import type { ReportLetters } from '../../../../scripts/testing/report-letters.ts'

let world: ReportLetters

beforeAll(async () => {
  world = await startReportLetters()
})
afterAll(() => world.stop())
beforeEach(() => world.forget())

const to = 'finder@example.com'

it('sends a receipt with a link of its own that opens the report, in the language of the page', async () => {
  const { link, page } = await world.report({ email: to, language: 'de', title: 'Secret title' })
  expect(page).toMatch(/(auf dem Weg|ging) an die angegebene E-Mail-Adresse/)
  await world.arrived(1)
  const letter = world.letterTo(to)
  expect(letter.subject).toBe('Meldung 1 an Alpha <b> & Co. ist eingegangen')
  expect(letter.raw).toContain('List-Unsubscribe-Post')
  expect(letter.text).toContain('Wenn Sie das nicht waren')
  // Nobody entered whom to tell: the page that names everything does.
  expect(letter.text).toContain('(https://toms.example.com/trust/alpha/report)')
  const [mailed = ''] = /\/trust\/alpha\/report\/[0-9a-f]{64}/.exec(letter.text) ?? []
  expect(mailed).not.toBe('')
  expect(mailed).not.toBe(link)
  await world.settled(['receipt sent'])
  expect(await world.open(`${link}?language=de`)).toContain('ging an die angegebene E-Mail-Adresse')
  expect(await world.open(mailed)).toContain('Secret title')
})

it('tells of an answer and of another state without link and without content, once for both', async () => {
  const { reportId } = await world.report({ email: to })
  await world.arrived(1)
  await world.ask('report.move', { reportId, to: 'confirmed', answer: '' })
  await world.ask('report.say', { reportId, kind: 'note', text: 'Only for us.', fileIds: [] })
  await world.ask('report.say', { reportId, kind: 'answer', text: 'Secret answer.', fileIds: [] })
  await world.due()
  await world.arrived(2)
  const { subject, text } = world.letterTo(to)
  expect(subject).toBe('Report 1 to Alpha <b> & Co.: there is something new')
  expect(text).toContain('has answered report 1')
  expect(text).not.toMatch(/Secret answer|Only for us|report\/[0-9a-f]{64}|confirmed/)
  await world.settled(['receipt sent', 'answer sent'])
  await world.ask('report.say', { reportId, kind: 'note', text: 'Only for us.', fileIds: [] })
  await world.ask('report.move', { reportId, to: 'mended', answer: '' })
  await world.due()
  await world.arrived(3)
  expect(world.letterTo(to).text).toContain('has a new state')
})

it('sends none about a report that came by another way, or without an address', async () => {
  const { page } = await world.report({ email: '' })
  expect(page).not.toMatch(/letter/i)
  const { reportId, link } = await world.ask<{ reportId: string; link: string }>('report.add', {
    title: 'By telephone',
    description: 'Said.',
    email: to,
    language: 'en',
  })
  expect(await world.open(new URL(link).pathname)).toContain('No letters are sent about this report')
  await world.ask('report.move', { reportId, to: 'confirmed', answer: 'We see it.' })
  expect(await world.letters()).toEqual([])
})

it('shows in the workplace what went out, and the ledger names no address', async () => {
  const contact = { contacts: ['mailto:security@alpha.example'], expiresOn: '2040-01-01', reason: 'first' }
  await world.ask('profile.set_contact', contact)
  const { reportId } = await world.report({ email: to })
  await world.arrived(1)
  expect(world.letterTo(to).text).toContain('(security@alpha.example)')
  await world.settled(['receipt sent'])
  const shown = await world.look<{ letters: { kind: string; state: string }[] }>('report.show', `reportId=${reportId}`)
  expect(shown.letters).toMatchObject([{ kind: 'receipt', state: 'sent' }])
  const leaves = await world.leaves()
  expect(leaves).toContain('letter-sent')
  expect(leaves).not.toContain('finder')
})
