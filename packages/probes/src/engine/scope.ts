import type { Severity } from './check.ts'
import { kindWords } from './discovered.ts'
import type { DiscoverableKind, Discovered } from './discovered.ts'
import { durationMs } from './duration.ts'
import { findingKey } from './judge.ts'
import type { Outcome } from './judge.ts'
import type { Text } from './text.ts'

/** What the engine itself judges: whether everything that was discovered was declared. */
export const scopeCheck = {
  id: 'scope.undeclared',
  version: 1,
  connector: 'engine',
  title: { en: 'Every discovered system is declared', de: 'Jedes entdeckte System ist angegeben' },
  why: {
    en: 'A promise holds on every system that it is about. One that nobody declared is looked at by nobody.',
    de: 'Eine Zusage gilt auf jedem System, um das es geht. Eines, das niemand angegeben hat, sieht sich niemand an.',
  },
  remedy: {
    en: 'Declare it as a system and connect it, or say why it is not in scope.',
    de: 'Es als System angeben und verbinden, oder sagen, warum es nicht dazugehört.',
  },
  severity: 'medium' as Severity,
  serves: [],
  maxAge: 'P7D',
}

/** Something discovered, and whether a person settled it. */
export type Reconciled = Pick<Discovered, 'kind' | 'key' | 'name'> & {
  readonly state: 'open' | 'declared' | 'out-of-scope'
}

/** Judges what a system told of: one outcome for each that nobody declared, or one for all. Pure. */
export function judgeScope(items: readonly Reconciled[], { system, at }: { system: string; at: string }): Outcome[] {
  const outcome = (subject: string, state: 'pass' | 'fail', say: Outcome['say']): Outcome => ({
    check: scopeCheck.id,
    version: scopeCheck.version,
    severity: scopeCheck.severity,
    system,
    subject,
    key: findingKey(scopeCheck.id, system, subject),
    state,
    because: [],
    say,
    parameters: {},
    at,
    freshUntil: new Date(new Date(at).getTime() + durationMs(scopeCheck.maxAge)).toISOString(),
  })
  const open = items.filter(({ state }) => state === 'open')
  if (open.length === 0) return [outcome('*', 'pass', { key: 'declared', params: {}, ...sayReconciled(items) })]
  return open.map(({ kind, key, name }) => {
    const { en, de } = kindWords[kind].one
    return outcome(`${kind} ${key}`, 'fail', {
      key: 'undeclared',
      params: { name },
      en: `Discovered and not declared: ${en} ${name}.`,
      de: `Entdeckt und nicht angegeben: ${de} ${name}.`,
    })
  })
}

/** How many of each kind are declared, in words: `4 of 5 discovered servers, 1 not in scope`. */
export function sayReconciled(items: readonly Pick<Reconciled, 'kind' | 'state'>[]): Text {
  const parts = [...Map.groupBy(items, ({ kind }) => kind)].map(([kind, all]) => sayKind(kind, all))
  return { en: parts.map(({ en }) => en).join('; '), de: parts.map(({ de }) => de).join('; ') }
}

function sayKind(kind: DiscoverableKind, all: readonly Pick<Reconciled, 'state'>[]): Text {
  const outside = all.filter(({ state }) => state === 'out-of-scope').length
  const of = all.length - outside
  const declared = all.filter(({ state }) => state === 'declared').length
  const words = kindWords[kind]
  if (of === 0) {
    const { en, de } = outside === 1 ? words.one : words.many
    return { en: `${outside} discovered ${en} not in scope`, de: `${outside} ${de} entdeckt, nicht im Geltungsbereich` }
  }
  const { en, de } = of === 1 ? words.one : words.many
  return {
    en: `${declared} of ${of} discovered ${en}${outside === 0 ? '' : ` (${outside} not in scope)`}`,
    de: `${declared} von ${of} entdeckten ${germanOf(kind, of, de)}${outside === 0 ? '' : ` (${outside} nicht im Geltungsbereich)`}`,
  }
}

/** After “von … entdeckten” stands the dative: `Servern`. */
function germanOf(kind: DiscoverableKind, of: number, word: string): string {
  return of !== 1 && ['server', 'storage'].includes(kind) ? `${word}n` : word
}
