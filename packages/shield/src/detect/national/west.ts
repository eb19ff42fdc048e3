/**
 * Austria, Belgium, France, Ireland, Luxembourg, the Netherlands, Switzerland, the United Kingdom.
 */
import { ascii } from '../bytes.ts'
import { digits, isDate, isDay, letters, luhn, number, same, value, verhoeff, weighted } from '../checks.ts'
import { identifier } from '../identifier.ts'

/** Serial, check digit, birthday; the months 13 to 15 are used when the serials of a day have run out. */
function isAtSvnr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10)) return false
  const month = number(b, a + 6, 2)
  if (!isDate(2000 + number(b, a + 8, 2), month > 12 && month < 16 ? 1 : month, number(b, a + 4, 2))) return false
  return weighted(b, a, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === value(b, a + 3)
}

function isAtTin(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || same(b, a, 9)) return false
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const d = value(b, a + i)
    sum += (i & 1) === 0 ? d : d > 4 ? d * 2 - 9 : d * 2
  }
  return (10 - (sum % 10)) % 10 === value(b, a + 8)
}

/** Birthday, serial, two check digits modulo 97; from 2000 on with a 2 in front. */
function isBeNn(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11)) return false
  const month = number(b, a + 2, 2) % 20
  const day = number(b, a + 4, 2)
  if (number(b, a + 2, 2) > 52 || day > 31 || (month > 0 && day > 0 && !isDay(month, day)) || number(b, a + 6, 3) === 0)
    return false
  if (month > 12) return false
  const body = number(b, a, 9)
  const check = number(b, a + 9, 2)
  return 97 - (body % 97) === check || 97 - ((2_000_000_000 + body) % 97) === check
}

/** Key: 97 − the first thirteen modulo 97, 2A counting as 19 and 2B as 18. */
function isFrNir(b: Uint8Array, a: number): boolean {
  const first = value(b, a)
  if ((first !== 1 && first !== 2 && first !== 3 && first !== 4 && first !== 7 && first !== 8) || !digits(b, a + 1, 5))
    return false
  const month = number(b, a + 3, 2)
  if (month === 0 || (month > 12 && month < 20) || !digits(b, a + 7, 8)) return false
  const corsican = b[a + 6]
  if (corsican !== undefined && corsican > 57 && (b[a + 5] !== 50 || (corsican !== 65 && corsican !== 66))) return false
  const department = corsican === 65 ? 19 : corsican === 66 ? 18 : number(b, a + 5, 2)
  if (department === 0) return false
  const body = (number(b, a, 5) * 100 + department) * 1e6 + number(b, a + 7, 6)
  return 97 - (body % 97) === number(b, a + 13, 2)
}

function isFrSpi(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 13) || (b[a] ?? 0) > 51) return false
  const body = number(b, a, 10)
  return body > 0 && body % 511 === number(b, a + 10, 3)
}

function isNino(b: Uint8Array, a: number): boolean {
  if (!letters(b, a, 2) || !digits(b, a + 2, 6)) return false
  const [first = 0, second = 0, last = 0] = [b[a], b[a + 1], b[a + 8]]
  if (last < 65 || last > 68 || notFirst.has(first) || notFirst.has(second) || second === 79) return false
  return !notPrefix.has(first * 256 + second)
}

const notFirst = new Set(ascii('DFIQUV'))
const notPrefix = new Set(
  ['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].map((text) => text.charCodeAt(0) * 256 + text.charCodeAt(1)),
)

function isNhs(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10) || same(b, a, 10)) return false
  return (11 - (weighted(b, a, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === value(b, a + 9)
}

const utrChecks = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1]

function isUtr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10) || same(b, a, 10)) return false
  return utrChecks[weighted(b, a + 1, [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === value(b, a)
}

/** Five letters of the name, birthday with the decade first and the year last, two initials, three characters of the computer. */
function isGbLicence(b: Uint8Array, a: number): boolean {
  if (!letters(b, a, 2) || !digits(b, a + 5, 6) || !letters(b, a + 14, 2)) return false
  for (let i = 2; i < 5; i++) if ((b[a + i] ?? 0) < 65 && b[a + i] !== 57) return false
  for (let i = 11; i < 13; i++) if ((b[a + i] ?? 0) < 65 && b[a + i] !== 57) return false
  const month = number(b, a + 6, 2)
  return isDay(month > 50 ? month - 50 : month, number(b, a + 8, 2))
}

const ppsLetters = ascii('WABCDEFGHIJKLMNOPQRSTUV')

function isPps(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, 7)) return false
  let sum = weighted(b, a, [8, 7, 6, 5, 4, 3, 2])
  if (n === 9) {
    const last = b[a + 8] ?? 0
    if ((last < 65 || last > 73) && last !== 87) return false
    sum += last === 87 ? 0 : (last - 64) * 9
  }
  return ppsLetters[sum % 23] === b[a + 7]
}

function isMatricule(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 13)) return false
  const year = number(b, a, 4)
  if (year < 1850 || year > 2100 || !isDate(year, number(b, a + 4, 2), number(b, a + 6, 2))) return false
  return luhn(b, a, 12) && isVerhoeffLast(b, a)
}

/** The thirteenth digit is the Verhoeff check of the first eleven. */
function isVerhoeffLast(b: Uint8Array, a: number): boolean {
  const twelve = matricule
  for (let i = 0; i < 11; i++) twelve[i] = b[a + i] ?? 0
  twelve[11] = b[a + 12] ?? 0
  return verhoeff(twelve, 0, 12)
}

const matricule = new Uint8Array(12)

function isBsn(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || same(b, a, 9)) return false
  const sum = weighted(b, a, [9, 8, 7, 6, 5, 4, 3, 2]) - value(b, a + 8)
  return sum % 11 === 0
}

function isAhv(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 13) || number(b, a, 3) !== 756) return false
  return weighted(b, a, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
}

export const west = [
  identifier({
    id: 'at.svnr',
    title: { en: 'Austrian social insurance number', de: 'Österreichische Sozialversicherungsnummer' },
    basis: '§ 30c ASVG',
    source: 'https://www.ris.bka.gv.at/NormDokument.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10008147&Paragraf=30c',
    layout: {
      en: 'Three digits serial, a check digit modulo 11, birthday DDMMYY.',
      de: 'Drei Ziffern laufende Nummer, eine Prüfziffer modulo 11, Geburtstag TTMMJJ.',
    },
    example: '1237 010180',
    chance: 1 / 300,
    lengths: [10],
    begins: 'digit',
    valid: isAtSvnr,
    cues: ['svnr', 'svnummer', 'sozialversicherungsnummer', 'versicherungsnummer', 'ecard', 'sv'],
  }),
  identifier({
    id: 'at.tin',
    title: { en: 'Austrian tax number', de: 'Österreichische Abgabenkontonummer (Steuernummer)' },
    basis: '§ 131 BAO',
    source: 'https://taxation-customs.ec.europa.eu/online-services/online-services-and-databases-taxation/tin-check_en',
    layout: {
      en: 'Two digits of the tax office, six digits, a check digit from digit sums, written 59-119/9013.',
      de: 'Zwei Ziffern des Finanzamts, sechs Ziffern, eine Prüfziffer aus Quersummen, geschrieben 59-119/9013.',
    },
    example: '59-119/9013',
    chance: 1 / 10,
    lengths: [9],
    begins: 'digit',
    valid: isAtTin,
    cues: ['steuernummer', 'abgabenkontonummer', 'finanzamt', 'stnr', 'tin'],
  }),
  identifier({
    id: 'be.nn',
    title: { en: 'Belgian national register number', de: 'Belgische Nationalregisternummer (INSZ/NISS)' },
    basis: 'Loi du 8 août 1983 organisant un registre national',
    source: 'https://www.ibz.rrn.fgov.be/fr/registre-national/',
    layout: {
      en: 'Birthday YYMMDD (the month plus 20 or 40 for bis numbers), three digits serial, two check digits: 97 minus the rest modulo 97.',
      de: 'Geburtstag JJMMTT (Monat plus 20 oder 40 bei Bis-Nummern), drei Ziffern laufend, zwei Prüfziffern: 97 minus der Rest modulo 97.',
    },
    example: '85.07.30-033.28',
    chance: 1 / 400,
    lengths: [11],
    begins: 'digit',
    valid: isBeNn,
    cues: [
      'rijksregisternummer',
      'rijksregister',
      'insz',
      'niss',
      'nn',
      'rrn',
      'registrenational',
      'national',
      'nationalregisternummer',
      'bis',
    ],
  }),
  identifier({
    id: 'ch.ahv',
    title: { en: 'Swiss social security number', de: 'AHV-Nummer (AHVN13)' },
    basis: 'Art. 50c AHVG',
    source: 'https://www.fedlex.admin.ch/eli/cc/63/837_843_843/de#art_50_c',
    layout: {
      en: '756, nine digits, a check digit after EAN-13; written 756.1234.5678.97.',
      de: '756, neun Ziffern, eine Prüfziffer nach EAN-13; geschrieben 756.1234.5678.97.',
    },
    example: '756.1234.5678.97',
    chance: 1 / 10_000,
    lengths: [13],
    begins: 'digit',
    valid: isAhv,
    cues: ['ahv', 'ahvnummer', 'ahvnr', 'avs', 'navs', 'sozialversicherungsnummer'],
  }),
  identifier({
    id: 'fr.nir',
    title: { en: 'French social security number', de: 'Französische Sozialversicherungsnummer (NIR)' },
    basis: 'Décret n° 82-103 du 22 janvier 1982',
    source: 'https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000703190',
    layout: {
      en: 'Sex, year and month of birth, department (2A, 2B for Corsica), commune, serial, key: 97 minus the rest modulo 97.',
      de: 'Geschlecht, Jahr und Monat der Geburt, Departement (2A, 2B für Korsika), Gemeinde, laufende Nummer, Schlüssel: 97 minus der Rest modulo 97.',
    },
    example: '2 55 08 14 168 025 38',
    chance: 1 / 180,
    lengths: [15],
    begins: 'digit',
    valid: isFrNir,
    cues: ['nir', 'insee', 'sécurité', 'sécu', 'securite', 'sociale', 'nss', 'vitale', 'immatriculation'],
  }),
  identifier({
    id: 'fr.spi',
    title: { en: 'French tax number', de: 'Französische Steuernummer (SPI)' },
    basis: 'Article L286 C du Livre des procédures fiscales',
    source: 'https://www.legifrance.gouv.fr/codes/id/LEGISCTA000006180248',
    layout: {
      en: 'Thirteen digits, the first 0 to 3, the last three the first ten modulo 511.',
      de: 'Dreizehn Ziffern, die erste 0 bis 3, die letzten drei die ersten zehn modulo 511.',
    },
    example: '30 23 217 600 053',
    chance: 1 / 1270,
    lengths: [13],
    begins: 'digit',
    valid: isFrSpi,
    cues: ['spi', 'nif', 'fiscal', 'fiscale', 'impôt', 'impôts', 'tin'],
  }),
  identifier({
    id: 'gb.nino',
    title: { en: 'British national insurance number', de: 'Britische Versicherungsnummer (NINO)' },
    basis:
      'Social Security (Crediting and Treatment of Contributions, and National Insurance Numbers) Regulations 2001',
    source: 'https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110',
    layout: {
      en: 'Two letters (some pairs are never given), six digits, a letter A to D; no check digit.',
      de: 'Zwei Buchstaben (manche Paare werden nie vergeben), sechs Ziffern, ein Buchstabe A bis D; ohne Prüfziffer.',
    },
    example: 'AB 12 34 56 C',
    chance: 1 / 12,
    lengths: [9],
    begins: 'letter',
    valid: isNino,
    cues: ['nino', 'ni', 'insurance', 'nationalinsurance', 'ninumber'],
  }),
  identifier({
    id: 'gb.nhs',
    title: { en: 'British health service number', de: 'Britische Gesundheitsnummer (NHS)' },
    basis: 'Health and Social Care (Safety and Quality) Act 2015, s. 251A',
    source: 'https://www.datadictionary.nhs.uk/attributes/nhs_number.html',
    layout: {
      en: 'Ten digits, the last a check digit modulo 11; written 943 476 5919.',
      de: 'Zehn Ziffern, die letzte Prüfziffer modulo 11; geschrieben 943 476 5919.',
    },
    example: '943 476 5919',
    chance: 1 / 11,
    lengths: [10],
    begins: 'digit',
    valid: isNhs,
    cues: ['nhs', 'nhsnumber', 'chi', 'patient'],
  }),
  identifier({
    id: 'gb.utr',
    title: { en: 'British unique taxpayer reference', de: 'Britische Steuernummer (UTR)' },
    basis: 'Taxes Management Act 1970, s. 8',
    source: 'https://www.gov.uk/find-utr-number',
    layout: {
      en: 'Ten digits, the first a check digit modulo 11 of the other nine.',
      de: 'Zehn Ziffern, die erste Prüfziffer modulo 11 der anderen neun.',
    },
    example: '1955839661',
    chance: 1 / 10,
    lengths: [10],
    begins: 'digit',
    valid: isUtr,
    cues: ['utr', 'taxpayer', 'hmrc'],
  }),
  identifier({
    id: 'gb.licence',
    title: { en: 'British driving licence', de: 'Britische Führerscheinnummer' },
    basis: 'Road Traffic Act 1988, s. 98',
    source: 'https://www.gov.uk/government/publications/inf1d-information-on-driving-licences',
    layout: {
      en: 'Five characters of the name, birthday as decade, month (plus 50 for women), day and year, two initials, three characters.',
      de: 'Fünf Zeichen des Namens, Geburtstag als Jahrzehnt, Monat (bei Frauen plus 50), Tag und Jahr, zwei Anfangsbuchstaben, drei Zeichen.',
    },
    example: 'MORGA657054SM9IJ',
    chance: 1 / 50,
    lengths: [16],
    begins: 'letter',
    valid: isGbLicence,
    cues: ['licence', 'license', 'driving', 'driver', 'dvla'],
  }),
  identifier({
    id: 'ie.pps',
    title: { en: 'Irish personal public service number', de: 'Irische Personennummer (PPS)' },
    basis: 'Social Welfare Consolidation Act 2005, s. 262',
    source: 'https://www.gov.ie/en/service/12e6de-get-a-personal-public-service-pps-number/',
    layout: {
      en: 'Seven digits, a check letter modulo 23, perhaps a second letter A to I or W.',
      de: 'Sieben Ziffern, ein Prüfbuchstabe modulo 23, manchmal ein zweiter A bis I oder W.',
    },
    example: '1234567FA',
    chance: 1 / 26,
    lengths: [8, 9],
    begins: 'digit',
    valid: isPps,
    cues: ['pps', 'ppsn', 'ppsnumber', 'revenue'],
  }),
  identifier({
    id: 'lu.matricule',
    title: { en: 'Luxembourgish national identification number', de: 'Luxemburgische Matrikelnummer' },
    basis: 'Loi du 19 juin 2013 relative à l’identification des personnes physiques',
    source: 'https://legilux.public.lu/eli/etat/leg/loi/2013/06/19/n1/jo',
    layout: {
      en: 'Birthday YYYYMMDD, three digits serial, a check digit after Luhn and one after Verhoeff, both of the first eleven.',
      de: 'Geburtstag JJJJMMTT, drei Ziffern laufend, eine Prüfziffer nach Luhn und eine nach Verhoeff, beide über die ersten elf.',
    },
    example: '1893120105732',
    chance: 1 / 100_000,
    lengths: [13],
    begins: 'digit',
    valid: isMatricule,
    cues: ['matricule', 'matrikelnummer', 'ccss', 'identification'],
  }),
  identifier({
    id: 'nl.bsn',
    title: { en: 'Dutch citizen service number', de: 'Niederländische Bürgerservicenummer (BSN)' },
    basis: 'Wet algemene bepalingen burgerservicenummer',
    source: 'https://wetten.overheid.nl/BWBR0022428/',
    layout: {
      en: 'Nine digits; the weights 9 to 2 and −1 give a multiple of 11.',
      de: 'Neun Ziffern; die Gewichte 9 bis 2 und −1 ergeben ein Vielfaches von 11.',
    },
    example: '111222333',
    chance: 1 / 11,
    lengths: [9],
    begins: 'digit',
    valid: isBsn,
    cues: ['bsn', 'burgerservicenummer', 'sofi', 'sofinummer', 'bsnnummer'],
  }),
]
