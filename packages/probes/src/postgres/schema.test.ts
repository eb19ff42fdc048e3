import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarise } from './schema.ts'

const line = fc.record({ object: fc.constantFrom('public.a', 'public.b'), line: fc.string() })

describe('the description of a structure', () => {
  it('does not depend on the order in which it was read', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(summarise(lines.toReversed())).toEqual(summarise(lines))
      }),
    )
  })

  it('keeps no text of an expression, and sees all the same that it changed', () => {
    const of = (text: string) => [{ object: 'public.a', line: `column public.a.key text default '${text}'::text` }]
    const [one, other] = [summarise(of('swordfish')), summarise(of("it''s"))]
    expect(one.entries[0]).toMatch(/^column public\.a\.key text default '…'::text #[0-9a-f]{12}$/)
    expect(JSON.stringify(one)).not.toContain('swordfish')
    expect(other.entries).not.toEqual(one.entries)
    expect(other.hash).not.toBe(one.hash)
  })

  it('stays small for 5,000 tables, and still names the one that changed', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => ({
      object: `public.table_${index % 5_000}`,
      line: `column public.table_${index % 5_000}.column_${Math.floor(index / 5_000)} numeric(12,2) not null`,
    }))
    const before = summarise(lines)
    const after = summarise([...lines, { object: 'public.table_7', line: 'grant public.table_7 to PUBLIC SELECT' }])
    expect(before).toMatchObject({ detail: 'objects', objects: 5_000 })
    expect(JSON.stringify(before).length).toBeLessThan(400_000)
    expect(after.entries.filter((entry) => !before.entries.includes(entry))).toEqual([
      expect.stringMatching(/^public\.table_7 #[0-9a-f]{12} \(21 lines\)$/),
    ])
  })
})
