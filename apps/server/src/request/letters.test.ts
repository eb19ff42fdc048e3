import { expect, it } from 'vitest'
import { draftOf, isUnfinished } from './letters.ts'
import type { Drafting } from './letters.ts'
import { letterKinds } from './request.ts'
import type { RequestRow } from './store.ts'

const row: RequestRow = {
  id: '0',
  number: 7,
  kinds: ['access', 'withdrawal'],
  source: 'mail',
  language: 'en',
  name: 'Ada Example',
  email: null,
  postal: '',
  text: 'Which data?',
  received_on: '2026-04-01',
  waited_days: 0,
  role: 'controller',
  matter_id: null,
  state: 'open',
  identity_asked_on: null,
  identity_settled_on: null,
  identity_asked: '',
  identity_reason: '',
  identity_how: '',
  extended_on: null,
  extension_reason: '',
  decided_on: null,
  decided_due: null,
  ground: null,
  reason: '',
  kept_reason: '',
  owner_account: null,
  looked_for: {},
  looked_at: null,
  told: 0,
  closed_at: null,
  created_at: new Date(0),
}
const activity = {
  name: 'Newsletter',
  purposes: 'Sending news',
  data: ['address'],
  recipients: ['Example Mailing'],
  retention: 'until it is ended',
  transfers: ['US (clauses)'],
}
const given = (language: 'en' | 'de', more: Partial<Drafting> = {}): Drafting => ({
  row: { ...row, language },
  tenant: 'Alpha',
  language,
  dueOn: '2026-05-04',
  laterOn: '2026-07-01',
  authority: 'The Authority (https://authority.example)',
  hasPackage: true,
  ground: 'claims',
  activities: [activity],
  ...more,
})

it.each(['en', 'de'] as const)('drafts every letter in %s, and knows which is not finished', (language) => {
  for (const kind of letterKinds) {
    const { subject, text } = draftOf(kind, given(language))
    expect([kind, subject.includes('7'), text.includes('Alpha')]).toEqual([kind, true, true])
    // Only the receipt is whole by itself; and what stands in brackets is known as such.
    expect([kind, isUnfinished(text)]).toEqual([kind, kind !== 'receipt'])
    const filled = text.replaceAll(/\[[^\]]+\]/g, 'filled in')
    expect([kind, isUnfinished(filled)]).toEqual([kind, false])
  }
})

it.each([
  ['en', 'Art. 77, 79 GDPR', 'Art. 17(3)(e)', '4 May 2026'],
  ['de', 'Art. 77, 79 DSGVO', 'Art. 17 Abs. 3 lit. e', '4. Mai 2026'],
] as const)('names complaint, court, reason and day in %s', (language, remedies, ground, day) => {
  for (const kind of ['extension', 'answer', 'refusal'] as const)
    expect(draftOf(kind, given(language)).text).toContain(remedies)
  expect(draftOf('refusal', given(language)).text).toContain(ground)
  expect(draftOf('refusal', given(language)).text).toContain('The Authority')
  expect(draftOf('receipt', given(language)).text).toContain(day)
})

it('says to whoever wrote by the form where to answer a question', () => {
  for (const language of ['en', 'de'] as const) {
    const isByLink = (source: 'form' | 'letter') =>
      /link/i.test(draftOf('identity', given(language, { row: { ...row, language, source } })).text)
    expect([language, isByLink('form'), isByLink('letter')]).toEqual([language, true, false])
  }
})

it('goes on after a German greeting as its comma wants it', () => {
  for (const kind of letterKinds)
    expect([kind, draftOf(kind, given('de')).text]).toEqual([
      kind,
      expect.stringMatching(/^Guten Tag Ada Example,\n\n(?:Ihre |\p{Ll})/u),
    ])
})

it('says what the record of processing knows, and leaves open what it does not', () => {
  const { text } = draftOf('answer', given('en'))
  for (const said of ['Newsletter', 'Sending news', 'Example Mailing', 'until it is ended', 'US (clauses)'])
    expect(text).toContain(said)
  expect(draftOf('answer', given('en', { activities: [] })).text).toContain('(a) Purposes of the processing: [to be')
})
