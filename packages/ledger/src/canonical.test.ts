import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromVectors, vectors } from '../testing/node-crypto.ts'
import { canonicalize, LedgerError, parseCanonical, parseJson } from './index.ts'

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 as the RFC does', () => {
    // As text, since the point of the first number is that it has more digits than a double.
    const value = parseJson(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
        String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    )
    expect(canonicalize(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, at every depth', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': { b: 1, a: 2 },
    }
    expect(canonicalize(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":{"a":2,"b":1},"€":1,"😀":5,"\ufb33":3}')
  })

  it('refuses what JSON cannot carry, naming the place', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [{ a: [1, Number.NaN] }, '$.a[1]'],
      [Number.POSITIVE_INFINITY, '$'],
      [{ a: undefined }, '$.a'],
      [Array.from({ length: 2 }), '$[0]'],
      [{ a: '\ud800' }, '$.a'],
      [{ '\udc00': 1 }, '$'],
      [1n, '$'],
      [new Date(0), '$'],
      [() => 1, '$'],
      [Symbol('s'), '$'],
    ]
    for (const [value, place] of cases) {
      expect(() => canonicalize(value)).toThrow(expect.objectContaining({ code: 'json', place }))
    }
  })

  it('writes minus zero as zero', () => {
    expect(canonicalize([-0])).toBe('[0]')
  })

  it('refuses duplicate members, also behind an escape', () => {
    expect(() => parseJson('{"a":1,"a":2}')).toThrow('occurs twice')
    expect(() => parseJson('{"a":1,"\\u0061":2}')).toThrow('occurs twice')
    expect(parseJson('{"a":1,"b":{"a":2}}')).toEqual({ a: 1, b: { a: 2 } })
  })

  it('keeps a member named __proto__ a member', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(canonicalize(value)).toBe('{"__proto__":{"polluted":true}}')
  })

  it('refuses nesting beyond a hundred levels without overflowing', () => {
    expect(parseJson('['.repeat(100) + ']'.repeat(100))).toBeDefined()
    expect(() => parseJson('['.repeat(1_000_000))).toThrow('at most 100 deep')
    let deep: unknown = 1
    for (let i = 0; i < 200; i++) deep = [deep]
    expect(() => canonicalize(deep)).toThrow('at most 100 deep')
  })

  it.each([
    ['lists', (inner: unknown) => [inner]],
    ['objects', (inner: unknown) => ({ a: inner })],
    ['both by turns', (inner: unknown) => [{ a: inner }]],
  ])('counts the levels of %s alike when it reads and when it writes', (_, around) => {
    const levels = around(1)
    const each = Array.isArray(levels) && typeof levels[0] === 'object' ? 2 : 1
    let value: unknown = 1
    for (let level = 0; level < 100; level += each) value = around(value)
    expect(canonicalize(parseJson(JSON.stringify(value)))).toBe(JSON.stringify(value))
    expect(() => parseJson(JSON.stringify(around(value)))).toThrow('at most 100 deep')
    expect(() => canonicalize(around(value))).toThrow('at most 100 deep')
  })

  it('refuses text that is not JSON', () => {
    const bad = [
      '',
      ' ',
      '{',
      '[1',
      '[1,]',
      '{"a":1,}',
      '{a:1}',
      '01',
      '1.',
      '.5',
      '+1',
      'NaN',
      '"\t"',
      '"\\x"',
      'nul',
      '1 2',
      '{"a" 1}',
      '[1 2]',
      '"a',
      '\ufeff1',
      '1e999',
    ]
    for (const text of [...bad, '"\\ud800"']) expect(() => parseJson(text), text).toThrow(LedgerError)
  })

  it('accepts only the one canonical spelling where it is asked to', () => {
    expect(parseCanonical('{"a":1,"b":"ü"}')).toEqual({ a: 1, b: 'ü' })
    for (const text of ['{"b":1,"a":1}', '{ "a":1}', '{"a":1.0}', '{"a":"\\u00fc"}', '[-0]', '1\n']) {
      expect(() => parseCanonical(text), text).toThrow('not in canonical form')
    }
  })

  it('reads what it writes and agrees with JSON.parse on every JSON text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const value: unknown = JSON.parse(text)
        expect(parseJson(text)).toEqual(value)
        expect(parseCanonical(canonicalize(value))).toEqual(JSON.parse(canonicalize(value)))
      }),
    )
  })

  it('accepts no text that JSON.parse refuses, and ends every other as a LedgerError', () => {
    const anything = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 'true', '\\', ' ', 'a', 'e', '.', '-'))
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parseJson(text)
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
          return
        }
        expect(() => JSON.parse(text)).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })

  it('writes the numbers of RFC 8785, appendix B, and refuses those that JSON cannot carry', () => {
    const samples: readonly (readonly [bits: string, text: string | null])[] = [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['8000000000000001', '-5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['ffefffffffffffff', '-1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['c340000000000000', '-9007199254740992'],
      ['4430000000000000', '295147905179352830000'],
      ['7fffffffffffffff', null],
      ['7ff0000000000000', null],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['44b52d02c7e14af6', '1e+23'],
      ['44b52d02c7e14af7', '1.0000000000000001e+23'],
      ['444b1ae4d6e2ef4e', '999999999999999700000'],
      ['444b1ae4d6e2ef4f', '999999999999999900000'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555553', '333333333.3333332'],
      ['41b3de4355555554', '333333333.33333325'],
      ['41b3de4355555555', '333333333.3333333'],
      ['41b3de4355555556', '333333333.3333334'],
      ['41b3de4355555557', '333333333.33333343'],
      ['becbf647612f3696', '-0.0000033333333333333333'],
      ['43143ff3c1cb0959', '1424953923781206.2'],
    ]
    for (const [bits, text] of samples) {
      const number = Buffer.from(bits, 'hex').readDoubleBE()
      if (text === null) expect(() => canonicalize(number)).toThrow(LedgerError)
      else expect([bits, canonicalize(number)]).toEqual([bits, text])
    }
    expect(samples).toHaveLength(26)
  })

  it.skipIf(vectors === undefined)(`agrees with all six published RFC 8785 vectors ${fromVectors}`, () => {
    const folder = join(vectors!, 'jcs/testdata')
    const names = readdirSync(join(folder, 'input'))
    for (const name of names) {
      const [input, output] = ['input', 'output'].map((side) => readFileSync(join(folder, side, name), 'utf8'))
      expect([name, canonicalize(parseJson(input!))]).toEqual([name, output!.trimEnd()])
    }
    expect(names).toHaveLength(6)
  })
})
