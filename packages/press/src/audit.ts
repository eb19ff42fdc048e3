import { canonicalJson, citesOf, countLines, countMapping, linesOf } from './edition.ts'
import type { AgreementBacking, CheckBacking, EditionDocument, Line, Part } from './edition.ts'
import type { AgreementRecord, ConfirmationRecord, OutcomeRecord, RecordRole, SignOffRecord } from './records.ts'

/** What the audit says about one line, or about the edition as a whole (`line` is then null). */
export interface Verdict {
  readonly line: string | null
  readonly ok: boolean
  /** One plain English sentence for who verifies. */
  readonly say: string
}

/**
 * Opens what a leaf commits to under a role; undefined where the bundle does not disclose it.
 *
 * The caller has checked that the leaf is in the tree and that the record matches its commitment; here its *meaning* is
 * compared, so the record is still attacker-controlled in every other way.
 */
export type Open = (leaf: number, role: RecordRole) => unknown

/**
 * Compares what an edition claims with the records its lines cite: nothing may claim more than its records say.
 *
 * A line that says verified needs, for each required part, a confirmed mapping and a proving check whose record says pass
 * and was fresh when the edition was made; attested needs at least one part that a sign-off backs, whose record was in force.
 * Whatever sign-off a line shows opens as one of its measure, also where the claim rests on something else. A claim against the provider itself
 * (failing, lapsed) may go without its record, which can help an attacker, but must not contradict one that is disclosed.
 * Counts must equal the lines. First the lines in order, then the edition.
 */
export function auditEdition(edition: EditionDocument, open: Open): Verdict[] {
  const lines = linesOf(edition.sections)
  return [...lines.map((line) => auditLine(line, edition, open)), ...auditWhole(edition, lines)]
}

function auditLine(line: Line, edition: EditionDocument, open: Open): Verdict {
  const problem =
    citeProblem(line, edition) ??
    stateProblem(line) ??
    claimProblem(line, edition, open) ??
    shownProblem(line, edition, open)
  return { line: line.id, ok: problem === null, say: problem ?? sayOf(line) }
}

function citeProblem(line: Line, { ledger }: EditionDocument): string | null {
  const named = citesOf(line.parts)
  if (named.join() !== line.cites.join()) return 'The leaves it cites are not those that its parts name.'
  const beyond = named.find((leaf) => !Number.isSafeInteger(leaf) || leaf < 0 || leaf >= ledger.size)
  return beyond === undefined
    ? null
    : `It cites leaf ${beyond}, which the ledger of ${ledger.size} leaves does not have.`
}

/** The best public state that an assurance allows, and the one for bad news. */
function stateProblem({ assurance, publicState }: Line): string | null {
  const allowed: Readonly<Record<Line['publicState'], readonly Line['assurance'][]>> = {
    proven: ['verified'],
    confirmed: ['attested', 'inherited'],
    stated: ['customer', 'stated', 'planned', 'absent', 'lapsed', 'failing'],
    'correction-due': ['lapsed', 'failing'],
  }
  return allowed[publicState].includes(assurance)
    ? null
    : `It shows "${publicState}", but its assurance is "${assurance}".`
}

/** Kinds of backing that a part may rest on, for each assurance that claims something: the worst part gives the line its name. */
const restsOn: Readonly<Partial<Record<Line['assurance'], readonly (keyof typeof partProblems)[]>>> = {
  verified: ['check'],
  attested: ['sign-off', 'check'],
  inherited: ['agreement', 'sign-off', 'check'],
}

function claimProblem(line: Line, edition: EditionDocument, open: Open): string | null {
  const kinds = restsOn[line.assurance]
  if (!kinds) return null
  const required = line.parts.filter((part) => part.required)
  if (required.length === 0) return `It says ${line.assurance}, but names no required measure.`
  // The kind that gives the line its name, of each part: one at least must rest on it, or nobody said what the line says.
  const named: (string | null)[] = []
  for (const part of required) {
    const problems = kinds.map((kind) => partProblems[kind](part, { line, edition, open }))
    const problem = mappingProblem(part, line, open) ?? (problems.includes(null) ? null : problems[0])
    if (problem) return problem
    named.push(problems[0] ?? null)
  }
  return named.includes(null) ? null : (named[0] ?? null)
}

/** What the judgement of a part needs. */
interface Context {
  readonly line: Line
  readonly edition: EditionDocument
  readonly open: Open
}

const partProblems = { check: checkProblem, 'sign-off': signOffProblem, agreement: agreementProblem }

function mappingProblem(part: Part, line: Line, open: Open): string | null {
  if (!part.confirmedBy) return `Nobody confirmed that it means "${part.measure}".`
  const { leaf, by, at } = part.confirmedBy
  const record = open(leaf, 'confirmation')
  if (!isConfirmation(record)) return `Leaf ${leaf} does not open as the confirmation of what it means.`
  const same = record.statement === line.id && record.by === by && record.at === at
  return same && record.measures.includes(part.measure)
    ? null
    : `Leaf ${leaf} confirms something else than that it means "${part.measure}".`
}

/** At least one proving check passed, every other passed or did not apply, and all count at the edition's date. */
function checkProblem(part: Part, { line, edition, open }: Context): string | null {
  const proving = part.backing.filter((backing) => backing.kind === 'check' && backing.role === 'proves')
  const states = proving.map((backing) => backing.kind === 'check' && backing.state)
  if (!states.includes('pass') || states.some((state) => state !== 'pass' && state !== 'not-applicable'))
    return `It says ${line.assurance}, but not every check that proves "${part.measure}" is a pass.`
  for (const { leaf } of proving) {
    const record = open(leaf, 'outcome')
    if (!isOutcome(record)) return `Leaf ${leaf} does not open as the outcome of a check.`
    const problem = timeProblem(leaf, record, line, edition)
    if (problem !== null) return problem
  }
  return null
}

function signOffProblem(part: Part, { line, edition, open }: Context): string | null {
  const backing = part.backing.find(({ kind }) => kind === 'sign-off')
  if (!backing) return `It says ${line.assurance}, but cites no sign-off of "${part.measure}".`
  const record = open(backing.leaf, 'sign-off')
  if (!isSignOff(record) || record.measure !== part.measure || record.at !== backing.at)
    return `Leaf ${backing.leaf} does not open as a sign-off of "${part.measure}" at ${backing.at}.`
  return timeProblem(backing.leaf, record, line, edition)
}

/** Every processor that is named has an agreement and a report or certificate on file that count at the edition's date. */
function agreementProblem(part: Part, context: Context): string | null {
  const { line } = context
  const named = part.backing.filter((backing) => backing.kind === 'agreement')
  if (named.length === 0) return `It says ${line.assurance}, but cites no agreement for "${part.measure}".`
  if (line.guarantor !== 'processor') return `It says ${line.assurance}, but not that a processor guarantees it.`
  return named.map((backing) => namedProblem(backing, part, context)).find((problem) => problem !== null) ?? null
}

function namedProblem(
  { leaf, at, until, processor }: AgreementBacking,
  part: Part,
  { line, edition, open }: Context,
): string | null {
  const record = open(leaf, 'agreement')
  if (!isAgreement(record) || !record.measures.includes(part.measure) || record.at !== at)
    return `Leaf ${leaf} does not open as an agreement on "${part.measure}" at ${at}.`
  if (record.agreement.length === 0 || record.proof.length === 0)
    return `Leaf ${leaf} says that of ${processor} no agreement, or no report or certificate, is on file.`
  if (until !== undefined && until !== record.freshUntil)
    return `The agreement with ${processor} is said to count until ${until}, but leaf ${leaf} says ${record.freshUntil}.`
  return timeProblem(leaf, record, line, edition)
}

/** A record counts only from when it was made until its window ends, and the line must not stretch that window. */
function timeProblem(leaf: number, record: Timed, line: Line, edition: EditionDocument): string | null {
  if (!inOrder(record.at, edition.date)) return `The record in leaf ${leaf} is of ${record.at}, after the edition.`
  if (!inOrder(edition.date, record.freshUntil))
    return `The record in leaf ${leaf} counted until ${record.freshUntil} only, before the edition of ${edition.date}.`
  if (line.freshUntil !== null && !inOrder(line.freshUntil, record.freshUntil))
    return `It is said to count until ${line.freshUntil}, but leaf ${leaf} counts until ${record.freshUntil}.`
  return null
}

/** Every outcome that a line shows is the one of its leaf; only what speaks against the provider may stay undisclosed. */
function shownProblem(line: Line, edition: EditionDocument, open: Open): string | null {
  const checks = line.parts.flatMap((part) => part.backing.filter((backing) => backing.kind === 'check'))
  for (const check of checks) {
    const record = open(check.leaf, 'outcome')
    if (record === undefined && check.state !== 'pass') continue
    if (!isOutcome(record)) return `Leaf ${check.leaf} does not open as the outcome of ${check.check}.`
    const same = record.check === check.check && record.at === check.at && stateAt(edition.date, record) === check.state
    if (check.signedBy !== undefined && check.signedBy !== record.signedBy)
      return `Leaf ${check.leaf} does not say that ${check.signedBy ?? 'nobody'} signed what ${check.check} was given.`
    if (!same)
      return `Leaf ${check.leaf} says "${record.state}" of ${record.check} at ${record.at}; the line shows "${check.state}" of ${check.check} at ${check.at}.`
  }
  return signedProblem(line, open) ?? contradiction(line, checks, edition, open)
}

/**
 * Every sign-off that a line shows is the one of its leaf, of this measure and of this time: a name under a line says something,
 * also where a check says more. Where a line speaks against the provider, its record may be missing, but not say something else.
 */
function signedProblem(line: Line, open: Open): string | null {
  const isAdverse = line.assurance === 'failing' || line.assurance === 'lapsed'
  for (const part of line.parts)
    for (const backing of part.backing) {
      if (backing.kind !== 'sign-off') continue
      const { leaf, at, performed } = backing
      const record = open(leaf, 'sign-off')
      if (record === undefined && isAdverse) continue
      if (!isSignOff(record) || record.measure !== part.measure || record.at !== at)
        return `Leaf ${leaf} does not open as a sign-off of "${part.measure}" at ${at}.`
      if (performed && performed.onTime > performed.of)
        return `It says that "${backing.title}" was performed on time ${performed.onTime} of ${performed.of}.`
    }
  return null
}

/** A pass whose window has ended is stale: the leaf still says pass, the edition must not. */
function stateAt(date: string, record: OutcomeRecord): OutcomeRecord['state'] {
  return record.state === 'pass' && !inOrder(date, record.freshUntil) ? 'stale' : record.state
}

/**
 * Bad news needs something that says so among what the line shows: a check that fails or is stale, a duty named as overdue, or a
 * sign-off whose window is over. Where nothing is shown at all, nothing contradicts.
 */
function contradiction(
  line: Line,
  checks: readonly CheckBacking[],
  edition: EditionDocument,
  open: Open,
): string | null {
  const adverse: Readonly<Partial<Record<Line['assurance'], CheckBacking['state']>>> = {
    failing: 'fail',
    lapsed: 'stale',
  }
  const expected = adverse[line.assurance]
  const signed = line.parts.flatMap((part) => part.backing.filter((backing) => backing.kind !== 'check'))
  if (expected === undefined || checks.length + signed.length === 0) return null
  if (checks.some(({ state }) => state === expected)) return null
  if (expected === 'fail' && line.overdue !== undefined && line.overdue.length > 0) return null
  if (expected === 'stale' && signed.some(({ leaf, kind }) => isOver({ leaf, kind }, line, edition, open))) return null
  return `It says ${line.assurance}, but none of the outcomes it shows is "${expected}".`
}

/** Whether a sign-off or an agreement does not count any more: by its own window, by the line's, or by a record that is not shown. */
function isOver(
  { leaf, kind }: { readonly leaf: number; readonly kind: 'sign-off' | 'agreement' },
  { freshUntil }: Line,
  { date }: EditionDocument,
  open: Open,
): boolean {
  const record = open(leaf, kind)
  if (!(isSignOff(record) || isAgreement(record)) || !inOrder(date, record.freshUntil)) return true
  return freshUntil !== null && inOrder(freshUntil, date)
}

function sayOf(line: Line): string {
  switch (line.assurance) {
    case 'verified':
    case 'attested':
    case 'inherited':
      return `It says ${line.assurance}, and so do its records (leaves ${line.cites.join(', ')}).`
    case 'failing':
    case 'lapsed':
      return `It says ${line.assurance}, against the provider itself; nothing disclosed contradicts it.`
    case 'customer':
    case 'stated':
    case 'planned':
    case 'absent':
      return `It says ${line.assurance}: no proof is claimed.`
  }
}

function auditWhole(edition: EditionDocument, lines: readonly Line[]): Verdict[] {
  const whole = (say: string): Verdict => ({ line: null, ok: false, say })
  const twice = lines.find((line, index) => lines.findIndex((other) => other.id === line.id) !== index)
  const problems = [
    ...(twice ? [whole(`The line ${twice.id} is there twice.`)] : []),
    ...(same(edition.counts, countLines(lines))
      ? []
      : [whole('The counts of the edition are not those of its lines.')]),
    ...(same(edition.mapping, countMapping(lines))
      ? []
      : [whole('The counts of confirmed mappings are not those of the lines.')]),
  ]
  return problems.length > 0
    ? problems
    : [{ line: null, ok: true, say: 'The counts of the edition are those of its lines.' }]
}

/** Equal as data, whatever the order of keys. */
function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other)
}

function inOrder(earlier: string, later: string): boolean {
  return Date.parse(earlier) <= Date.parse(later)
}

interface Timed {
  readonly at: string
  readonly freshUntil: string
}

function isOutcome(record: unknown): record is OutcomeRecord {
  return has(record, 'art32.outcome/1', ['check', 'state', 'at', 'freshUntil'])
}

function isConfirmation(record: unknown): record is ConfirmationRecord {
  return has(record, 'art32.confirmation/1', ['statement', 'by', 'at'], ['measures'])
}

function isSignOff(record: unknown): record is SignOffRecord {
  return has(record, 'art32.sign-off/1', ['measure', 'at', 'freshUntil'])
}

function isAgreement(record: unknown): record is AgreementRecord {
  return has(record, 'art32.agreement/1', ['at', 'freshUntil'], ['measures', 'agreement', 'proof'])
}

/** Whether a record has its format and, of the right types, the fields that are read here. */
function has(record: unknown, format: string, texts: readonly string[], lists: readonly string[] = []): boolean {
  if (typeof record !== 'object' || record === null) return false
  const fields = new Map<string, unknown>(Object.entries(record))
  return (
    fields.get('format') === format &&
    texts.every((name) => typeof fields.get(name) === 'string') &&
    lists.every((name) => Array.isArray(fields.get(name)))
  )
}
