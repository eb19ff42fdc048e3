import type { Output } from '../api/api.ts'
import { words } from './type-name.ts'

/** A plan as the server reads it. */
export type Plan = Output<'shield.profile'>['plan']
/** What is done with a column. */
export type ColumnPlan = Plan['columns'][string]
/** What a run found and did. */
export type Report = Output<'shield.show'>['report']

/** What a person can choose here; a plan that was written by hand may have more. */
export const steps = ['pseudonym', 'text', 'generalise', 'mask', 'delete', 'quarantine', 'keep'] as const

/** Another step for a column, with the settings that its type usually has. */
export function stepOf(step: (typeof steps)[number], { type, confidence }: ColumnPlan): ColumnPlan {
  const known = { type, ...(confidence === undefined ? {} : { confidence }) }
  if (step !== 'generalise') return step === 'mask' ? { ...known, do: step, last: 2 } : { ...known, do: step }
  switch (type) {
    case 'birth-date':
    case 'date':
      return { ...known, do: step, to: 'year' }
    case 'ip':
    case 'ipv4':
    case 'ipv6':
      return { ...known, do: step, bits: [16, 32] }
    case 'geo':
      return { ...known, do: step, decimals: 1 }
    case 'number':
      return { ...known, do: step, band: 10 }
    default:
      return { ...known, do: step, first: 2 }
  }
}

/** Types to choose from: the known ones, and the one that is there. */
export function typesFor(type: string): readonly string[] {
  return words.some((one) => one === type) ? words : [type, ...words]
}

const warnings = [
  'frequent-value',
  'small-domain',
  'unique-records',
  'drift',
  'unknown-column',
  'missing-column',
  'unreadable',
] as const

/** The key of the sentence for a warning. */
export function warningKey(code: string): (typeof warnings)[number] | 'other' {
  return warnings.find((one) => one === code) ?? 'other'
}

const does = [...steps, 'shift', 'format-preserving', 'reversible'] as const

/** The key of the word for what was done. */
export function stepKey(step: string): (typeof does)[number] {
  return does.find((one) => one === step) ?? 'quarantine'
}

/** `customers.csv.gz` → `customers`. */
export function nameOfPlan(file: string): string {
  return file.replace(/(?:\.[a-z0-9]{1,6}){1,2}$/iu, '').slice(0, 100) || file.slice(0, 100)
}

/** Whether a file is read from its end, so that a piece of it says nothing. */
export function isWorkbook(file: string): boolean {
  return /\.xlsx$/iu.test(file)
}

/** Of the sample of which the first rows are shown, in bytes. */
export const longestSample = 65_536

/** Whether the first rows of a file can be shown: those of a packed one would have to be unpacked, and of a large workbook all would have to be sent. */
export function hasFirstRows({ name, size }: File): boolean {
  return !/\.(?:gz|zst)$/iu.test(name) && (!isWorkbook(name) || size <= longestSample)
}
