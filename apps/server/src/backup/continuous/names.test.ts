import { describe, expect, it } from 'vitest'
import { nextSegment } from '../../platform/index.ts'
import { endingOf, namesToRemove } from './keeping.ts'
import { archiveFileOf, baseFile, chainOf, linesOf, partFile, spansOf } from './names.ts'

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

describe('the moments to which a restore leads', () => {
  const files = (of: string, days: number[], parts: number[], month = '202611') => [
    ...days.flatMap((day) =>
      (['age', 'manifest'] as const).map((what) => baseFile(of, `${month}${day}T011100000Z`, what)),
    ),
    ...parts.map((number) => partFile(of, part(number), at(`${number}T12:00:00`))),
  ]
  const spans = (names: string[], unread: string[] = []) =>
    spansOf(linesOf(names), (_, base) => {
      const day = Number(base.slice(6, 8))
      return unread.includes(base)
        ? null
        : { from: part(day), until: part(day), at: at(`${day}T01:11:30`).toISOString() }
    }).map(({ from, until }) => [from, until])

  it('are one stretch over all bases of a line without a gap', () => {
    expect(spans(files(line, [20, 21], [20, 21, 22]))).toEqual([[at('20T01:11:30'), at('22T12:00:00')]])
  })

  it('end before a part that is missing, and begin again with the next base', () => {
    expect(spans(files(line, [20, 23], [20, 21, 23, 24]))).toEqual([
      [at('20T01:11:30'), at('21T12:00:00')],
      [at('23T01:11:30'), at('24T12:00:00')],
    ])
    expect(spans(files(line, [20], [20, 22, 23]))).toEqual([[at('20T01:11:30'), at('20T12:00:00')]])
  })

  it('are those of every line, and of no base that is not believed or has no log', () => {
    expect(spans([...files(line, [20], [20]), ...files(later, [22], [22, 23])])).toEqual([
      [at('20T01:11:30'), at('20T12:00:00')],
      [at('22T01:11:30'), at('23T12:00:00')],
    ])
    expect(spans(files(line, [20, 21], [20, 21]), ['20261120T011100000Z'])).toEqual([
      [at('21T01:11:30'), at('21T12:00:00')],
    ])
    expect(spans(files(line, [20], [21, 22]))).toEqual([])
  })
})

describe('what becomes of a log that was switched off', () => {
  const ending = (names: string[], now: string, endedAt = '22T14:00:00') =>
    endingOf(names, { days: 7, now: at(now), endedAt: at(endedAt), fromOf: () => Promise.resolve(undefined) })
  const names = [
    ...(['age', 'manifest'] as const).map((what) => baseFile(line, '20261120T011100000Z', what)),
    partFile(line, part(20), at('22T13:00:00')),
  ]

  it('goes when its last moment is as old as the days, and not a moment before', async () => {
    expect(await ending(names, '29T12:59:59')).toMatchObject({ remove: [], isLeft: true, dueAt: at('29T13:00:00') })
    const over = await ending(names, '29T13:00:00')
    expect(over).toMatchObject({ isLeft: false, goesOn: false })
    expect(over.remove[0]).toMatch(/manifest$/)
    expect(over.remove.toSorted()).toEqual(names.toSorted())
  })

  it('takes a name whose time is no time for an old one, and leaves a line that goes on', async () => {
    const odd = baseFile('20269999T999999999Z', '20269999T999999999Z', 'age')
    expect((await ending([...names, odd], '29T13:00:00')).remove).toContain(odd)
    const going = partFile(later, part(1), at('22T15:00:00'))
    expect(await ending([...names, going], '30T00:00:00')).toMatchObject({ goesOn: true, isLeft: false })
    expect((await ending([...names, going], '30T00:00:00')).remove).not.toContain(going)
  })

  it('is gone where nothing is there', async () => {
    expect(await ending(['archive/README'], '23T00:00:00')).toMatchObject({ remove: [], isLeft: false, goesOn: false })
  })
})
