import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sourceRows } from '@art32/catalogue'
import { coveragePage } from '../scripts/coverage.ts'

const repository = path.dirname(import.meta.dirname)

test('the page has a section for every row of the trace, and is the one in docs', () => {
  const page = coveragePage()
  expect([...page.matchAll(/^## (\w+):/gm)].map((match) => match[1])).toEqual(sourceRows.map(({ row }) => row))
  expect(fs.readFileSync(path.join(repository, 'docs/coverage.md'), 'utf8')).toBe(page)
})

test('a row that nothing carries is refused by its name', () => {
  const [first] = sourceRows
  if (!first) throw new Error('the trace is empty')
  expect(() => coveragePage([{ ...first, row: 'Z9', measures: [] }])).toThrow(/^Row Z9 is carried by no line/)
  expect(() => coveragePage([{ ...first, row: 'Z9', measures: ['dpia'] }])).toThrow(/^Row Z9 is carried by no line/)
})

test('a check that does not exist yet is named as open and never as proof', () => {
  const row = sourceRows.find((one) => one.row === 'C11')
  if (!row) throw new Error('the trace lacks a row')
  const lines = coveragePage([{ ...row, checks: [...row.checks, 'planted.check'] }]).split('\n')
  expect(lines.find((line) => line.startsWith('- open: '))).toContain('`planted.check`')
  expect(lines.find((line) => line.startsWith('- proven by: '))).toContain('[`tls.protocols`](reference/checks/')
  expect(lines.find((line) => line.startsWith('- proven by: '))).not.toContain('planted.check')
})
