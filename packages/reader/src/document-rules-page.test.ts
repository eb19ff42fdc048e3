import { readFileSync } from 'node:fs'
import { documentRules } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { detectedRules, documentRulesPage } from './index.ts'

describe('the page of document rules', () => {
  it('is what is committed', () => {
    expect(readFileSync(new URL('../../../docs/reference/document-rules.md', import.meta.url), 'utf8')).toBe(
      documentRulesPage(),
    )
  })

  it('tells every rule, and every rule is looked for', () => {
    expect(detectedRules.toSorted()).toEqual(documentRules.map((rule) => rule.id).toSorted())
    for (const rule of documentRules) expect(documentRulesPage()).toContain(`### \`${rule.id}\``)
  })
})
