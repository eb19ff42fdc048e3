/**
 * Denmark, Estonia, Finland, Latvia, Lithuania, Norway, Sweden.
 */
import { ascii } from '../bytes.ts'
import { digits, isDate, isDay, luhn, number, value, weighted } from '../checks.ts'
import { identifier } from '../identifier.ts'

function isCpr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10)) return false
  const year = number(b, a + 4, 2)
  const seventh = value(b, a + 6)
  const century =
    seventh < 4 ? 1900 : seventh === 4 || seventh === 9 ? (year < 37 ? 2000 : 1900) : year < 58 ? 2000 : 1800
  return isDate(century + year, number(b, a + 2, 2), number(b, a, 2))
}

const balticFirst = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
const balticSecond = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]

/** Century and sex, birthday YYMMDD, serial, check digit in two stages modulo 11. */
function isBaltic(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11) || (b[a] ?? 0) < 49 || (b[a] ?? 0) > 54) return false
  const century = 1800 + ((value(b, a) - 1) >> 1) * 100
  if (!isDate(century + number(b, a + 1, 2), number(b, a + 3, 2), number(b, a + 5, 2))) return false
  const first = weighted(b, a, balticFirst) % 11
  const check = first < 10 ? first : (weighted(b, a, balticSecond) % 11) % 10
  return check === value(b, a + 10)
}

const hetuLetters = ascii('0123456789ABCDEFHJKLMNPRSTUVWXY')
const hetuSigns = new Set(ascii('ABCDEFYXWVU'))

function isHetu(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, 6)) return false
  const serialAt = n === 11 ? a + 7 : a + 6
  if (!digits(b, serialAt, 3) || (n === 11 && !hetuSigns.has(b[a + 6] ?? 0))) return false
  const old = n === 10 || (b[a + 6] ?? 0) > 70
  if (!isDate((old ? 1900 : 2000) + number(b, a + 4, 2), number(b, a + 2, 2), number(b, a, 2))) return false
  const serial = number(b, serialAt, 3)
  return serial > 1 && hetuLetters[(number(b, a, 6) * 1000 + serial) % 31] === b[a + n - 1]
}

/** Until 2017 the birthday DDMMYY and the century, since then 32 to 39 in front without a birthday. */
function isLatvian(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11)) return false
  const first = number(b, a, 2)
  if (first < 32 || first > 39) {
    const century = 1800 + value(b, a + 6) * 100
    if (century > 2000 || !isDate(century + number(b, a + 4, 2), number(b, a + 2, 2), first)) return false
  }
  const sum = 1 + weighted(b, a, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])
  return (sum % 11) % 10 === value(b, a + 10)
}

/** Birthday DDMMYY (day plus 40: D number, month plus 40 or 80: help and test numbers), serial, two check digits modulo 11. */
function isFnr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11)) return false
  const day = number(b, a, 2) % 40
  if (number(b, a, 2) > 71) return false
  if (!isDay(number(b, a + 2, 2) % 40, number(b, a, 2) > 40 ? day : number(b, a, 2))) return false
  const first = (11 - (weighted(b, a, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
  const second = (11 - (weighted(b, a, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return first === value(b, a + 9) && second === value(b, a + 10)
}

/** Birthday YYMMDD (day plus 60: coordination numbers), serial, check digit after Luhn; the century in front or not. */
function isPersonnummer(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, n)) return false
  const from = a + n - 10
  const day = number(b, from + 4, 2)
  const real = day > 60 ? day - 60 : day
  if (n === 12) {
    const year = number(b, a, 4)
    if (year < 1850 || year > 2100 || !isDate(year, number(b, from + 2, 2), real)) return false
  }
  return isDay(number(b, from + 2, 2), real) && luhn(b, from, 10)
}

export const north = [
  identifier({
    id: 'dk.cpr',
    title: { en: 'Danish personal number', de: 'Dänische Personennummer (CPR)' },
    basis: 'Lov om Det Centrale Personregister § 3',
    source: 'https://cpr.dk/media/12066/personnummeret-i-cpr.pdf',
    layout: {
      en: 'Birthday DDMMYY, four digits of which the first tells the century; the check digit modulo 11 has not been kept to since 2007 and is not looked at.',
      de: 'Geburtstag TTMMJJ, vier Ziffern, deren erste das Jahrhundert angibt; die Prüfziffer modulo 11 gilt seit 2007 nicht mehr durchweg und wird nicht geprüft.',
    },
    example: '211062-5629',
    chance: 1 / 27,
    lengths: [10],
    begins: 'digit',
    valid: isCpr,
    cues: ['cpr', 'cprnr', 'cprnummer', 'personnummer'],
  }),
  identifier({
    id: 'ee.ik',
    title: { en: 'Estonian personal code', de: 'Estnischer Personencode (Isikukood)' },
    basis: 'Rahvastikuregistri seadus § 39',
    source: 'https://www.riigiteataja.ee/akt/RRS',
    layout: {
      en: 'A digit for century and sex, birthday YYMMDD, three digits serial, a check digit modulo 11 in two stages.',
      de: 'Eine Ziffer für Jahrhundert und Geschlecht, Geburtstag JJMMTT, drei Ziffern laufend, eine Prüfziffer modulo 11 in zwei Stufen.',
    },
    example: '36805280109',
    chance: 1 / 450,
    lengths: [11],
    begins: 'digit',
    valid: isBaltic,
    cues: ['isikukood', 'isikukoodi', 'ik'],
  }),
  identifier({
    id: 'lt.ak',
    title: { en: 'Lithuanian personal code', de: 'Litauischer Personencode (Asmens kodas)' },
    basis: 'Gyventojų registro įstatymas, 8 straipsnis',
    source: 'https://e-seimas.lrs.lt/portal/legalAct/lt/TAD/TAIS.5681',
    layout: {
      en: 'A digit for century and sex, birthday YYMMDD, three digits serial, a check digit modulo 11 in two stages.',
      de: 'Eine Ziffer für Jahrhundert und Geschlecht, Geburtstag JJMMTT, drei Ziffern laufend, eine Prüfziffer modulo 11 in zwei Stufen.',
    },
    example: '33309240064',
    chance: 1 / 450,
    lengths: [11],
    begins: 'digit',
    valid: isBaltic,
    cues: ['asmens', 'kodas', 'asmenskodas'],
  }),
  identifier({
    id: 'fi.hetu',
    title: { en: 'Finnish personal identity code', de: 'Finnische Personenkennung (Henkilötunnus)' },
    basis: 'Laki väestötietojärjestelmästä 661/2009, 11 §',
    source: 'https://dvv.fi/en/personal-identity-code',
    layout: {
      en: 'Birthday DDMMYY, a sign of the century (- or U to Y, A to F), three digits, a check character modulo 31.',
      de: 'Geburtstag TTMMJJ, ein Zeichen des Jahrhunderts (- oder U bis Y, A bis F), drei Ziffern, ein Prüfzeichen modulo 31.',
    },
    example: '131052-308T',
    chance: 1 / 850,
    lengths: [10, 11],
    begins: 'digit',
    valid: isHetu,
    cues: ['hetu', 'henkilötunnus', 'personbeteckning'],
  }),
  identifier({
    id: 'lv.pk',
    title: { en: 'Latvian personal code', de: 'Lettischer Personencode (Personas kods)' },
    basis: 'Fizisko personu reģistra likums, 5. pants',
    source: 'https://likumi.lv/ta/id/296185',
    layout: {
      en: 'Birthday DDMMYY, a digit of the century, three digits, a check digit modulo 11; since 2017 a number from 32 on without birthday.',
      de: 'Geburtstag TTMMJJ, eine Ziffer des Jahrhunderts, drei Ziffern, eine Prüfziffer modulo 11; seit 2017 eine Nummer ab 32 ohne Geburtstag.',
    },
    example: '161175-19997',
    chance: 1 / 85,
    lengths: [11],
    begins: 'digit',
    valid: isLatvian,
    cues: ['personas', 'kods', 'personaskods'],
  }),
  identifier({
    id: 'no.fnr',
    title: { en: 'Norwegian birth number', de: 'Norwegische Geburtsnummer (Fødselsnummer)' },
    basis: 'Folkeregisterloven § 2-2',
    source: 'https://www.skatteetaten.no/person/folkeregister/identitetsnummer/',
    layout: {
      en: 'Birthday DDMMYY (day plus 40 for D numbers), three digits serial, two check digits modulo 11.',
      de: 'Geburtstag TTMMJJ (Tag plus 40 bei D-Nummern), drei Ziffern laufend, zwei Prüfziffern modulo 11.',
    },
    example: '15108695088',
    chance: 1 / 700,
    lengths: [11],
    begins: 'digit',
    valid: isFnr,
    cues: ['fødselsnummer', 'fnr', 'dnummer', 'personnummer', 'fodselsnummer'],
  }),
  identifier({
    id: 'se.personnummer',
    title: { en: 'Swedish personal number', de: 'Schwedische Personennummer' },
    basis: 'Folkbokföringslag (1991:481) 18 §',
    source: 'https://www.skatteverket.se/privat/folkbokforing/personnummer.4.3810a01c150939e893f18c29.html',
    layout: {
      en: 'Birthday YYMMDD or YYYYMMDD (day plus 60 for coordination numbers), three digits serial, a check digit after Luhn.',
      de: 'Geburtstag JJMMTT oder JJJJMMTT (Tag plus 60 bei Koordinationsnummern), drei Ziffern laufend, eine Prüfziffer nach Luhn.',
    },
    example: '811228-9874',
    chance: 1 / 137,
    lengths: [10, 12],
    begins: 'digit',
    valid: isPersonnummer,
    cues: ['personnummer', 'personnr', 'samordningsnummer', 'pnr'],
  }),
]
