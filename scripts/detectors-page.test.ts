import { makeDetectors } from '@art32/shield'
import { expect, it } from 'vitest'
import { detectorsPage } from './detectors-page.ts'

it('states of every detector what it is, by which law or standard, its layout, an example and its accuracy', () => {
  const sections = detectorsPage().split('\n## ').slice(1)
  expect(sections).toHaveLength(makeDetectors().length)
  for (const section of sections) {
    const lines = section.split('\n').filter((line) => line.startsWith('- '))
    expect(lines.map((line) => line.slice(2, line.indexOf(':')))).toEqual([
      'German',
      'Basis',
      'Layout',
      'Example',
      'Accuracy',
      'Chance',
    ])
    for (const line of lines) expect(line.length, section).toBeGreaterThan('- Basis: '.length + 2)
  }
})
