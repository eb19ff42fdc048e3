/** Numbers and addresses of nobody: valid by their check digits, from reserved ranges where there are any. And their look-alikes. */
import type { Language, Person } from './corpus-names.ts'
import type { Random } from './corpus-random.ts'

function mod97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

function toDigits(text: string): string {
  return text.replaceAll(/[A-Z]/gv, (letter) => String(letter.charCodeAt(0) - 55))
}

function iban(random: Random, language: Language, wrong: boolean): string {
  const bodies = { de: `50010517${random.digits(10)}`, en: `NWBK${random.digits(14)}`, fr: frenchAccount(random) }
  const body = bodies[language]
  const country = { de: 'DE', en: 'GB', fr: 'FR' }[language]
  const check = 98 - mod97(toDigits(`${body}${country}00`))
  const shown = wrong ? ((check + 1 + random.next(90)) % 97) + 1 : check
  const compact = country + String(shown === check && wrong ? check - 1 : shown).padStart(2, '0') + body
  return random.next(3) === 0 ? compact : compact.replaceAll(/.{4}(?=.)/gv, '$& ')
}

function frenchAccount(random: Random): string {
  const [bank, branch, account] = [`3000${random.next(10)}`, random.digits(5), random.digits(11)]
  const key = 97 - ((89 * (Number(bank) % 97) + 15 * (Number(branch) % 97) + 3 * (Number(account) % 97)) % 97)
  return bank + branch + account + String(key).padStart(2, '0')
}

function luhn(digits: string): number {
  let sum = 0
  for (const [index, digit] of digits.split('').reverse().entries()) {
    const double = Number(digit) * (index % 2 === 0 ? 2 : 1)
    sum += double > 9 ? double - 9 : double
  }
  return (10 - (sum % 10)) % 10
}

function card(random: Random, wrong: boolean): string {
  const body = `4${random.digits(14)}`
  const digit = (luhn(body) + (wrong ? 1 + random.next(9) : 0)) % 10
  const all = `${body}${digit}`
  return random.next(2) === 0 ? all : all.replaceAll(/.{4}(?=.)/gv, random.next(2) === 0 ? '$& ' : '$&-')
}

/** ISO 7064 MOD 11,10 over ten digits of which one is there twice. */
function taxNumber(random: Random, wrong: boolean): string {
  const order = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = random.next(at + 1)
    const kept = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = kept
  }
  const digits = [...order.slice(0, 9), order[random.next(3)] ?? 0]
  let product = 10
  for (const digit of digits) {
    const sum = (digit + product) % 10 || 10
    product = (sum * 2) % 11
  }
  const check = (11 - product) % 10
  const all = `${digits.join('')}${(check + (wrong ? 1 + random.next(9) : 0)) % 10}`
  return random.next(2) === 0 ? all : all.replace(/^(\d{2})(\d{3})(\d{3})(\d{3})$/v, '$1 $2 $3 $4')
}

function nir(random: Random, wrong: boolean): string {
  const body = `${1 + random.next(2)}${String(40 + random.next(60))}${String(1 + random.next(12)).padStart(2, '0')}${String(1 + random.next(95)).padStart(2, '0')}${random.digits(6)}`
  const key = 97 - mod97(body)
  const shown = wrong ? ((key + random.next(90)) % 97) + 1 : key
  const all = `${body}${String(shown).padStart(2, '0')}`
  return random.next(2) === 0
    ? all
    : all.replace(/^(\d)(\d{2})(\d{2})(\d{2})(\d{3})(\d{3})(\d{2})$/v, '$1 $2 $3 $4 $5 $6 $7')
}

export function nationalNumber(random: Random, language: Language, wrong: boolean): string {
  if (language === 'fr') return nir(random, wrong)
  if (language === 'de' || wrong) return taxNumber(random, wrong)
  return `${random.pick(['AB', 'CE', 'JK', 'PR'])} ${random.digits(2)} ${random.digits(2)} ${random.digits(2)} ${random.pick(['A', 'B', 'C', 'D'])}`
}

/** Numbers that the regulators keep for fiction: BNetzA, Ofcom, ARCEP. */
export function phone(random: Random, language: Language): string {
  const end = random.digits(2)
  const de = [
    `0171 39200${end}`,
    `+49 171 39200${end}`,
    `030 23125 0${end}`,
    `0049 30 231250${end}`,
    `(030) 23125-0${end}`,
    `0171/39200${end}`,
  ]
  const en = [
    `07700 9000${end}`,
    `+44 7700 9000${end}`,
    `020 7946 00${end}`,
    `+44 20 7946 00${end}`,
    `(020) 7946-00${end}`,
  ]
  const fr = [
    `06 39 98 00 ${end}`,
    `+33 6 39 98 00 ${end}`,
    `06.39.98.00.${end}`,
    `01 99 00 00 ${end}`,
    `0639980${random.digits(3)}`,
  ]
  return random.pick({ de, en, fr }[language])
}

const PLAIN: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
}

/** The name as it stands in addresses: small letters without accents. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[äöüßþðđłøæ]/gv, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[^a-z]/gv, '')
}

export function mail(random: Random, person: Person): string {
  const [given, family] = [plain(person.given), plain(person.family)]
  const local = [
    `${given}.${family}`,
    `${given.slice(0, 1)}.${family}`,
    `${given}_${family}`,
    `${family}${random.digits(2)}`,
    `${given}${family}`,
  ]
  return `${random.pick(local)}@${random.pick(['example.org', 'example.com', 'example.net', 'mail.example', 'post.example.org'])}`
}

const STREETS: Readonly<Record<Language, readonly string[]>> = {
  de: [
    'Lindenstraße',
    'Am Alten Markt',
    'Bahnhofstr.',
    'Goethestraße',
    'Hauptstraße',
    'Kastanienallee',
    'Rosenweg',
    'Berliner Platz',
    'Im Wiesengrund',
  ],
  en: ['High Street', 'Station Road', 'Church Lane', 'Victoria Avenue', 'Mill Close', 'The Crescent', 'Kings Drive'],
  fr: [
    'rue de la Paix',
    'avenue Victor Hugo',
    'boulevard Voltaire',
    'rue des Lilas',
    'place de la République',
    'chemin du Moulin',
  ],
}
const TOWNS: Readonly<Record<Language, readonly string[]>> = {
  de: [
    'Berlin',
    'Hamburg',
    'Freiburg',
    'Bad Homburg',
    'Köln',
    'Leipzig',
    'Würzburg',
    'Castrop-Rauxel',
    'Neustadt an der Weinstraße',
  ],
  en: ['Leeds', 'Bristol', 'Sheffield', 'Stoke-on-Trent', 'Oxford', 'Milton Keynes', 'Aberdeen'],
  fr: ['Lyon', 'Marseille', 'Aix-en-Provence', 'Saint-Étienne', 'Lille', 'Rennes', 'La Rochelle'],
}

export function street(random: Random, language: Language): string {
  const number = 1 + random.next(120)
  const name = random.pick(STREETS[language])
  return language === 'de'
    ? `${name} ${number}${random.pick(['', '', 'a', ' b'])}`
    : `${number}${random.pick(['', '', language === 'fr' ? ' bis' : 'A'])} ${name}`
}

export function town(random: Random, language: Language): string {
  return random.pick(TOWNS[language])
}

export function postcode(random: Random, language: Language): string {
  if (language === 'en')
    return `${random.pick(['LS', 'BS', 'OX', 'SW', 'M'])}${1 + random.next(20)} ${1 + random.next(9)}${random.pick(['AB', 'XY', 'JH'])}`
  return language === 'de'
    ? String(10_115 + random.next(80_000))
    : `${String(1 + random.next(95)).padStart(2, '0')}${random.digits(3)}`
}

export function birthDate(random: Random, language: Language): string {
  const [year, month, day] = [1940 + random.next(65), 1 + random.next(12), 1 + random.next(28)]
  const two = (value: number): string => String(value).padStart(2, '0')
  const iso = `${year}-${two(month)}-${two(day)}`
  return random.pick(
    {
      de: [`${two(day)}.${two(month)}.${year}`, `${day}.${month}.${year}`, iso],
      en: [`${two(day)}/${two(month)}/${year}`, iso],
      fr: [`${two(day)}/${two(month)}/${year}`, iso],
    }[language],
  )
}

export function address4(random: Random): string {
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${1 + random.next(254)}`
}

const HEX = '0123456789abcdef'
const hex = (random: Random, count: number): string =>
  Array.from({ length: count }, () => HEX.charAt(random.next(16))).join('')

/** What looks like personal data and is none. */
export function decoy(random: Random, kind: string, language: Language): string {
  if (kind === 'iban') return iban(random, language, true)
  if (kind === 'card') return card(random, true)
  if (kind === 'national') return nationalNumber(random, language, true)
  if (kind === 'version') return `${random.next(20)}.${random.next(40)}.${random.next(300)}`
  if (kind === 'order')
    return random.pick([
      `A-${random.digits(6)}`,
      `RG-20${random.digits(2)}-${random.digits(5)}`,
      `#${random.digits(6)}`,
      `PO${random.digits(7)}`,
    ])
  if (kind === 'uuid')
    return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`
  if (kind === 'sha') return hex(random, 40)
  if (kind === 'product')
    return random.pick([
      'ThermoMax 3000',
      'CloudBox Pro',
      'Router X7',
      'Kaffeevollautomat K12',
      'SmartHome Starter',
      'Office Suite',
      'PowerPoint',
      'Kubernetes',
      'Galaxy Tab',
    ])
  return random.pick([
    'Nordlicht GmbH',
    'Brightwater Ltd',
    'Soleil Assurances',
    'Siemens',
    'Deutsche Bahn',
    'Alpenblick AG',
    'Northgate Holdings',
    'Allianz',
    'Microsoft',
  ])
}

export { card, iban }
