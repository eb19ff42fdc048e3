import { catalogue, findMeasure, type ControlId, type Language, type MeasureKind } from '@art32/catalogue'
import type { Block, Source } from './block.ts'
import { readCadence } from './cadence.ts'
import type { Deadline } from './limits.ts'
import { CERTAIN, mapSentence } from './map.ts'
import { readParameters } from './parameters.ts'
import type { Column, MappedMeasure, Statement, StatementStatus, StatementType } from './schema.ts'
import { controlsOfHeading } from './section.ts'
import { sentences } from './sentence.ts'
import { headsPlanned, isOnlyInProgress, leadsPlanned, readStatus } from './status.ts'
import { readSystems } from './systems.ts'
import { cutColumns, isColumnHeader } from './columns.ts'
import {
  endsQuotation,
  headsAside,
  isAdvice,
  isExplainingTable,
  isMereOption,
  isRecital,
  leadsAside,
  opensQuotation,
  withoutReferences,
} from './passage.ts'
import {
  definingSentences,
  isControlName,
  isDefinition,
  isHeadingLine,
  isLabel,
  isMeta,
  isNote,
  isPromise,
  isTitledDefinition,
  meansOf,
  numberOfHeading,
} from './nature.ts'

/** A heading that is open while its section is read. */
type Open = {
  readonly level: number
  readonly text: string
  readonly controls: ReadonlySet<ControlId>
  planned: boolean
  readonly aside: boolean
  /** Whether the document marks it as a heading; otherwise heading and level were guessed from its looks. */
  readonly marked: boolean
}

/** Paragraphs after which a quotation that nobody closed is taken to be over. */
const LONGEST_QUOTATION = 12

/** What a row's cell is for. */
type Role = Column | 'name' | 'status' | 'reference' | 'goal' | 'aside'

/** Where the reading stands: everything that a block's meaning depends on besides its own text. */
type Place = {
  readonly open: Open[]
  roles: readonly Role[]
  /** Rows of a two-column table whose columns were lost ("flattened") follow. */
  flattened: boolean
  /** The items that follow are still to come. */
  plannedList: boolean
  /** The items that follow are pieces of information, no measures. */
  asideList: boolean
  /** The rows that follow explain or warn. */
  asideTable: boolean
  /** Paragraphs that a quotation of the law may still last. */
  quoted: number
  /** Labels of items that introduce deeper items, by indentation. */
  labels: { readonly depth: number; readonly controls: ReadonlySet<ControlId>; readonly column: Column | null }[]
}

/** A piece of text that becomes one statement. */
type Draft = {
  readonly text: string
  readonly kind: 'heading' | 'cell' | 'item' | 'prose'
  readonly column?: Column | null
  readonly statusCell?: string | null
  readonly ticked?: boolean | null
  readonly level?: number
  readonly planned?: boolean
  readonly reference?: boolean
  /** The part that tells what is done, where the row also repeats the goal or the name of a control. */
  readonly means?: string
}

/** Cuts a document into statements and reads each. The result depends on the text and the language alone. */
export function readStatements(
  source: Source,
  language: Language,
  deadline: Deadline,
  onProgress: (done: number, total: number) => void,
): Statement[] {
  const place: Place = {
    open: [],
    roles: [],
    flattened: false,
    plannedList: false,
    asideList: false,
    asideTable: false,
    quoted: 0,
    labels: [],
  }
  const statements: Statement[] = []
  const blocks = source.blocks.filter((one) => one.kind !== 'skip')
  blocks.forEach((block, index) => {
    if (index % 50 === 0) {
      deadline.check()
      onProgress(index, blocks.length)
    }
    const aside = readAside(block, place)
    for (const part of draft(block, blocks[index - 1], blocks[index + 1], place)) {
      deadline.check()
      const one = aside && part.kind !== 'heading' ? { ...part, reference: true } : part
      const directly = statements.at(-1)?.type === 'heading'
      statements.push(state(one, block, place, language))
      if (one.kind === 'heading' && one.level !== undefined && one.level > 0)
        openSection(place, one.text, one.level, directly, block.kind === 'heading')
    }
  })
  onProgress(blocks.length, blocks.length)
  return numbered(statements)
}

/** Whether a block belongs to a passage that holds no measures; notes where such a passage begins and ends. */
function readAside(block: Block, place: Place): boolean {
  if (block.kind === 'heading') place.quoted = 0
  else if (opensQuotation(block.text)) place.quoted = LONGEST_QUOTATION
  const quoted = place.quoted > 0
  if (quoted) place.quoted = endsQuotation(block.text) ? 0 : place.quoted - 1
  if (block.kind === 'row' && block.header) place.asideTable = isExplainingTable(block.cells ?? [])
  else if (block.kind !== 'row') place.asideTable = false
  if (block.kind === 'paragraph') place.asideList = leadsAside(block.text)
  else if (block.kind !== 'item') place.asideList = leadsAside(`${block.text}:`)
  return quoted || place.asideTable || (place.asideList && block.kind === 'item')
}

/** Gives each statement its id: the line, and the part where a line holds several. */
function numbered(statements: readonly Statement[]): Statement[] {
  const total = new Map<number, number>()
  for (const { line } of statements) total.set(line, (total.get(line) ?? 0) + 1)
  const seen = new Map<number, number>()
  return statements.map((one) => {
    const part = (seen.get(one.line) ?? 0) + 1
    seen.set(one.line, part)
    return { ...one, id: (total.get(one.line) ?? 1) > 1 ? `s${one.line}.${part}` : `s${one.line}` }
  })
}

/** Says which statements a block holds, and notes what changes for those after it. */
function draft(block: Block, before: Block | undefined, after: Block | undefined, place: Place): Draft[] {
  if (block.kind === 'row') return draftRow(block, place)
  if (isColumnHeader(block.text)) {
    place.flattened = true
    return [{ text: block.text, kind: 'heading', level: 0 }]
  }
  if (block.kind === 'heading') {
    place.flattened = false
    return [{ text: block.text, kind: 'heading', level: block.depth }]
  }
  if (isOnlyInProgress(block.text)) {
    place.flattened = false
    return [{ text: block.text, kind: 'item', planned: true }]
  }
  const deeper = after?.kind === 'item' && after.depth > block.depth
  if (block.kind === 'item' && isLabel(block.text, deeper)) {
    place.labels = place.labels.filter((label) => label.depth < block.depth)
    place.labels.push({ depth: block.depth, controls: controlsOfHeading(block.text), column: columnOf(block.text) })
    return [{ text: block.text, kind: 'heading', level: 0 }]
  }
  if (block.kind === 'item') {
    place.labels = place.labels.filter((label) => label.depth < block.depth)
    const heading = isHeadingLine(block, before, after)
    if (heading !== null) {
      place.flattened = false
      return [{ text: block.text, kind: 'heading', level: heading }]
    }
    return draftItem(block, place)
  }
  place.labels = []
  if (isLabel(block.text, false)) return [{ text: block.text, kind: 'heading', level: 0 }]
  const heading = isHeadingLine(block, before, after)
  if (heading !== null) {
    place.flattened = false
    place.plannedList = false
    return [{ text: block.text, kind: 'heading', level: heading }]
  }
  if (place.flattened) return draftFlattened(block, place)
  place.plannedList = leadsPlanned(block.text)
  return draftProse(block)
}

function draftItem(block: Block, place: Place): Draft[] {
  const column = place.labels.findLast((label) => label.column !== null)?.column ?? null
  const planned = place.plannedList
  return splitParts(block.text).map((text) => ({ text, kind: 'item', ticked: block.ticked, column, planned }))
}

function draftProse(block: Block): Draft[] {
  if (isTitledDefinition(block.text)) return [{ text: block.text, kind: 'prose', reference: true }]
  const own = sentences(block.text)
  const defining = definingSentences(own)
  return own.flatMap((sentence, index) =>
    splitParts(sentence).map((text): Draft => ({ text, kind: 'prose', reference: defining[index] === true })),
  )
}

/** Splits at semicolons between independent parts; a bracket or a short part keeps them together. */
function splitParts(text: string): string[] {
  const parts = text.split(/;\s+/)
  const independent = parts.length > 1 && parts.every((part) => part.split(/\s+/).length >= 3 && balanced(part))
  return independent ? parts.map((part) => part.trim()) : [text]
}

function balanced(text: string): boolean {
  return text.split('(').length === text.split(')').length
}

function draftFlattened(block: Block, place: Place): Draft[] {
  if (block.text.length > 400) return draftProse(block)
  const controls = controlsOf(place)
  return cutColumns(block.text, (text) => mapSentence(text, controls)).map(({ text, column }) => ({
    text,
    kind: 'cell',
    column,
  }))
}

function draftRow(block: Block, place: Place): Draft[] {
  const cells = block.cells ?? []
  place.flattened = false
  if (block.header) {
    place.roles = cells.map(roleOf)
    return [{ text: block.text, kind: 'heading', level: 0 }]
  }
  const roles = place.roles.length >= cells.length ? place.roles : cells.map((): Role => 'name')
  if (roles.some((role) => role === 'technical' || role === 'organisational')) {
    return cells.flatMap((cell, index): Draft[] => {
      const role = roles[index]
      const column = role === 'technical' || role === 'organisational' ? role : null
      return cell === '' ? [] : splitParts(cell).map((text) => ({ text, kind: 'cell', column }))
    })
  }
  const statusAt = roles.indexOf('status')
  const statusCell = statusAt >= 0 ? (cells[statusAt] ?? null) : null
  const reference = roles.includes('reference')
  const told = cells.filter(
    (cell, index) => index !== statusAt && roles[index] !== 'aside' && cell !== '' && !/^\d+\.?$/.test(cell),
  )
  const extra = statusCell !== null && statusCell.length > 24 ? statusCell.replace(/^\W+/u, '') : null
  const text = [told[0], [...told.slice(1), ...(extra === null ? [] : [extra])].join('; ')].filter(Boolean).join(': ')
  const goals = cells.filter(
    (cell, index) => roles[index] === 'goal' || (roles.includes('goal') && isControlName(cell)),
  )
  const rest = [...told.filter((cell) => !goals.includes(cell)), ...(extra === null ? [] : [extra])].join('; ')
  const means = goals.length > 0 && rest !== '' ? { means: rest } : {}
  return text === ''
    ? []
    : [{ text, kind: 'cell', statusCell: statusCell ?? lastStatusLike(cells), reference, ...means }]
}

/** In a row without a known header, a last cell that is nothing but a status word or mark. */
function lastStatusLike(cells: readonly string[]): string | null {
  const last = cells.length > 1 ? (cells.at(-1) ?? '') : ''
  return /^(✅|❌|⏳|🔶|📋|x|ja|nein|yes|no|umgesetzt|geplant|offen|planned|done|open|implemented)(?!\p{L})/iu.test(
    last,
  ) && last.length < 40
    ? last
    : null
}

function roleOf(cell: string): Role {
  const column = columnOf(cell)
  if (column) return column
  if (/^(status|stand|umsetzungs(stand|status)|bewertung|erfüllt|state|implemented\??)\b/i.test(cell)) return 'status'
  if (/section|abschnitt|article|artikel|^punkt$|prüfkriterien/i.test(cell)) return 'reference'
  if (/^(ziel|zweck|schutzziel|goal|purpose|objective)\b/i.test(cell)) return 'goal'
  return /^(nr\.?|no\.?|#|id|lfd\.? ?nr\.?|verantwortlich\p{Ll}*|zuständig\p{Ll}*|responsible|owner)$/iu.test(cell)
    ? 'aside'
    : 'name'
}

function columnOf(text: string): Column | null {
  if (/^technische\b|^technical(?! and)\b/i.test(text)) return 'technical'
  return /^organi[sz]ator|^organi[sz]ational/i.test(text) ? 'organisational' : null
}

/** Opens a section. A heading that stands directly below another and names no control group belongs to the same one. */
function openSection(place: Place, text: string, level: number, directly: boolean, marked: boolean): void {
  const above = place.open.at(-1)
  endGuessedPlans(place.open, text)
  while ((place.open.at(-1)?.level ?? 0) >= level) place.open.pop()
  const own = controlsOfHeading(text)
  const controls = own.size === 0 && directly && above ? above.controls : own
  place.open.push({ level, text, controls, planned: headsPlanned(text), aside: headsAside(text), marked })
  place.roles = place.roles.some((role) => role === 'status') ? place.roles : []
  place.plannedList = false
  place.labels = []
}

/**
 * Where the level of a heading was only guessed, "still to come" lasts no longer than to the next heading, unless their
 * numbers show that the next stands below it.
 */
function endGuessedPlans(open: readonly Open[], next: string): void {
  const depth = numberOfHeading(next) ?? 0
  for (const heading of open) {
    const own = numberOfHeading(heading.text)
    if (!heading.marked && (own === null || depth <= own)) heading.planned = false
  }
}

/** The control groups of the innermost heading that names any, and of the labels above an item. */
function controlsOf(place: Place): ReadonlySet<ControlId> {
  const own = place.open.findLast((heading) => heading.controls.size > 0)?.controls ?? new Set<ControlId>()
  const labels = place.labels.flatMap((label) => [...label.controls])
  return labels.length > 0 ? new Set([...own, ...labels]) : own
}

/** Characters in which status, parameters, rhythm and systems are looked for; a statement is hardly ever longer than a tenth. */
const HEAD = 8_000

/** Reads one draft: status first, then nature, then mapping. */
function state(draft: Draft, block: Block, place: Place, language: Language): Statement {
  const level = draft.kind === 'heading' && draft.level ? draft.level : Infinity
  const section = place.open.findLast((heading) => heading.level < level)?.text ?? null
  const common = {
    id: '',
    line: block.line,
    page: block.page,
    section,
    text: draft.text,
    level: null,
    column: draft.column ?? null,
  }
  const empty = {
    status: 'in-place' as const,
    measures: [],
    candidates: [],
    parameters: {},
    kind: null,
    systems: [],
    cadence: null,
  }
  const head = draft.text.slice(0, HEAD)
  if (draft.kind === 'heading') return { ...common, ...empty, type: 'heading', level: draft.level || null, sure: true }
  const controls = controlsOf(place)
  if (draft.planned === true && isOnlyInProgress(draft.text)) {
    const candidates = catalogue.filter((measure) => controls.has(measure.control)).map((measure) => measure.id)
    return { ...common, ...empty, type: 'measure', status: 'planned', candidates, sure: false }
  }
  const systems = readSystems(head)
  if (isMeta(head)) return { ...common, ...empty, systems, type: 'meta', sure: true }
  const aside = draft.reference === true || place.open.some((heading) => heading.aside)
  if (aside || isNote(head) || isAdvice(head) || isMereOption(head) || isRecital(head))
    return { ...common, ...empty, systems, type: 'note', sure: true }
  const mappable = draft.means ?? (isDefinition(head) ? meansOf(head) : draft.text)
  const measures = mappable === null ? [] : mapSentence(withoutReferences(mappable), controls)
  const told = readStatus(head, draft.statusCell ?? null, draft.ticked ?? null)
  const planned = draft.planned === true || place.open.some((heading) => heading.planned)
  const status: StatementStatus = planned && told === 'in-place' ? 'planned' : told
  const type = natureOf(draft, measures, mappable === null)
  return {
    ...common,
    type,
    status,
    measures,
    candidates: [],
    sure: type === 'note' || (measures.length > 0 && measures.every(({ confidence }) => confidence >= CERTAIN)),
    parameters: type === 'note' ? {} : readParameters(head),
    kind: kindOf(measures, draft.column ?? null),
    systems,
    cadence: type === 'note' ? null : readCadence(head, language),
  }
}

function natureOf(draft: Draft, measures: readonly MappedMeasure[], definition: boolean): StatementType {
  if (definition) return 'note'
  if (measures.length > 0) return isPromise(draft.text) && draft.kind === 'prose' ? 'commitment' : 'measure'
  if (draft.kind === 'prose') return isPromise(draft.text) ? 'commitment' : 'note'
  return draft.text.endsWith(':') ? 'note' : 'measure'
}

/** The kind of the best measure; the column of the table where nothing was mapped. */
function kindOf(measures: readonly MappedMeasure[], column: Column | null): MeasureKind | null {
  const best = measures[0]
  return (best ? findMeasure(best.id)?.kind : undefined) ?? column
}
