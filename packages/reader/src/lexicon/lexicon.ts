/**
 * The lexicon: for each catalogue measure, rules that say which words speak of it and vetoes that say when they do not.
 * One file per classic control group. A rule holds facts of language, in our own words; runs of six words of any foreign
 * document are refused by a gate.
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

/** What the lexicon knows of one measure: any rule speaks for it, and any veto silences all of them. */
export type Entry = { readonly id: string; readonly rules: readonly Rule[]; readonly vetoes: readonly Rule[] }

/** The mark of a veto in front of a line. */
const VETO = '! '

let compiled: readonly Entry[] | undefined

/** All rules and vetoes by measure, compiled once on first use. */
export function lexicon(): readonly Entry[] {
  compiled ??= Object.entries(entries).map(([id, lines]) => ({
    id,
    rules: lines.filter((line) => !line.startsWith(VETO)).map(parseRule),
    vetoes: lines.filter((line) => line.startsWith(VETO)).map((line) => parseRule(line.slice(VETO.length))),
  }))
  return compiled
}

/** Measure ids that the lexicon knows. */
export const lexiconIds: readonly string[] = Object.keys(entries)
