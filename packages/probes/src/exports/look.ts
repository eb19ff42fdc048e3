import { checkOf } from '../registry.ts'
import type { Check, Service } from '../engine/check.ts'
import type { Outcome } from '../engine/judge.ts'
import type { Text } from '../engine/text.ts'
import { tidy } from './tidy.ts'

/** A deviation that somebody declared: the fault stays one, and counts as known until that day. */
export type DeclaredException = {
  readonly reason: string
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string
}

/** What one check said about one subject of one system, as it leaves art32. */
export type Judged = Pick<
  Outcome,
  'check' | 'version' | 'severity' | 'system' | 'subject' | 'key' | 'state' | 'at' | 'freshUntil'
> & {
  /** What people call the system. */
  readonly systemName: string
  /** Where the system stands, for example `production`, where that is known. */
  readonly environment?: string
  /** One of the reasons of a reading; another release may know more. */
  readonly reason?: string
  readonly say: Text
  readonly parameters: Readonly<Record<string, unknown>>
  /** SHA-256 of the facts as canonical JSON, in hexadecimal, where they were kept. */
  readonly factsHash?: string
  readonly exception?: DeclaredException
}

/** A look at systems: what every format is written from. */
export type Look = {
  /** What was looked at, in a few words. */
  readonly title: string
  /** The version of art32. */
  readonly release: string
  readonly language: 'en' | 'de'
  /** When it was written, ISO 8601 in UTC. */
  readonly madeAt: string
  readonly judged: readonly Judged[]
}

/** What is known of a check, in one language; of one that this release does not have, its id. */
export type Rule = {
  readonly id: string
  readonly connector: string
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly severity: Judged['severity']
  readonly serves: readonly Service[]
  readonly refs: readonly string[]
  readonly sources: readonly string[]
}

/** One outcome with words in one language, each on one line and safe to write; see `tidy`. */
export type Line = Omit<Judged, 'say'> & {
  readonly says: string
  readonly rule: Rule
  /** Parameters as JSON. */
  readonly asked: string
}

/** The outcomes of a look with all texts tidied and the rule of each. */
export function linesOf({ judged, language }: Pick<Look, 'judged' | 'language'>): Line[] {
  const rules = new Map<string, Rule>()
  return judged.map(({ say, ...one }) => {
    const rule = rules.get(one.check) ?? ruleOf(one, language)
    rules.set(one.check, rule)
    return {
      ...one,
      check: rule.id,
      system: named(one.system),
      systemName: tidy(one.systemName) || named(one.system),
      subject: named(one.subject),
      says: tidy(say[language]),
      asked: tidy(JSON.stringify(one.parameters)),
      rule,
      ...(one.exception === undefined
        ? {}
        : { exception: { reason: tidy(one.exception.reason), expires: tidy(one.exception.expires) } }),
    }
  })
}

/** A name of which nothing readable is left is still a name. */
function named(text: string): string {
  return tidy(text) || '–'
}

function ruleOf({ check, severity }: Pick<Judged, 'check' | 'severity'>, language: Look['language']): Rule {
  const known: Check | undefined = checkOf(check)
  const id = named(check)
  return {
    id,
    connector: known?.connector ?? 'unknown',
    title: known?.title[language] ?? id,
    why: known?.why[language] ?? '',
    remedy: known?.remedy[language] ?? '',
    severity: known?.severity ?? severity,
    serves: known?.serves ?? [],
    refs: known?.refs ?? [],
    sources: known?.sources ?? [],
  }
}

/** The rules of these lines, each once. */
export function rulesOf(lines: readonly Line[]): Rule[] {
  return [...new Map(lines.map(({ rule }) => [rule.id, rule])).values()]
}

/** Whether it could not be told how it stands: neither a pass nor a fail. */
export function isUnseen({ state }: Pick<Judged, 'state'>): boolean {
  return state === 'not-evaluated' || state === 'stale'
}

/** The earliest and the latest look; both the time of writing where there was none. */
export function spanOf({ judged, madeAt }: Pick<Look, 'judged' | 'madeAt'>): { from: string; until: string } {
  let from = judged[0]?.at ?? madeAt
  let until = from
  for (const { at } of judged) {
    if (at < from) from = at
    if (at > until) until = at
  }
  return { from, until }
}
