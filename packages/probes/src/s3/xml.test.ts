import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOf, parseXml, textAt } from './xml.ts'
import type { Element } from './xml.ts'

describe('the XML of an answer', () => {
  it('is read with its texts', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
      <List xmlns="http://example.com/doc"><Name>a &amp; b&#x21;</Name><Item><Size>1</Size></Item><Item/></List>`
    const root = parseXml(text)
    expect(root?.name).toBe('List')
    if (root === undefined) return
    expect(textAt(root, 'Name')).toBe('a & b!')
    expect(textAt(root, 'Item', 'Size')).toBe('1')
    expect(textAt(root, 'Absent', 'Size')).toBeUndefined()
    expect(allOf(root, 'Item')).toHaveLength(2)
  })

  it.each([
    '',
    'plain',
    '{"a":1}',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '</a>',
    '<a>&unknown;</a>',
    '<a>&amp</a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a><![CDATA[x]]></a>',
    '<a><!-- x --></a>',
    '<a b=c/>',
    `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
  ])('is refused where it is %s', (text) => expect(parseXml(text)).toBeUndefined())

  it('comes back from any tree of texts', () => {
    const write = ({ name, children, text }: Element): string =>
      `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}${children.map(write).join('')}</${name}>`
    const elementOf = (children: fc.Arbitrary<Element[]>): fc.Arbitrary<Element> =>
      fc.record({
        name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/),
        text: fc.string({ unit: 'grapheme' }),
        children,
      })
    const leaf = elementOf(fc.constant([]))
    const branch = elementOf(fc.array(leaf, { maxLength: 3 }))
    const element = elementOf(fc.array(branch, { maxLength: 3 }))
    fc.assert(
      fc.property(element, (tree) => {
        expect(parseXml(write(tree))).toEqual(tree)
      }),
    )
  })

  it('is read or refused in bounded time, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', ' ', '=', '"', '&', ';', '!') }), (text) => {
        const root = parseXml(text)
        expect(root === undefined || root.name !== '').toBe(true)
      }),
    )
    const before = performance.now()
    expect(parseXml(`<a${' b="c"'.repeat(50_000)}`)).toBeUndefined()
    expect(parseXml('<'.repeat(100_000))).toBeUndefined()
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})
