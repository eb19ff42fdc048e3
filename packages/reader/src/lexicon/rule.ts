/**
 * The notation of the lexicon: a rule is a line of text that says which words, close together in one sentence, speak of a measure.
 *
 *     visitor|guest & escort|accompan ! alarm
 *
 * `|` separates alternatives, `&` joins terms that must all stand within {@link SPAN} characters of each other (any order),
 * `!` names terms that must be absent from the sentence. A term is matched at a word's start and is open at its end; `*` in front opens the start
 * as well (German compounds), `.` behind closes the end, `+` allows a linking element and a space ("passwort+manager"), `~` a gap of at most four words.
 * `@group,group` in front asks for the classic control group of the section; `0.6:` sets the confidence (otherwise {@link SURE}).
 *
 * A line that begins with `! ` is a veto, in the same notation: where it holds, no rule of its measure speaks. Vetoes say
 * what is the object of something else ("encryption of the backup" is no backup) or has only the name in common.
 *
 * Rules are matched against folded text (see `fold` in `normalise.ts`): lower case, ASCII, single spaces. Every quantifier is bounded, so matching is linear in the length of the sentence.
 */
export type Rule = {
  readonly groups: readonly string[]
  readonly confidence: number
  readonly terms: readonly RegExp[]
  readonly absent: readonly RegExp[]
  /** For each term the beginnings of its alternatives, one of which must stand in a sentence; null where one has no fixed beginning. */
  readonly beginnings: readonly (readonly string[] | null)[]
}

/** Characters of folded text within which all terms of a rule must lie: about fifteen words, the length of a clause with its qualifiers. */
export const SPAN = 120

/** Weight of a rule that states none; the confidence of a mapping is calibrated for such rules. */
export const SURE = 0.9

/** Reads one line of the notation. @throws {SyntaxError} an alternative is empty or not a valid expression */
export function parseRule(line: string): Rule {
  let rest = line.trim()
  const groups = /^@(\S+) /.exec(rest)
  if (groups) rest = rest.slice(groups[0].length)
  const weight = /^(0\.\d+): /.exec(rest)
  if (weight) rest = rest.slice(weight[0].length)
  const [wanted = '', ...absent] = rest.split(' ! ')
  return {
    groups: groups?.[1]?.split(',') ?? [],
    confidence: weight ? Number(weight[1]) : SURE,
    terms: wanted.split(' & ').map(compileTerm),
    absent: absent.map(compileTerm),
    beginnings: wanted.split(' & ').map(beginningsOf),
  }
}

function compileTerm(term: string): RegExp {
  const alternatives = splitAlternatives(term.trim())
  if (alternatives.some((one) => one === '')) throw new SyntaxError(`Empty alternative in "${term}"`)
  return new RegExp(alternatives.map(compileAlternative).join('|'), 'g')
}

/** Splits at `|` outside of brackets. */
function splitAlternatives(term: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < term.length; i++) {
    if (term[i] === '(') depth++
    else if (term[i] === ')') depth--
    else if (term[i] === '|' && depth === 0) {
      parts.push(term.slice(from, i))
      from = i + 1
    }
  }
  parts.push(term.slice(from))
  return parts.map((part) => part.trim())
}

function compileAlternative(alternative: string): string {
  const openStart = alternative.startsWith('*')
  const closedEnd = alternative.endsWith('.')
  const body = alternative
    .slice(openStart ? 1 : 0, closedEnd ? -1 : undefined)
    .replaceAll('*', '[a-z0-9]{0,24}')
    .replaceAll('+', '(?:e?s|e?n)? ?')
    .replaceAll('~', '[a-z0-9]{0,24} (?:[a-z0-9.]{1,30} ){0,4}')
  return (openStart ? '' : '(?<![a-z0-9])') + `(?:${body})` + (closedEnd ? '(?![a-z0-9])' : '')
}

/** Letters of a beginning. */
const BEGINNING = 3

function beginningsOf(term: string): string[] | null {
  const found = splitAlternatives(term.trim()).map((one) => {
    const [, letters = '', next = ''] = /^\*?([a-z0-9]*)(.?)/.exec(one) ?? []
    const fixed = '?{*'.includes(next) && next !== '' ? letters.slice(0, -1) : letters
    return fixed.slice(0, BEGINNING)
  })
  return found.every((one) => one.length === BEGINNING) ? found : null
}

/** All runs of three letters of a folded sentence, for {@link mayHold}. */
export function runsOf(sentence: string): ReadonlySet<string> {
  const runs = new Set<string>()
  for (let at = 0; at + BEGINNING <= sentence.length; at++) runs.add(sentence.slice(at, at + BEGINNING))
  return runs
}

/** False where a rule cannot hold, by the runs of the sentence alone: saves nine in ten of the expressions. */
export function mayHold(rule: Rule, runs: ReadonlySet<string>): boolean {
  return rule.beginnings.every((term) => term === null || term.some((beginning) => runs.has(beginning)))
}

/** Whether the rule holds in a folded sentence of a section of these groups. */
export function holds(rule: Rule, sentence: string, groups: ReadonlySet<string>): boolean {
  if (rule.groups.length > 0 && !rule.groups.some((group) => groups.has(group))) return false
  if (!rule.terms.every((term) => has(term, sentence))) return false
  if (rule.absent.some((term) => has(term, sentence))) return false
  if (rule.terms.length === 1) return true
  const places = rule.terms.map((term) => placesOf(term, sentence))
  return (places[0] ?? []).some((anchor) => fits(anchor, places))
}

/** Where a term stands. The expression is shared and keeps its place, so it is wound back first. */
function placesOf(term: RegExp, sentence: string): number[] {
  term.lastIndex = 0
  return [...sentence.matchAll(term)].map((match) => match.index)
}

function has(term: RegExp, sentence: string): boolean {
  term.lastIndex = 0
  return term.test(sentence)
}

/** Whether every term has a place within {@link SPAN} of the anchor, all on a window that contains it. */
function fits(anchor: number, places: readonly (readonly number[])[]): boolean {
  return places.every((own) => own.some((place) => Math.abs(place - anchor) <= SPAN))
}
