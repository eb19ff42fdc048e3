import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../engine/reading.ts'
import { osvRecord, weaknessesOf } from './osv.ts'
import { record } from './vendor.ts'
import { readVex, withVex } from './vex.ts'

const component = (version: string) => ({ ecosystem: 'npm', name: 'weak', version })
const osv = osvRecord.parse(record('GHSA-aaaa-aaaa-aaaa', 'weak', '9.0.0', { aliases: ['CVE-2026-0001'] }))
const analysis = { state: 'not_affected', justification: 'code_not_reachable', lastUpdated: '2026-11-01T00:00:00Z' }
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { timestamp: '2026-10-01T00:00:00Z', component: { type: 'application', name: 'shop', 'bom-ref': 'shop' } },
  components: [
    {
      type: 'library',
      name: 'outer',
      components: [{ type: 'library', name: 'weak', 'bom-ref': 'part one', purl: 'pkg:npm/weak@1.0.0' }],
    },
    { type: 'library', name: 'weak', 'bom-ref': 'part-two', purl: 'pkg:npm/weak@2.0.0' },
  ],
}

type Statement = Readonly<Record<string, unknown>>
const said = (...vulnerabilities: Statement[]) => readVex(JSON.stringify({ ...bill, vulnerabilities }))
const about = (...refs: string[]): Statement => ({
  id: 'CVE-2026-0001',
  analysis,
  affects: refs.map((ref) => ({ ref })),
})

/** What is known of a weakness in these versions after the statements. */
function vexOf(statements: ReturnType<typeof readVex>, ...versions: string[]) {
  const matches = versions.map((version) => ({ record: osv, component: component(version) }))
  return weaknessesOf(matches).map((weakness) => withVex(weakness, matches, statements).vex)[0]
}
const honoured = { state: 'not_affected', justification: 'code_not_reachable', at: '2026-11-01T00:00:00.000Z' }

describe('a statement on a weakness', () => {
  it.each([
    ['a part within a part', 'part one'],
    ['an address of a package', 'pkg:npm/weak@1.0.0?type=tgz'],
    ['a link into a document', 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#part%20one'],
    ['the product', 'shop'],
  ])('holds for %s', (_name, ref) => {
    expect(vexOf(said(about(ref)), '1.0.0')).toEqual(honoured)
  })

  it('holds under any of the names of the weakness', () => {
    const other = { ...about('part one'), id: 'VENDOR-7', references: [{ id: 'GHSA-aaaa-aaaa-aaaa', source: {} }] }
    expect(vexOf(said(other), '1.0.0')).toEqual(honoured)
    expect(vexOf(said({ ...about('part one'), id: 'CVE-2026-0002' }), '1.0.0')).toBeNull()
  })

  it('does not hold where one of the versions is not meant, or nothing is', () => {
    expect(vexOf(said(about('part one')), '1.0.0', '2.0.0')).toBeNull()
    expect(vexOf(said(about('part one', 'part-two')), '1.0.0', '2.0.0')).toEqual(honoured)
    expect(vexOf(said(about('nowhere')), '1.0.0')).toBeNull()
    expect(vexOf(said(about()), '1.0.0')).toBeNull()
    expect(vexOf(said({ id: 'CVE-2026-0001', affects: [{ ref: 'shop' }] }), '1.0.0')).toBeNull()
  })

  it('gives way to a newer one, and has the day of the document where it has none', () => {
    const later = { ...about('shop'), analysis: { state: 'exploitable', lastUpdated: '2026-11-02T00:00:00Z' } }
    expect(vexOf(said(about('part one'), later), '1.0.0')).toMatchObject({ state: 'exploitable', justification: null })
    const undated = { ...about('shop'), analysis: { state: 'in_triage' } }
    expect(vexOf(said(undated), '1.0.0')).toMatchObject({ at: '2026-10-01T00:00:00.000Z' })
  })

  it('may stand in a file of its own, beside a bill of materials or a lockfile', () => {
    const beside = (ref: string) =>
      JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', vulnerabilities: [about(ref)] })
    expect(vexOf(readVex(beside('part one'), JSON.stringify(bill)), '1.0.0')).toEqual(honoured)
    expect(vexOf(readVex(beside('pkg:npm/weak@1.0.0'), '{"lockfileVersion":3}'), '1.0.0')).toEqual(honoured)
    expect(vexOf(readVex(beside('part one'), '{"lockfileVersion":3}'), '1.0.0')).toBeNull()
  })

  it('in words that nobody knows is refused, not guessed', () => {
    const odd = { ...about('shop'), analysis: { state: 'harmless' } }
    expect(() => said(odd)).toThrow(Unreadable)
    expect(() => readVex('{"bomFormat":"SPDX"}')).toThrow(Unreadable)
  })

  it('comes out or a reason is given, whatever the text', () => {
    const text = fc.jsonValue().map((value) => JSON.stringify({ ...bill, vulnerabilities: value, components: value }))
    fc.assert(
      fc.property(fc.oneof(fc.string(), text), (given) => {
        try {
          expect(readVex(given, given).length).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable)
        }
      }),
      { numRuns: 300 },
    )
  })
})
