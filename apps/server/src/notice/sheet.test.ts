import { describe, expect, it } from 'vitest'
import { Facts, bases, needs, specials } from './facts.ts'
import { missingIn } from './missing.ts'
import { lengthOf, linesOf, sheetOf } from './sheet.ts'
import type { Known } from './facts.ts'

const both = (text: string) => ({ en: `${text} EN`, de: `${text} DE` })
const known = (facts: unknown, more: Partial<Known> = {}): Known => ({
  facts: Facts.parse(facts),
  controller: { name: '', address: '', contact: '', representative: '', dpo: '' },
  processors: {},
  authority: null,
  activities: [],
  ...more,
})
const textOf = (one: Known, language: 'en' | 'de') => sheetOf(one, language).sections.flatMap(linesOf).join('\n')

describe('a notice', () => {
  it('leaves no section without a word, and says what is not said yet', () => {
    for (const language of ['en', 'de'] as const)
      for (const section of sheetOf(known({}), language).sections)
        expect([language, section.key, linesOf(section).join('').length > 10]).toEqual([language, section.key, true])
    expect(textOf(known({}), 'en')).toContain('(not said yet)')
    expect(textOf(known({}), 'de')).toContain('(noch nicht angegeben)')
  })

  it('says every basis, special category and need in each language alone', () => {
    const facts = {
      purposes: [...bases.map((basis) => ({ basis })), ...specials.map((special) => ({ basis: 'law', special }))].map(
        (one) => ({ text: both('Purpose'), detail: both('Detail'), ...one }),
      ),
      categories: needs.map((need) => ({
        key: need,
        name: both('Data'),
        need,
        consequence: both('Consequence'),
        period: 'P6M',
        from: both('Begin'),
      })),
    }
    const [english, german] = [textOf(known(facts), 'en'), textOf(known(facts), 'de')]
    expect(english).not.toMatch(/undefined| DE\b|DSGVO/)
    expect(german).not.toMatch(/undefined| EN\b|GDPR/)
    expect(german).toContain('nach 6 Monaten')
    // Consent can be withdrawn, interests be objected to, a contract's data be taken along.
    for (const right of ['Art. 7(3)', 'Art. 20', 'Art. 21']) expect(english).toContain(right)
    const plain = textOf(known({ purposes: [{ text: both('x'), basis: 'law', detail: both('y') }] }), 'en')
    for (const right of ['Art. 7(3)', 'Art. 20', 'Art. 21']) expect(plain).not.toContain(right)
  })

  it('names processors by the register, with what a transfer rests on', () => {
    const id = '6f1f0f5e-6f0e-4c57-9c6e-0d3e5a3c1f00'
    const processors = { [id]: { name: 'Example Cloud', places: ['US'], transfer: both('Clauses') } }
    const one = known({ recipients: [{ processorId: id }] }, { processors })
    expect(textOf(one, 'de')).toMatch(/Example Cloud – verarbeitet[\s\S]*Vereinigte Staaten[\s\S]*Clauses DE/)
    // One that ended is missing, and not silently left out.
    const gone = known({ recipients: [{ processorId: id }] })
    expect(missingIn(gone).map(({ code }) => code)).toContain('recipients.0.processor')
  })

  it('wants each text in both languages', () => {
    const name = { en: 'App', de: '' }
    expect(missingIn(known({ name })).map(({ code }) => code)).toContain('name.de')
    expect(missingIn(known({ name: both('App') })).map(({ code }) => code)).not.toContain('name')
  })

  it('says one and many', () => {
    expect([lengthOf('P1Y', 'en'), lengthOf('P2Y', 'de'), lengthOf('P1D', 'de')]).toEqual([
      '1 year',
      '2 Jahren',
      '1 Tag',
    ])
  })
})
