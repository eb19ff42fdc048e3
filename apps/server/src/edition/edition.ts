import { findMeasure } from '@art32/catalogue'
import { cadenceIn, citesOf, countLines, countMapping, limitSentences, linesOf } from '@art32/press'
import type { Anchors, Backing, EditionDocument, Line, Part, Section } from '@art32/press'
import { listPeriods, listSigners, titleOf } from '../check/index.ts'
import type { PeriodSeen } from '../check/index.ts'
import { findIndexes, findState } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { findLetterhead } from '../paper/index.ts'
import { counts, findRegister, loadRegister, measureErrors } from '../measure/index.ts'
import type { PartGuarantee, Register, RegisterLine } from '../measure/index.ts'
import { listSystems } from '../system/index.ts'

/** For what is never published. */
const nobody: Anchors = { witnesses: [], timeStamps: null }

/**
 * Builds the edition of the register as it is now. Every leaf that a line rests on must be integrated before.
 *
 * @param asked who is asked to vouch for the ledger, for the limits; left out where they are not read
 */
export async function buildEdition(
  tx: TenantContext,
  head: { state: 'draft' | 'edition'; number: number | null; review: EditionDocument['review'] },
  asked: Anchors = nobody,
): Promise<EditionDocument> {
  const document = await findRegister(tx)
  if (!document) throw measureErrors.no_register()
  const register = await loadRegister(tx, document)
  const log = await findState(tx.sql)
  if (!log) throw bug('a log was not started')
  const indexes = await findIndexes(tx.sql, commitmentsOf(register))
  const { language } = document
  const systems = await systemNames(tx, language)
  const periods = await periodsOf(tx, register)
  const signers = await listSigners(tx, outcomesOf(register))
  const names = { indexes, systems, language, periods, signers, now: tx.now }
  const sections = sectionsOf(register, (line) => lineOf(line, names))
  const lines = linesOf(sections)
  const letterhead = await findLetterhead(tx)
  return {
    format: 'art32.edition/1',
    tenant: { publicId: tx.tenant.publicId, name: tx.tenant.name },
    ...head,
    language,
    title: document.title ?? defaultTitle[language],
    date: tx.now.toISOString(),
    legalFrame: legalFrame[language],
    scope: '',
    source: { name: document.name, sha256: document.sha256.toString('hex'), readAt: document.read_at.toISOString() },
    mapping: countMapping(lines),
    counts: countLines(lines),
    sections,
    withheld: { customers: 0, auditors: 0 },
    ledger: {
      origin: log.origin,
      size: log.size,
      root: log.root.toString('base64'),
      key: tx.tenant.vkey,
      checkpoint: log.note,
    },
    ...(letterhead === undefined ? {} : { letterhead }),
    limits: limitSentences(language, asked),
  }
}

/** Names of systems as an edition shows them. */
export async function systemNames(tx: TenantContext, language: 'en' | 'de'): Promise<Map<string, string>> {
  // Nobody takes what was seen elsewhere for production.
  return new Map(
    (await listSystems(tx)).map(({ id, name, environment }) => [
      id,
      environment === 'production' ? name : `${name} (${environmentIn[language][environment]})`,
    ]),
  )
}

const environmentIn = {
  en: { staging: 'staging', test: 'test', development: 'development' },
  de: { staging: 'Staging', test: 'Test', development: 'Entwicklung' },
} as const

/** Who signed off, by role: an edition names no person. */
const defaultTitle = { en: 'Technical and organisational measures', de: 'Technische und organisatorische Maßnahmen' }
const aboutTitle = { en: 'About this document', de: 'Zu diesem Dokument' }
const legalFrame = {
  en: ['Art. 25 GDPR', 'Art. 28 GDPR', 'Art. 32 GDPR'],
  de: ['Art. 25 DSGVO', 'Art. 28 DSGVO', 'Art. 32 DSGVO'],
}

/** What the checks that prove a line said in the last twelve months, by the id of its statement. */
async function periodsOf(tx: TenantContext, { lines }: Register): Promise<ReadonlyMap<string, PeriodSeen>> {
  const groups = lines.map(({ measure }) =>
    (measure?.assessed.parts ?? []).flatMap(({ checks }) =>
      checks.filter(({ relation }) => relation === 'proves').map(({ outcome }) => outcome),
    ),
  )
  const periods = await listPeriods(tx, groups)
  return new Map(
    lines.flatMap(({ statement }, index): [string, PeriodSeen][] => {
      const period = periods[index]
      return period ? [[statement.id, period]] : []
    }),
  )
}

/** No gap is no field: an edition of a line that was always looked at says only the days. */
function periodOf(seen: PeriodSeen | undefined): Pick<Line, 'period'> {
  if (seen === undefined) return {}
  const { gaps, ...days } = seen
  const named = gaps.map(({ from, until }) => ({ from: from.toISOString(), until: until.toISOString() }))
  return { period: named.length === 0 ? days : { ...days, gaps: named } }
}

function outcomesOf({ lines }: Register): Buffer[] {
  return lines.flatMap(({ measure }) =>
    (measure?.assessed.parts ?? []).flatMap(({ checks }) => checks.map(({ outcome }) => outcome)),
  )
}

function commitmentsOf({ lines }: Register): Buffer[] {
  return lines.flatMap(({ measure }) =>
    (measure?.assessed.parts ?? []).flatMap(({ mapping, checks, signOffs, guarantees }) => [
      ...(mapping.confirmation ? [mapping.confirmation] : []),
      ...checks.map((check) => check.outcome),
      ...[...signOffs, ...guarantees].flatMap(({ row }) => row.commitment ?? []),
    ]),
  )
}

/**
 * The document's own order: a heading opens a section, a statement that promises is a line, the rest is text. What stands
 * before the first heading, or under the title itself, is about the document.
 */
function sectionsOf({ document, lines }: Register, lineOfMeasure: (line: RegisterLine) => Line): Section[] {
  const preamble = {
    id: 'about',
    title: aboutTitle[document.language],
    level: 1,
    blocks: [] as Section['blocks'][number][],
  }
  const sections = [preamble]
  for (const line of lines) {
    const { statement } = line
    const blocks = sections.at(-1)?.blocks ?? preamble.blocks
    if (statement.type === 'heading') {
      if (sections.length === 1 && preamble.blocks.length === 0 && statement.text === document.title) continue
      sections.push({
        id: statement.id,
        title: statement.text,
        level: Math.min(4, Math.max(1, statement.level ?? 2)),
        blocks: [],
      })
    } else if (counts(line)) blocks.push(lineOfMeasure(line))
    else if (statement.type !== 'meta' && isForAll(line)) blocks.push({ kind: 'text', text: statement.text })
  }
  return sections.filter((section) => section !== preamble || section.blocks.length > 0)
}

/** What was set aside is text, which every audience reads: so not what was kept from some of them. */
function isForAll({ measure }: RegisterLine): boolean {
  return measure === null || measure.row.visibility === 'public'
}

export function lineOf(
  { statement, measure }: RegisterLine,
  names: {
    now: Date
    indexes: ReadonlyMap<string, number>
    systems: ReadonlyMap<string, string>
    language: 'en' | 'de'
    periods: ReadonlyMap<string, PeriodSeen>
    /** Who signed what outcomes rest on, by their commitments. */
    signers: ReadonlyMap<string, string | null>
  },
): Line {
  if (!measure) throw bug('a line without a measure')
  const { row, assessed } = measure
  const { indexes, systems, language, now, signers } = names
  const parts = assessed.parts.map(({ mapping, checks, signOffs, guarantees }): Part => {
    const confirmedLeaf = mapping.confirmation && indexes.get(mapping.confirmation.toString('base64'))
    const looked = checks.flatMap((check): Backing[] => {
      const leaf = indexes.get(check.outcome.toString('base64'))
      if (leaf === undefined) return []
      const signedBy = signers.get(check.outcome.toString('base64'))
      return [
        {
          kind: 'check',
          check: check.check,
          title: titleOf(check.check)[language],
          role: check.relation,
          system: systems.get(check.systemId) ?? '',
          // A pass whose window is over says nothing about today.
          state: check.state === 'pass' && check.freshUntil < now ? 'stale' : check.state,
          ...(check.reason === null || check.state !== 'not-evaluated' ? {} : { reason: check.reason }),
          ...(signedBy === undefined ? {} : { signedBy }),
          at: check.at.toISOString(),
          leaf,
        },
      ]
    })
    const signed = signOffs.flatMap(({ row }): Backing[] => {
      const leaf = row.commitment === null ? undefined : indexes.get(row.commitment.toString('base64'))
      if (leaf === undefined || row.given_at === null) return []
      return [
        {
          kind: 'sign-off',
          title: row.title,
          by: row.role ?? '',
          ...(row.counted === 0 ? {} : { performed: { onTime: row.on_time, of: row.counted } }),
          at: row.given_at.toISOString(),
          leaf,
        },
      ]
    })
    return {
      measure: mapping.catalogue_id,
      title: findMeasure(mapping.catalogue_id)?.title[language] ?? mapping.catalogue_id,
      required: true,
      backing: [...looked, ...signed, ...agreementsOf(guarantees, indexes)],
      confirmedBy:
        mapping.confirmed_by && mapping.confirmed_at && confirmedLeaf !== undefined && confirmedLeaf !== null
          ? { by: mapping.confirmed_by, at: mapping.confirmed_at.toISOString(), leaf: confirmedLeaf }
          : null,
    }
  })
  const overdue =
    assessed.assurance === 'failing'
      ? assessed.parts.flatMap(({ signOffs }) =>
          signOffs.flatMap(({ row: { title }, isOverdue }) => (isOverdue ? [title] : [])),
        )
      : []
  const scoped = row.scope.flatMap((id) => systems.get(id) ?? [])
  return {
    kind: 'line',
    id: statement.id,
    text: statement.text,
    status: statement.status,
    assurance: assessed.assurance,
    publicState: assessed.publicState,
    parts,
    checkedAt: assessed.checkedAt?.toISOString() ?? null,
    freshUntil: assessed.freshUntil?.toISOString() ?? null,
    ...periodOf(names.periods.get(statement.id)),
    ...(statement.status === 'conditional' && statement.condition !== null ? { condition: statement.condition } : {}),
    ...(assessed.exception === null ? {} : { exception: assessed.exception }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    guarantor: row.guarantor,
    ...(row.cadence === null ? {} : { cadence: cadenceIn(language, row.cadence), rhythm: row.cadence }),
    ...valuesOf(statement.parameters),
    ...(scoped.length === 0 ? {} : { systems: scoped }),
    ...responsibilitiesOf(assessed.parts),
    ...(overdue.length === 0 ? {} : { overdue }),
    visibility: row.visibility,
    cites: citesOf(parts),
  }
}

/** Agreements with processors, as far as the ledger has them. */
function agreementsOf(guarantees: readonly PartGuarantee[], indexes: ReadonlyMap<string, number>): Backing[] {
  return guarantees.flatMap(({ row }): Backing[] => {
    const leaf = row.commitment === null ? undefined : indexes.get(row.commitment.toString('base64'))
    if (leaf === undefined || row.given_at === null || row.fresh_until === null) return []
    return [
      {
        kind: 'agreement',
        processor: row.processor,
        ...(row.contract_of === 'customer' ? { contractOf: row.contract_of } : {}),
        title: row.title,
        at: row.given_at.toISOString(),
        until: row.fresh_until.toISOString(),
        leaf,
      },
    ]
  })
}

/** Who does what, each thing once, whichever of the line's measures it is said of. */
function responsibilitiesOf(parts: readonly { readonly guarantees: readonly PartGuarantee[] }[]): Partial<Line> {
  const said = parts
    .flatMap(({ guarantees }) => guarantees)
    .flatMap(({ row }): NonNullable<Line['responsibilities']> => [
      { who: 'processor', name: row.processor, text: row.by_processor },
      { who: 'us', text: row.by_us },
      { who: 'customer', text: row.by_customer },
    ])
    .filter(({ text }) => text !== '')
  const once = [...new Map(said.map((one) => [JSON.stringify(one), one])).values()]
  const order = ['processor', 'us', 'customer']
  const responsibilities = once.toSorted((a, b) => order.indexOf(a.who) - order.indexOf(b.who))
  return responsibilities.length === 0 ? {} : { responsibilities }
}

/** The values that a statement promises; what is no plain value is not one. */
export function valuesOf(parameters: Readonly<Record<string, unknown>>): Pick<Line, 'parameters'> {
  const values = Object.entries(parameters).flatMap(([name, value]): [string, ParameterValue][] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
    return Array.isArray(value) ? [[name, value.map(String)]] : []
  })
  return values.length === 0 ? {} : { parameters: Object.fromEntries(values) }
}

type ParameterValue = NonNullable<Line['parameters']>[string]

/** What a signatory signs: everything an edition promises and its letterhead, without the times at which somebody last looked. */
export function promiseOf({ sections, letterhead }: EditionDocument): string {
  return JSON.stringify([sections, letterhead ?? null], (key, value: unknown) =>
    ['at', 'leaf', 'checkedAt', 'freshUntil', 'cites', 'period'].includes(key) ? undefined : value,
  )
}
