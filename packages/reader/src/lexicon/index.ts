/**
 * The lexicon: for each catalogue measure, rules that say which words speak of it. One file per classic control group.
 * A rule holds facts of language, in our own words; runs of six words of any foreign document are refused by a gate.
 */
import { availability } from './availability.ts'
import { dataAccess } from './data-access.ts'
import { encryption } from './encryption.ts'
import { input } from './input.ts'
import { organisation } from './organisation.ts'
import { physicalAccess } from './physical-access.ts'
import { parseRule, type Rule } from './rule.ts'
import { systemAccess } from './system-access.ts'
import { transfer } from './transfer.ts'

const entries: Readonly<Record<string, readonly string[]>> = {
  ...physicalAccess,
  ...systemAccess,
  ...dataAccess,
  ...encryption,
  ...transfer,
  ...input,
  ...availability,
  ...organisation,
}

let compiled: readonly (readonly [id: string, rules: readonly Rule[]])[] | undefined

/** All rules by measure id, compiled once on first use. */
export function lexicon(): readonly (readonly [id: string, rules: readonly Rule[]])[] {
  compiled ??= Object.entries(entries).map(([id, lines]) => [id, lines.map(parseRule)] as const)
  return compiled
}

/** Measure ids that the lexicon knows. */
export const lexiconIds: readonly string[] = Object.keys(entries)
