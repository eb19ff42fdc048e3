import { describe, expect, it } from 'vitest'
import { bench, format, labelledDocuments, match } from '../bench.ts'

const documents = labelledDocuments()

describe('the bench', () => {
  it('matches one to one, exact lines before neighbours', () => {
    const labelled = [
      { line: 3, id: 'mfa' },
      { line: 4, id: 'mfa' },
      { line: 9, id: 'raid' },
    ]
    const predicted = [
      { line: 4, id: 'mfa' },
      { line: 5, id: 'mfa' },
      { line: 8, id: 'raid' },
      { line: 9, id: 'ups' },
    ]
    expect(match(predicted, labelled)).toMatchObject({
      hits: 2,
      predicted: 4,
      labelled: 3,
      wrong: [
        { line: 5, id: 'mfa' },
        { line: 9, id: 'ups' },
      ],
    })
  })

  it('says so when there is nothing to measure', () => {
    expect(format({ documents: [], languages: [], note: 'nothing' })).toBe('nothing')
  })

  it.skipIf(documents.length === 0)(
    'finds F1 of at least 0.95 on the two source documents (skipped without ../shared)',
    async () => {
      const report = await bench()
      const figure = (name: string) => report.languages.find((one) => one.name === name)?.f1
      expect(figure('sources')).toBeGreaterThanOrEqual(0.95)
      expect(figure('en')).toBeGreaterThanOrEqual(0.88)
      expect(figure('de')).toBeGreaterThanOrEqual(0.88)
      for (const one of report.documents.filter((document) => document.name.includes('provider')))
        expect(one.f1, one.name).toBeGreaterThanOrEqual(0.95)
    },
  )
})
