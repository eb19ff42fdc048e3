import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, nodeCrypto } from '../testing/node-crypto.ts'
import {
  actorKinds,
  canonicalize,
  commit,
  encodeLeaf,
  encodeUtf8,
  isKnownType,
  isOpenedBy,
  isOrigin,
  type Leaf,
  leafTypes,
  LedgerError,
  linkRelations,
  maxLeafSize,
  parseLeaf,
} from './index.ts'

const c = (label: string) => bytesOf(label).toString('base64')
const example = {
  actor: { c: c('actor'), k: 'user' },
  at: '2026-11-22T00:39:59.123Z',
  links: [{ idx: 1234, rel: 'prev' }],
  log: 'art32.example/t/9f3k2m5p7q8r1s4t',
  obj: [{ c: c('content'), n: 48_213, role: 'content' }],
  seq: 123_456,
  subj: { id: '5f1c9a7e2b3d4f60', t: 'measure' },
  type: 'measure.changed',
  v: 1,
} as const satisfies Leaf

/** Encodes whatever is given, so that the parser meets what the writer would refuse. */
const parseForeign = (value: unknown) => parseLeaf(encodeUtf8(canonicalize(value)))

const anyLeaf: fc.Arbitrary<Leaf> = fc
  .record({
    actor: fc.record({ c: fc.string().map(c), k: fc.constantFrom(...actorKinds) }),
    at: fc
      .date({ min: new Date('2026-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    code: fc.option(fc.constantFrom('pass', 'not-evaluated', 'art17.1-a'), { nil: undefined }),
    head: fc.option(
      fc.record({ origin: fc.constant('a.example/t/1'), root: fc.string().map(c), size: fc.maxSafeNat() }),
      { nil: undefined },
    ),
    key: fc.option(fc.constant(c('key')), { nil: undefined }),
    links: fc.array(fc.record({ idx: fc.nat(10), rel: fc.constantFrom(...linkRelations) }), { maxLength: 3 }),
    log: fc.constantFrom('localhost:8032/t/abc', 'a.example', 'a-b.example/t/x_y~z.1'),
    obj: fc.uniqueArray(
      fc.record({
        c: fc.string().map(c),
        n: fc.maxSafeNat(),
        role: fc.constantFrom('content', 'before', 'after', 'file-1'),
      }),
      {
        selector: ({ role }) => role,
      },
    ),
    seq: fc.integer({ min: 11, max: Number.MAX_SAFE_INTEGER }),
    subj: fc.constant({ id: 'abcdefghijklmnop', t: 'measure' }),
    type: fc.constantFrom(...leafTypes),
    v: fc.constant(1 as const),
  })
  .map((leaf) => Object.fromEntries(Object.entries(leaf).filter(([, value]) => value !== undefined)) as unknown as Leaf)

describe('leaf', () => {
  it('writes exactly the canonical JSON of the leaf and reads it back', () => {
    fc.assert(
      fc.property(anyLeaf, (leaf) => {
        const bytes = encodeLeaf(leaf)
        expect(new TextDecoder().decode(bytes)).toBe(canonicalize(leaf))
        expect(parseLeaf(bytes)).toEqual(leaf)
      }),
    )
  })

  it('refuses every leaf with one member replaced, removed or added', () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ['actor', { c: c('a'), k: 'user', name: 'x' }],
      ['actor', { c: c('a') }],
      ['actor', { c: c('a').slice(4), k: 'user' }],
      ['actor', { c: `${c('a').slice(0, 42)}/=`, k: 'user' }],
      ['actor', { c: c('a'), k: 'Some One' }],
      ['at', '2026-11-22'],
      ['at', '2026-02-30T00:00:00.000Z'],
      ['at', '2026-11-22T00:39:59.123+01:00'],
      ['at', '2026-11-22T24:00:00.000Z'],
      ['code', 'free text'],
      ['code', 'x'.repeat(49)],
      ['head', { origin: 'a.example', root: c('r'), size: -1 }],
      ['head', { origin: 'A.example', root: c('r'), size: 1 }],
      ['head', null],
      ['key', 'no base64'],
      ['key', c('k').repeat(50)],
      ['links', [{ idx: 123_456, rel: 'prev' }]],
      ['links', [{ idx: 1.5, rel: 'prev' }]],
      ['links', [{ idx: 1, rel: 'the one before' }]],
      ['links', {}],
      ['log', 'art32.example/t/'],
      ['log', 'someone@example.com'],
      ['obj', [{ c: c('o'), n: 1, role: 'actor' }]],
      [
        'obj',
        [
          { c: c('o'), n: 1, role: 'a' },
          { c: c('p'), n: 1, role: 'a' },
        ],
      ],
      ['obj', [{ c: c('o'), n: 2 ** 53, role: 'a' }]],
      ['obj', [null]],
      ['seq', -1],
      ['seq', '1'],
      ['subj', { id: 'alice', t: 'person' }],
      ['subj', { id: 'alice@example.com', t: 'person' }],
      ['subj', { id: '5f1c9a7e2b3d4f60', t: 'Person' }],
      ['type', 'measure'],
      ['type', 'measure.changed by a person'],
      ['v', 2],
      ['v', '1'],
      ['note', 'anything'],
      ['__proto__', {}],
    ]
    for (const [member, value] of wrong) {
      const changed = Object.fromEntries([...Object.entries(example), [member, value]])
      expect(() => parseForeign(changed), `${member} ${JSON.stringify(value)}`).toThrow(LedgerError)
    }
    for (const member of Object.keys(example)) {
      const { [member as keyof Leaf]: _, ...rest } = example as Leaf
      expect(() => parseForeign(rest), member).toThrow(`lacks "${member}"`)
    }
  })

  it('refuses every second spelling of the same leaf', () => {
    const text = canonicalize(example)
    const spellings = [
      ` ${text}`,
      `${text}\n`,
      text.replace(',', ', '),
      text.replace('"v":1', '"v":1,"v":1'),
      text.replace('123456', '123456.0'),
      text.replace('user', '\\u0075ser'),
    ]
    for (const spelling of [...spellings, `{"v":1,${text.slice(1).replace(',"v":1', '')}`, `\ufeff${text}`]) {
      expect(() => parseLeaf(encodeUtf8(spelling)), spelling).toThrow(LedgerError)
    }
    expect(parseLeaf(encodeUtf8(text))).toEqual(example)
  })

  it('reads words of later versions and reports the type as unknown, but does not write them', () => {
    const later = {
      ...example,
      type: 'satellite.launched',
      actor: { c: c('a'), k: 'robot' },
      links: [{ idx: 1, rel: 'orbits' }],
    }
    const leaf = parseForeign(later)
    expect(isKnownType(leaf.type)).toBe(false)
    expect(isKnownType(example.type)).toBe(true)
    for (const member of ['type', 'actor', 'links'] as const) {
      const mixed = { ...example, [member]: later[member] } as unknown as Leaf
      expect(() => encodeLeaf(mixed), member).toThrow(LedgerError)
    }
  })

  it('refuses leaves of more than 4,096 bytes, written or read', () => {
    const obj = Array.from({ length: 60 }, (_, i) => ({ c: c(`o${i}`), n: i, role: `r${i}` }))
    expect(() => encodeLeaf({ ...example, obj })).toThrow(`at most ${maxLeafSize}`)
    expect(() => parseForeign({ ...example, obj })).toThrow(`at most ${maxLeafSize}`)
    expect(encodeLeaf({ ...example, obj: obj.slice(0, 50) }).length).toBeGreaterThan(3500)
  })

  it('names the place that it was given and never what a foreign leaf says', () => {
    const secret = { ...example, 'alice@example.com': 'alice@example.com' }
    expect(() => parseLeaf(encodeUtf8(canonicalize(secret)), 'leaf 7')).toThrow(
      expect.objectContaining({ place: 'leaf 7', message: expect.not.stringContaining('alice') }),
    )
    expect(() => parseLeaf(encodeUtf8('{"alice'), 'leaf 7')).toThrow(
      expect.objectContaining({ message: 'leaf 7: "leaf" is not JSON.' }),
    )
  })

  it('ends any bytes, and any leaf with one byte changed, as the same leaf text or a LedgerError', () => {
    const bytes = encodeLeaf(example)
    const damaged = fc
      .tuple(fc.nat(bytes.length - 1), fc.nat(255))
      .map(([at, byte]) => Uint8Array.from(bytes, (old, i) => (i === at ? byte : old)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (input) => {
        try {
          expect(canonicalize(parseLeaf(input))).toBe(new TextDecoder().decode(input))
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('knows origins by their form', () => {
    for (const origin of ['localhost:8032/t/abc', 'example.com', 'a.example/t/9f3k/2'])
      expect(isOrigin(origin)).toBe(true)
    for (const text of [
      '',
      '/',
      'a b',
      'https://a.example',
      'a.example/',
      'a.example//b',
      'é.example',
      'a"b',
      '-a',
      'a'.repeat(201),
    ]) {
      expect([text, isOrigin(text)]).toEqual([text, false])
    }
  })

  it('lists each type once, in order', () => {
    expect([...leafTypes]).toEqual([...new Set(leafTypes)].sort())
  })
})

describe('commitment', () => {
  it('is SHA-256 of salt and content and opens with nothing else', () => {
    const salt = bytesOf('salt')
    const content = encodeUtf8('content')
    const commitment = commit(nodeCrypto, salt, content)
    expect(commitment).toBe(Buffer.from(nodeCrypto.sha256(Buffer.concat([salt, content]))).toString('base64'))
    expect(isOpenedBy(nodeCrypto, commitment, salt, content)).toBe(true)
    expect(isOpenedBy(nodeCrypto, commitment, bytesOf('other'), content)).toBe(false)
    expect(isOpenedBy(nodeCrypto, commitment, Buffer.concat([salt, content.subarray(0, 1)]), content.subarray(1))).toBe(
      false,
    )
    expect(() => commit(nodeCrypto, salt.subarray(1), content)).toThrow('A salt has 32 bytes')
  })
})
