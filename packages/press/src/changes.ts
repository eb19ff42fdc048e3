import { changeKinds } from './compare/kinds.ts'
import type { Aspect, ChangeKind, Difference } from './compare/kinds.ts'
import type { Changes, Decision, EditionDocument } from './edition.ts'
import type { Language } from './language.ts'
import { cadenceIn } from './cadence.ts'
import { roleIn } from './role.ts'
import { longDay, words as pageWords } from './words.ts'

/** The chapter on what changed since the edition before, as texts that page and PDF set. */
export interface ChangesChapter {
  readonly heading: string
  readonly summary: string
  readonly note: string
  readonly decisions: readonly DecisionText[]
  readonly levels: { readonly heading: string; readonly rows: readonly string[]; readonly note: string }
}

/** One decision, in sentences. */
export interface DecisionText {
  /** The text as it was; empty where the line is new. */
  readonly before: string
  readonly after: string
  readonly differences: readonly string[]
  readonly reason: string
  readonly equivalent: string
  readonly by: string
}

/** The chapter of an edition; null for the first one and for drafts. */
export function changesChapter(
  { changes }: Pick<EditionDocument, 'changes'>,
  language: Language,
): ChangesChapter | null {
  if (!changes) return null
  const say = words[language]
  return {
    heading: `${say.heading} ${changes.since} (${longDay(changes.date, language)})`,
    summary: summaryOf(changes, say),
    note: changes.decisions.length === 0 ? say.noDecision : say.decided,
    decisions: changes.decisions.map((decision) => decisionText(decision, say, language)),
    levels: {
      heading: say.levels,
      note: say.levelsNote,
      rows: changes.levels.map(
        ({ goal, before, after }) =>
          `${goalName(goal, language)}: ${number(before, language)} → ${number(after, language)}`,
      ),
    },
  }
}

function summaryOf({ counts }: Changes, say: Words): string {
  const shown = changeKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${say.kinds[kind]}`)
  return shown.length === 0 ? say.empty : `${say.lines}: ${shown.join(', ')}.`
}

function decisionText(decision: Decision, say: Words, language: Language): DecisionText {
  return {
    before: decision.before === '' ? '' : `${say.before}: ${decision.before}`,
    after: decision.after === '' ? say.gone : `${say.after}: ${decision.after}`,
    differences: decision.differences
      .filter(({ aspect }) => aspect !== 'line')
      .map((difference) => differenceText(difference, language)),
    reason: `${say.reason}: ${decision.reason}`,
    equivalent: decision.equivalent === undefined ? '' : `${say.equivalent}: ${decision.equivalent}`,
    by: `${say.by} ${roleIn(decision.by, language)}, ${longDay(decision.at, language)}; ${say.leaf} ${decision.leaf}`,
  }
}

/** One difference: what it is about, as it was and as it is. */
export function differenceText({ aspect, of, before, after }: Difference, language: Language): string {
  const say = words[language]
  const what = aspect === 'parameter' ? `${say.aspects.parameter} ${of}` : say.aspects[aspect]
  const shown = (value: string): string => (value === '' ? say.nothing : valueText(aspect, value, language))
  return `${what}: ${shown(before)} → ${shown(after)}`
}

function valueText(aspect: Aspect, value: string, language: Language): string {
  const { status, guarantors } = pageWords[language]
  const known: Readonly<Record<string, string>> = { ...status, ...guarantors }
  if (aspect === 'rhythm') return cadenceIn(language, value)
  return aspect === 'status' || aspect === 'guarantor' ? (known[value] ?? value) : value
}

/** The name of a protection goal; one without words stays as it is called. */
export function goalName(goal: string, language: Language): string {
  return words[language].goals[goal] ?? goal
}

const number = (value: number, language: Language): string => value.toLocaleString(language)

interface Words {
  readonly heading: string
  readonly lines: string
  readonly empty: string
  readonly kinds: Readonly<Record<ChangeKind, string>>
  readonly noDecision: string
  readonly decided: string
  readonly before: string
  readonly after: string
  readonly gone: string
  readonly reason: string
  readonly equivalent: string
  readonly by: string
  readonly leaf: string
  readonly nothing: string
  readonly aspects: Readonly<Record<Aspect, string>>
  readonly levels: string
  readonly levelsNote: string
  readonly goals: Readonly<Record<string, string>>
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    heading: 'What changed since edition',
    lines: 'Lines',
    empty: 'Neither edition has a line.',
    kinds: {
      same: 'the same',
      reworded: 'in other words',
      translated: 'translated',
      changed: 'changed',
      added: 'added',
      removed: 'removed',
    },
    noDecision: 'Nothing shown here is promised less than before.',
    decided:
      'Where less is promised, or something else, a signatory decided so. Nothing here was judged equivalent by a machine.',
    before: 'Was',
    after: 'Is',
    gone: 'Is no longer promised',
    reason: 'Because',
    equivalent: 'Kept up, in the judgement of whoever decided, by',
    by: 'Decided by',
    leaf: 'leaf',
    nothing: 'nothing',
    aspects: {
      status: 'status',
      condition: 'condition',
      measure: 'measure',
      parameter: 'value',
      rhythm: 'rhythm',
      guarantor: 'guaranteed by',
      system: 'systems',
      exception: 'exception',
      softening: 'qualifying words',
      whole: 'words that make it whole',
      negation: 'negation',
      number: 'number',
      line: 'line',
    },
    levels: 'Level of protection per goal',
    levelsNote:
      'The sum over the measures promised for the goal: strength in the catalogue (1 to 3), half under a condition or with an exception, nothing while planned or not in place.',
    goals: {
      confidentiality: 'Confidentiality',
      integrity: 'Integrity',
      availability: 'Availability',
      resilience: 'Resilience',
      recoverability: 'Recoverability',
      review: 'Regular review',
      minimisation: 'Data minimisation',
      unlinkability: 'Unlinkability',
      transparency: 'Transparency',
      intervenability: 'Intervenability',
    },
  },
  de: {
    heading: 'Was sich geändert hat seit Fassung',
    lines: 'Zeilen',
    empty: 'Keine der beiden Fassungen hat eine Zeile.',
    kinds: {
      same: 'gleich',
      reworded: 'in anderen Worten',
      translated: 'übersetzt',
      changed: 'geändert',
      added: 'hinzugekommen',
      removed: 'entfernt',
    },
    noDecision: 'Nichts von dem, was hier steht, wird weniger versprochen als zuvor.',
    decided:
      'Wo weniger oder anderes versprochen wird, hat das eine unterzeichnende Person so entschieden. Nichts davon hat eine Maschine für gleichwertig erklärt.',
    before: 'Bisher',
    after: 'Jetzt',
    gone: 'Wird nicht mehr versprochen',
    reason: 'Begründung',
    equivalent: 'Gehalten, nach dem Urteil der entscheidenden Person, durch',
    by: 'Entschieden von',
    leaf: 'Blatt',
    nothing: 'nichts',
    aspects: {
      status: 'Status',
      condition: 'Bedingung',
      measure: 'Maßnahme',
      parameter: 'Wert',
      rhythm: 'Rhythmus',
      guarantor: 'gewährleistet durch',
      system: 'Systeme',
      exception: 'Ausnahme',
      softening: 'einschränkende Wörter',
      whole: 'Wörter, die es ganz machen',
      negation: 'Verneinung',
      number: 'Zahl',
      line: 'Zeile',
    },
    levels: 'Schutzniveau je Ziel',
    levelsNote:
      'Die Summe über die für das Ziel versprochenen Maßnahmen: Stärke im Katalog (1 bis 3), die Hälfte unter einer Bedingung oder mit einer Ausnahme, nichts für Geplantes und nicht Vorhandenes.',
    goals: {
      confidentiality: 'Vertraulichkeit',
      integrity: 'Integrität',
      availability: 'Verfügbarkeit',
      resilience: 'Belastbarkeit',
      recoverability: 'Wiederherstellbarkeit',
      review: 'Regelmäßige Überprüfung',
      minimisation: 'Datenminimierung',
      unlinkability: 'Nichtverkettung',
      transparency: 'Transparenz',
      intervenability: 'Intervenierbarkeit',
    },
  },
}
