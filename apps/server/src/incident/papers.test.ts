import { checkPaper, renderPaperDocx } from '@art32/press'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { authorityPaper, controllerPaper, peoplePaper } from './papers.ts'
import type { Notifying } from './papers.ts'
import type { IncidentRow } from './store.ts'

const row: IncidentRow = {
  id: '0198c0de-0000-7000-8000-000000000001',
  number: 7,
  title: '4711',
  description: '',
  source: 'person',
  source_ref: null,
  language: 'en',
  state: 'open',
  severity: 'high',
  reporter: null,
  reported_by: null,
  reported_at: new Date('2026-11-13T10:00:00.000Z'),
  triaged_at: null,
  aware_at: new Date('2026-11-13T14:59:00.000Z'),
  role: 'both',
  breach: true,
  breach_kinds: ['confidentiality'],
  breach_reason: '',
  breach_at: null,
  risk: 'high',
  risk_reason: '',
  risk_at: null,
  authority: 'de-be',
  people: null,
  people_reason: '',
  people_at: null,
  facts: { nature: 'X1', people: 1_200, consequences: 'X2' },
  review: '',
  closed_at: null,
}

const given = (language: 'en' | 'de'): Notifying => ({
  row,
  language,
  timeZone: 'Europe/Berlin',
  notices: [],
  contact: 'privacy@provider.example',
  delayReason: 'X3',
  strict: new Date('2026-11-16T14:59:00.000Z'),
})

/** Words that stand in nearly every text of one language, and in none of the other. */
const telltale = {
  en: /\b(the|and|with|which|is|are|of|not)\b/giu,
  de: /\b(und|oder|nicht|wird|werden|eine[rnms]?|sich|für)\b/giu,
}

async function textOf(paper: ReturnType<typeof authorityPaper>): Promise<string> {
  const whole = { ...paper, by: 'Provider', date: '2026-11-16T15:00:00.000Z' }
  checkPaper(whole)
  const parts = unzipSync(await renderPaperDocx(whole))
  return new TextDecoder().decode(parts['word/document.xml']).replace(/<[^>]+>/g, ' ')
}

describe.each(['en', 'de'] as const)('papers of an incident in %s', (language) => {
  const other = language === 'en' ? 'de' : 'en'

  it('notify the authority with all that Art. 33(3) asks for, what is missing, and the reason of the delay', async () => {
    const text = await textOf(authorityPaper(given(language)))
    const zone = language === 'en' ? 'Friday, 13 November 2026 at 15:59' : 'Freitag, 13. November 2026 um 15:59'
    for (const said of ['X1', 'X2', 'X3', 'privacy@provider.example', zone]) expect(text).toContain(said)
    expect(text).toContain(language === 'en' ? '1,200' : '1.200')
    expect(text).toContain(language === 'en' ? 'Still missing' : 'Noch offen')
    expect(
      text.replace('Berliner Beauftragte für Datenschutz und Informationsfreiheit', '').match(telltale[other]),
    ).toBeNull()
  })

  it('tell controllers and people in their words alone', async () => {
    for (const paper of [
      controllerPaper({ ...given(language), controller: 'Customer' }),
      peoplePaper(given(language)),
    ]) {
      const text = await textOf(paper)
      expect(text).toContain('X1')
      expect(text.match(telltale[other])).toBeNull()
      expect((text.match(telltale[language]) ?? []).length).toBeGreaterThan(5)
    }
  })

  it('say of an exercise that it is one', async () => {
    const drill = { ...given(language), row: { ...row, source: 'drill' as const } }
    for (const paper of [authorityPaper(drill), peoplePaper(drill)])
      expect(await textOf(paper)).toContain(language === 'en' ? 'This is an exercise' : 'Dies ist eine Übung')
  })
})
