import { findMeasure } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { openPlace } from '../guideline.ts'
import { fillTemplate, templates } from './fill.ts'

const languages = ['en', 'de'] as const
const filled = (language: 'en' | 'de') =>
  templates.map((one) => ({ id: one.id, ...fillTemplate(one, language, { tenant: 'Example Ltd' }) }))

/** Words that stand in nearly every text of one language, and in none of the other. */
const telltale = {
  en: /\b(the|and|with|which|whoever|they|is|are|of|nobody|their)\b/giu,
  de: /\b(der|die|das|und|oder|nicht|wird|werden|mit|eine[rnms]?|sich|für|niemand)\b/giu,
} as const

describe('templates for guidelines', () => {
  it('are eleven, for what the law and a small provider need', () => {
    expect(templates.map(({ id }) => id)).toEqual([
      'passwords',
      'privacy-and-security',
      'desktop-lock',
      'clean-desk',
      'access',
      'backup',
      'operation',
      'issue-notification',
      'secure-coding',
      'release-strategy',
      'incident-response',
    ])
  })

  it.each(languages)('leave no place open, no section empty, and no page without a text: %s', (language) => {
    for (const { id, title, body } of filled(language)) {
      expect([id, openPlace(`${title}\n${body}`)]).toEqual([id, undefined])
      const sections = body.split(/^## .+$/m).map((text) => text.trim())
      expect([id, sections[0]]).toEqual([id, ''])
      expect([id, sections.slice(1).filter((text) => text.length < 80)]).toEqual([id, []])
      expect([id, body.split(/\s+/u).length > 300, body.includes('Example Ltd')]).toEqual([id, true, true])
    }
  })

  it('speak one language at a time, with the same sections and rules in both', () => {
    for (const language of languages)
      for (const { id, body } of filled(language)) {
        const other = language === 'en' ? 'de' : 'en'
        expect([id, language, body.match(telltale[other]) ?? []]).toEqual([id, language, []])
        expect([id, (body.match(telltale[language]) ?? []).length > 20]).toEqual([id, true])
      }
    const shape = (text: string) => text.split('\n').map((line) => /^(## |- |\d+\. |$)/.exec(line)?.[0] ?? 'text')
    for (const { id, text } of templates) expect([id, shape(text.de)]).toEqual([id, shape(text.en)])
  })

  it('cover organisational measures only: what a machine can show, a text does not sign off', () => {
    for (const { id, measures } of templates)
      expect([id, measures.filter((one) => findMeasure(one)?.kind !== 'organisational')]).toEqual([id, []])
  })

  it('take a name as it is: it fills no other place and marks nothing up', () => {
    const [first] = templates
    if (!first) throw new Error('no template')
    const { body } = fillTemplate(first, 'en', { tenant: 'A {{contact}} **B**\n# C', contact: 'Head of IT' })
    expect(body).toContain('at A contact B # C chooses')
    expect(openPlace(body)).toBeUndefined()
    expect(body).toContain('reports: Head of IT')
  })
})
