import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { today } from './fixtures.ts'
import { readerErrorCodes, readText } from './index.ts'

const page = readFileSync(new URL('../../../docs/reference/reader-schema.md', import.meta.url), 'utf8')

describe('the documented output', () => {
  it('names every field of the result', () => {
    const result = readText('# Measures\n\nBi-annual restore tests. TLS 1.2 for all connections.\n', {
      name: 'a.md',
      now: today,
    })
    expect(page).toContain(`\`${result.schema}\``)
    const parts: object[] = [
      result,
      result.document,
      ...result.statements.slice(0, 2),
      ...result.coverage.goals.slice(0, 1),
      ...result.faults.slice(0, 1),
    ]
    for (const field of parts.flatMap(Object.keys).filter((name) => name !== 'schema'))
      expect(page, field).toMatch(new RegExp(`\`${field}(\\[\\])?\``))
  })

  it('names every error code', () => {
    for (const code of readerErrorCodes) expect(page).toContain(`\`${code}\``)
  })
})
