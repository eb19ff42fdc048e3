/**
 * Bulgaria, Croatia, Czechia, Hungary, Poland, Romania, Slovakia, Slovenia.
 */
import { digits, isDate, isDay, mod1110, number, same, value, weighted } from '../checks.ts'
import { identifier } from '../identifier.ts'

function isEgn(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10)) return false
  const month = number(b, a + 2, 2)
  const century = month > 40 ? 2000 : month > 20 ? 1800 : 1900
  if (!isDate(century + number(b, a, 2), month % 20, number(b, a + 4, 2)) || month > 52) return false
  return (weighted(b, a, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === value(b, a + 9)
}

function isLnc(b: Uint8Array, a: number): boolean {
  return (
    digits(b, a, 10) && !same(b, a, 10) && weighted(b, a, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === value(b, a + 9)
  )
}

function isOib(b: Uint8Array, a: number): boolean {
  return digits(b, a, 11) && !same(b, a, 11) && mod1110(b, a, 11)
}

/** Birthday YYMMDD (month plus 50 for women, plus 20 where serials ran out), serial; since 1954 a multiple of 11. */
function isRodneCislo(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, n)) return false
  const year = number(b, a, 2)
  const written = number(b, a + 2, 2) % 50
  const month = written > 20 ? written - 20 : written
  if (n === 9) return year <= 53 && number(b, a + 6, 3) > 0 && isDate(1900 + year, month, number(b, a + 4, 2))
  if (!isDate((year < 54 ? 2000 : 1900) + year, month, number(b, a + 4, 2))) return false
  const rest = number(b, a, 9) % 11
  // Until 1985 a rest of ten became a zero.
  return (year >= 54 && year < 85 ? rest % 10 : rest) === value(b, a + 9)
}

function isTaj(b: Uint8Array, a: number): boolean {
  return digits(b, a, 9) && !same(b, a, 9) && weighted(b, a, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === value(b, a + 8)
}

/** 8, days since 1 January 1867, serial, check digit modulo 11. */
function isAdoazonosito(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10) || b[a] !== 56) return false
  return weighted(b, a, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === value(b, a + 9)
}

function isSzemelyi(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11) || b[a] === 48 || b[a] === 57 || !isDay(number(b, a + 3, 2), number(b, a + 5, 2))) return false
  const check = value(b, a + 10)
  return (
    weighted(b, a, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11 === check ||
    weighted(b, a, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === check
  )
}

/** The months of the years from 2100 on are not looked for: nobody has them. */
const peselCenturies = [1900, 2000, 0, 0, 1800]

function isPesel(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11)) return false
  const written = number(b, a + 2, 2)
  const century = peselCenturies[Math.floor(written / 20)] ?? 0
  if (century === 0 || !isDate(century + number(b, a, 2), written % 20, number(b, a + 4, 2))) return false
  return (10 - (weighted(b, a, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === value(b, a + 10)
}

function isNip(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 10) || same(b, a, 10)) return false
  return weighted(b, a, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === value(b, a + 9)
}

/** Sex and century, birthday YYMMDD, county, serial, check digit modulo 11. */
function isCnp(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 13) || b[a] === 48 || !isDay(number(b, a + 3, 2), number(b, a + 5, 2))) return false
  const county = number(b, a + 7, 2)
  if (county === 0 || (county > 52 && county !== 70 && (county < 80 || county > 83))) return false
  const check = weighted(b, a, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return (check === 10 ? 1 : check) === value(b, a + 12)
}

/** Birthday DDMMYYY, register, serial, check digit modulo 11. */
function isEmso(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 13)) return false
  const year = number(b, a + 4, 3)
  if (!isDate((year >= 800 ? 1000 : 2000) + year, number(b, a + 2, 2), number(b, a, 2))) return false
  if (year > 100 && year < 800) return false
  return ((11 - (weighted(b, a, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === value(b, a + 12)
}

export function isDavcna(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 8) || b[a] === 48) return false
  const check = 11 - (weighted(b, a, [8, 7, 6, 5, 4, 3, 2]) % 11)
  return check !== 11 && check % 10 === value(b, a + 7)
}

const rodneCislo = {
  layout: {
    en: 'Birthday YYMMDD (month plus 50 for women, plus 20 where serials ran out), four digits; the whole a multiple of 11; nine digits before 1954.',
    de: 'Geburtstag JJMMTT (Monat plus 50 bei Frauen, plus 20 bei erschöpften Nummern), vier Ziffern; das Ganze durch 11 teilbar; vor 1954 neun Ziffern.',
  },
  chance: 1 / 75,
  lengths: [9, 10],
  begins: 'digit',
  valid: isRodneCislo,
} as const

export const east = [
  identifier({
    id: 'bg.egn',
    title: { en: 'Bulgarian civil number', de: 'Bulgarische Bürgernummer (EGN)' },
    basis: 'Закон за гражданската регистрация, чл. 11',
    source: 'https://lex.bg/laws/ldoc/2134673409',
    layout: {
      en: 'Birthday YYMMDD (month plus 20 before 1900, plus 40 since 2000), three digits serial, a check digit modulo 11.',
      de: 'Geburtstag JJMMTT (Monat plus 20 vor 1900, plus 40 ab 2000), drei Ziffern laufend, eine Prüfziffer modulo 11.',
    },
    example: '7523169263',
    chance: 1 / 90,
    lengths: [10],
    begins: 'digit',
    valid: isEgn,
    cues: ['егн', 'egn'],
  }),
  identifier({
    id: 'bg.lnc',
    title: { en: 'Bulgarian number of a foreigner', de: 'Bulgarische Ausländernummer (LNC)' },
    basis: 'Закон за чужденците в Република България, чл. 55',
    source: 'https://lex.bg/laws/ldoc/2134455296',
    layout: {
      en: 'Ten digits, the last a check digit from prime weights.',
      de: 'Zehn Ziffern, die letzte Prüfziffer aus Primzahlgewichten.',
    },
    example: '7111042925',
    chance: 1 / 10,
    lengths: [10],
    begins: 'digit',
    valid: isLnc,
    cues: ['лнч', 'lnc', 'lnch'],
  }),
  identifier({
    id: 'hr.oib',
    title: { en: 'Croatian personal identification number', de: 'Kroatische Personennummer (OIB)' },
    basis: 'Zakon o osobnom identifikacijskom broju',
    source: 'https://www.zakon.hr/z/212/zakon-o-osobnom-identifikacijskom-broju',
    layout: {
      en: 'Eleven digits, the last a check digit after ISO/IEC 7064 MOD 11,10.',
      de: 'Elf Ziffern, die letzte Prüfziffer nach ISO/IEC 7064 MOD 11,10.',
    },
    example: '33392005961',
    chance: 1 / 10,
    lengths: [11],
    begins: 'digit',
    valid: isOib,
    cues: ['oib', 'osobni'],
  }),
  identifier({
    ...rodneCislo,
    id: 'cz.rc',
    title: { en: 'Czech birth number', de: 'Tschechische Geburtsnummer (Rodné číslo)' },
    basis: 'Zákon č. 133/2000 Sb., § 13',
    source: 'https://www.zakonyprolidi.cz/cs/2000-133',
    example: '710319/2745',
    cues: ['rodné', 'rodne', 'rč', 'rc', 'rodnéčíslo'],
  }),
  identifier({
    ...rodneCislo,
    id: 'sk.rc',
    title: { en: 'Slovak birth number', de: 'Slowakische Geburtsnummer (Rodné číslo)' },
    basis: 'Zákon č. 301/1995 Z. z. o rodnom čísle',
    source: 'https://www.slov-lex.sk/pravne-predpisy/SK/ZZ/1995/301/',
    example: '710319/2745',
    cues: ['rodné', 'rodne', 'rč', 'rodnéčíslo'],
  }),
  identifier({
    id: 'hu.taj',
    title: { en: 'Hungarian health insurance number', de: 'Ungarische Versicherungsnummer (TAJ)' },
    basis: '1996. évi XX. törvény',
    source: 'https://net.jogtar.hu/jogszabaly?docid=99600020.tv',
    layout: {
      en: 'Nine digits, the last a check digit with the weights 3 and 7.',
      de: 'Neun Ziffern, die letzte Prüfziffer mit den Gewichten 3 und 7.',
    },
    example: '111111110',
    chance: 1 / 10,
    lengths: [9],
    begins: 'digit',
    valid: isTaj,
    cues: ['taj', 'tajszám'],
  }),
  identifier({
    id: 'hu.tax',
    title: { en: 'Hungarian tax number of a person', de: 'Ungarische Steuernummer (Adóazonosító jel)' },
    basis: '1996. évi XX. törvény',
    source: 'https://net.jogtar.hu/jogszabaly?docid=99600020.tv',
    layout: {
      en: 'An 8, five digits of the birthday, three digits serial, a check digit modulo 11.',
      de: 'Eine 8, fünf Ziffern des Geburtstags, drei Ziffern laufend, eine Prüfziffer modulo 11.',
    },
    example: '8071592153',
    chance: 1 / 110,
    lengths: [10],
    begins: 'digit',
    valid: isAdoazonosito,
    cues: ['adóazonosító', 'adoazonosito', 'adószám'],
  }),
  identifier({
    id: 'hu.id',
    title: { en: 'Hungarian personal identification number', de: 'Ungarische Personenkennung (Személyi azonosító)' },
    basis: '1996. évi XX. törvény',
    source: 'https://net.jogtar.hu/jogszabaly?docid=99600020.tv',
    layout: {
      en: 'A digit for sex and century, birthday YYMMDD, three digits serial, a check digit modulo 11.',
      de: 'Eine Ziffer für Geschlecht und Jahrhundert, Geburtstag JJMMTT, drei Ziffern laufend, eine Prüfziffer modulo 11.',
    },
    example: '18503150011',
    chance: 1 / 180,
    lengths: [11],
    begins: 'digit',
    valid: isSzemelyi,
    cues: ['személyi', 'szemelyi', 'azonosító'],
  }),
  identifier({
    id: 'pl.pesel',
    title: { en: 'Polish personal number', de: 'Polnische Personennummer (PESEL)' },
    basis: 'Ustawa z dnia 24 września 2010 r. o ewidencji ludności, art. 15',
    source: 'https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU20102171427',
    layout: {
      en: 'Birthday YYMMDD with the century in the month, four digits serial, a check digit with the weights 1 3 7 9.',
      de: 'Geburtstag JJMMTT mit dem Jahrhundert im Monat, vier Ziffern laufend, eine Prüfziffer mit den Gewichten 1 3 7 9.',
    },
    example: '44051401359',
    chance: 1 / 91,
    lengths: [11],
    begins: 'digit',
    valid: isPesel,
    cues: ['pesel', 'peselu', 'numerpesel'],
  }),
  identifier({
    id: 'pl.nip',
    title: { en: 'Polish tax number', de: 'Polnische Steuernummer (NIP)' },
    basis: 'Ustawa z dnia 13 października 1995 r. o zasadach ewidencji i identyfikacji podatników',
    source: 'https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU19951420702',
    layout: {
      en: 'Ten digits, the last a check digit modulo 11.',
      de: 'Zehn Ziffern, die letzte Prüfziffer modulo 11.',
    },
    example: '856-734-62-15',
    chance: 1 / 11,
    lengths: [10],
    begins: 'digit',
    valid: isNip,
    cues: ['nip'],
  }),
  identifier({
    id: 'ro.cnp',
    title: { en: 'Romanian personal number', de: 'Rumänische Personennummer (CNP)' },
    basis: 'OUG nr. 97/2005, art. 6',
    source: 'https://legislatie.just.ro/Public/DetaliiDocument/63540',
    layout: {
      en: 'A digit for sex and century, birthday YYMMDD, county, three digits serial, a check digit modulo 11.',
      de: 'Eine Ziffer für Geschlecht und Jahrhundert, Geburtstag JJMMTT, Kreis, drei Ziffern laufend, eine Prüfziffer modulo 11.',
    },
    example: '1630615123457',
    chance: 1 / 910,
    lengths: [13],
    begins: 'digit',
    valid: isCnp,
    cues: ['cnp', 'numeric'],
  }),
  identifier({
    id: 'si.emso',
    title: { en: 'Slovenian personal number', de: 'Slowenische Personennummer (EMŠO)' },
    basis: 'Zakon o centralnem registru prebivalstva',
    source: 'https://pisrs.si/pregledPredpisa?id=ZAKO1012',
    layout: {
      en: 'Birthday DDMMYYY, two digits of the register, three digits serial, a check digit modulo 11.',
      de: 'Geburtstag TTMMJJJ, zwei Ziffern des Registers, drei Ziffern laufend, eine Prüfziffer modulo 11.',
    },
    example: '0101006500006',
    chance: 1 / 1000,
    lengths: [13],
    begins: 'digit',
    valid: isEmso,
    cues: ['emšo', 'emso', 'jmbg'],
  }),
  identifier({
    id: 'si.tax',
    title: { en: 'Slovenian tax number', de: 'Slowenische Steuernummer (Davčna številka)' },
    basis: 'Zakon o finančni upravi',
    source: 'https://pisrs.si/pregledPredpisa?id=ZAKO6792',
    layout: {
      en: 'Eight digits, the last a check digit modulo 11.',
      de: 'Acht Ziffern, die letzte Prüfziffer modulo 11.',
    },
    example: '50223054',
    chance: 1 / 11,
    lengths: [8],
    begins: 'digit',
    valid: isDavcna,
    cues: ['davčna', 'davcna', 'ddv'],
  }),
]
