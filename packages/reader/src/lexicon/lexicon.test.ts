import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { catalogue } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { sentences } from '../../sentences.ts'
import { mapSentence } from '../map.ts'
import { fold } from '../normalise.ts'
import { lexicon, lexiconIds } from './lexicon.ts'
import { holds, mayHold, parseRule, runsOf } from './rule.ts'

const none: ReadonlySet<never> = new Set()
const says = (rule: string, sentence: string, groups: ReadonlySet<string> = none) =>
  holds(parseRule(rule), fold(sentence), groups)

describe('the notation', () => {
  const table: [string, string, boolean][] = [
    ['visitor & escort', 'Escorts for all visitors', true],
    ['visitor & escort', 'Visitors sign a book', false],
    ['visitor & escort ! alarm', 'Visitors are escorted, alarms ring', false],
    ['passwort+manager', 'Passwortmanager', true],
    ['passwort+manager', 'Passwort-Manager', true],
    ['pin.', 'A PIN pad', true],
    ['pin.', 'Pinnwand', false],
    ['ueberwach', 'Videoüberwachung', false],
    ['*ueberwach', 'Videoüberwachung', true],
    ['no~copies', 'No production copies', true],
    ['no~copies', 'No one of the six of us makes copies', false],
    ['a & b', `a ${'x '.repeat(100)} b`, false],
  ]
  it.each(table)('says that %j on %j is %s', (rule, sentence, expected) => {
    expect(says(rule, sentence)).toBe(expected)
  })

  it('asks for the control group where a rule names one', () => {
    expect(says('@input protokoll', 'Protokollierung', new Set(['input']))).toBe(true)
    expect(says('@input protokoll', 'Protokollierung', new Set(['order']))).toBe(false)
  })

  it('passes over no rule that holds when it looks at the beginnings alone', () => {
    const texts = Object.values(sentences).flatMap((languages) =>
      languages.flatMap((list) => list.split('|').map(fold)),
    )
    for (const text of texts.filter((_, at) => at % 7 === 0)) {
      const runs = runsOf(text)
      for (const rule of lexicon().flatMap(({ rules, vetoes }) => [...rules, ...vetoes])) {
        if (holds(rule, text, none)) expect(mayHold(rule, runs), text).toBe(true)
      }
    }
  })

  it('refuses an empty alternative', () => {
    expect(() => parseRule('a||b')).toThrow(SyntaxError)
  })
})

describe('vetoes', () => {
  const mapped = (text: string) => mapSentence(text, none).map(({ id }) => id)

  it.each([
    ['Backups are kept for 30 days', 'retention-deletion'],
    ['Backup encryption', 'regular-backup'],
    ['Roles: admin, customer, viewer', 'privileged-access'],
    ['Audit logging of customer data is switched off', 'change-logging'],
    ['The e-mail address field is encrypted in the database', 'email-encryption'],
    ['Permissions are checked by the server on every request', 'access-review'],
    ['A separate server room with its own lock', 'system-separation'],
    ['Vier-Augen-Prinzip bei Löschungen', 'retention-deletion'],
    ['Fehlerüberwachung über Server-Logs', 'security-event-logging'],
  ])('keep %j from %s', (text, id) => {
    expect(mapped(text)).not.toContain(id)
    expect(mapped(text)).not.toEqual([])
  })
})

describe('the entries', () => {
  it('cover every measure of the catalogue and name no other', () => {
    expect(lexiconIds.toSorted()).toEqual(catalogue.map((measure) => measure.id).toSorted())
  })

  it('hold no rule that matches nothing at all or has an unbounded quantifier', () => {
    for (const { id, rules, vetoes } of lexicon()) {
      expect(rules.length, id).toBeGreaterThan(0)
      for (const term of [...rules, ...vetoes].flatMap((rule) => [...rule.terms, ...rule.absent])) {
        expect(new RegExp(term.source).test(''), `${id}: ${term.source}`).toBe(false)
        expect(term.source, id).not.toMatch(/(?<!\\)[\])a-z]\*(?!\))|\+(?!\))(?<!\(\?)/)
      }
    }
  })

  it('find nearly every own sentence of a measure, in both languages, and little else', () => {
    const told = Object.entries(sentences).flatMap(([id, languages]) =>
      languages.flatMap((list) =>
        list.split('|').map((text) => ({ id, ids: mapSentence(text, none).map((one) => one.id as string) })),
      ),
    )
    const found = told.filter(({ id, ids }) => ids.includes(id)).length
    const other = told.reduce((total, { id, ids }) => total + ids.filter((one) => one !== id).length, 0)
    expect(Object.keys(sentences).toSorted()).toEqual(lexiconIds.toSorted())
    expect(found / told.length).toBeGreaterThan(0.98)
    expect(other / told.length).toBeLessThan(0.15)
  })

  const corpus = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url))
  it.skipIf(!existsSync(corpus))(
    'hold no run of six words of the research documents (skipped without ../shared)',
    () => {
      const runs = new Set<string>()
      for (const file of readdirSync(corpus).filter((name) => name.endsWith('.txt'))) {
        for (const run of sixes(fold(readFileSync(corpus + file, 'utf8')).split(' '))) runs.add(run)
      }
      const own = readdirSync(new URL('.', import.meta.url)).filter((name) => !name.endsWith('.test.ts'))
      for (const file of own) {
        const literals = readFileSync(new URL(file, import.meta.url), 'utf8').match(/'[^'\n]*'/g) ?? []
        const parts = literals.flatMap((literal) => literal.split(/[|&!]/))
        expect(
          parts.flatMap((part) => sixes(fold(part).split(' '))).filter((run) => runs.has(run)),
          file,
        ).toEqual([])
      }
    },
  )
})

function sixes(words: readonly string[]): string[] {
  return words.slice(5).map((_, index) => words.slice(index, index + 6).join(' '))
}
