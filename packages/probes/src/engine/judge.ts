import { hash } from 'node:crypto'
import type { z } from 'zod'
import type { Check, NearMiss, Severity, Verdict } from './check.ts'
import { dayMs, durationMs, findDurationMs } from './duration.ts'
import type { Groups, Reading, Unseen, Why } from './reading.ts'
import { unseen } from './reading.ts'
import { fieldMeta, fill, fillIn } from './text.ts'
import type { Text, TextParams } from './text.ts'

/** The first three come from a check; the last three only from the engine. */
export type OutcomeState = Verdict['state'] | 'not-evaluated' | 'not-applicable' | 'stale'

/** What one check says about one subject of one system at one time. Plain JSON. */
export type Outcome = {
  readonly check: string
  readonly version: number
  readonly severity: Severity
  readonly system: string
  /** `*` stands for the whole system. */
  readonly subject: string
  /** Same check, system and subject: same key, over all times. */
  readonly key: string
  readonly state: OutcomeState
  /** Only with `not-evaluated`. */
  readonly reason?: Why
  /** Paths of facts in the reading. */
  readonly because: readonly string[]
  /** The sentence, its key in the check's messages and what filled it. */
  readonly say: Text & { readonly key: string; readonly params: TextParams }
  /** Only with `fail`: what would let it pass, in words, and the list and the values that they name. */
  readonly hint?: Text & { readonly list: string; readonly values: readonly string[] }
  /** With what the check was asked, defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** When the facts were read, ISO 8601 in UTC. */
  readonly at: string
  readonly freshUntil: string
}

const wholeSystem = '*'

const unseenSays: Readonly<Record<Why, Text>> = {
  denied: {
    en: 'Could not look: access was refused. {detail}',
    de: 'Nicht einsehbar: Der Zugriff wurde verweigert. {detail}',
  },
  unlicensed: {
    en: 'Could not look: a licence is missing. {detail}',
    de: 'Nicht einsehbar: Eine Lizenz fehlt. {detail}',
  },
  unreachable: {
    en: 'Could not look: no usable connection. {detail}',
    de: 'Nicht einsehbar: keine brauchbare Verbindung. {detail}',
  },
  throttled: {
    en: 'Could not look: the other side asked us to slow down. {detail}',
    de: 'Nicht einsehbar: Die Gegenseite begrenzt die Zahl der Anfragen. {detail}',
  },
  contract: {
    en: 'Could not look: the answer does not have the expected form. {detail}',
    de: 'Nicht einsehbar: Die Antwort hat nicht die erwartete Form. {detail}',
  },
  incomplete: {
    en: 'Could not look at everything, so nothing is said. {detail}',
    de: 'Nicht vollständig einsehbar, daher keine Aussage. {detail}',
  },
  'not-configured': {
    en: 'Not set up for this system. {detail}',
    de: 'Für dieses System nicht eingerichtet. {detail}',
  },
}

const engineSays = {
  'empty-fail': {
    en: 'Nothing of this kind was found, though it is required.',
    de: 'Nichts dergleichen gefunden, obwohl es verlangt ist.',
  },
  'empty-pass': { en: 'Nothing was found that would speak against it.', de: 'Nichts gefunden, was dagegen spräche.' },
  'empty-not-applicable': {
    en: 'There is nothing here to which this applies.',
    de: 'Hier gibt es nichts, worauf das zutrifft.',
  },
  stale: { en: 'Last seen on {at}; that is too long ago.', de: 'Zuletzt am {at} gesehen; das ist zu lange her.' },
} as const satisfies Record<string, Text>

/** The stable name of a finding. Hashed, so that neither system nor subject can be read from it. */
export function findingKey(check: string, system: string, subject: string): string {
  return `${check}/${hash('sha256', `${system}\0${subject}`).slice(0, 24)}`
}

/**
 * Judges a reading. Pure: the same reading, parameters and time give the same outcomes, so that a verdict can be
 * recomputed from stored facts. A check never meets facts that are missing, partial, malformed or too old; for those
 * the engine speaks.
 */
export function judge(
  check: Check,
  reading: Reading,
  options: { system: string; now: Date; parameters?: Readonly<Record<string, unknown>> },
): Outcome[] {
  const parameters = check.params.safeParse(options.parameters ?? {})
  const freshUntil = new Date(new Date(reading.at).getTime() + durationMs(check.maxAge))
  // What all outcomes share is worked out once: a check may speak about a hundred thousand subjects.
  const shared = { parameters: parameters.success ? parameters.data : {}, freshUntil: freshUntil.toISOString() }
  const outcome = (
    subject: string,
    { state, because, say }: Pick<Outcome, 'state' | 'because' | 'say'>,
  ): { -readonly [K in keyof Outcome]: Outcome[K] } => ({
    check: check.id,
    version: check.version,
    severity: check.severity,
    system: options.system,
    subject,
    key: findingKey(check.id, options.system, subject),
    parameters: shared.parameters,
    at: reading.at,
    freshUntil: shared.freshUntil,
    state,
    because,
    say,
  })
  const whole = (state: OutcomeState, key: string, text: Text, params: TextParams, reason?: Why): Outcome[] => [
    {
      ...outcome(wholeSystem, { state, because: [], say: { ...fill(text, params), key, params } }),
      ...(reason === undefined ? {} : { reason }),
    },
  ]
  if (!parameters.success)
    return notEvaluated(
      unseen('not-configured', `parameters: ${parameters.error.issues.map((i) => i.path.join('.')).join(', ')}`),
    )
  if (reading.read === 'no') return notEvaluated(reading)
  if (options.now > freshUntil) return whole('stale', 'stale', engineSays.stale, { at: reading.at.slice(0, 10) })
  const groups = readGroups(check, reading.facts)
  if ('why' in groups) return notEvaluated(groups)
  const verdicts = check.judge(groups.facts, parameters.data, options.now)
  if (verdicts.length === 0) return whole(check.onEmpty, 'empty', engineSays[`empty-${check.onEmpty}`], {})
  return verdicts
    .map((verdict) => {
      const { subject, state, because, near } = verdict
      const made = outcome(subject, { state, because, say: spoken(check, verdict) })
      if (near !== undefined) made.hint = hintOf(check, near)
      return made
    })
    .sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))

  function notEvaluated(reason: Unseen): Outcome[] {
    return whole('not-evaluated', reason.why, unseenSays[reason.why], { detail: reason.detail }, reason.why)
  }
}

function readGroups(
  check: Check,
  groups: Groups<Readonly<Record<string, unknown>>>,
): Unseen | { facts: Record<string, unknown> } {
  const facts: Record<string, unknown> = {}
  for (const name of check.reads) {
    const group = groups[name] ?? unseen('contract', `the connector does not read ${name}`)
    if (group.read === 'no') return group
    if (!group.complete) return unseen('incomplete', `only a part of ${name} could be read`)
    facts[name] = group.facts
  }
  return { facts }
}

function spoken(check: Check, verdict: Verdict): Outcome['say'] {
  const text = check.messages[verdict.say.key]
  if (text === undefined) throw new Error(`${check.id} has no message "${verdict.say.key}"`)
  const { key, params } = verdict.say
  const { en, de } = fill(text, params)
  return { en, de, key, params }
}

const hints = {
  parameter: {
    en: 'Would pass if {values} were declared under “{list}”.',
    de: 'Würde bestehen, wenn {values} unter „{list}“ angegeben wäre.',
  },
  setting: {
    en: 'Would pass if {values} were declared under “{list}” of the connection.',
    de: 'Würde bestehen, wenn {values} unter „{list}“ der Verbindung angegeben wäre.',
  },
  over: {
    en: 'Would pass if {values} were declared anew under “{list}”: the earlier declaration is over.',
    de: 'Würde bestehen, wenn {values} unter „{list}“ erneut angegeben wäre: Die frühere Angabe ist abgelaufen.',
  },
} as const satisfies Record<string, Text>

function hintOf(check: Check, { list, values, setting, over }: NearMiss): NonNullable<Outcome['hint']> {
  const label = setting ?? labelOf(check, list)
  if (label === undefined) throw new Error(`${check.id} has no list "${list}" with a label`)
  const said = hints[over ? 'over' : setting ? 'setting' : 'parameter']
  return {
    en: fillIn(said.en, { list: label.en, values: values.map((one) => `“${one}”`).join(', ') }),
    de: fillIn(said.de, { list: label.de, values: values.map((one) => `„${one}“`).join(', ') }),
    list,
    values,
  }
}

function labelOf(check: Check, list: string): Text | undefined {
  const shapes: Readonly<Record<string, z.ZodType | undefined>> = check.params.shape
  const schema = shapes[list]
  return schema && fieldMeta(schema)?.label
}

const worstFirst = [
  'fail',
  'stale',
  'not-evaluated',
  'pass',
  'info',
  'not-applicable',
] as const satisfies readonly OutcomeState[]

/** The state of a check on a system: the worst over its subjects. `pass` only where at least one subject passed. */
export function rollUp(outcomes: readonly Pick<Outcome, 'state'>[]): OutcomeState {
  return worstFirst.find((state) => outcomes.some((outcome) => outcome.state === state)) ?? 'not-applicable'
}

/** How parameters of a statement went into a check. */
export type Binding = {
  /** For `judge`. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Parameters of the statement that the check takes. */
  readonly bound: readonly string[]
  /** Parameters of the statement that the check takes, with a value that it cannot judge: it proves nothing then. */
  readonly refused: readonly string[]
}

/**
 * Carries the parameters of a statement (`{ tls: '1.2' }`) into the parameters of a check (`{ minVersion: '1.2' }`).
 * Parameters that the check does not take are left out: the caller sees by `bound` that they stay unproven.
 */
export function bindParameters(check: Check, measure: string, statement: Readonly<Record<string, unknown>>): Binding {
  const takes = check.serves.find((service) => service.measure === measure)?.takes ?? {}
  const parameters: Record<string, unknown> = {}
  const bound: string[] = []
  const refused: string[] = []
  const shapes: Readonly<Record<string, z.ZodType | undefined>> = check.params.shape
  for (const [name, target] of Object.entries(takes)) {
    const value = statement[name]
    const schema = shapes[target]
    if (value === undefined || schema === undefined) continue
    const parsed = spellings(value, fieldMeta(schema)?.unit)
      .map((form) => schema.safeParse(form))
      .find((form) => form.success)
    if (parsed === undefined) refused.push(name)
    else {
      parameters[target] = parsed.data
      bound.push(name)
    }
  }
  return { parameters, bound, refused }
}

const unitMs: Readonly<Record<string, number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: dayMs }

/**
 * A reader of documents may deliver `12`, `"12"` or `"1.2"`: tried as it is, as number and as text. A duration (`PT30M`)
 * is counted in the unit of the parameter; months and years have no fixed length and are refused.
 */
function spellings(value: unknown, unit: string | undefined): unknown[] {
  if (typeof value === 'number') return [value, String(value)]
  if (typeof value !== 'string') return [value]
  const ms = findDurationMs(value)
  const inMs = unitMs[unit ?? '']
  return ms === undefined || inMs === undefined ? [value, Number(value)] : [ms / inMs]
}
