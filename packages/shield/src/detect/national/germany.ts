import { digits, isDay, letters, mod1110, number, same, value } from '../checks.ts'
import { identifier } from '../identifier.ts'

/** Tax identification number: one digit of the first ten stands two or three times, the others once at most. */
export function isIdnr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 11) || b[a] === 48 || !mod1110(b, a, 11)) return false
  let seen = 0
  let twice = 0
  let extra = 0
  for (let i = a; i < a + 10; i++) {
    const bit = 1 << value(b, i)
    if ((seen & bit) !== 0) {
      extra++
      twice |= bit
    }
    seen |= bit
  }
  if ((twice & (twice - 1)) !== 0 || twice === 0) return false
  return extra === 1 || (extra === 2 && !threeInRow(b, a))
}

function threeInRow(b: Uint8Array, a: number): boolean {
  for (let i = a + 2; i < a + 10; i++) if (b[i] === b[i - 1] && b[i] === b[i - 2]) return true
  return false
}

/** Areas of the insurers, annex to § 2 VKVV. */
const areas = new Uint8Array(100)
for (const [from, to] of [
  [2, 4],
  [8, 21],
  [23, 26],
  [28, 29],
  [38, 40],
  [42, 82],
  [89, 89],
] as const)
  areas.fill(1, from, to + 1)

const svnrWeights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]

/** Insurance number of the pension insurance: area, birthday, initial, serial, check digit. */
export function isSvnr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 8) || !letters(b, a + 8, 1) || !digits(b, a + 9, 3)) return false
  const area = number(b, a, 2)
  if (areas[area] !== 1) return false
  const day = number(b, a + 2, 2)
  if (!isDay(number(b, a + 4, 2), day > 50 ? day - 50 : day)) return false
  const initial = (b[a + 8] ?? 0) - 64
  let sum = 0
  for (let i = 0; i < 12; i++) {
    const d =
      i < 8 ? value(b, a + i) : i === 8 ? Math.floor(initial / 10) : i === 9 ? initial % 10 : value(b, a + i - 1)
    const product = d * (svnrWeights[i] ?? 0)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum % 10 === value(b, a + 11)
}

/** Health insurance number: a letter, eight digits, a check digit. */
export function isKvnr(b: Uint8Array, a: number): boolean {
  if (!letters(b, a, 1) || !digits(b, a + 1, 9)) return false
  const initial = (b[a] ?? 0) - 64
  let sum = Math.floor(initial / 10) + twofold(initial % 10)
  for (let i = 1; i < 9; i++) sum += (i & 1) === 1 ? value(b, a + i) : twofold(value(b, a + i))
  return sum % 10 === value(b, a + 9)
}

function twofold(d: number): number {
  return d > 4 ? d * 2 - 9 : d * 2
}

/** Digits and the consonants that cannot be misread: the alphabet of German documents. */
function isSerial(b: Uint8Array, a: number, n: number): boolean {
  for (let i = a; i < a + n; i++) {
    const byte = b[i] ?? 0
    if (byte >= 48 && byte <= 57) continue
    if (byte < 67 || byte > 90 || byte === 68 || byte === 69 || byte === 73 || byte === 79 || byte === 81) return false
    if (byte === 83 || byte === 85) return false
  }
  return true
}

const sevenThreeOne = [7, 3, 1]

/** Weights 7 3 1 over n characters, letters as 10–35, compared with the digit that follows (ICAO Doc 9303-3). */
export function icaoCheck(b: Uint8Array, a: number, n: number): boolean {
  let sum = 0
  for (let i = 0; i < n; i++) {
    const byte = b[a + i] ?? 0
    sum += (byte < 58 ? byte - 48 : byte - 55) * (sevenThreeOne[i % 3] ?? 0)
  }
  return sum % 10 === value(b, a + n)
}

function isIdentityCard(b: Uint8Array, a: number, n: number): boolean {
  if (n === 10 && digits(b, a, 10)) return !same(b, a, 10) && icaoCheck(b, a, 9)
  if ((b[a] ?? 0) < 76 || !isSerial(b, a, 9) || letters(b, a, 9)) return false
  return n === 9 || (digits(b, a + 9, 1) && icaoCheck(b, a, 9))
}

function isPassport(b: Uint8Array, a: number, n: number): boolean {
  const first = b[a] ?? 0
  if (first < 67 || first > 75 || !isSerial(b, a, 9) || letters(b, a, 9)) return false
  return n === 9 || (digits(b, a + 9, 1) && icaoCheck(b, a, 9))
}

/** Driving licence: authority (letter and three digits), five characters, check character, number of the copy. */
function isLicence(b: Uint8Array, a: number): boolean {
  if (!letters(b, a, 1) || !digits(b, a + 1, 2)) return false
  let sum = 0
  for (let i = 0; i < 9; i++) {
    const byte = b[a + i] ?? 0
    sum += (byte < 58 ? byte - 48 : byte - 55) * (9 - i)
  }
  const check = sum % 11
  return b[a + 9] === (check === 10 ? 88 : 48 + check)
}

/** Physician number: six digits, check digit with the weights 4 and 9, two digits of the speciality. */
function isLanr(b: Uint8Array, a: number): boolean {
  if (!digits(b, a, 9) || same(b, a, 7)) return false
  let sum = 0
  for (let i = 0; i < 6; i++) sum += value(b, a + i) * ((i & 1) === 0 ? 4 : 9)
  return (10 - (sum % 10)) % 10 === value(b, a + 6)
}

function isSteuernummer(b: Uint8Array, a: number, n: number): boolean {
  if (!digits(b, a, n) || same(b, a, n)) return false
  if (n !== 13) return true
  const land = number(b, a, 2)
  return (
    b[a + 4] === 48 &&
    ((land >= 10 && land <= 32) ||
      land === 40 ||
      land === 41 ||
      (land >= 50 && land <= 59) ||
      land === 91 ||
      land === 92)
  )
}

/** BSNR: the first two digits are the association of physicians. */
function isBsnr(b: Uint8Array, a: number): boolean {
  return digits(b, a, 9) && !same(b, a, 9) && number(b, a, 2) <= 99 && number(b, a, 2) > 0
}

export const germany = [
  identifier({
    id: 'de.idnr',
    title: { en: 'German tax identification number', de: 'Steuerliche Identifikationsnummer (IdNr)' },
    basis: '§ 139b AO',
    source: 'https://www.gesetze-im-internet.de/ao_1977/__139b.html',
    layout: {
      en: 'Eleven digits, the last a check digit after ISO/IEC 7064 MOD 11,10; among the first ten exactly one digit stands twice or three times.',
      de: 'Elf Ziffern, die letzte Prüfziffer nach ISO/IEC 7064 MOD 11,10; unter den ersten zehn steht genau eine doppelt oder dreifach.',
    },
    example: '86095742719',
    chance: 1 / 290,
    lengths: [11],
    begins: 'digit',
    valid: isIdnr,
    cues: [
      'idnr',
      'steuerid',
      'steueridnr',
      'identifikationsnummer',
      'steueridentifikationsnummer',
      'steuernummer',
      'steuer',
      'tin',
      'taxid',
      'tax',
    ],
  }),
  identifier({
    id: 'de.svnr',
    title: { en: 'German pension insurance number', de: 'Versicherungsnummer der Rentenversicherung (SV-Nummer)' },
    basis: '§ 147 SGB VI, § 2 VKVV',
    source: 'https://www.gesetze-im-internet.de/vkvv/__2.html',
    layout: {
      en: 'Twelve characters: two digits of the insurer, birthday DDMMYY, initial of the name at birth, two digits serial, check digit from weighted digit sums.',
      de: 'Zwölf Stellen: zwei Ziffern des Trägers, Geburtstag TTMMJJ, Anfangsbuchstabe des Geburtsnamens, zwei Ziffern Serie, Prüfziffer aus gewichteten Quersummen.',
    },
    example: '15070649C103',
    chance: 1 / 180,
    lengths: [12],
    begins: 'digit',
    valid: isSvnr,
    cues: [
      'svnr',
      'svnummer',
      'rvnr',
      'rentenversicherungsnummer',
      'sozialversicherungsnummer',
      'versicherungsnummer',
      'rvnummer',
    ],
  }),
  identifier({
    id: 'de.kvnr',
    title: { en: 'German health insurance number', de: 'Krankenversichertennummer (KVNR)' },
    basis: '§ 290 SGB V',
    source: 'https://www.gesetze-im-internet.de/sgb_5/__290.html',
    layout: {
      en: 'A letter and nine digits, the last a check digit from the digit sums of the doubled places (the letter counts as two digits).',
      de: 'Ein Buchstabe und neun Ziffern, die letzte Prüfziffer aus Quersummen der verdoppelten Stellen (der Buchstabe zählt als zwei Ziffern).',
    },
    example: 'A123456780',
    chance: 1 / 10,
    lengths: [10],
    begins: 'letter',
    valid: isKvnr,
    cues: [
      'kvnr',
      'kvnummer',
      'krankenversicherung',
      'krankenversichertennummer',
      'krankenversicherungsnummer',
      'versichertennummer',
      'versichertennr',
      'versichertenid',
      'krankenkasse',
      'gesundheitskarte',
      'egk',
      'versicherungsnummer',
      'versichert',
    ],
  }),
  identifier({
    id: 'de.steuernummer',
    title: { en: 'German tax number', de: 'Steuernummer' },
    basis: '§ 139a AO',
    source: 'https://de.wikipedia.org/wiki/Steuernummer',
    layout: {
      en: 'Ten or eleven digits, mostly written 12/345/67890 or 123/456/78901, or thirteen digits of the federal form whose fifth is 0; its check digit differs by state and is not looked at.',
      de: 'Zehn oder elf Ziffern, meist 12/345/67890 oder 123/456/78901 geschrieben, oder dreizehn Ziffern der Bundesform, deren fünfte 0 ist; die Prüfziffer hängt vom Land ab und wird nicht geprüft.',
    },
    example: '21/815/08150',
    chance: 1,
    lengths: [10, 11, 13],
    begins: 'digit',
    valid: isSteuernummer,
    cues: ['steuernummer', 'steuernr', 'stnr', 'finanzamt'],
  }),
  identifier({
    id: 'de.personalausweis',
    title: { en: 'German identity card', de: 'Seriennummer des Personalausweises' },
    basis: '§ 5 PAuswG',
    source: 'https://www.gesetze-im-internet.de/pauswg/__5.html',
    layout: {
      en: 'Nine digits and consonants beginning with one of L to Z, or ten digits of the cards before 2010; a check digit with the weights 7 3 1 may follow.',
      de: 'Neun Ziffern und Konsonanten, zuerst einer von L bis Z, oder zehn Ziffern der Karten vor 2010; eine Prüfziffer mit den Gewichten 7 3 1 kann folgen.',
    },
    example: 'L01X00T471',
    chance: 1,
    lengths: [9, 10],
    begins: 'either',
    valid: isIdentityCard,
    cues: [
      'personalausweis',
      'personalausweisnummer',
      'ausweis',
      'ausweisnummer',
      'ausweisnr',
      'perso',
      'pa',
      'identity',
      'idcard',
      'identité',
    ],
  }),
  identifier({
    id: 'de.reisepass',
    title: { en: 'German passport', de: 'Seriennummer des Reisepasses' },
    basis: '§ 4 PassG, ICAO Doc 9303',
    source: 'https://www.gesetze-im-internet.de/pa_g_1986/__4.html',
    layout: {
      en: 'Nine digits and consonants beginning with one of C, F, G, H, J, K; a check digit with the weights 7 3 1 may follow.',
      de: 'Neun Ziffern und Konsonanten, zuerst C, F, G, H, J oder K; eine Prüfziffer mit den Gewichten 7 3 1 kann folgen.',
    },
    example: 'C01X00T478',
    chance: 1,
    lengths: [9, 10],
    begins: 'letter',
    valid: isPassport,
    cues: ['reisepass', 'pass', 'passnummer', 'passnr', 'reisepassnummer', 'passport', 'passeport'],
  }),
  identifier({
    id: 'de.fuehrerschein',
    title: { en: 'German driving licence', de: 'Führerscheinnummer' },
    basis: '§ 25 FeV, Anlage 8',
    source: 'https://www.gesetze-im-internet.de/fev_2010/anlage_8.html',
    layout: {
      en: 'Eleven characters: key of the authority, five characters serial, a check character modulo 11, the number of the copy.',
      de: 'Elf Zeichen: Behördenschlüssel, fünf Zeichen laufende Nummer, ein Prüfzeichen modulo 11, Nummer der Ausfertigung.',
    },
    example: 'B072RRE2I55',
    chance: 1 / 11,
    lengths: [11],
    begins: 'letter',
    valid: isLicence,
    cues: ['führerschein', 'führerscheinnummer', 'führerscheinnr', 'fahrerlaubnis', 'licence', 'license', 'permis'],
  }),
  identifier({
    id: 'de.lanr',
    title: { en: 'German physician number', de: 'Lebenslange Arztnummer (LANR)' },
    basis: '§ 293 Abs. 4 SGB V',
    source: 'https://www.kbv.de/html/1217.php',
    layout: {
      en: 'Nine digits: six, a check digit with the weights 4 and 9, two digits of the speciality.',
      de: 'Neun Ziffern: sechs, eine Prüfziffer mit den Gewichten 4 und 9, zwei Ziffern der Fachgruppe.',
    },
    example: '123456601',
    chance: 1 / 10,
    lengths: [9],
    begins: 'digit',
    valid: isLanr,
    cues: ['lanr', 'arztnummer', 'arztnr'],
  }),
  identifier({
    id: 'de.bsnr',
    title: { en: 'German practice number', de: 'Betriebsstättennummer (BSNR)' },
    basis: '§ 293 Abs. 4 SGB V',
    source: 'https://www.kbv.de/html/1217.php',
    layout: {
      en: 'Nine digits, the first two those of the association of physicians; no check digit.',
      de: 'Neun Ziffern, die ersten zwei die der Kassenärztlichen Vereinigung; ohne Prüfziffer.',
    },
    example: '021234500',
    chance: 1,
    lengths: [9],
    begins: 'digit',
    valid: isBsnr,
    cues: ['bsnr', 'betriebsstättennummer', 'betriebsstätte'],
  }),
]
