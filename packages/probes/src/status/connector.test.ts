import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { Said, VendorServer } from '../testing/vendor.ts'
import { status } from './connector.ts'
import { rss, startStatus, statuspage, xml } from './vendor.ts'

const now = new Date('2026-11-22T12:00:00Z')
const json = '/api/v2/incidents.json'

// At any time on which the test may run there is something to see: the whole page is older than the time looked at, or not.
examineConnector(status, {
  start: () => startStatus(),
  settings: (base) => ({ feed: `${base}${json}`, acknowledgements: [] }),
  secrets: ['on-duty@example.com', 'a-person-on-duty'],
  hurts: { [`GET ${json}`]: ['incidents'] },
})

describe('a status page', () => {
  let vendor: VendorServer | undefined
  afterEach(async () => {
    await vendor?.close()
    vendor = undefined
  })
  const look = async (path: string, more: Record<string, unknown> = {}, instead: Record<string, () => Said> = {}) => {
    vendor = await startStatus(instead)
    const limits = { silenceMs: 10_000, answerBytes: 1_048_576 }
    const context = testContext({ budgets: openBudgets(), now: () => now, limits })
    const reading = await collect(status, { feed: `${vendor.base}${path}`, ...more }, context)
    expect(vendor.mistakes).toEqual([])
    return reading.read === 'ok' ? reading.facts : {}
  }
  const incidents = (facts: object, complete = true) => ({ incidents: { read: 'ok', complete, facts } })

  it('of Statuspage is read by components, newest first, and only as far back as wanted', async () => {
    const link = 'https://stspg.io/k1forge'
    expect(await look(json, { components: ['forge functions', 'c2'] })).toMatchObject(
      incidents([
        {
          id: 'k1forge',
          publishedAt: '2026-11-10T08:00:00.000Z',
          touches: ['forge functions'],
          link,
          title: 'Functions fail , ask …',
          state: 'resolved',
        },
        { id: 'k2mail', publishedAt: '2026-11-05T10:00:00.000Z', touches: ['c2'], link: null },
        {
          id: 'k3unsaid',
          publishedAt: '2026-11-04T10:00:00.000Z',
          touches: ['*'],
          link: null,
          title: null,
          state: null,
        },
      ]),
    )
    expect(await look(json, { days: 14 })).toMatchObject(incidents([{ id: 'k1forge', touches: ['*'] }]))
  })

  it('holds no word of the platform but ids and a title without addresses and markup', async () => {
    for (const path of [json, '/en.atom', '/en-us/status/feed/'])
      expect(JSON.stringify(await look(path))).not.toMatch(/on-duty|only webhosting|engineers|spaces|[<\u202e]/i)
  })

  it('cuts a title that is no line, and has none where it says nothing', async () => {
    const titled = (title: string) =>
      xml(
        `<feed><title>x</title>${entry('2026-11-20T00:00:00Z').replace('</id>', `</id><title>${title}</title>`)}</feed>`,
      )
    const long = await look('/en.atom', {}, { 'GET /en.atom': () => titled(`a\tb ${'x'.repeat(5_000)}`) })
    expect(long).toMatchObject(incidents([{ title: `a b ${'x'.repeat(195)}…` }]))
    const empty = await look('/en.atom', {}, { 'GET /en.atom': () => titled('&lt;b&gt; &#7;') })
    expect(empty).toMatchObject(incidents([{ title: null }]))
  })

  it('of Statuspage is not complete where more incidents scrolled off', async () => {
    const many = Array.from({ length: 50 }, (_one, index) => ({ id: `k${index}`, created_at: '2026-11-20T00:00:00Z' }))
    const answer = (list: object[]) => ({ [`GET ${json}`]: () => ({ incidents: list }) })
    expect(await look(json, {}, answer(many))).toMatchObject({ incidents: { complete: false } })
    const older = { id: 'old', created_at: '2026-01-20T00:00:00Z' }
    expect(await look(json, {}, answer([...many.slice(1), older]))).toMatchObject({ incidents: { complete: true } })
  })

  it('in Atom is searched for the declared words, and its strange names become hashes', async () => {
    const all = await look('/en.atom')
    expect(all).toMatchObject(
      incidents([
        { id: 'https://status.example.com/incident/0a1b2c3d', publishedAt: '2026-11-12T06:00:00.000Z', touches: ['*'] },
        { id: expect.stringMatching(/^sha256-[\da-f]{32}$/), publishedAt: '2026-11-11T06:00:00.000Z', link: null },
      ]),
    )
    expect(await look('/en.atom', { components: ['FSN1', 'cloud server', 'host'] })).toMatchObject(
      incidents([{ touches: ['FSN1', 'cloud server'] }, { touches: [] }]),
    )
  })

  it('in RSS is read, and empty while nothing lasts', async () => {
    expect(await look('/en-us/status/feed/', { components: ['West Europe'] })).toMatchObject(
      incidents([{ id: 'XK12-345', publishedAt: '2026-11-12T16:29:09.000Z', touches: ['West Europe'] }]),
    )
    const empty = { 'GET /en-us/status/feed/': () => xml(rss()) }
    expect(await look('/en-us/status/feed/', {}, empty)).toMatchObject(incidents([]))
  })

  it.each([
    ['is a page of a firewall', '<html><title>Please wait</title></html>'],
    ['is an error of a store', '<Error><Code>AccessDenied</Code></Error>'],
    ['has no title', '<rss><channel></channel></rss>'],
    ['is cut off', '<feed><title>x</title><entry><id>a</id>'],
    ['closes what is not open', '<feed><title>x</title></entry></feed>'],
    ['brings entities of its own', '<!DOCTYPE feed [<!ENTITY a "b">]><feed><title>&a;</title></feed>'],
    ['is deeper than a feed', `<feed><title>x</title>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</feed>`],
    ['has too many elements', `<feed><title>x</title>${'<a/>'.repeat(60_000)}</feed>`],
    ['has too many notices', `<feed><title>x</title>${entry('2026-11-01T00:00:00Z').repeat(2_001)}</feed>`],
    [
      'has a notice without a name',
      '<feed><title>x</title><entry><updated>2026-11-20T00:00:00Z</updated></entry></feed>',
    ],
    ['has a time that is no time', `<feed><title>x</title>${entry('yesterday')}</feed>`],
    ['has a day that does not exist', `<feed><title>x</title>${entry('2026-02-31T00:00:00Z')}</feed>`],
    ['has a time before the web', `<feed><title>x</title>${entry('0001-01-01T00:00:00Z')}</feed>`],
    ['is very long', `<feed><title>x</title><!--${'x'.repeat(4_200_000)}--></feed>`],
    ['is deep JSON', `{"incidents":${'['.repeat(1_000_000)}`],
    ['is JSON of something else', '{"page":{},"components":[]}'],
  ])('that %s is not seen, in bounded time', async (_name, text) => {
    const began = performance.now()
    expect(await look('/en.atom', {}, { 'GET /en.atom': () => xml(text) })).toMatchObject({
      incidents: { read: 'no', why: 'contract' },
    })
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('may announce what lies ahead, and tell of one incident several times', async () => {
    const text = `<feed><title>x</title>${entry('2026-11-20T00:00:00Z')}${entry('2026-11-18T00:00:00Z')}${entry('2027-01-01T00:00:00Z', 'plan')}</feed>`
    expect(await look('/en.atom', {}, { 'GET /en.atom': () => xml(text) })).toMatchObject(
      incidents([
        { id: 'plan', publishedAt: '2027-01-01T00:00:00.000Z' },
        { id: 'one', publishedAt: '2026-11-18T00:00:00.000Z' },
      ]),
    )
  })

  it('gets its acknowledgements from the settings, which take no mail address and no credentials', async () => {
    const one = { incident: 'k1forge', by: 'operations', at: '2026-11-10T09:00:00+01:00' }
    expect(await look(json, { acknowledgements: [one] })).toMatchObject({ acknowledgements: { facts: [one] } })
    const given = { feed: 'https://status.example.com/feed', acknowledgements: [{ ...one, by: 'on-duty@example.com' }] }
    expect(status.settings.safeParse(given).success).toBe(false)
    expect(status.settings.safeParse({ feed: 'https://a:b@status.example.com/feed' }).success).toBe(false)
    expect(status.settings.safeParse({ feed: 'file:///etc/passwd' }).success).toBe(false)
    expect(statuspage().incidents).toHaveLength(4)
  })
})

function entry(updated: string, id = 'one'): string {
  return `<entry><id>${id}</id><updated>${updated}</updated></entry>`
}
