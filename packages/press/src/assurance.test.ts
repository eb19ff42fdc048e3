import { describe, expect, it } from 'vitest'
import { assurances, publicStateOf } from './assurance.ts'
import type { Assurance, PublicState } from './assurance.ts'

const table: Readonly<Record<Assurance, readonly [PublicState, PublicState]>> = {
  verified: ['proven', 'proven'],
  attested: ['confirmed', 'confirmed'],
  inherited: ['confirmed', 'confirmed'],
  customer: ['stated', 'stated'],
  stated: ['stated', 'stated'],
  planned: ['stated', 'stated'],
  lapsed: ['stated', 'correction-due'],
  absent: ['stated', 'stated'],
  failing: ['stated', 'correction-due'],
}

describe('publicStateOf', () => {
  it.each(assurances)('maps %s as the table says, within and after the grace', (assurance) => {
    expect([publicStateOf(assurance, false), publicStateOf(assurance, true)]).toEqual(table[assurance])
  })
})
