import type { Output } from '../api/api.ts'

/** A processor in the list. */
export type ProcessorView = Output<'processor.list'>['processors'][number]
/** One with its papers. */
export type ProcessorShown = Output<'processor.show'>
export type AgreementView = ProcessorShown['agreements'][number]
export type ProofView = ProcessorShown['proofs'][number]
export type ShareView = ProcessorShown['shares'][number]
export type ProcessorChange = Output<'processor.changes'>['changes'][number]

/** What a change of a processor makes old. */
export const stale = [
  'processor.list',
  'processor.show',
  'processor.changes',
  'processor.documents',
  'register.show',
  'duty.list',
] as const

/** Codes of countries, in any case and between any signs, as the server takes them. */
export function placesFrom(text: string): string[] {
  return [...new Set(text.toUpperCase().match(/[A-Z]{2}/g) ?? [])]
}

/** Lines of a text, without those that hold nothing. */
export function linesFrom(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
