import { describe, expect, it } from 'vitest'
import { nextSegment } from '../../platform/index.ts'
import { namesToRemove } from './keeping.ts'
import { archiveFileOf, baseFile, chainOf, linesOf, partFile } from './names.ts'

const line = '20261120T010000000Z'
const later = '20261122T090000000Z'
const at = (text: string) => new Date(`2026-11-${text}Z`)
const part = (number: number) => `0000000100000000000000${number.toString(16).toUpperCase().padStart(2, '0')}`

describe('the name of a part of the log', () => {
  it.each([
    ['000000010000000000000001', '000000010000000000000002'],
    ['0000000100000000000000FF', '000000010000000100000000'],
    ['0000000200000009000000FE', '0000000200000009000000FF'],
  ])('%s is followed by %s', (name, next) => expect(nextSegment(name)).toBe(next))

  it.each([
    'archive/20261120T010000000Z/log/../../keys/x.age',
    'archive/20261120T010000000Z/log/0000000100000000000001FF.age',
    'archive/20261120T010000000Z/base/x.age',
    'archive/line',
    'sets/20261120T010000000Z/manifest',
  ])('%s is none of ours', (name) => expect(archiveFileOf(name)).toBeNull())
})

describe('a line', () => {
  const kept = (without: number[] = []) =>
    linesOf(
      [1, 2, 3, 4, 5]
        .filter((number) => !without.includes(number))
        .map((number) => partFile(line, part(number), number % 2 === 0 ? at(`20T0${number}:00:00`) : null)),
    )[0]!

  it('reaches a moment with the first part that names a later one', () => {
    expect(chainOf(kept(), part(1), at('20T03:00:00'))).toMatchObject({
      parts: [1, 2, 3, 4].map(part),
      reaches: true,
      missing: null,
    })
  })

  it('ends with its last part, and says which one is missing before that', () => {
    expect(chainOf(kept(), part(1), at('20T04:00:01'))).toMatchObject({
      reaches: false,
      last: at('20T04:00:00'),
      missing: null,
    })
    expect(chainOf(kept([3]), part(1), at('20T04:00:00'))).toMatchObject({
      reaches: false,
      last: at('20T02:00:00'),
      missing: part(3),
    })
  })

  it('has only those bases of which the copy and the manifest are there', () => {
    const [found] = linesOf([
      baseFile(line, '20261120T011100000Z', 'age'),
      baseFile(line, '20261121T011100000Z', 'age'),
      baseFile(line, '20261121T011100000Z', 'manifest'),
      baseFile(line, '20261122T011100000Z', 'manifest'),
    ])
    expect(found?.bases).toEqual(['20261121T011100000Z'])
  })
})

describe('what is kept', () => {
  const base = (of: string, day: number) =>
    (['age', 'manifest'] as const).map((what) => baseFile(of, `202611${day}T011100000Z`, what))
  const parts = (of: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => partFile(of, part(from + index), null))
  const remove = (files: string[], days: number, now: string) =>
    namesToRemove(files, {
      days,
      now: at(now),
      current: later,
      fromOf: async (_, name) => part(Number(name.slice(6, 8))),
    })
  const all = [...base(line, 20), ...base(line, 21), ...parts(line, 20, 22), ...base(later, 22), ...parts(later, 1, 30)]

  it('is the newest base before the first day that counts, and all after it', async () => {
    expect(await remove(all, 7, '22T12:00:00')).toEqual(parts(later, 1, 21))
    expect((await remove(all, 1, '22T12:00:00')).toSorted()).toEqual(
      [...base(line, 20), ...parts(line, 20, 20), ...parts(later, 1, 21)].toSorted(),
    )
  })

  it('takes away the manifest of a base before its copy, and a line that nothing needs any more with all its parts', async () => {
    const gone = await remove(all, 1, '30T12:00:00')
    expect(gone.slice(0, 2).every((name) => name.endsWith('.manifest'))).toBe(true)
    expect(gone.toSorted()).toEqual(
      [...base(line, 20), ...base(line, 21), ...parts(line, 20, 22), ...parts(later, 1, 21)].toSorted(),
    )
  })

  it('is the last base, however old it is, and nothing goes where there is none', async () => {
    expect(await remove([...base(line, 20), ...parts(line, 20, 22)], 1, '30T12:00:00')).toEqual([])
    expect(await remove(parts(line, 1, 22), 1, '30T12:00:00')).toEqual([])
  })

  it('loses what a kill left half there once a newer base is whole, and not the one that is on its way', async () => {
    const half = (day: number) => baseFile(later, `202611${day}T000000000Z`, 'age')
    expect(await remove([...base(later, 22), half(21), half(23)], 7, '23T12:00:00')).toEqual([half(21)])
  })
})
