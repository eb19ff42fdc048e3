/**
 * VAT identification numbers: a table of countries, one detector.
 */
import { ascii, flags } from './bytes.ts'
import { digits, letters, luhn, mod1110, mod97, number, same, value, weighted } from './checks.ts'
import { identifier } from './identifier.ts'
import { isDavcna } from './national/east.ts'
import { isAfm, isCyprus, isNif } from './national/south.ts'

/** Whether the n characters at `a`, behind the letters of the country, are its number. */
type Check = (b: Uint8Array, a: number, n: number) => boolean

/** All digits, as many as one of `sizes`, and not all the same. */
function plain(...sizes: readonly number[]): Check {
  return (b, a, n) => sizes.includes(n) && digits(b, a, n) && !same(b, a, n)
}

const nineOrTwelve = plain(9, 12)
const nineOrTen = plain(9, 10)
const eightToTen = plain(8, 9, 10)
const eight = plain(8)
const nine = plain(9)
const ten = plain(10)
const eleven = plain(11)
const twelve = plain(12)

/** Plain, and Σ weights × digits gives `rest` modulo `modulus`. */
function sums(weights: readonly number[], modulus: number, rest = 0): Check {
  const fits = plain(weights.length)
  return (b, a, n) => fits(b, a, n) && weighted(b, a, weights) % modulus === rest
}

const austria: Check = (b, a, n) => {
  if (n !== 9 || b[a] !== 85 || !digits(b, a + 1, 8)) return false
  let sum = 4
  for (let i = 1; i < 8; i++) {
    const d = value(b, a + i)
    sum += (i & 1) === 1 ? d : d > 4 ? d * 2 - 9 : d * 2
  }
  return (10 - (sum % 10)) % 10 === value(b, a + 8)
}

const spanishLetters = ascii('TRWAGMYFPDXBNJZSQVHLCKE')
const companyLetters = ascii('JABCDEFGHI')
const companies = flags('ABCDEFGHJNPQRSUVW')

const spain: Check = (b, a, n) => {
  if (n !== 9 || !digits(b, a + 1, 7)) return false
  const first = b[a] ?? 0
  const last = b[a + 8]
  if (first < 58) return spanishLetters[number(b, a, 8) % 23] === last
  if (first >= 88 && first <= 90) return spanishLetters[((first - 88) * 1e7 + number(b, a + 1, 7)) % 23] === last
  if (first >= 75 && first <= 77) return spanishLetters[number(b, a + 1, 7) % 23] === last
  if (companies[first] !== 1) return false
  let sum = 0
  for (let i = 1; i < 8; i++) {
    const d = value(b, a + i)
    sum += (i & 1) === 0 ? d : d > 4 ? d * 2 - 9 : d * 2
  }
  const check = (10 - (sum % 10)) % 10
  return last === 48 + check || last === companyLetters[check]
}

const france: Check = (b, a, n) => {
  if (n !== 11 || !digits(b, a + 2, 9)) return false
  if (!digits(b, a, 2)) return luhn(b, a + 2, 9) && (b[a] ?? 0) !== 73 && (b[a] ?? 0) !== 79
  return luhn(b, a + 2, 9) && (12 + 3 * (number(b, a + 2, 9) % 97)) % 97 === number(b, a, 2)
}

const irishLetters = ascii('WABCDEFGHIJKLMNOPQRSTUV')

const ireland: Check = (b, a, n) => {
  if (n < 8 || n > 9 || !digits(b, a, 1) || !letters(b, a + 7, n - 7)) return false
  const second = b[a + 1] ?? 0
  if (second > 57 || second < 48) {
    if (n !== 8 || !digits(b, a + 2, 5)) return false
    return irishLetters[(weighted(b, a + 2, [7, 6, 5, 4, 3]) + value(b, a) * 2) % 23] === b[a + 7]
  }
  if (!digits(b, a, 7)) return false
  const extra = n === 9 && b[a + 8] !== 87 ? ((b[a + 8] ?? 64) - 64) * 9 : 0
  return irishLetters[(weighted(b, a, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23] === b[a + 7]
}

const netherlands: Check = (b, a, n) => {
  if (n !== 12 || !digits(b, a, 9) || b[a + 9] !== 66 || !digits(b, a + 10, 2)) return false
  if ((weighted(b, a, [9, 8, 7, 6, 5, 4, 3, 2]) - value(b, a + 8)) % 11 === 0 && !same(b, a, 9)) return true
  // Since 2020 the numbers of sole traders: NL and the number modulo 97, letters as 10 to 35.
  return mod97(b, a, 12, 2321) === 1
}

const romanWeights = [7, 5, 3, 2, 1, 7, 5, 3, 2]

function romanian(b: Uint8Array, a: number, n: number): number {
  let sum = 0
  for (let i = 0; i < n - 1; i++) sum += value(b, a + i) * (romanWeights[10 - n + i] ?? 0)
  return sum
}

const romania: Check = (b, a, n) => {
  if (n < 4 || n > 10 || !digits(b, a, n)) return false
  return ((romanian(b, a, n) * 10) % 11) % 10 === value(b, a + n - 1)
}

const lithuania: Check = (b, a, n) => {
  if (!nineOrTwelve(b, a, n) || b[a + n - 2] !== 49) return false
  let first = 0
  let second = 0
  for (let i = 0; i < n - 1; i++) {
    first += value(b, a + i) * ((i % 9) + 1)
    second += value(b, a + i) * (((i + 2) % 9) + 1)
  }
  const check = first % 11 < 10 ? first % 11 : (second % 11) % 10
  return check === value(b, a + n - 1)
}

const bulgaria: Check = (b, a, n) => {
  if (!nineOrTen(b, a, n)) return false
  if (n === 10) return true
  const first = weighted(b, a, [1, 2, 3, 4, 5, 6, 7, 8]) % 11
  const check = first < 10 ? first : (weighted(b, a, [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10
  return check === value(b, a + 8)
}

const czechia: Check = (b, a, n) => {
  if (!eightToTen(b, a, n)) return false
  if (n !== 8) return true
  const check = (11 - (weighted(b, a, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return b[a] !== 57 && (check === 10 ? 0 : check === 0 ? 1 : check) === value(b, a + 7)
}

const britain: Check = (b, a, n) => {
  if (n === 5) return (b[a] === 71 && b[a + 1] === 68) || (b[a] === 72 && b[a + 1] === 65) ? digits(b, a + 2, 3) : false
  if (!nineOrTwelve(b, a, n)) return false
  const rest = weighted(b, a, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97
  return rest === 0 || (number(b, a, 3) >= 100 && (rest === 42 || rest === 55))
}

const switzerland: Check = (b, a, n) => {
  const size = n >= 10 ? 10 : 0
  if (size === 0 || b[a] !== 69 || !digits(b, a + 1, 9)) return false
  const check = (11 - (weighted(b, a + 1, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11
  return check === value(b, a + 9) && (n === 10 || letters(b, a + 10, n - 10))
}

const norway: Check = (b, a, n) => {
  if ((n !== 9 && n !== 12) || !digits(b, a, 9)) return false
  if (n === 12 && !letters(b, a + 9, 3)) return false
  return (11 - (weighted(b, a, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === value(b, a + 8)
}

/** Digits eight to ten are the province, or 120, 121, 888, 999. */
const italy: Check = (b, a, n) => {
  if (!eleven(b, a, n) || !luhn(b, a, 11)) return false
  const province = number(b, a + 7, 3)
  return (
    (province > 0 && province <= 100) || province === 120 || province === 121 || province === 888 || province === 999
  )
}

const slovakThird = flags('234789')

const slovakia: Check = (b, a, n) =>
  ten(b, a, n) && number(b, a, 10) % 11 === 0 && b[a] !== 48 && slovakThird[b[a + 2] ?? 0] === 1

const belgium: Check = (b, a, n) =>
  ten(b, a, n) && (b[a] ?? 0) < 50 && 97 - (number(b, a, 8) % 97) === number(b, a + 8, 2)

const countries: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['AT', austria],
  ['BE', belgium],
  ['BG', bulgaria],
  ['CH', switzerland],
  ['CY', (b, a, n) => n === 9 && isCyprus(b, a)],
  ['CZ', czechia],
  ['DE', (b, a, n) => nine(b, a, n) && b[a] !== 48 && mod1110(b, a, 9)],
  ['DK', sums([2, 7, 6, 5, 4, 3, 2, 1], 11)],
  ['EE', sums([3, 7, 1, 3, 7, 1, 3, 7, 1], 10)],
  ['EL', (b, a, n) => n === 9 && isAfm(b, a)],
  ['ES', spain],
  ['FI', sums([7, 9, 10, 5, 8, 4, 2, 1], 11)],
  ['FR', france],
  ['GB', britain],
  ['HR', (b, a, n) => eleven(b, a, n) && mod1110(b, a, 11)],
  ['HU', sums([9, 7, 3, 1, 9, 7, 3, 1], 10)],
  ['IE', ireland],
  ['IT', italy],
  ['LT', lithuania],
  ['LU', (b, a, n) => eight(b, a, n) && number(b, a, 6) % 89 === number(b, a + 6, 2)],
  [
    'LV',
    (b, a, n) => eleven(b, a, n) && (b[a] ?? 0) > 51 && weighted(b, a, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3,
  ],
  ['MT', sums([3, 4, 6, 7, 8, 9, 10, 1], 37)],
  ['NL', netherlands],
  ['NO', norway],
  ['PL', sums([6, 5, 7, 2, 3, 4, 5, 6, 7, -1], 11)],
  ['PT', (b, a, n) => n === 9 && isNif(b, a)],
  ['RO', romania],
  ['SE', (b, a, n) => twelve(b, a, n) && luhn(b, a, 10) && number(b, a + 10, 2) > 0],
  ['SI', (b, a, n) => n === 8 && isDavcna(b, a)],
  ['SK', slovakia],
  ['XI', britain],
])

/** By the two letters, (first − 65) × 26 + second − 65. */
const checks: (Check | undefined)[] = Array.from({ length: 26 * 26 })
for (const [country, check] of countries) {
  checks[(country.charCodeAt(0) - 65) * 26 + country.charCodeAt(1) - 65] = check
}

function isVat(b: Uint8Array, a: number, n: number): boolean {
  if (!letters(b, a, 2)) return false
  const check = checks[((b[a] ?? 0) - 65) * 26 + (b[a + 1] ?? 0) - 65]
  return check !== undefined && check(b, a + 2, n - 2)
}

export const vat = identifier({
  id: 'vat',
  title: { en: 'VAT identification number', de: 'Umsatzsteuer-Identifikationsnummer' },
  basis: 'Art. 214, 215 Directive 2006/112/EC; § 27a UStG',
  source: 'https://ec.europa.eu/taxation_customs/vies/#/faq',
  layout: {
    en: 'Two letters of the country and its number with its check digits: the 27 states of the EU, Northern Ireland, Norway, Switzerland (CHE), the United Kingdom.',
    de: 'Zwei Buchstaben des Landes und dessen Nummer mit ihren Prüfziffern: die 27 Staaten der EU, Nordirland, Norwegen, Schweiz (CHE), Vereinigtes Königreich.',
  },
  example: 'DE136695976',
  chance: 1 / 20,
  lengths: [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  begins: 'letter',
  valid: isVat,
  cues: [
    'ustid',
    'ustidnr',
    'umsatzsteuerid',
    'umsatzsteuer',
    'vat',
    'vatid',
    'vatno',
    'tva',
    'uid',
    'uidnr',
    'mwst',
    'btw',
    'iva',
    'nip',
    'dič',
    'cui',
    'mehrwertsteuer',
  ],
  remark: {
    en: 'It is of a person where a sole trader has it; Bulgarian and Czech numbers of ten digits have no check here.',
    de: 'Sie ist personenbezogen, wo ein Einzelunternehmer sie hat; bulgarische und tschechische mit zehn Ziffern haben hier keine Prüfung.',
  },
})
