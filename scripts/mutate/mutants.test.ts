import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { read, repository } from '../gate.ts'
import { keyOfMutant, mutantsOf, sampleOf } from './mutants.ts'

/** What becomes of a file of one line, one text for each mutant. */
const changed = (source: string): string[] => mutantsOf('a.ts', source).map(({ is }) => is)

describe('mutants of', () => {
  it.each<[string, string, string[]]>([
    ['a condition', 'if (a) b()', ['if (true) b()', 'if (false) b()']],
    ['a border', 'x = a < b', [';', 'x = a <= b']],
    ['an equality that is no condition', 'const x = a === b', ['const x = a !== b']],
    ['both sides of an and', 'const x = a && b', ['const x = a', 'const x = b']],
    ['a default', 'const x = a ?? b', ['const x = a', 'const x = b']],
    ['a negation', 'const x = !a', ['const x = a']],
    ['arithmetic', 'const x = a % b', ['const x = a * b']],
    ['a sum of numbers and not of texts', 'const x = a + b, y = a + `${b}`', ['const x = a - b, y = a + `${b}`']],
    ['a truth', 'const x = true', ['const x = false']],
    ['a text', "const x = 'ab'", ["const x = ''"]],
    ['an empty text', "const x = ''", ["const x = 'mutant'"]],
    ['a text with a value', 'const x = `a/${b}`', ['const x = ``']],
    ['a list', 'const x = [a, b]', ['const x = []']],
    ['a closed list, but not each of its words', "const x = ['a', 'b'] as const", ['const x = [] as const']],
    ['a statement', 'f(a)', [';']],
    ['something optional', 'const x = a?.b', ['const x = a.b']],
    ['an optional place', 'const x = a?.[b]', ['const x = a[b]']],
    ['an optional call', 'const x = a?.(b)', ['const x = a(b)']],
    ['what is left out of a list', 'const x = a.filter(b)', ['const x = a']],
    ['some and every', 'const x = a.some(b)', ['const x = a.every(b)']],
    ['a limit of a schema', 'const x = z.int().max(3)', ['const x = z.int()']],
    ['the least of numbers', 'const x = Math.min(a, b)', ['const x = Math.max(a, b)']],
    ['a pattern', 'const x = /^[^a]$/u', ['const x = /[^a]$/u', 'const x = /^[^a]/u', 'const x = /^[a]$/u']],
    ['counting', 'i++', [';', 'i--']],
    ['adding up', 'i += a', [';', 'i -= a']],
    ['a loop', 'while (a) b()', ['while (false) b()', 'while (a) ;']],
    [
      'one step of a loop, which would not end',
      'for (let i = 0; i < 3; i++);',
      ['for (let i = 0; false; i++);', 'for (let i = 0; i <= 3; i++);'],
    ],
  ])('%s', (_, source, expected) => {
    expect(changed(source).toSorted()).toEqual(expected.toSorted())
  })

  it.each<[string, string]>([
    ['an import', "import { a } from 'b'"],
    ['a type', "type A = 'b' | `c${string}`; interface D { readonly e: 'f' }"],
    ['a narrowing', "const x = a as 'b'"],
    ['a key', "const x = { 'a': b }"],
    ['a sentence', "const x = 'There is no leaf here.', y = `There are ${n} leaves.`"],
    ['SQL', "const x = 'select 1 from a', y = `\n  update a set b = 1`"],
    ['a directive', "'use strict'"],
  ])('%s are none', (_, source) => {
    expect(changed(source)).toEqual([])
  })

  it('leaves out what the same condition put to false does', () => {
    expect(changed('if (a) { throw b }')).toEqual(['if (true) { throw b }', 'if (false) { throw b }'])
    expect(changed('if (!a || b === c) f()')).toEqual([
      'if (true) f()',
      'if (false) f()',
      'if (!a) f()',
      'if (b === c) f()',
    ])
  })

  it('real sources can be parsed, and no two are known by the same lines', () => {
    for (const file of ['packages/ledger/src/tree.ts', 'apps/server/src/access/grant.ts']) {
      const text = read(repository, file)
      const mutants = mutantsOf(file, text)
      expect(new Set(mutants.map(keyOfMutant)).size).toBe(mutants.length)
      for (const { start, end, text: by } of sampleOf(file, mutants, 20)) {
        const mutated = text.slice(0, start) + by + text.slice(end)
        expect(mutated).not.toBe(text)
        expect(mutantsOf(file, mutated)).not.toEqual(mutants)
      }
    }
  })
})

describe('a sample', () => {
  const mutants = mutantsOf('a.ts', Array.from({ length: 30 }, (_, i) => `f${i}(a < ${i})`).join('\n'))

  it('has as many as asked for, in the order of the file', () => {
    fc.assert(
      fc.property(fc.nat(100), (most) => {
        const sample = sampleOf('a.ts', mutants, most)
        expect(sample).toHaveLength(Math.min(most, mutants.length))
        expect(sample).toEqual(mutants.filter((mutant) => sample.includes(mutant)))
      }),
    )
  })

  it('stays the same when something else is put before it', () => {
    const names = (from: typeof mutants) => sampleOf('a.ts', from, 20).map(({ is }) => is)
    const moved = mutantsOf('a.ts', `\n\n${Array.from({ length: 30 }, (_, i) => `f${i}(a < ${i})`).join('\n')}`)
    expect(names(moved)).toEqual(names(mutants))
    expect(names(mutants)).not.toEqual(mutants.slice(0, 20).map(({ is }) => is))
  })
})
