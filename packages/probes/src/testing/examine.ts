import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Check } from '../engine/check.ts'
import { judge } from '../engine/judge.ts'
import type { Outcome } from '../engine/judge.ts'
import { seen, unseen, whys } from '../engine/reading.ts'
import type { Reading, Seen } from '../engine/reading.ts'
import { fieldMeta } from '../engine/text.ts'
import { connectorOf } from '../registry.ts'
import { examined } from './examined.ts'

type FactsOf<C extends Check> = { -readonly [K in keyof Parameters<C['judge']>[0]]: Parameters<C['judge']>[0][K] }

/** A change of the good facts, and the key of the sentence that must come out of it. */
type Change<F> = {
  readonly change: (facts: F) => void
  readonly says: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** What a check must say, on which facts. */
export type Cases<F> = {
  /** Facts on which the check passes. */
  readonly good: F
  readonly parameters?: Readonly<Record<string, unknown>>
  /** One for each condition: what is changed, by name, and must flip the check to fail. */
  readonly bad: Readonly<Record<string, Change<F>>>
  /** Changes that lead to `info`. */
  readonly told?: Readonly<Record<string, Change<F>>>
  /** Changes after which there is nothing to judge. */
  readonly empty?: Readonly<Record<string, (facts: F) => void>>
  /** Lists whose order has a meaning. */
  readonly ordered?: readonly string[]
}

/** Examines a check the same way as every other: what it must say, and what it must never say. */
export function examine<C extends Check>(check: C, cases: Cases<FactsOf<C>>): void {
  const outcomes = (facts: FactsOf<C>, parameters = cases.parameters): Outcome[] =>
    judge(check, readingOf(facts), {
      system: 'test',
      now: examined,
      ...(parameters === undefined ? {} : { parameters }),
    })
  const changed = (...changes: ((facts: FactsOf<C>) => void)[]): FactsOf<C> => {
    const facts = structuredClone(cases.good)
    for (const change of changes) change(facts)
    return facts
  }
  const bad = Object.entries(cases.bad)

  describe(`the check ${check.id}`, () => {
    it('passes on good facts, which have the form that its connector promises', () => {
      const states = outcomes(cases.good).map((outcome) => outcome.state)
      expect(states).toContain('pass')
      expect(states).not.toContain('fail')
      expect(Object.keys(cases.good).sort()).toEqual([...check.reads].sort())
      for (const name of check.reads) connectorOf(check.connector)?.facts[name]?.parse(factsByName(cases.good)[name])
    })

    it.each(bad)('fails when %s', (_name, { change, says, parameters }) => {
      const fails = outcomes(changed(change), parameters).filter((outcome) => outcome.state === 'fail')
      expect(fails.map((outcome) => outcome.say.key)).toContain(says)
    })

    it('still fails when a second fault is added', () => {
      for (const [first, one] of bad)
        for (const [second, other] of bad) {
          const states = outcomes(changed(one.change, other.change), other.parameters ?? one.parameters).map(
            (outcome) => outcome.state,
          )
          expect(states, `${first}, then ${second}`).toContain('fail')
        }
    })

    it.each(Object.entries(cases.told ?? {}))('only tells when %s', (_name, { change, says, parameters }) => {
      const told = outcomes(changed(change), parameters)
      expect(told.filter((outcome) => outcome.state === 'info').map((outcome) => outcome.say.key)).toContain(says)
      expect(told.map((outcome) => outcome.state)).not.toContain('fail')
    })

    it.each(Object.entries(cases.empty ?? {}))('has nothing to judge when %s', (_name, change) => {
      expect(outcomes(changed(change)).map((outcome) => outcome.state)).toEqual([check.onEmpty])
    })

    it('says the same whatever the order of the facts', () => {
      const all = [cases.good, ...bad.map(([, { change }]) => changed(change))]
      for (const facts of all)
        expect(gist(outcomes(reversed(facts, cases.ordered ?? [])))).toEqual(gist(outcomes(facts)))
    })

    it('is not evaluated, and never passes, without its facts', () => {
      for (const why of whys)
        for (const name of check.reads) {
          const reading = readingOf({ ...cases.good, [name]: undefined })
          const blind = { ...reading, facts: { ...groupsOf(reading), [name]: unseen(why, 'for the test') } }
          expect(states(blind)).toEqual([`not-evaluated:${why}`])
        }
      for (const name of check.reads) {
        const reading = readingOf(cases.good)
        const partial = {
          ...reading,
          facts: { ...groupsOf(reading), [name]: seen(factsByName(cases.good)[name], false) },
        }
        expect(states(partial)).toEqual(['not-evaluated:incomplete'])
      }
    })

    it('offers as near only what lets the subject pass, and only lists that a person is shown', () => {
      for (const [name, { change, parameters = cases.parameters ?? {} }] of bad) {
        const facts = changed(change)
        for (const { subject, hint, state } of outcomes(facts, parameters)) {
          if (hint === undefined) continue
          expect(state, name).toBe('fail')
          const label = labelOf(check, hint.list)
          expect([hint.en, hint.de], name).toEqual([
            expect.stringContaining(`“${label?.en}”`),
            expect.stringContaining(`„${label?.de}“`),
          ])
          if (!(hint.list in check.params.shape)) continue
          const isMended = declaring(check, parameters, hint).some((declared) =>
            outcomes(facts, declared).every(
              (outcome) =>
                outcome.state !== 'not-evaluated' && (outcome.subject !== subject || outcome.state !== 'fail'),
            ),
          )
          expect(isMended, `${name}: ${subject}`).toBe(true)
        }
      }
    })

    it('names every subject once, cites facts that exist, and leaves no place of a sentence open', () => {
      const changes = [...bad, ...Object.entries(cases.told ?? {})].map(([, one]) => one)
      const runs = [
        { facts: cases.good, parameters: cases.parameters },
        ...changes.map((one) => ({ facts: changed(one.change), parameters: one.parameters })),
      ]
      for (const { facts, parameters } of runs) {
        const all = outcomes(facts, parameters)
        expect(new Set(all.map((outcome) => outcome.subject)).size).toBe(all.length)
        for (const { say, because } of all) {
          expect(`${say.en} ${say.de}`).not.toMatch(/\{\w+\}|undefined|NaN|\[object/)
          for (const path of because) expect(holds(facts, path), path).toBe(true)
        }
      }
    })
  })

  function states(reading: Reading): string[] {
    return judge(check, reading, { system: 'test', now: examined }).map(
      (outcome) => `${outcome.state}:${outcome.reason ?? ''}`,
    )
  }
}

/** The label of a list: of a parameter, or of a setting of the connector. */
function labelOf(check: Check, list: string) {
  const shapes: Readonly<Record<string, z.ZodType | undefined>> = {
    ...connectorOf(check.connector)?.settings.shape,
    ...check.params.shape,
  }
  const schema = shapes[list]
  return schema && fieldMeta(schema)?.label
}

/** The parameters with more in a list: as it is, or with a last day, as declarations have one. */
function declaring(
  check: Check,
  parameters: Readonly<Record<string, unknown>>,
  { list, values }: NonNullable<Outcome['hint']>,
): Record<string, unknown>[] {
  const known: Readonly<Record<string, unknown>> = check.params.parse(parameters)
  const before = Array.isArray(known[list]) ? known[list] : []
  const forms: unknown[][] = [values.slice(), values.map((subject) => ({ subject, until: '2999-12-31' }))]
  return forms.map((form) => ({ ...parameters, [list]: [...before, ...form] }))
}

const factsByName = (facts: object) => facts as Readonly<Record<string, unknown>>

function readingOf(facts: object): Reading & { read: 'ok' } {
  const groups = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, seen<unknown>(value)]))
  return { read: 'ok', complete: true, facts: groups, at: examined.toISOString(), source: 'test' }
}

const groupsOf = (reading: Reading & { read: 'ok' }): Readonly<Record<string, Seen<unknown>>> => reading.facts

/** What must not depend on order: which subject is how, and why. */
function gist(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => `${outcome.subject} ${outcome.state} ${outcome.say.key}`).sort()
}

function reversed<T>(value: T, ordered: readonly string[], name = ''): T {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item: unknown) => reversed(item, ordered))
    return (ordered.includes(name) ? items : items.toReversed()) as T
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, reversed<unknown>(item, ordered, key)]),
  ) as T
}

/** Whether a path leads into the facts; the last part may be absent, as a header that was not sent. */
function holds(facts: unknown, path: string): boolean {
  const parts = path.split('.')
  const steps = path.includes('headers.') ? parts.slice(0, 2) : parts
  let at: unknown = facts
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !(step in at)) return false
    at = (at as Readonly<Record<string, unknown>>)[step]
  }
  return true
}
