import { describe, expect, it } from 'vitest'
import { basesIn, beginWith, countryIn, transferIn } from './begin.ts'
import type { Recorded } from './begin.ts'
import { Facts } from './facts.ts'

const said = {
  purposes: 'Answering questions.',
  legalBasis: 'Art. 6(1)(b) and (f) GDPR',
  data: ['Names', 'Messages'],
  recipients: ['Hosting Example', 'Tax adviser'],
  transfers: [
    { country: 'United States', recipient: 'Mail Example', safeguard: 'Standard contractual clauses' },
    { country: 'Somewhere', recipient: 'Tax adviser', safeguard: '' },
  ],
  retention: 'Two years after the answer.',
}
const first: Recorded = { id: '00000000-0000-4000-8000-000000000001', said }
const second: Recorded = {
  id: '00000000-0000-4000-8000-000000000002',
  said: {
    ...said,
    legalBasis: 'We want to.',
    data: [' names', 'Orders'],
    recipients: ['hosting example'],
    transfers: [],
    retention: 'Ten years.',
  },
}
const hosting = '00000000-0000-4000-8000-000000000009'
const processors = new Map([[hosting, { name: 'Hosting Example' }]])
const both = (en: string) => ({ en, de: '' })

describe('facts that begin with the record of processing', () => {
  it('keep the activity of each purpose, refer to processors, and are facts', () => {
    const facts = beginWith(Facts.parse({}), [first, second], processors, 'en')
    expect(facts.purposes.map(({ text, basis, activityId }) => [text.en, basis, activityId])).toEqual([
      ['Answering questions.', 'contract', first.id],
      ['Answering questions.', 'interests', first.id],
      ['Answering questions.', 'interests', second.id],
    ])
    expect(facts.categories.map(({ key, name, criteria, period }) => [key, name, criteria.en, period])).toEqual([
      ['data-1', both('Names'), 'Two years after the answer.\nTen years.', ''],
      ['data-2', both('Messages'), 'Two years after the answer.', ''],
      ['data-3', both('Orders'), 'Ten years.', ''],
    ])
    expect(facts.recipients).toEqual([
      { processorId: hosting, name: both(''), country: '', transfer: 'none' },
      { processorId: null, name: both('Tax adviser'), country: '', transfer: 'none' },
      { processorId: null, name: both('Mail Example'), country: 'US', transfer: 'scc' },
    ])
    expect(Facts.parse(facts)).toEqual(facts)
  })

  it('stand beside what is there already, in the language of the record, and fit however long it is', () => {
    const given = Facts.parse({ categories: [{ key: 'data-2', name: { de: 'Namen' } }], noOfficer: true })
    const long = {
      ...said,
      purposes: 'x'.repeat(4_000),
      data: Array.from({ length: 80 }, (_, index) => `Daten ${index}`),
    }
    const facts = beginWith(given, [{ ...first, said: { ...long, data: ['Namen', ...long.data] } }], processors, 'de')
    expect(facts.categories[0]).toMatchObject({ key: 'data-2', criteria: { en: '', de: said.retention } })
    expect(new Set(facts.categories.map(({ key }) => key)).size).toBe(60)
    expect(facts.purposes[0]?.text).toEqual({ en: '', de: 'x'.repeat(1_000) })
    expect(Facts.parse(facts)).toEqual(facts)
    expect(beginWith(given, [], processors, 'de')).toEqual(given)
  })

  it('name the legal bases that the record names, in both languages, and no other', () => {
    for (const [text, bases] of [
      ['Art. 6 Abs. 1 lit. b und f DSGVO', ['contract', 'interests']],
      ['Art. 6 Abs. 1 lit. c DSGVO, § 147 AO', ['law']],
      ['Art. 6(1)(a) GDPR; Art. 9(2)(b) GDPR', ['consent']],
      ['Artikel 6 Absatz 1 Buchst. e DSGVO', ['public']],
      ['Art. 6(1)(b) GDPR or a contract', ['contract']],
      ['Art. 6(1)(b) and a contract', ['contract']],
      ['Art. 60 (a)', []],
      ['', []],
    ] as const)
      expect([text, basesIn(text)]).toEqual([text, bases])
  })

  it('know countries and safeguards by their words, and leave open what they do not know', () => {
    expect(['USA', 'Vereinigte Staaten', 'ch', ' Japan ', 'Nowhere', ''].map(countryIn)).toEqual([
      'US',
      'US',
      'CH',
      'JP',
      '',
      '',
    ])
    expect(
      [
        'EU-US Data Privacy Framework',
        'Standardvertragsklauseln',
        'Angemessenheitsbeschluss',
        'Art. 49(1)',
        'none',
      ].map(transferIn),
    ).toEqual(['dpf', 'scc', 'adequacy', 'derogation', 'none'])
  })
})
