/**
 * Devices and vehicles.
 */
import { digits, luhn, same, value } from './checks.ts'
import { identifier } from './identifier.ts'

function isImei(b: Uint8Array, a: number): boolean {
  return digits(b, a, 15) && luhn(b, a, 15) && !same(b, a, 15) && (b[a] !== 48 || b[a + 1] !== 48)
}

const vinValues = new Int8Array(256).fill(-1)
for (let i = 0; i < 10; i++) vinValues[48 + i] = i
for (const [i, letter] of 'ABCDEFGH'.split('').entries()) vinValues[letter.charCodeAt(0)] = i + 1
for (const [i, letter] of 'JKLMN'.split('').entries()) vinValues[letter.charCodeAt(0)] = i + 1
for (const [i, letter] of 'STUVWXYZ'.split('').entries()) vinValues[letter.charCodeAt(0)] = i + 2
vinValues[80] = 7
vinValues[82] = 9

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/** Seventeen characters without I, O, Q; in North America the ninth is a check digit modulo 11. */
function isVin(b: Uint8Array, a: number): boolean {
  let sum = 0
  let figures = 0
  for (let i = 0; i < 17; i++) {
    const order = vinValues[b[a + i] ?? 0] ?? -1
    if (order < 0) return false
    if ((b[a + i] ?? 0) < 58) figures++
    sum += order * (vinWeights[i] ?? 0)
  }
  if (figures < 4 || figures === 17 || !digits(b, a + 13, 4)) return false
  const first = b[a] ?? 0
  if (first < 49 || first > 53) return first > 53
  const check = sum % 11
  return check === 10 ? b[a + 8] === 88 : value(b, a + 8) === check
}

export const devices = [
  identifier({
    id: 'imei',
    title: { en: 'Number of a mobile device (IMEI)', de: 'Gerätenummer eines Mobiltelefons (IMEI)' },
    basis: '3GPP TS 23.003 §6; recital 30 GDPR',
    source: 'https://www.3gpp.org/dynareport/23003.htm',
    layout: {
      en: 'Fifteen digits, the last a check digit after Luhn.',
      de: 'Fünfzehn Ziffern, die letzte Prüfziffer nach Luhn.',
    },
    example: '490154203237518',
    chance: 1 / 10,
    lengths: [15],
    begins: 'digit',
    valid: isImei,
    cues: ['imei', 'gerätenummer', 'device', 'handset', 'deviceid'],
  }),
  identifier({
    id: 'vin',
    title: { en: 'Vehicle identification number', de: 'Fahrzeug-Identifizierungsnummer (FIN)' },
    basis: 'ISO 3779, 49 CFR 565',
    source: 'https://www.iso.org/standard/52200.html',
    layout: {
      en: 'Seventeen digits and letters without I, O, Q, the last four digits; North American ones have a check character at the ninth place.',
      de: 'Siebzehn Ziffern und Buchstaben ohne I, O, Q, die letzten vier Ziffern; nordamerikanische mit Prüfzeichen an neunter Stelle.',
    },
    example: '1M8GDM9AXKP042788',
    chance: 1 / 30,
    lengths: [17],
    begins: 'either',
    valid: isVin,
    cues: [
      'vin',
      'fin',
      'fahrgestellnummer',
      'fahrgestellnr',
      'fahrzeugidentifizierungsnummer',
      'chassis',
      'vehicle',
      'châssis',
    ],
    remark: {
      en: 'European ones have no check digit: other codes of seventeen letters and digits are taken for them.',
      de: 'Europäische haben keine Prüfziffer: Andere Kennungen aus siebzehn Zeichen werden dafür gehalten.',
    },
  }),
]
