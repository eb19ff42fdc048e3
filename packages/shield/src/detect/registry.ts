/**
 * Every detector, and which of them look at running text.
 */
import { postcode, street } from './address.ts'
import { birthDate, date } from './date.ts'
import type { Detector, IdentifierDetector, StructureDetector } from './detector.ts'
import { devices } from './device.ts'
import { email } from './email.ts'
import { finance } from './finance.ts'
import { geo } from './geo.ts'
import { east } from './national/east.ts'
import { germany } from './national/germany.ts'
import { north } from './national/north.ts'
import { south } from './national/south.ts'
import { west } from './national/west.ts'
import { network } from './network.ts'
import { makePhone } from './phone.ts'
import { germanPlate, plate } from './plate.ts'
import { secret, username } from './secret.ts'
import { url } from './url.ts'
import { uuid } from './uuid.ts'
import { vat } from './vat.ts'

/** What the detectors have to know of where the data comes from. */
export interface Origin {
  /** Whose telephone numbers have no country code: ISO 3166, lower case. */
  readonly country: string
}

/** All detectors, the more certain first. */
export function makeDetectors(origin: Origin = { country: 'de' }): readonly Detector[] {
  return [
    url,
    email,
    secret,
    ...finance,
    vat,
    ...germany,
    ...west,
    ...south,
    ...north,
    ...east,
    ...devices,
    ...network,
    birthDate,
    makePhone(origin.country),
    geo,
    street,
    germanPlate,
    postcode,
    plate,
    username,
    date,
    uuid,
  ]
}

/** Types that are found in text only when a plan names them: most of them are about no person. */
export const onlyWhenNamed: ReadonlySet<string> = new Set(['date', 'uuid'])

/** The detectors that look at running text when a plan says nothing else. */
export function textDetectors(detectors: readonly Detector[]): readonly Detector[] {
  return detectors.filter(({ id }) => !onlyWhenNamed.has(id))
}

/** @throws {RangeError} there is no such detector */
export function detectorOf(detectors: readonly Detector[], id: string): Detector {
  const detector = detectors.find((one) => one.id === id)
  if (detector === undefined) throw new RangeError(`no detector ${id}`)
  return detector
}

/** Identifiers by the length of their compact form, the more certain first: a run of n digits asks those only that it can be. */
export interface LengthTable {
  /** For each length the indices of those that may begin with a digit, and with a letter. */
  readonly digit: readonly Uint16Array[]
  readonly letter: readonly Uint16Array[]
  /** 1 for lengths that any has. */
  readonly any: Uint8Array
}

const longest = 40

export function makeLengthTable(detectors: readonly Detector[]): LengthTable {
  const sorted = detectors
    .map((detector, index) => ({ detector, index }))
    .filter((one): one is { detector: IdentifierDetector; index: number } => one.detector.family === 'identifier')
    .sort((a, b) => a.detector.chance - b.detector.chance)
  const list = (begins: 'digit' | 'letter'): Uint16Array[] =>
    Array.from({ length: longest + 1 }, (_, n) =>
      Uint16Array.from(
        sorted
          .filter(
            ({ detector }) =>
              detector.lengths.includes(n) && (detector.begins === begins || detector.begins === 'either'),
          )
          .map(({ index }) => index),
      ),
    )
  const digit = list('digit')
  const letter = list('letter')
  return { digit, letter, any: Uint8Array.from(digit, (at, n) => (at.length + (letter[n]?.length ?? 0) > 0 ? 1 : 0)) }
}

export function isStructure(detector: Detector): detector is StructureDetector {
  return detector.family === 'structure'
}
