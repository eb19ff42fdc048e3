import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  art32Points,
  catalogue,
  catalogueVersion,
  checkIds,
  controls,
  documentRules,
  findMeasure,
  goals,
  referencePage,
  references,
  retired,
  sourceRows,
} from './index.ts'
import type { CatalogueMeasure, Text } from './index.ts'

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const duration = /^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/
const measureFields =
  'id title description goal control kind cadence checks evidence alternatives refs strength essential art32'

/** Everything that is wrong with a text, in words; empty when it is sound. */
function faultsOfText(text: Text, shortest: number, longest: number): readonly string[] {
  const faults = text.en === text.de ? ['English and German are the same'] : []
  for (const language of ['en', 'de'] as const) {
    const words = text[language]
    if (words.length < shortest || words.length > longest) faults.push(`${language} has ${words.length} characters`)
    if (words !== words.trim() || /\s{2,}|\.\.|TODO/u.test(words)) faults.push(`${language} is untidy`)
  }
  return faults
}

/** Everything that is wrong with a measure by itself or in its relation to the other lists; empty when it is sound. */
function faultsOfMeasure(measure: CatalogueMeasure): readonly string[] {
  const { id, title, description, evidence, goal, control, kind, cadence, strength, alternatives } = measure
  const checks = measure.checks.map((check) => check.id)
  const expectations: readonly (readonly [boolean, string])[] = [
    [sameWords(Object.keys(measure), measureFields.split(' ')), 'fields are missing or unknown'],
    [kebab.test(id), 'the id is not kebab-case'],
    [description.en.endsWith('.') && description.de.endsWith('.'), 'a description does not end in a full stop'],
    [goals.some((known) => known.id === goal), `unknown goal ${goal}`],
    [controls.some((known) => known.id === control), `unknown control ${control}`],
    [['technical', 'organisational'].includes(kind), `unknown kind ${kind}`],
    [cadence === null || duration.test(cadence), `the cadence ${cadence} is no duration`],
    [[1, 2, 3].includes(strength), `the strength is ${strength}`],
    [isDistinct(checks), 'a check is named twice'],
    ...checks.map((check) => [checkIds.some((known) => known.id === check), `unknown check ${check}`] as const),
    ...alternatives.map((other) => [findMeasure(other) !== undefined, `unknown alternative ${other}`] as const),
    [!alternatives.includes(id), 'it is its own alternative'],
    [isDistinct(alternatives), 'an alternative is named twice'],
  ]
  return [
    ...faultsOfText(title, 3, 90).map((words) => `title: ${words}`),
    ...faultsOfText(description, 60, 260).map((words) => `description: ${words}`),
    ...faultsOfText(evidence, 15, 200).map((words) => `evidence: ${words}`),
    ...expectations.filter(([holds]) => !holds).map(([, words]) => words),
    ...faultsOfReferences(measure),
  ]
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join() === others.toSorted().join()
}

function isDistinct(words: readonly string[]): boolean {
  return new Set(words).size === words.length
}

function faultsOfReferences({ refs }: CatalogueMeasure): readonly string[] {
  const faults: string[] = []
  if (Object.keys(refs).join() !== Object.keys(references).join()) faults.push('bodies of rules are missing or unknown')
  for (const [body, { ids }] of Object.entries(references)) {
    const named = refs[body as keyof typeof references]
    for (const id of named) if (!ids.includes(id)) faults.push(`${body} has no ${id}`)
    if (!isDistinct(named)) faults.push(`${body} names an identifier twice`)
  }
  for (const body of ['gdpr', 'iso27001', 'bsi', 'soc2', 'nistCsf', 'sdm'] as const)
    if (refs[body].length === 0) faults.push(`${body} is empty`)
  return faults
}

/** A sound measure with one thing changed, to show that the validator sees it. */
function aMeasure(change: object): CatalogueMeasure {
  const sound = catalogue.find(({ id }) => id === 'mfa')
  if (!sound) throw new Error('The catalogue has no measure "mfa" to change.')
  return { ...sound, ...change }
}

describe('catalogue', () => {
  it('holds only sound measures, at least 120 of them', () => {
    const faulty = catalogue.flatMap((measure) => faultsOfMeasure(measure).map((words) => `${measure.id}: ${words}`))
    expect(faulty).toEqual([])
    expect(catalogue.length).toBeGreaterThanOrEqual(120)
  })

  it.each([
    [{ id: 'Not Kebab' }, 'the id is not kebab-case'],
    [{ title: { en: 'Same', de: 'Same' } }, 'title: English and German are the same'],
    [{ description: { en: 'Too short.', de: 'Zu kurz.' } }, 'description: en has 10 characters'],
    [{ goal: 'happiness' }, 'unknown goal happiness'],
    [{ cadence: 'yearly' }, 'the cadence yearly is no duration'],
    [{ cadence: 'P' }, 'the cadence P is no duration'],
    [{ alternatives: ['mfa'] }, 'it is its own alternative'],
    [{ alternatives: ['gone'] }, 'unknown alternative gone'],
    [{ checks: [{ id: 'no.such-check', relation: 'proves' }] }, 'unknown check no.such-check'],
    [{ refs: { ...aMeasure({}).refs, soc2: ['PI1.6'] } }, 'soc2 has no PI1.6'],
    [{ refs: { ...aMeasure({}).refs, bsi: ['SYS.2.2'] } }, 'bsi has no SYS.2.2'],
    [{ surplus: true }, 'fields are missing or unknown'],
  ])('names the fault of a measure changed by %j', (change, words) => {
    expect(faultsOfMeasure(aMeasure(change))).toContain(words)
  })

  it('uses every id once, also across retired measures', () => {
    const ids = [...catalogue.map(({ id }) => id as string), ...retired.map(({ id }) => id)]
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('uses no title and no description twice in either language', () => {
    const sentences = catalogue.flatMap(({ title, description }) => [
      title.en,
      title.de,
      description.en,
      description.de,
    ])
    expect(sentences.filter((words, index) => sentences.indexOf(words) !== index)).toEqual([])
  })

  it('writes British English, and German without English words or old spelling', () => {
    const english = catalogue.flatMap(({ title, description, evidence }) => [title.en, description.en, evidence.en])
    const german = catalogue.flatMap(({ title, description, evidence }) => [title.de, description.de, evidence.de])
    expect(english.filter((words) => /[a-z]{4}iz(e|ed|es|ing|ation)\b|behavior|\bcenter\b/u.test(words))).toEqual([])
    expect(english.filter((words) => /[äöüß]/u.test(words))).toEqual([])
    expect(german.filter((words) => /daß|muß|\b(the|and|of)\b/u.test(words))).toEqual([])
  })

  it('finds a measure by id and nothing for an unknown id', () => {
    expect(findMeasure('mfa')?.title.de).toBe('Mehr-Faktor-Authentifizierung')
    expect(findMeasure('constructor')).toBeUndefined()
  })

  it('derives the letters of Art. 32(1) in order and once each', () => {
    expect(art32Points(['32(1)(d)', '5(2)', '32(1)(a)', '32(1)(d)', '32(1)'])).toEqual(['a', 'd'])
    expect(findMeasure('restore-test')?.art32).toEqual(['c', 'd'])
  })

  it('serves every letter of Art. 32(1) and every goal with an essential measure', () => {
    const essential = catalogue.filter((measure) => measure.essential)
    expect(
      ['a', 'b', 'c', 'd'].filter((point) => !essential.some(({ art32 }) => art32.some((p) => p === point))),
    ).toEqual([])
    expect(goals.filter(({ id }) => !essential.some(({ goal }) => goal === id)).map(({ id }) => id)).toEqual([])
  })

  it('fills every control group', () => {
    expect(controls.filter(({ id }) => !catalogue.some(({ control }) => control === id))).toEqual([])
  })

  it('lets an alternative count in one direction only where the other measure does more', () => {
    const oneWay = catalogue.flatMap(({ id, alternatives }) =>
      alternatives.filter((other) => !findMeasure(other)?.alternatives.includes(id)).map((other) => `${id} → ${other}`),
    )
    expect(oneWay.toSorted()).toEqual(decidedOneWay.toSorted())
  })

  it('proves nothing by a check where only a person can know', () => {
    const proven = catalogue.filter(({ checks }) => checks.some(({ relation }) => relation === 'proves'))
    const people = ['employee-training', 'confidentiality-agreements', 'dpa-contracts', 'risk-assessment', 'clean-desk']
    expect(proven.map(({ id }) => id).filter((id) => people.includes(id))).toEqual([])
  })

  it('names its version as a month', () => {
    expect(catalogueVersion).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/u)
  })
})

/** Pairs in which the second measure may stand in for the first, but not the other way round. */
const decidedOneWay = [
  'application-performance-monitoring → system-monitoring',
  'login-authentication → central-identity',
  'login-authentication → key-based-login',
  'no-production-data-in-test → anonymisation',
  'password-manager → central-identity',
  'password-policy → key-based-login',
  'pseudonymisation → anonymisation',
  'raid → redundancy',
  'third-country-safeguards → data-location-eu',
  'vpn → privileged-access',
]

describe('vocabularies', () => {
  it('names each check once, in both languages, by system and required state', () => {
    expect(checkIds.map(({ id }) => id).filter((id) => !/^[a-z]+(\.[a-z0-9-]+)+$/u.test(id))).toEqual([])
    expect(checkIds.flatMap(({ id, title }) => faultsOfText(title, 10, 100).map((words) => `${id}: ${words}`))).toEqual(
      [],
    )
    expect(new Set(checkIds.map(({ title }) => title.en)).size).toBe(checkIds.length)
  })

  it('lets every check speak for some measure', () => {
    const named = new Set(catalogue.flatMap(({ checks }) => checks.map(({ id }) => id)))
    expect(checkIds.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([])
  })

  it('names goals and controls in both languages', () => {
    for (const { id, title } of [...goals, ...controls]) expect([id, ...faultsOfText(title, 5, 60)]).toEqual([id])
  })

  it('knows all identifiers of each standard once', () => {
    const counts = Object.entries(references).map(([body, { ids }]) => [body, ids.length, new Set(ids).size])
    expect(counts.filter(([, count, distinct]) => count !== distinct)).toEqual([])
    expect(Object.fromEntries(counts.map(([body, count]) => [body, count]))).toMatchObject({
      iso27001: 93,
      nistCsf: 106,
      cis: 153,
      soc2: 61,
      bsi: 111,
      sdm: 7,
    })
  })

  it('lists no provision of the GDPR that no measure names', () => {
    const named = new Set(catalogue.flatMap(({ refs }) => refs.gdpr))
    expect(references.gdpr.ids.filter((id) => !named.has(id))).toEqual([])
  })
})

describe('documentRules', () => {
  it('holds forty rules that say what is wrong, why, and what to write instead', () => {
    expect(documentRules).toHaveLength(40)
    const faults = documentRules.flatMap(({ id, title, why, remedy, source }) => [
      ...faultsOfText(title, 15, 90).map((words) => `${id} title: ${words}`),
      ...faultsOfText(why, 40, 220).map((words) => `${id} why: ${words}`),
      ...faultsOfText(remedy, 40, 200).map((words) => `${id} remedy: ${words}`),
      ...(kebab.test(id) && source.length > 0 ? [] : [`${id}: no id or source`]),
    ])
    expect(faults).toEqual([])
  })

  it('uses every rule id once', () => {
    expect(new Set(documentRules.map(({ id }) => id)).size).toBe(documentRules.length)
  })
})

describe('sourceRows', () => {
  it('carries every row of the two source documents', () => {
    const series = { F: 5, H: 3, C: 16, I: 5, A: 12, R: 11, M: 4 }
    const expected = Object.entries(series).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    )
    expect(sourceRows.map(({ row }) => row)).toEqual(expected)
  })

  it('names for each row measures and checks that exist', () => {
    for (const { row, measures, checks } of sourceRows) {
      expect([row, measures.length > 0]).toEqual([row, true])
      expect([row, measures.filter((id) => !findMeasure(id))]).toEqual([row, []])
      expect([row, checks.filter((id) => !checkIds.some((check) => check.id === id))]).toEqual([row, []])
    }
  })

  it('names no check for a row that none of its measures knows', () => {
    const stray = sourceRows.flatMap(({ row, measures, checks }) => {
      const known = new Set<string>(measures.flatMap((id) => findMeasure(id)?.checks.map((check) => check.id) ?? []))
      return checks.filter((id) => !known.has(id)).map((id) => `${row}: ${id}`)
    })
    expect(stray).toEqual([])
  })
})

describe('referencePage', () => {
  it('names a check of a release that serves a measure once, whether the catalogue asks for it or not', () => {
    const measure = catalogue.find(({ checks }) => checks.length === 2)
    const own = measure?.checks.map(({ id }) => id) ?? []
    const served = [
      { id: own[0] ?? '', relation: 'proves' as const },
      { id: 'shop.new-check', relation: 'proves' as const },
    ]
    const page = referencePage(({ id }) => (id === measure?.id ? served : []))
    const row = page.split('\n').find((line) => line.startsWith(`| \`${measure?.id}\``)) ?? ''
    const named = row.split('|').at(-2)?.replaceAll('*', '').trim().split(', ')
    expect(named).toEqual([...own, 'shop.new-check'])
  })

  it('shows each measure and each rule once', () => {
    const page = referencePage()
    for (const { id } of [...catalogue, ...documentRules]) expect(page.split(`| \`${id}\``)).toHaveLength(2)
  })
})

const research = new URL('../../../../shared/', import.meta.url)

describe.skipIf(!existsSync(research))('catalogue against the research material beside the repository', () => {
  it('keeps or retires every id of the raw list', () => {
    const raw = JSON.parse(readFileSync(new URL('catalogue/measures.json', research), 'utf8')) as { id: string }[]
    const lost = raw.filter(({ id }) => !findMeasure(id) && !retired.some((measure) => measure.id === id))
    expect(lost.map(({ id }) => id)).toEqual([])
    expect(raw.length).toBeGreaterThan(100)
  })

  it('carries every row of the trace and says which of them the product keeps', () => {
    const trace = readFileSync(new URL('measures.md', research), 'utf8')
    const rows = [...trace.matchAll(/^\| ([A-Z]\d+) \|.*\| ([^|]+) \|$/gmu)].map(
      ([, row, keeps]) => `${row} ${keeps !== '–'}`,
    )
    expect(sourceRows.map(({ row, keeps }) => `${row} ${keeps ?? false}`).toSorted()).toEqual(rows.toSorted())
  })

  it('keeps every rule of the raw list with its level', () => {
    const notes = readFileSync(new URL('catalogue/document-lint.md', research), 'utf8')
    const rules = [...notes.matchAll(/^\| [A-E] \| `([a-z0-9-]+)` \| (\w+) /gmu)].map(
      ([, id, level]) => `${id} ${level}`,
    )
    expect(documentRules.map(({ id, level }) => `${id} ${level}`)).toEqual(rules)
  })
})
