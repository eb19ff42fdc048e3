import { assurances, publicStates } from '@art32/press'
import type { Assurance } from '@art32/press'
import type { FaultView, MeasureView, RegisterCounts, RegisterView, StatementView } from '../api/api.ts'

/** A heading with the statements below it, up to the next heading. */
export interface Section {
  /** Unique in the document: the id of its first statement. */
  readonly id: string
  /** What the server calls the section. */
  readonly name: string
  readonly heading: Heading | null
  readonly statements: readonly StatementView[]
  /** In a view: lines that stand in full under another heading and belong here, too. */
  readonly also?: readonly StatementView[]
  /** In a view: what is to be said of the heading. */
  readonly note?: string | null
}

/** What stands above a section: a line of the document, or a heading of a view. */
export type Heading = Pick<StatementView, 'text' | 'level'>

/** Cuts the statements into sections, in order; nothing is lost. */
export function sectionsOf(statements: readonly StatementView[]): readonly Section[] {
  const sections: { id: string; name: string; heading: Heading | null; statements: StatementView[] }[] = []
  for (const statement of statements) {
    const open = sections.at(-1)
    if (statement.type === 'heading')
      sections.push({ id: statement.id, name: statement.text, heading: statement, statements: [] })
    else if (!open || (open.heading === null && open.name !== statement.section)) {
      sections.push({ id: statement.id, name: statement.section, heading: null, statements: [statement] })
    } else {
      if (open.statements.length === 0) open.name = statement.section
      open.statements.push(statement)
    }
  }
  return sections
}

/** The sections as the page shows them: a first heading that only repeats the page's own title is left out. */
export function withoutTitle(sections: readonly Section[], title: string): readonly Section[] {
  const [first, ...others] = sections
  if (first?.heading?.text.trim() !== title.trim()) return sections
  return [{ ...first, heading: null }, ...others]
}

/** Whether a statement promises something that counts: it has a measure that nobody set aside. */
export function counts(statement: StatementView): statement is StatementView & { readonly measure: MeasureView } {
  return statement.measure !== null && statement.measure.ignored === null
}

/** Whether nobody has confirmed what the statement means. */
export function isUnconfirmed(measure: MeasureView): boolean {
  return measure.parts.some((part) => part.confirmedBy === null)
}

/** Counts lines as the server does. */
export function countsOf(statements: readonly StatementView[]): RegisterCounts {
  const measures = statements.filter(counts).map(({ measure }) => measure)
  const tally = <K extends string>(keys: readonly K[], of: (measure: MeasureView) => K) => {
    const found = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
    for (const measure of measures) found[of(measure)]++
    return found
  }
  return {
    assurance: tally(assurances, (measure) => measure.assurance),
    public: tally(publicStates, (measure) => measure.publicState),
    lines: measures.length,
    unconfirmed: measures.filter(isUnconfirmed).length,
  }
}

/** The register after one measure changed, without asking for the whole again. */
export function withMeasure(register: RegisterView, measure: MeasureView): RegisterView {
  const statements = register.statements.map((statement) =>
    statement.measure?.id === measure.id ? { ...statement, measure } : statement,
  )
  return { ...register, statements, counts: countsOf(statements) }
}

/** The register after one line changed, without asking for the whole again. */
export function withLine(register: RegisterView, line: StatementView): RegisterView {
  const statements = register.statements.map((statement) => (statement.id === line.id ? line : statement))
  return { ...register, statements, counts: countsOf(statements) }
}

/** The statements of a section that one click confirms: sure, mapped, not yet confirmed, not set aside. */
export function sureOnes(section: Section): readonly StatementView[] {
  return section.statements.filter(
    (statement) =>
      statement.sure && counts(statement) && statement.measure.parts.length > 0 && isUnconfirmed(statement.measure),
  )
}

/** What the document page shows: every line, or those of some assurances. */
export type Shown = { readonly show?: readonly Assurance[] }

/** Reads the filter from the address; what is no assurance is left out. */
export function shownFrom(search: Readonly<Record<string, unknown>>): Shown {
  const wanted = Array.isArray(search['show']) ? search['show'] : []
  const show = assurances.filter((assurance) => wanted.includes(assurance))
  return show.length === 0 ? {} : { show }
}

/** The filter with one assurance switched on or off. */
export function toggled(show: readonly Assurance[], assurance: Assurance): Shown {
  const next = show.includes(assurance) ? show.filter((other) => other !== assurance) : [...show, assurance]
  return next.length === 0 ? {} : { show: next }
}

/** Only the lines with one of these assurances, and their headings; everything when none is named. */
export function filterSections(sections: readonly Section[], show: readonly Assurance[]): readonly Section[] {
  if (show.length === 0) return sections
  return keepStatements(sections, (statement) => counts(statement) && show.includes(statement.measure.assurance))
}

/**
 * Only the sections with statements that are wanted, with these alone, and the headings above them: many documents have a
 * "Technical measures" in every chapter, which says nothing without its chapter.
 */
export function keepStatements(
  sections: readonly Section[],
  wanted: (statement: StatementView) => boolean,
): readonly Section[] {
  const left = sections.map((section) => ({ ...section, statements: section.statements.filter(wanted), also: [] }))
  /** The level of which a heading has still to come, from the end on; 0: none. */
  let below = 0
  return left
    .toReversed()
    .filter(({ heading, statements }) => {
      const level = heading?.level ?? 0
      const isAbove = level > 0 && level < below
      if (statements.length === 0 && !isAbove) return false
      below = level
      return true
    })
    .toReversed()
}

/** The worst assurance of a section, for its entry in the contents; null where nothing is promised. */
export function worstOf(section: Section): Assurance | null {
  const found = section.statements.filter(counts).map(({ measure }) => assurances.indexOf(measure.assurance))
  return found.length === 0 ? null : (assurances[Math.max(...found)] ?? null)
}

/** What somebody should do first, seen over the whole register. */
export type FirstStep = 'mend' | 'confirm' | 'connect' | 'look-again' | 'none'

/** The most urgent next step over all lines, and how many lines wait for it. */
export function firstStep(register: RegisterView): { readonly step: FirstStep; readonly lines: number } {
  const measures = register.statements.filter(counts).map(({ measure }) => measure)
  for (const step of ['mend', 'confirm', 'look-again', 'connect'] as const) {
    const lines = measures.filter((measure) => measure.next === step).length
    if (lines > 0) return { step, lines }
  }
  return { step: 'none', lines: 0 }
}

/**
 * The faults of a document by the id of the statement they are about; those of the whole document under null.
 *
 * Several statements can stand on one line: a fault goes to the one that holds its words, else to the first.
 */
export function faultsByStatement(
  statements: readonly StatementView[],
  faults: readonly FaultView[],
): ReadonlyMap<string | null, readonly FaultView[]> {
  const lines = Map.groupBy(statements, (statement) => statement.line)
  return Map.groupBy(faults, ({ line, text }) => {
    const there = line === null ? [] : (lines.get(line) ?? [])
    return (there.find((statement) => statement.text.includes(text)) ?? there[0])?.id ?? null
  })
}
