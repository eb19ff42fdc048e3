import { expect, it } from 'vitest'
import { asvsPage } from './asvs-page.ts'
import { required } from './gates/asvs-levels.ts'

it('knows as many requirements of each level as the standard has', () => {
  const of = (level: number) => [...required.values()].filter((one) => one === level).length
  expect([of(1), of(2), required.size]).toEqual([70, 183, 253])
})

it('tells of every requirement once, under its chapter, and counts how it is answered', () => {
  const page = asvsPage()
  const chapters = page.split('\n## ').slice(1)
  expect(chapters).toHaveLength(17)
  const told = chapters.flatMap((chapter) => {
    const number = chapter.split('.')[0] ?? ''
    const ids = [...chapter.matchAll(/^- \*\*([\d.]+)\*\* \(level [12]\) .+: \*\*[a-z ]+\*\*\. \S/gm)].map(
      ([, id]) => id,
    )
    expect(ids.every((id) => id?.startsWith(`${number}.`))).toBe(true)
    return ids
  })
  expect(told).toEqual([...required.keys()])
  const all = /^\| all +\|(.*)\|$/m.exec(page)?.[1]?.split('|').map(Number) ?? []
  expect(all).toHaveLength(5)
  expect(all.at(-1)).toBe(253)
  expect(all.slice(0, 4).reduce((sum, count) => sum + count, 0)).toBe(253)
})
