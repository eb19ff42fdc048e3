import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition, withheldWords } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let world: Published
let url: string

beforeAll(async () => {
  world = await publishedEdition()
  url = `${world.server.url}/trust/alpha`
})
afterAll(() => world.server.stop())

/** Faults of a text that should be XML: elements that do not close, entities that XML does not know, forbidden characters. */
function faultsOfXml(text: string): string[] {
  const open: string[] = []
  const faults: string[] = []
  for (const [, end, name = '', self] of text.matchAll(/<(\/?)([a-zA-Z][\w:-]*)(?:\s+[\w:-]+="[^"<]*")*(\/?)>/g)) {
    if (self === '/') continue
    if (end !== '/') open.push(name)
    else if (open.pop() !== name) faults.push(`${name} closes nothing`)
  }
  const rest = text.replaceAll(/<[/?a-zA-Z][^<>]*>/g, '')
  if (/[<]|&(?!(?:#\d+|lt|gt|amp|quot|apos);)/.test(rest)) faults.push('text that is no text')
  return [...faults, ...open.map((name) => `${name} does not close`)]
}

describe('the feed of a public page', () => {
  it('is Atom with what RFC 4287 asks for, and escapes hostile titles and statements', async () => {
    const response = await fetch(`${url}/feed.atom`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
    ])
    const feed = await response.text()
    expect(faultsOfXml(feed)).toEqual([])
    const head = feed.slice(0, feed.indexOf('<entry>'))
    expect(head).toMatch(/<feed xmlns="http:\/\/www.w3.org\/2005\/Atom" xml:lang="en">/)
    expect(head).toMatch(/<id>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}<\/id>/)
    expect(head).toMatch(/<updated>\d{4}-\d\d-\d\dT[\d:.]+Z<\/updated><author><name>Alpha<\/name><\/author>/)
    expect(head).toContain(`<link rel="self" type="application/atom+xml" href="${url}/feed.atom"/>`)
    const entry = feed.slice(feed.indexOf('<entry>'))
    expect(entry).toContain(`<id>urn:uuid:${world.published}</id><title>Edition 1: `)
    expect(entry).toContain('The first edition')
    expect(entry.match(/<entry>/g)).toHaveLength(1)
  })

  it('says the same as a JSON feed, and both in the language that is asked for', async () => {
    const feed = await json<{ version: string; feed_url: string; items: { id: string; summary: string }[] }>(
      await fetch(`${url}/feed.json?language=de`),
    )
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: `${url}/feed.json?language=de`,
      items: [{ id: `urn:uuid:${world.published}`, title: expect.stringMatching(/^Fassung 1: /) as string }],
    })
    expect(await (await fetch(`${url}/feed.atom?language=de`)).text()).toContain('Zeilen für alle')
  })

  it('answers 304 without a body to whoever has it already, and by the tag where both are asked', async () => {
    const first = await fetch(`${url}/feed.atom`)
    const tag = first.headers.get('etag') ?? ''
    const at = first.headers.get('last-modified') ?? ''
    const again = (headers: Record<string, string>) => fetch(`${url}/feed.atom`, { headers })
    const known = await again({ 'if-none-match': `"other", W/${tag}` })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', tag])
    expect((await again({ 'if-modified-since': at })).status).toBe(304)
    expect((await again({ 'if-modified-since': at, 'if-none-match': '"other"' })).status).toBe(200)
    expect((await again({ 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' })).status).toBe(200)
    expect((await fetch(`${url}/feed.atom?language=de`, { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  it('tells what an edition promises less, with the reason, and never a line that is not for the public', async () => {
    const before = await (await fetch(`${url}/feed.atom`)).text()
    const { owner } = world
    for (const [word, change] of [
      ['Passwords', { status: 'planned' }],
      ['Heliotrope', { status: 'planned' }],
    ] as const)
      await owner.post(at('measure.change'), { ...(await world.measureOf(word)), ...change })
    const editionId = await world.draft()
    const { changes } = await json<{ changes: { key: string; decision: string }[] }>(
      await owner.get(at('edition.compare')),
    )
    for (const { key, decision } of changes)
      if (decision === 'needed')
        await owner.post(at('edition.decide'), { change: key, reason: 'The migration takes longer than planned.' })
    expect(await json(await owner.post(at('edition.sign'), { editionId }))).toEqual({ number: 2 })
    const feed = await (await fetch(`${url}/feed.atom`)).text()
    expect(faultsOfXml(feed)).toEqual([])
    expect(feed.match(/<entry>/g)).toHaveLength(2)
    const newest = feed.slice(feed.indexOf('<entry>'), feed.indexOf('</entry>'))
    expect(newest).toContain('<h3>Less is promised</h3>')
    expect(newest).toContain('Passwords have at least 12 characters')
    expect(newest).toContain('The migration takes longer than planned.')
    for (const word of withheldWords) expect(feed).not.toContain(word)
    // What is published once stays as it is, under the same id.
    expect(feed).toContain(
      before.slice(
        before.indexOf('<id>', before.indexOf('<entry>')),
        before.indexOf('<link rel="alternate"', before.indexOf('<entry>')),
      ),
    )
  })

  it('is linked from the page, and is not there for a draft or an unknown tenant', async () => {
    const page = await (await fetch(url)).text()
    expect(page).toContain('<link rel="alternate" type="application/atom+xml"')
    expect(page).toContain('<a href="/trust/alpha/feed.atom">Atom</a>')
    // Without a mail server nobody is asked for an address.
    expect(page).not.toContain('<form')
    await world.server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
    for (const slug of ['beta', 'nobody'])
      expect([slug, (await fetch(`${world.server.url}/trust/${slug}/feed.atom`)).status]).toEqual([slug, 404])
  })
})
