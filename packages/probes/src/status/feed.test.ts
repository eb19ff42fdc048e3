import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../engine/reading.ts'
import { readFeed } from './feed.ts'
import { timeOf } from './times.ts'
import { atom, rss, rssItem, statuspage } from './vendor.ts'
import { parseXml, textOf } from './xml.ts'

const about = { components: ['Forge'], since: new Date('2026-01-01T00:00:00Z'), host: 'status.example.com' }

/** What comes out: facts, or the clear refusal. Anything else is a fault of the reader. */
function outcome(body: string): string {
  try {
    return Array.isArray(readFeed(body, about).incidents) ? 'facts' : 'nothing'
  } catch (error) {
    return error instanceof Unreadable ? error.reason.why : 'crash'
  }
}

describe('reading a feed', () => {
  it('ends in facts or a clear refusal, whatever comes', () => {
    const pieces = [
      '<feed>',
      '</feed>',
      '<entry>',
      '</entry>',
      '<id>',
      '&#x;',
      '&#9999999;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '"',
      "'",
      ' a="b" ',
      '/>',
      '\u0000',
    ]
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 })
        .map((parts) => `<${parts.join('')}`),
    )
    fc.assert(fc.property(text, (body) => ['facts', 'contract'].includes(outcome(body))))
  })

  it('ends so wherever a real feed is cut or changed', () => {
    const real = [atom, rss(rssItem), JSON.stringify(statuspage())]
    const changed = fc
      .tuple(fc.constantFrom(...real), fc.nat(), fc.nat({ max: 40 }), fc.string({ maxLength: 5 }))
      .map(([body, at, length, put]) => {
        const from = at % body.length
        return body.slice(0, from) + put + body.slice(from + length)
      })
    fc.assert(fc.property(changed, (body) => ['facts', 'contract'].includes(outcome(body))))
  })

  it('takes time in proportion to its length', () => {
    const hostile = [
      '<a '.repeat(400_000),
      `<feed${' a="b"'.repeat(200_000)}`,
      '&'.repeat(1_000_000),
      `<feed>${'&#1;'.repeat(400_000)}`,
      '<feed>'.repeat(100_000),
    ]
    for (const body of hostile) {
      const began = performance.now()
      expect(outcome(body)).toBe('contract')
      expect(performance.now() - began).toBeLessThan(3_000)
    }
  })
})

describe('XML', () => {
  it('is read with attributes, entities and parts as they are', () => {
    const document = parseXml(
      `<?xml version="1.0"?><!-- a --><a x='1' y="&lt;2&#33;"><b>c &amp; d&unknown;</b><b/> e</a>`,
    )
    expect(document).toMatchObject({ name: 'a', text: ' e' })
    expect([...document.attributes]).toEqual([
      ['x', '1'],
      ['y', '<2!'],
    ])
    expect(textOf(document, 'b')).toBe('c & d&unknown;')
    expect(textOf(document, 'none')).toBe('')
  })

  it('drops characters that do not exist', () => {
    expect(parseXml('<a>1&#9999999;&#xffffff;2&#x21;</a>').text).toBe('12!')
  })
})

describe('times of feeds', () => {
  it.each([
    ['2026-11-12T06:00:00', '2026-11-12T06:00:00.000Z'],
    ['2026-11-12T06:00:00+0130', '2026-11-12T04:30:00.000Z'],
    ['2026-11-12 06:00:00 UTC', '2026-11-12T06:00:00.000Z'],
    ['2026-11-12T06:00:00.123456789-02:00', '2026-11-12T08:00:00.000Z'],
    ['Thu, 12 Nov 2026 16:29:09 Z', '2026-11-12T16:29:09.000Z'],
    ['12 Nov 2026 16:29 GMT', '2026-11-12T16:29:00.000Z'],
    ['Thu, 12 Nov 2026 16:29:09 -0500', '2026-11-12T21:29:09.000Z'],
  ])('%s are understood', (text, time) => {
    expect(timeOf(text)).toBe(time)
  })

  it.each([
    '',
    '1',
    '2026-11-12',
    '2026-13-12T06:00:00Z',
    '2026-11-12T25:00:00Z',
    '31 Feb 2026 00:00 GMT',
    '12 Nov 26 16:29 GMT',
    '+275760-09-13T00:00:00Z',
    '9999-01-01T00:00:00Z',
  ])('%j are refused', (text) => {
    expect(() => timeOf(text)).toThrow(Unreadable)
  })
})
