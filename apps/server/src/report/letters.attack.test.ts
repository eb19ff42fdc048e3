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
const linkIn = (text: string) => /\/trust\/alpha\/report\/[0-9a-f]{64}/.exec(text)?.[0] ?? ''

it.each([
  ['a header behind it', 'a@example.com\r\nBcc: b@example.com'],
  ['an encoded header behind it', 'a@example.com%0d%0aBcc:b@example.com'],
  ['a list', 'a@example.com, b@example.com'],
  ['a list of another kind', 'a@example.com;b@example.com'],
  ['a name around it', 'Somebody <a@example.com>'],
  ['a quoted part', '"a@example.com,b"@example.com'],
  ['a comment', 'a(b@example.com)@example.com'],
  ['a character that is not seen', 'a\u200b@example.com'],
  ['a length that is none', `${'a'.repeat(250)}@example.com`],
])('takes no address with %s', async (_, email) => {
  expect((await world.send({ email })).status).toBe(422)
  expect(await world.letters()).toEqual([])
})

it('puts nothing of what was typed into the letter, and escapes the name of the tenant', async () => {
  const typed = '<a href="https://evil.example">Win</a>'
  await world.report({ email: to, title: typed, description: typed, name: typed, credit: typed, product: typed })
  await world.arrived(1)
  const { raw, subject } = world.letterTo(to)
  expect(raw).not.toMatch(/evil|Win/)
  expect(raw).toContain('Alpha &lt;b&gt; &amp; Co.')
  expect(subject).toBe('Report 1 to Alpha <b> & Co. was received')
})

it('opens each report by the link in its own letter only, and at no other tenant', async () => {
  for (const title of ['The first', 'The second']) {
    await world.report({ email: to, title })
    await world.arrived(title === 'The first' ? 1 : 2)
    const link = linkIn(world.letterTo(to).text)
    expect(await world.open(link)).toContain(title)
    expect(await world.open(link.replace('alpha', 'beta'))).toContain('This link opens nothing')
  }
  const links = world.received.map(({ raw }) => linkIn(raw))
  expect(new Set(links).size).toBe(2)
  const { tenant } = await world.server.registry.open('beta')
  const [mine] = await world.rows<{ id: string }>('select id from report_letter')
  await world.server.tenants.asSystem('beta', ({ enqueue }) =>
    enqueue('report.letter', { tenantId: tenant.id, letterId: mine?.id }),
  )
  await world.again()
  await world.idle()
  await world.arrived(2)
})

it('keeps the link in the letter as a hash only, and ends it with a new one', async () => {
  const { reportId } = await world.report({ email: to, title: 'Renewed' })
  await world.arrived(1)
  const link = linkIn(world.letterTo(to).text)
  const [kept] = await world.rows<{ all: string }>(`select string_agg(t::text, ' ') as all from report_letter t`)
  expect(kept?.all).not.toContain(link.split('/').at(-1))
  const { link: renewed } = await world.ask<{ link: string }>('report.link', { reportId })
  expect(await world.open(link)).toContain('This link opens nothing')
  expect(await world.open(new URL(renewed).pathname)).toContain('Renewed')
})
