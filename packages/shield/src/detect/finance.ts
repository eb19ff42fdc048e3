/**
 * Accounts and cards.
 */
import { digits, letters, luhn, mod97, number } from './checks.ts'
import { identifier } from './identifier.ts'

/** Countries of the IBAN registry (release 99) with the length of theirs. */
const ibanLengths =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'

/** Length by two letters, 0 where no country is. */
const lengthOf = new Uint8Array(26 * 26)
for (const [, country, length] of ibanLengths.matchAll(/([A-Z]{2})(\d{2})/g)) {
  if (country !== undefined) lengthOf[pair(country.charCodeAt(0), country.charCodeAt(1))] = Number(length)
}

function pair(first: number, second: number): number {
  return (first - 65) * 26 + second - 65
}

/** How long an IBAN is that begins so; 0 where none does. */
export function ibanLength(b: Uint8Array, a: number): number {
  return letters(b, a, 2) ? (lengthOf[pair(b[a] ?? 0, b[a + 1] ?? 0)] ?? 0) : 0
}

function isIban(b: Uint8Array, a: number, n: number): boolean {
  if (ibanLength(b, a) !== n || !digits(b, a + 2, 2)) return false
  return mod97(b, a, 4, mod97(b, a + 4, n - 4)) === 1
}

/** Issuer ranges of ISO/IEC 7812 with their lengths: first six digits from, to, lengths as bits. */
const issuers: readonly (readonly [from: number, to: number, ...lengths: number[]])[] = [
  [400_000, 499_999, 13, 16, 19],
  [510_000, 559_999, 16],
  [222_100, 272_099, 16],
  [340_000, 349_999, 15],
  [370_000, 379_999, 15],
  [300_000, 305_999, 14, 16],
  [309_500, 309_599, 14, 16],
  [360_000, 369_999, 14, 16],
  [380_000, 399_999, 14, 16],
  [601_100, 601_199, 16],
  [644_000, 659_999, 16],
  [352_800, 358_999, 16],
  [620_000, 629_999, 16, 17, 18, 19],
  [501_800, 501_899, 12, 13, 14, 15, 16, 17, 18, 19],
  [502_000, 502_099, 12, 13, 14, 15, 16, 17, 18, 19],
  [503_800, 503_899, 12, 13, 14, 15, 16, 17, 18, 19],
  [589_300, 589_399, 12, 13, 14, 15, 16, 17, 18, 19],
  [630_400, 630_499, 12, 13, 14, 15, 16, 17, 18, 19],
  [675_900, 676_399, 12, 13, 14, 15, 16, 17, 18, 19],
]

/** Lengths as bits by the first four digits: every range above is whole in them. */
const cardLengths = new Uint32Array(10_000)
for (const [from, to, ...lengths] of issuers) {
  for (let i = Math.floor(from / 100); i <= Math.floor(to / 100); i++) {
    for (const length of lengths) cardLengths[i] = (cardLengths[i] ?? 0) | (1 << length)
  }
}

function isCard(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, n) || ((cardLengths[number(b, a, 4)] ?? 0) & (1 << n)) === 0) return false
  return luhn(b, a, n)
}

const bicCountries = new Set(
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  ),
)

const bicCountry = new Uint8Array(26 * 26)
for (const country of bicCountries) bicCountry[pair(country.charCodeAt(0), country.charCodeAt(1))] = 1

function isBic(b: Uint8Array, a: number, n: number): boolean {
  if (!letters(b, a, 6) || bicCountry[pair(b[a + 4] ?? 0, b[a + 5] ?? 0)] !== 1) return false
  return n === 8 || digits(b, a + 8, 3) || (b[a + 8] ?? 0) > 57 || digits(b, a + 8, 1)
}

export const finance = [
  identifier({
    id: 'iban',
    title: { en: 'International bank account number', de: 'Internationale Kontonummer (IBAN)' },
    basis: 'ISO 13616-1, Regulation (EU) 260/2012',
    source: 'https://www.swift.com/standards/data-standards/iban-international-bank-account-number',
    layout: {
      en: 'Country, two check digits modulo 97, the account; fifteen to thirty-three characters, as many as the country lays down.',
      de: 'Land, zwei Prüfziffern modulo 97, das Konto; fünfzehn bis dreiunddreißig Stellen, so viele wie das Land festlegt.',
    },
    example: 'DE02 1203 0000 0000 2020 51',
    chance: 1 / 97,
    lengths: [15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33],
    begins: 'letter',
    valid: isIban,
    cues: ['iban', 'konto', 'bank', 'account', 'compte', 'kontonummer', 'bankverbindung'],
    remark: {
      en: 'With the country and its length, ordinary codes do not pass.',
      de: 'Mit Land und dessen Länge bestehen gewöhnliche Kennungen nicht.',
    },
  }),
  identifier({
    id: 'card',
    title: { en: 'Payment card number', de: 'Kreditkartennummer' },
    basis: 'ISO/IEC 7812-1, PCI DSS 4.0 requirement 3',
    source: 'https://www.iso.org/standard/70484.html',
    layout: {
      en: 'Twelve to nineteen digits in the ranges of the issuers, each with its lengths; the last is a check digit after Luhn.',
      de: 'Zwölf bis neunzehn Ziffern in den Bereichen der Herausgeber, jeder mit seinen Längen; die letzte ist Prüfziffer nach Luhn.',
    },
    example: '4111 1111 1111 1111',
    chance: 1 / 43,
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
    begins: 'digit',
    valid: isCard,
    cues: [
      'karte',
      'kreditkarte',
      'kartennummer',
      'card',
      'creditcard',
      'visa',
      'mastercard',
      'amex',
      'carte',
      'pan',
      'cc',
    ],
    remark: {
      en: 'Behind a word such as order, shipment or invoice it does not count.',
      de: 'Hinter einem Wort wie Bestellung, Sendung oder Rechnung zählt sie nicht.',
    },
  }),
  identifier({
    id: 'bic',
    title: { en: 'Business identifier code of a bank', de: 'Bankkennung (BIC)' },
    basis: 'ISO 9362',
    source: 'https://www.iso.org/standard/84108.html',
    layout: {
      en: 'Four letters of the bank, two of the country, two characters of the place, three of the branch where there is one.',
      de: 'Vier Buchstaben der Bank, zwei des Landes, zwei Zeichen des Ortes, drei der Filiale, falls vorhanden.',
    },
    example: 'MARKDEF1100',
    chance: 1,
    lengths: [8, 11],
    begins: 'letter',
    valid: isBic,
    cues: ['bic', 'swift', 'bank'],
  }),
]
