import type { Language } from '../language.ts'

/** Words that take back a part of a promise, and words that make it whole: in each language, as whole phrases. */
interface Phrases {
  readonly softening: readonly RegExp[]
  readonly whole: readonly RegExp[]
  readonly negation: readonly RegExp[]
}

const word = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu')

const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    softening: [
      word('where(?:ver)? (?:possible|feasible|practicable|appropriate|applicable|necessary|required)'),
      word('if (?:possible|feasible|practicable|appropriate|applicable|necessary|required)'),
      word('(?:as far|in so far|insofar|so far) as'),
      word('in general|as a rule|generally|usually|typically|normally|mostly|mainly|largely|partly|partially'),
      word('should|may|might|can|could|aims? to|strives? to|intends? to|endeavou?rs? to|tries to'),
      word('best efforts?|reasonable efforts?|on request|upon request|some|selected|most|many|several'),
      word('except(?: for)?|unless|excluding|apart from|in principle|from time to time|occasionally'),
    ],
    whole: [
      word('all|any|every|each|always|only|exclusively|must|shall|solely|entirely|without exception|at all times'),
    ],
    negation: [word("not|no|never|none|without|n't")],
  },
  de: {
    softening: [
      word('(?:so|in)?weit (?:wie )?(?:möglich|erforderlich|nötig|sinnvoll|zumutbar|machbar)'),
      word('(?:wenn|falls|sofern|wo) (?:immer )?(?:möglich|erforderlich|nötig|sinnvoll|anwendbar)'),
      word('nach möglichkeit|möglichst|gegebenenfalls|ggf|bei bedarf|auf anfrage|auf wunsch|im rahmen des möglichen'),
      word(
        'in der regel|grundsätzlich|im allgemeinen|üblicherweise|normalerweise|meist(?:ens)?|überwiegend|weitgehend',
      ),
      word('teilweise|zum teil|größtenteils|vorwiegend|einige|manche|mehrere|ausgewählte|gelegentlich|prinzipiell'),
      word('soll(?:en|te|ten)?|kann|können|könnte|mag|bemüht sich|bemühen|angestrebt|strebt an|versucht'),
      word('außer|ausgenommen|mit ausnahme|es sei denn|soweit|sofern|insoweit'),
    ],
    whole: [
      word(
        'alle[nrs]?|jede[nmrs]?|sämtliche[nrs]?|immer|stets|nur|ausschließlich|jederzeit|muss|müssen|ausnahmslos|durchgehend',
      ),
    ],
    negation: [word('nicht|kein(?:e|en|em|er|es)?|nie|niemals|ohne')],
  },
}

/** What the words of a text do to its promise, each as it stands there, in small letters, sorted. */
export interface Tone {
  readonly softening: readonly string[]
  readonly whole: readonly string[]
  readonly negation: readonly string[]
  /** Numbers with their decimals: `1.2`, `30`. */
  readonly numbers: readonly string[]
}

/** Reads qualifiers and numbers out of a statement: what may change a promise although its measure stays. */
export function toneOf(text: string, language: Language): Tone {
  const { softening, whole, negation } = phrases[language]
  const plain = text.replaceAll(/\s+/gu, ' ').toLowerCase()
  return {
    softening: found(plain, softening),
    whole: found(plain, whole),
    negation: found(plain, negation),
    numbers: (plain.match(/\p{N}+(?:[.,]\p{N}+)*/gu) ?? []).toSorted(),
  }
}

function found(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => text.match(pattern) ?? []).toSorted()
}

/** What stands in one list more often than in the other. */
export function moreOf(list: readonly string[], than: readonly string[]): string[] {
  const left = [...than]
  return list.filter((one) => {
    const index = left.indexOf(one)
    if (index !== -1) left.splice(index, 1)
    return index === -1
  })
}
