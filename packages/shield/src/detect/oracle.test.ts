import { stdnum } from 'stdnum'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { detectorOf, makeDetectors } from './registry.ts'
import { accepts } from './type-of.ts'

/** Where the two are known to differ, and who is right. */
interface Except {
  readonly why: string
  readonly side: 'ours' | 'theirs' | 'either'
  readonly when: (compact: string) => boolean
}

interface Oracle {
  validate(input: string): { isValid: boolean }
}

function isExcepted(except: Except | undefined, side: string, value: string): boolean {
  if (except === undefined || (except.side !== side && except.side !== 'either')) return false
  return except.when(value.replaceAll(/[^0-9A-Z]/g, ''))
}

/** Detector, country and name of the same number in stdnum. */
const pairs: readonly (readonly [id: string, country: string, name: string, except?: Except])[] = [
  [
    'de.idnr',
    'DE',
    'idnr',
    { why: 'stdnum means to count repeated digits and does not', side: 'theirs', when: () => true },
  ],
  [
    'de.svnr',
    'DE',
    'svnr',
    {
      why: 'stdnum does not look at the day',
      side: 'theirs',
      when: (value) => Number(value.slice(2, 4)) % 50 > 28 || /^..[05]0/.test(value),
    },
  ],
  [
    'at.svnr',
    'AT',
    'vnr',
    {
      why: 'months 13 to 15 follow when the serials of a day have run out',
      side: 'ours',
      when: (value) => Number(value.slice(6, 8)) > 12,
    },
  ],
  ['at.tin', 'AT', 'tin', { why: 'stdnum knows a list of tax offices, which change', side: 'ours', when: () => true }],
  [
    'be.nn',
    'BE',
    'insz',
    {
      why: 'stdnum takes any multiple of 97, and any day of an unknown month',
      side: 'theirs',
      when: (value) => /(00|98|99)$|^..[024]0/.test(value),
    },
  ],
  ['ch.ahv', 'CH', 'ssn'],
  [
    'fr.nir',
    'FR',
    'nir',
    {
      why: 'stdnum does not look at sex, month and department',
      side: 'theirs',
      when: (value) => !/^[123478]\d\d(0[1-9]|1[0-2]|[2-9]\d)(?!00)/.test(value),
    },
  ],
  ['fr.spi', 'FR', 'nif'],
  ['gb.nino', 'GB', 'nino'],
  ['gb.utr', 'GB', 'utr'],
  [
    'ie.pps',
    'IE',
    'pps',
    { why: 'the second letter may be any from A to I', side: 'ours', when: (value) => /[B-GI]$/.test(value) },
  ],
  ['nl.bsn', 'NL', 'bsn'],
  ['gr.amka', 'GR', 'amka'],
  ['gr.afm', 'GR', 'vat'],
  ['it.cf', 'IT', 'codicefiscale', { why: 'stdnum takes days up to 79', side: 'theirs', when: () => true }],
  ['pt.nif', 'PT', 'nif'],
  ['pt.cc', 'PT', 'cc'],
  ['es.dni', 'ES', 'dni'],
  ['es.nie', 'ES', 'nie'],
  ['es.nss', 'ES', 'nss'],
  ['dk.cpr', 'DK', 'cpr'],
  ['ee.ik', 'EE', 'ik', { why: 'stdnum does not look at the birthday', side: 'theirs', when: () => true }],
  [
    'lt.ak',
    'LT',
    'asmens',
    {
      why: 'numbers without birthday begin with 9, and those of the years from 2100 on with 7',
      side: 'theirs',
      when: (value) => /^[789]/.test(value),
    },
  ],
  [
    'lv.pk',
    'LV',
    'pvn',
    {
      why: 'stdnum knows companies and not the numbers since 2017',
      side: 'either',
      when: (value) => /^(3[2-9]|[4-9])/.test(value),
    },
  ],
  ['fi.hetu', 'FI', 'hetu'],
  ['no.fnr', 'NO', 'fodselsnummer'],
  ['se.personnummer', 'SE', 'personnummer'],
  ['bg.egn', 'BG', 'egn', { why: 'stdnum takes months 53 to 99', side: 'theirs', when: () => true }],
  ['bg.lnc', 'BG', 'pnf'],
  ['hr.oib', 'HR', 'oib'],
  ['cz.rc', 'CZ', 'rc', { why: 'stdnum takes months 41 to 50 and 91 to 99', side: 'theirs', when: () => true }],
  ['sk.rc', 'SK', 'rc', { why: 'as in Czechia', side: 'theirs', when: () => true }],
  ['pl.pesel', 'PL', 'pesel'],
  ['pl.nip', 'PL', 'nip'],
  ['ro.cnp', 'RO', 'cnp', { why: 'stdnum does not take the counties 47 to 50', side: 'ours', when: () => true }],
  ['si.emso', 'SI', 'emso'],
  ['si.tax', 'SI', 'ddv', { why: 'no number is given where the check is 11', side: 'theirs', when: () => true }],
]

/** A small generator of numbers, seeded, so that a failure comes again. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Changes one to three characters into others of their kind. */
function mutate(value: string, random: (below: number) => number): string {
  const characters = value.split('')
  for (let i = 0; i <= random(3); i++) {
    const at = random(characters.length)
    const character = characters[at] ?? ''
    if (/\d/.test(character)) characters[at] = String(random(10))
    else if (/[A-Z]/.test(character)) characters[at] = String.fromCharCode(65 + random(26))
  }
  return characters.join('')
}

const detectors = makeDetectors()
const encoder = new TextEncoder()

// stdnum refuses who is not born yet; a detector does not look at the clock.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2099-12-31') }))
afterAll(() => void vi.useRealTimers())

describe('identifiers beside stdnum', () => {
  const cases = pairs.map(([id, country, name, excepted]) => ({ id, country, name, excepted }))
  it.each(cases)('$id takes and refuses what $country.$name does', ({ id, country, name, excepted }) => {
    const detector = detectorOf(detectors, id)
    const oracle: Oracle | undefined = stdnum[country]?.[name]
    const random = makeRandom(7)
    const differ: string[] = []
    let base = detector.example
    let taken = 0
    for (let i = 0; i < 3000; i++) {
      const value = mutate(base, random)
      const bytes = encoder.encode(value)
      const ours = accepts(detector, bytes, 0, bytes.length)
      const theirs = oracle?.validate(value).isValid === true
      const side = ours ? 'ours' : 'theirs'
      if (ours && theirs) {
        base = value
        taken++
      } else if (ours !== theirs && !isExcepted(excepted, side, value)) differ.push(`${value} ${side}`)
    }
    expect(differ.slice(0, 8)).toEqual([])
    expect(taken).toBeGreaterThan(20)
  })
})
