/**
 * Cyprus, Greece, Italy, Malta, Portugal, Spain.
 */
import { ascii } from '../bytes.ts'
import { digits, isDay, letters, luhn, number, same, value, weighted } from '../checks.ts'
import { identifier } from '../identifier.ts'

const cyprusOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]

export function isCyprus(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 8) || !letters(b, a + 8, 1)) return false
  let sum = 0
  for (let i = 0; i < 8; i++) sum += (i & 1) === 0 ? (cyprusOdd[value(b, a + i)] ?? 0) : value(b, a + i)
  return 65 + (sum % 26) === b[a + 8]
}

function isCyprusPerson(b: Uint8Array, a: number): boolean {
  return (b[a] === 48 || b[a] === 57) && isCyprus(b, a)
}

function isAmka(b: Uint8Array, a: number): boolean {
  return digits(b, a, 11) && isDay(number(b, a + 2, 2), number(b, a, 2)) && luhn(b, a, 11)
}

export function isAfm(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || same(b, a, 9)) return false
  return (weighted(b, a, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === value(b, a + 8)
}

/** Values of the digits and letters at the odd places, counted from one. */
const cfOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
const cfMonths = ascii('ABCDEHLMPRST')
const cfDigits = ascii('LMNPQRSTUV')

/** The digit at a place where two people of the same code are told apart by a letter (omocodia); −1 where there is none. */
function cfDigit(b: Uint8Array, at: number): number {
  const byte = b[at] ?? 0
  return byte < 58 ? byte - 48 : cfDigits.indexOf(byte)
}

function isCodiceFiscale(b: Uint8Array, a: number): boolean {
  if (!letters(b, a, 6) || !letters(b, a + 8, 1) || !letters(b, a + 11, 1) || !letters(b, a + 15, 1)) return false
  for (const at of [6, 7, 9, 10, 12, 13, 14]) if (cfDigit(b, a + at) < 0) return false
  const month = cfMonths.indexOf(b[a + 8] ?? 0) + 1
  const day = cfDigit(b, a + 9) * 10 + cfDigit(b, a + 10)
  if (month === 0 || !isDay(month, day > 40 ? day - 40 : day)) return false
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const byte = b[a + i] ?? 0
    const order = byte < 58 ? byte - 48 : byte - 65
    sum += (i & 1) === 0 ? (cfOdd[order] ?? 0) : order
  }
  return 65 + (sum % 26) === b[a + 15]
}

const malteseLetters = new Set(ascii('MGAPLHBZ'))

function isMaltese(b: Uint8Array, a: number): boolean {
  return digits(b, a, 7) && malteseLetters.has(b[a + 7] ?? 0) && !same(b, a, 7)
}

export function isNif(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || b[a] === 48 || same(b, a, 9)) return false
  const check = 11 - (weighted(b, a, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return (check > 9 ? 0 : check) === value(b, a + 8)
}

/** Eight digits, a check digit, two characters of the version, a check digit after Luhn with letters as 10 to 35. */
function isCartao(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || !digits(b, a + 11, 1) || (b[a + 9] ?? 0) < 58 || (b[a + 10] ?? 0) < 48) return false
  let sum = 0
  for (let i = 0; i < 12; i++) {
    const byte = b[a + i] ?? 0
    const order = byte < 58 ? byte - 48 : byte - 55
    sum += (i & 1) === 1 ? order : order > 4 ? order * 2 - 9 : order * 2
  }
  return sum % 10 === 0
}

function isNiss(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11) || (b[a] !== 49 && b[a] !== 50)) return false
  return 9 - (weighted(b, a, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) === value(b, a + 10)
}

const dniLetters = ascii('TRWAGMYFPDXBNJZSQVHLCKE')

function isDni(b: Uint8Array, a: number): boolean {
  return digits(b, a, 8) && dniLetters[number(b, a, 8) % 23] === b[a + 8] && !same(b, a, 8)
}

function isNie(b: Uint8Array, a: number): boolean {
  const first = (b[a] ?? 0) - 88
  if (first < 0 || first > 2 || !digits(b, a + 1, 7)) return false
  return dniLetters[(first * 1e7 + number(b, a + 1, 7)) % 23] === b[a + 8]
}

/** Province, eight digits, two check digits modulo 97; leading zeros of the serial are not counted. */
function isNss(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 12)) return false
  const province = number(b, a, 2)
  if (province === 0 || (province > 53 && province !== 66)) return false
  const serial = number(b, a + 2, 8)
  const body = serial < 1e7 ? serial + province * 1e7 : province * 1e8 + serial
  return body % 97 === number(b, a + 10, 2)
}

export const south = [
  identifier({
    id: 'cy.tic',
    title: { en: 'Cypriot tax identification code', de: 'Zyprische Steuernummer (TIC)' },
    basis: 'Assessment and Collection of Taxes Law 4/1978',
    source:
      'https://www.oecd.org/tax/automatic-exchange/crs-implementation-and-assistance/tax-identification-numbers/Cyprus-TIN.pdf',
    layout: {
      en: 'Eight digits, for persons beginning with 0 or 9, and a check letter modulo 26.',
      de: 'Acht Ziffern, bei Personen mit 0 oder 9 beginnend, und ein Prüfbuchstabe modulo 26.',
    },
    example: '00123123T',
    chance: 1 / 130,
    lengths: [9],
    begins: 'digit',
    valid: isCyprusPerson,
    cues: ['tic', 'tin', 'αφτ', 'afm', 'φορολογικού'],
  }),
  identifier({
    id: 'gr.amka',
    title: { en: 'Greek social security number', de: 'Griechische Sozialversicherungsnummer (AMKA)' },
    basis: 'Νόμος 3655/2008, άρθρο 153',
    source: 'https://www.amka.gr/',
    layout: {
      en: 'Birthday DDMMYY, four digits, a check digit after Luhn.',
      de: 'Geburtstag TTMMJJ, vier Ziffern, eine Prüfziffer nach Luhn.',
    },
    example: '01013099997',
    chance: 1 / 270,
    lengths: [11],
    begins: 'digit',
    valid: isAmka,
    cues: ['amka', 'αμκα'],
  }),
  identifier({
    id: 'gr.afm',
    title: { en: 'Greek tax number', de: 'Griechische Steuernummer (AFM)' },
    basis: 'Νόμος 4174/2013, άρθρο 11',
    source: 'https://www.aade.gr/',
    layout: {
      en: 'Nine digits, the last a check digit: the others with powers of two modulo 11.',
      de: 'Neun Ziffern, die letzte Prüfziffer: die übrigen mit Zweierpotenzen modulo 11.',
    },
    example: '094259216',
    chance: 1 / 10,
    lengths: [9],
    begins: 'digit',
    valid: isAfm,
    cues: ['afm', 'αφμ', 'tin'],
  }),
  identifier({
    id: 'it.cf',
    title: { en: 'Italian tax code', de: 'Italienischer Steuercode (Codice fiscale)' },
    basis: 'DPR 605/1973, DM 23 dicembre 1976',
    source:
      'https://www.agenziaentrate.gov.it/portale/web/guest/schede/istanze/richiesta-ts_cf/informazioni-codificazione-pf',
    layout: {
      en: 'Six letters of the names, year, month letter, day (plus 40 for women), place, a check letter modulo 26; digits may be letters where two people share a code.',
      de: 'Sechs Buchstaben der Namen, Jahr, Monatsbuchstabe, Tag (bei Frauen plus 40), Ort, ein Prüfbuchstabe modulo 26; Ziffern können Buchstaben sein, wo zwei denselben Code hätten.',
    },
    example: 'RCCMNL83S18D969H',
    chance: 1 / 90,
    lengths: [16],
    begins: 'letter',
    valid: isCodiceFiscale,
    cues: ['codice', 'fiscale', 'codicefiscale', 'cf'],
  }),
  identifier({
    id: 'mt.id',
    title: { en: 'Maltese identity card', de: 'Maltesische Ausweisnummer' },
    basis: 'Identity Card and other Identity Documents Act, Cap. 258',
    source: 'https://legislation.mt/eli/cap/258/eng',
    layout: {
      en: 'Seven digits and one of the letters M, G, A, P, L, H, B, Z; no check digit.',
      de: 'Sieben Ziffern und einer der Buchstaben M, G, A, P, L, H, B, Z; ohne Prüfziffer.',
    },
    example: '0123456M',
    chance: 8 / 26,
    lengths: [8],
    begins: 'digit',
    valid: isMaltese,
    cues: ['identity', 'idcard', 'karta', 'malta', 'maltese', 'tin'],
  }),
  identifier({
    id: 'pt.nif',
    title: { en: 'Portuguese tax number', de: 'Portugiesische Steuernummer (NIF)' },
    basis: 'Decreto-Lei n.º 14/2013',
    source: 'https://diariodarepublica.pt/dr/detalhe/decreto-lei/14-2013-257003',
    layout: {
      en: 'Nine digits, the last a check digit modulo 11.',
      de: 'Neun Ziffern, die letzte Prüfziffer modulo 11.',
    },
    example: '501964843',
    chance: 1 / 11,
    lengths: [9],
    begins: 'digit',
    valid: isNif,
    cues: ['nif', 'contribuinte', 'nipc'],
  }),
  identifier({
    id: 'pt.cc',
    title: { en: 'Portuguese citizen card', de: 'Portugiesische Bürgerkarte (Cartão de Cidadão)' },
    basis: 'Lei n.º 7/2007',
    source: 'https://diariodarepublica.pt/dr/detalhe/lei/7-2007-518166',
    layout: {
      en: 'Eight digits, a check digit, two characters of the version, a check digit after Luhn with letters as 10 to 35.',
      de: 'Acht Ziffern, eine Prüfziffer, zwei Zeichen der Version, eine Prüfziffer nach Luhn mit Buchstaben als 10 bis 35.',
    },
    example: '00000000 0 ZZ4',
    chance: 1 / 10,
    lengths: [12],
    begins: 'digit',
    valid: isCartao,
    cues: ['cartão', 'cidadão', 'cc', 'bilhete', 'identidade'],
  }),
  identifier({
    id: 'pt.niss',
    title: { en: 'Portuguese social security number', de: 'Portugiesische Sozialversicherungsnummer (NISS)' },
    basis: 'Lei n.º 110/2009',
    source: 'https://www.seg-social.pt/',
    layout: {
      en: 'Eleven digits beginning with 1 or 2, the last a check digit from the first primes.',
      de: 'Elf Ziffern, die erste 1 oder 2, die letzte Prüfziffer aus den ersten Primzahlen.',
    },
    example: '12345678902',
    chance: 1 / 50,
    lengths: [11],
    begins: 'digit',
    valid: isNiss,
    cues: ['niss', 'segurança', 'social'],
  }),
  identifier({
    id: 'es.dni',
    title: { en: 'Spanish identity number', de: 'Spanische Ausweisnummer (DNI)' },
    basis: 'Real Decreto 1553/2005',
    source: 'https://www.boe.es/buscar/act.php?id=BOE-A-2005-21163',
    layout: {
      en: 'Eight digits and a check letter modulo 23.',
      de: 'Acht Ziffern und ein Prüfbuchstabe modulo 23.',
    },
    example: '54362315-K',
    chance: 1 / 26,
    lengths: [9],
    begins: 'digit',
    valid: isDni,
    cues: ['dni', 'nif', 'documento', 'identidad'],
  }),
  identifier({
    id: 'es.nie',
    title: { en: 'Spanish foreigner identity number', de: 'Spanische Ausländernummer (NIE)' },
    basis: 'Real Decreto 557/2011, artículo 206',
    source: 'https://www.boe.es/buscar/act.php?id=BOE-A-2011-7703',
    layout: {
      en: 'X, Y or Z, seven digits and a check letter modulo 23.',
      de: 'X, Y oder Z, sieben Ziffern und ein Prüfbuchstabe modulo 23.',
    },
    example: 'X-2482300W',
    chance: 1 / 225,
    lengths: [9],
    begins: 'letter',
    valid: isNie,
    cues: ['nie', 'nif', 'extranjero'],
  }),
  identifier({
    id: 'es.nss',
    title: { en: 'Spanish social security number', de: 'Spanische Sozialversicherungsnummer (NSS)' },
    basis: 'Real Decreto 84/1996',
    source: 'https://www.boe.es/buscar/act.php?id=BOE-A-1996-4447',
    layout: {
      en: 'Two digits of the province, eight digits, two check digits modulo 97.',
      de: 'Zwei Ziffern der Provinz, acht Ziffern, zwei Prüfziffern modulo 97.',
    },
    example: '28/12345678/40',
    chance: 1 / 180,
    lengths: [12],
    begins: 'digit',
    valid: isNss,
    cues: ['nss', 'naf', 'seguridad', 'afiliación'],
  }),
]
