import { longMoment } from '@art32/press'
import type { Language, Paper, PaperBlock, PaperField, PaperTable } from '@art32/press'
import { findAuthority } from './authority.ts'
import { allAsked, missingOf } from './facts.ts'
import type { Asked, Facts } from './facts.ts'
import { actsAs, lawFor } from './incident.ts'
import type { IncidentRow } from './store.ts'
import type { NoticeRow } from './store-notice.ts'
import { bulletinWords, phrases } from './words.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>

/** What a notification is made of. */
export interface Notifying {
  readonly row: IncidentRow
  readonly language: Language
  /** IANA name: instants are written as the clocks there show them, with the zone. */
  readonly timeZone: string
  readonly notices: readonly NoticeRow[]
  readonly contact: string
  readonly delayReason?: string
  /** When the strict 72 hours end; null: no number. */
  readonly strict: Date | null
}

/** The facts of a case with the contact of the settings where none of its own is known. */
export function factsOf(row: IncidentRow, contact: string): Facts {
  return { ...row.facts, ...((row.facts.contact ?? '') === '' && contact !== '' ? { contact } : {}) }
}

/** An instant as people there read it, to the minute, with its zone. */
export function instantIn(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}

/** The notification to the authority (Art. 33(3) and (4)), also as its own form in JSON. */
export function authorityPaper(given: Notifying): Content {
  const { row, language, notices, delayReason = '' } = given
  const { words } = phrases[language]
  const authority = findAuthority(row.authority)
  const earlier = notices.filter(({ recipient, state }) => recipient === 'authority' && state === 'delivered')
  return {
    language,
    title: words.notification,
    subtitle: citedIn(lawFor(row)?.source.authority ?? 'Art. 33 GDPR', language),
    meta: [
      { label: words.to, value: authority?.name ?? null },
      { label: words.seat, value: authority?.seat ?? null },
      { label: words.case, value: `${row.number}` },
      { label: words.phase, value: earlier.length === 0 ? words.first : `${words.further} ${earlier.length + 1}` },
      { label: words.reference, value: earlier.findLast(({ reference }) => reference !== '')?.reference ?? null },
      ...timesOf(given),
      { label: words.riskTitle, value: row.risk === null ? words.undecided : phrases[language].risk[row.risk] },
      ...(delayReason === '' ? [] : [{ label: words.delay, value: delayReason }]),
    ],
    blocks: [
      ...drillBlocks(row, language),
      ...factBlocks(given),
      ...missingBlocks(given),
      { kind: 'heading', level: 1, text: words.peopleTold },
      {
        kind: 'fields',
        fields: [
          {
            label: words.peopleTold,
            value: row.people === null ? words.undecided : phrases[language].people[row.people],
          },
          { label: words.reason, value: row.people_reason === '' ? null : row.people_reason },
        ],
      },
    ],
  }
}

/** The letter to a controller (Art. 33(2)). */
export function controllerPaper(given: Notifying & { readonly controller: string }): Content {
  const { row, language, controller } = given
  const { words } = phrases[language]
  return {
    language,
    title: words.controllerLetter,
    meta: [
      { label: words.to, value: controller },
      { label: words.case, value: `${row.number}` },
      ...timesOf({ ...given, strict: null }),
    ],
    blocks: [
      ...drillBlocks(row, language),
      { kind: 'paragraph', text: words.controllerLead },
      ...factBlocks(given),
      ...missingBlocks(given),
      { kind: 'paragraph', text: words.controllerEnd },
    ],
  }
}

/** The letter to the people (Art. 34(2)): what happened, who answers, what may come of it, what is done. */
export function peoplePaper({ row, language, contact }: Notifying): Content {
  const { words } = phrases[language]
  const facts = factsOf(row, contact)
  const part = (heading: 'nature' | 'consequences' | 'measures' | 'contact'): PaperBlock[] => [
    { kind: 'heading', level: 1, text: words[heading] },
    { kind: 'paragraph', text: said(facts, heading, language) },
  ]
  return {
    language,
    title: words.peopleLetter,
    blocks: [
      ...drillBlocks(row, language),
      { kind: 'paragraph', text: words.peopleLead },
      ...part('nature'),
      ...part('consequences'),
      ...part('measures'),
      ...part('contact'),
      { kind: 'paragraph', text: words.peopleDo },
    ],
  }
}

/** Every breach, also those that were not notified (Art. 33(5)). */
export function registerTable(
  rows: readonly IncidentRow[],
  told: readonly { incident_id: string; recipient: NoticeRow['recipient']; at: Date }[],
  language: Language,
  bulletins: readonly { incident_id: string; number: number; published_at: Date }[] = [],
): PaperTable {
  const { words, risk, role, people, recipient: recipients } = phrases[language]
  const columns = [
    { title: words.number, width: 0.5, align: 'right' as const },
    { title: words.what, width: 2 },
    { title: words.aware, width: 1.1 },
    { title: words.nature, width: 2.4 },
    { title: words.effects, width: 2 },
    { title: words.riskTitle, width: 1.3 },
    { title: words.notices, width: 1.8 },
    { title: words.peopleTold, width: 1.8 },
    { title: words.measures, width: 2.2 },
    { title: words.state, width: 0.9 },
  ]
  return {
    kind: 'table',
    wide: true,
    columns,
    empty: words.none,
    rows: rows.map((row) => {
      const own = told.filter((one) => one.incident_id === row.id)
      return [
        row.number,
        `${row.title}${row.role === null ? '' : `\n(${role[row.role]})`}`,
        row.aware_at === null ? null : longMoment(row.aware_at.toISOString(), language),
        joined([row.facts.nature ?? row.description, row.breach_reason]),
        row.facts.consequences ?? null,
        row.risk === null ? words.undecided : joined([risk[row.risk], row.risk_reason]),
        joined([
          ...own.map(({ recipient, at }) => `${recipients[recipient]}: ${longMoment(at.toISOString(), language)}`),
          ...bulletins
            .filter((one) => one.incident_id === row.id)
            .map(
              ({ number, published_at: at }) =>
                `${bulletinWords[language].inRegister} ${number}: ${longMoment(at.toISOString(), language)}`,
            ),
        ]) ?? words.nobodyTold,
        row.people === null ? null : joined([people[row.people], row.people_reason]),
        row.facts.measures ?? null,
        row.state === 'closed' ? words.closed : words.running,
      ]
    }),
  }
}

/** The register as a paper. */
export function registerPaper(table: PaperTable, language: Language): Content {
  const { words } = phrases[language]
  return {
    language,
    title: words.register,
    blocks: [{ kind: 'paragraph', text: words.registerLead }, table],
  }
}

function timesOf({ row, language, timeZone, strict }: Notifying): PaperField[] {
  const { words, kinds } = phrases[language]
  const at = (when: Date | null) => (when === null ? null : instantIn(when, language, timeZone))
  const { from, until } = row.facts
  const happened = [from, until].flatMap((when) => (when ? [instantIn(new Date(when), language, timeZone)] : []))
  return [
    { label: words.aware, value: at(row.aware_at) },
    { label: words.happened, value: happened.length === 0 ? null : happened.join(' – ') },
    ...(strict === null ? [] : [{ label: words.strict, value: at(strict) }]),
    {
      label: words.kinds,
      value:
        row.breach_kinds.flatMap((kind) => (kind in kinds ? [kinds[kind as keyof typeof kinds]] : [])).join(', ') ||
        null,
    },
  ]
}

function drillBlocks({ source }: IncidentRow, language: Language): PaperBlock[] {
  const { words } = phrases[language]
  return source === 'drill'
    ? [{ kind: 'notice', sign: { tone: 'waiting', word: words.drill }, text: words.drillText }]
    : []
}

const sections = [
  ['nature', ['nature', 'peopleCategories', 'people', 'recordCategories', 'records']],
  ['contact', ['contact']],
  ['consequences', ['consequences']],
  ['measures', ['measures']],
] as const satisfies readonly (readonly ['nature' | 'contact' | 'consequences' | 'measures', readonly Asked[]])[]

function factBlocks({ row, language, contact }: Notifying): PaperBlock[] {
  const facts = factsOf(row, contact)
  const { words, facts: labels } = phrases[language]
  return sections.flatMap(([title, names]): PaperBlock[] => [
    { kind: 'heading', level: 1, text: words[title] },
    { kind: 'fields', fields: names.map((name) => ({ label: labels[name], value: said(facts, name, language) })) },
  ])
}

function missingBlocks({ row, language, contact }: Notifying): PaperBlock[] {
  const { words, facts: labels } = phrases[language]
  const missing = missingOf(factsOf(row, contact))
  if (missing.length === 0) return [{ kind: 'paragraph', text: words.nothingMissing, quiet: true }]
  return [
    { kind: 'heading', level: 1, text: words.missing },
    { kind: 'paragraph', text: words.missingLead },
    { kind: 'list', ordered: false, items: missing.map((name) => ({ text: labels[name] })) },
  ]
}

/** What is known of a fact as it is read, numbers in the form of the language; or that it is not known. */
export function said(facts: Facts, name: Asked, language: Language): string {
  const value = facts[name]
  if (value === undefined || value === null || value === '') return phrases[language].words.unknown
  return typeof value === 'number' ? value.toLocaleString(language === 'en' ? 'en-GB' : 'de-DE') : value
}

function joined(parts: readonly (string | undefined)[]): string | null {
  const all = parts.filter((part) => part !== undefined && part !== '')
  return all.length === 0 ? null : all.join('\n')
}

/** The notification as data, for forms and programs. */
export function notificationData(given: Notifying, by: string): object {
  const { row, contact, notices, delayReason, strict } = given
  const authority = findAuthority(row.authority)
  const facts = factsOf(row, contact)
  return {
    format: 'art32.breach-notification/1',
    by,
    case: row.number,
    exercise: row.source === 'drill',
    role: row.role,
    law: lawFor(row)?.id ?? null,
    authority: authority ? { id: authority.id, name: authority.name } : null,
    phase: notices.filter(({ recipient, state }) => recipient === 'authority' && state === 'delivered').length + 1,
    awareAt: row.aware_at?.toISOString() ?? null,
    strictUntil: strict?.toISOString() ?? null,
    delayReason: delayReason ?? null,
    breachOf: row.breach_kinds,
    risk: row.risk,
    people: actsAs(row, 'controller') ? { decision: row.people, reason: row.people_reason } : null,
    facts: Object.fromEntries(['from', 'until', ...allAsked].map((name) => [name, facts[name as Asked] ?? null])),
    missing: missingOf(facts),
  }
}

/** A place in a law as it is cited in a language: `Art. 33(1) GDPR`, `Art. 33 Abs. 1 DSGVO`. */
function citedIn(source: string, language: Language): string {
  return language === 'en' ? source : source.replace(/\((\d)\)/, ' Abs. $1').replace('GDPR', 'DSGVO')
}
