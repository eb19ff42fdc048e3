import { describe, expect, it } from 'vitest'
import { compare, settle } from './compare.ts'
import type { Comparison } from './compare.ts'
import { sayChange } from './say-change.ts'

const plain: Comparison = { volatile: [] }
const say = (comparison: Comparison, group: string, before: unknown, after: unknown) =>
  compare(comparison, group, before, after).map((change) => sayChange(comparison, change).en)

describe('two looks', () => {
  it('at the same have no change, in whatever order lists and fields stand', () => {
    const before = {
      servers: [
        { id: 1, tags: ['a', 'b'] },
        { id: 2, tags: [] },
      ],
      open: true,
    }
    const after = {
      open: true,
      servers: [
        { tags: [], id: 2 },
        { tags: ['b', 'a'], id: 1 },
      ],
    }
    expect(compare(plain, 'project', before, after)).toEqual([])
    expect(JSON.stringify(settle(plain, 'project', [2, 1, 3]))).toBe('[1,2,3]')
  })

  it('match records by what names them, not by where they stand', () => {
    const before = [
      { id: 1, name: 'web-1', backup: true },
      { id: 2, name: 'web-2', backup: true },
    ]
    const after = [
      { id: 3, name: 'web-3', backup: true },
      { id: 2, name: 'web-2', backup: false },
    ]
    expect(compare(plain, 'servers', before, after)).toEqual([
      { kind: 'removed', group: 'servers', place: 'servers', within: ['web-1'], before: before[0] },
      {
        kind: 'changed',
        group: 'servers',
        place: 'servers.backup',
        within: ['web-2'],
        before: true,
        after: false,
      },
      { kind: 'added', group: 'servers', place: 'servers', within: ['web-3'], after: after[0] },
    ])
  })

  it.each([
    ['a new name', 'servers', [{ id: 1, name: 'a' }], [{ id: 1, name: 'b' }], ['servers a: name: a → b']],
    ['one more', 'scopes', ['read'], ['read', 'write'], ['scopes added: write']],
    ['one less', 'scopes', ['read', 'read'], ['read'], ['scopes removed: read']],
    ['a field', 'server', { version: '16.1' }, { version: '16.2' }, ['server: version: 16.1 → 16.2']],
    [
      'something instead of nothing',
      'page',
      { firstHsts: null },
      { firstHsts: 'max-age=1' },
      ['page: first hsts: – → max-age=1'],
    ],
    ['another key', 'labels', { env: 'prod' }, { env: 'prod', role: 'db' }, ['labels: role added: db']],
    ['a key less', 'labels', { env: 'prod' }, {}, ['labels: env removed: prod']],
    ['one of two that are the same', 'rules', [{ a: 1 }, { a: 1 }], [{ a: 1 }], ['rules removed: a 1']],
    [
      'a field deep inside',
      'tree',
      [{ id: 'x', in: [{ key: 'k', on: true }] }],
      [{ id: 'x', in: [{ key: 'k', on: false }] }],
      ['tree x › k: in on: true → false'],
    ],
  ])('say %s', (_what, group, before, after, lines) => {
    expect(say(plain, group, before, after)).toEqual(lines)
  })

  it('leave out what changes by itself, on whatever depth, and whole groups of it', () => {
    const comparison: Comparison = { volatile: ['jobs.last', 'jobs.runs.at', 'events'] }
    const jobs = (at: string) => [{ id: 1, last: at, on: true, runs: [{ at, exit: 0 }] }]
    expect(compare(comparison, 'jobs', jobs('monday'), jobs('tuesday'))).toEqual([])
    expect(settle(comparison, 'events', [1])).toBeUndefined()
    expect(compare(comparison, 'events', [1], [2])).toEqual([])
    expect(
      compare(
        comparison,
        'jobs',
        jobs('monday'),
        jobs('monday').map((job) => ({ ...job, on: false })),
      ),
    ).toHaveLength(1)
  })

  it('see another order only where the order says something', () => {
    const rules = [{ name: 'deny' }, { name: 'allow' }]
    const ordered: Comparison = { volatile: [], ordered: ['rules'] }
    expect(compare(plain, 'rules', rules, rules.toReversed())).toEqual([])
    expect(say(ordered, 'rules', rules, rules.toReversed())).toEqual(['rules: in another order'])
    expect(say(ordered, 'rules', rules, [rules[0]])).toEqual(['rules allow removed'])
  })

  it('use the fields that the connector names where a usual one names several', () => {
    const comparison: Comparison = { volatile: [], named: { roles: ['name', 'scope'] } }
    const before = [
      { name: 'owner', scope: 'a', on: true },
      { name: 'owner', scope: 'b', on: true },
    ]
    const after = [before[0], { name: 'owner', scope: 'b', on: false }]
    expect(compare(comparison, 'roles', before, after)).toMatchObject([
      { place: 'roles.on', before: true, after: false },
    ])
  })

  it('take a list of records without a name as it is', () => {
    expect(say(plain, 'rules', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 3 }])).toEqual([
      'rules removed: a 1',
      'rules added: a 3',
    ])
  })

  it('cannot break a line or turn it around by what they saw', () => {
    const [line = ''] = say(plain, 'servers', [], [{ id: 1, name: 'web\n\u202e1\u0000' }])
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(say(plain, 'text', 'a', 'b'.repeat(10_000))[0]?.length).toBeLessThan(250)
  })

  it('of a prototype or of many records end in bounded time', () => {
    const before = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as unknown
    const after = JSON.parse('{"__proto__": {"x": 2}, "constructor": 2}') as unknown
    expect(compare(plain, 'odd', before, after)).toHaveLength(2)
    expect(({} as { x?: number }).x).toBeUndefined()
    const many = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}`, on: true }))
    const began = performance.now()
    expect(compare(plain, 'many', many, many.slice(1).toReversed())).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})
