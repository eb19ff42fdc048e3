import type { Output } from '../api/api.ts'

/** The record as its page shows it. */
export type RecordShown = Output<'processing.list'>
export type Activity = RecordShown['activities'][number]
export type Proposal = Output<'processing.propose'>['proposals'][number]
export type Said = Activity['said']
export type Side = Activity['side']

export const sides = ['controller', 'processor'] as const

/** What is old after a change of the record. */
export const stale = ['processing.list', 'processing.propose', 'duty.list'] as const

/** Fields of several lines, and those that hold one thing a line, in the order of the law. */
export const texts = {
  controller: ['purposes', 'legalBasis', 'jointControllers', 'retention', 'measures'],
  processor: ['categories', 'retention', 'measures'],
} as const
export const lists = ['people', 'data', 'recipients', 'systems'] as const

/** An activity of which nothing is said yet. */
export const nothing: Said = {
  purposes: '',
  legalBasis: '',
  categories: '',
  jointControllers: '',
  people: [],
  data: [],
  recipients: [],
  transfers: [],
  retention: '',
  systems: [],
  measures: '',
  customerIds: null,
}

/** One thing a line; empty lines are none. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Transfers as lines of `country | recipient | safeguard`. */
export function transfersOf(text: string): Said['transfers'] {
  return linesOf(text).map((line) => {
    const [country = '', recipient = '', ...safeguard] = line.split('|').map((part) => part.trim())
    return { country, recipient, safeguard: safeguard.join(' | ') }
  })
}

/** The same back. */
export function transferLines(transfers: Said['transfers']): string {
  return transfers
    .map(({ country, recipient, safeguard }) => `${country} | ${recipient} | ${safeguard}`.replaceAll(/( \| )+$/g, ''))
    .join('\n')
}
