import { expect, it } from 'vitest'
import { describeFindings } from './summary.ts'

const finding = (say: string) => ({
  severity: 'high' as const,
  say: { en: say, de: say },
  remedy: { en: `Mend ${say}`, de: '' },
})

it('tells the first five different findings and where the others are', () => {
  const all = ['one', 'one', 'two', 'three', 'four', 'five', 'six'].map(finding)
  const lines = describeFindings(all, 'http://localhost/findings')
  expect(lines[1]).toBe('  7 findings, the worst first:')
  expect(lines.filter((line) => line.includes('high'))).toEqual(
    ['one', 'two', 'three', 'four', 'five'].map((say) => `    high     ${say}`),
  )
  expect(lines.at(-1)).toBe('    All of them: http://localhost/findings')
})

it('says nothing of further ones where all are told, and nothing at all where there is none', () => {
  expect(describeFindings([finding('one')], 'http://localhost/findings')).toEqual([
    '',
    '  one finding:',
    '    high     one',
    '             Mend one',
  ])
  expect(describeFindings([], '')).toEqual([])
})
