import { expect, it } from 'vitest'
import { benchmarksPage, figures } from './benchmarks-page.ts'
import { filesBelow, read, repository } from './gate.ts'

it('has each figure that was measured, with its machine, its day and what it stands beside', () => {
  const page = benchmarksPage()
  for (const file of filesBelow(repository, 'bench/results')) {
    const { commit, date, rows } = JSON.parse(read(repository, file)) as {
      commit: string
      date: string
      rows: { what: string }[]
    }
    expect(page).toContain(`${date.slice(0, 10)}, commit ${commit}`)
    for (const { what } of rows) expect(page).toContain(`| ${what} `)
  }
})

it('gives the README a dozen rows, of which some stand beside a limit', () => {
  const rows = figures().split('\n').slice(2)
  expect(rows).toHaveLength(13)
  expect(rows.filter((row) => row.includes(' × ')).length).toBeGreaterThanOrEqual(4)
})
