/**
 * Makes files of any size with known personal data: customers.csv, events.ndjson, app.log, dump.sql. A generator of text and of what is in
 * it; the caller writes both. The same seed gives the same bytes.
 */
import { makeSample, pickLanguage } from './corpus.ts'
import type { Sample } from './corpus.ts'
import * as identifiers from './corpus-identifiers.ts'
import { makePerson } from './corpus-names.ts'
import type { Half, Language, Person } from './corpus-names.ts'
import { makeRandom } from './corpus-random.ts'
import type { Random } from './corpus-random.ts'

/** One record as text, and the values in it that have to be gone afterwards: type, a tab, the value; `notes.` before the types of free text. */
export interface Piece {
  readonly text: string
  readonly gold: readonly string[]
}

const HEADERS: Readonly<Record<Half, readonly string[]>> = {
  development: [
    'customer_id',
    'salutation',
    'first_name',
    'last_name',
    'email',
    'phone',
    'mobile',
    'street',
    'postcode',
    'city',
    'country',
    'birth_date',
    'iban',
    'card_number',
    'national_id',
    'last_ip',
    'username',
    'created_at',
    'updated_at',
    'status',
    'revenue',
    'language',
    'notes',
  ],
  heldOut: [
    'KDNR',
    'ANR',
    'VN',
    'NN',
    'EML1',
    'TEL1',
    'TEL2',
    'STR',
    'PLZ',
    'ORT',
    'LKZ',
    'GEBDAT',
    'BKV',
    'KK',
    'STID',
    'IPADR',
    'USR',
    'ANLDAT',
    'AENDAT',
    'ST',
    'UMS',
    'SPR',
    'BEM',
  ],
}

const COUNTRY: Readonly<Record<Language, string>> = { de: 'DE', en: 'GB', fr: 'FR' }
const two = (value: number): string => String(value).padStart(2, '0')

interface Customer {
  readonly person: Person
  readonly language: Language
  readonly values: readonly string[]
  readonly gold: readonly string[]
}

function moment(random: Random): string {
  return `202${random.next(6)}-${two(1 + random.next(12))}-${two(1 + random.next(28))}T${two(random.next(24))}:${two(random.next(60))}:${two(random.next(60))}Z`
}

/** The type of each column's value; '' where the value is nobody's. */
const TYPES: readonly string[] =
  ',,name,name,email,phone,phone,street,postcode,town,,birth,iban,card,national,ip,login,,,,,,notes'.split(',')

function makeCustomer(random: Random, half: Half, id: number): Customer {
  const language = pickLanguage(random)
  const person = makePerson(random, language, half)
  const sample = random.next(3) === 0 ? makeSample(random, half, { person, language }) : undefined
  const notes = sample === undefined ? '' : makeNotes(sample, person, random)
  const values = [
    String(100_000 + id),
    person.female ? 'f' : 'm',
    person.given,
    person.family,
    identifiers.mail(random, person),
    identifiers.phone(random, language),
    random.next(3) === 0 ? '' : identifiers.phone(random, language),
    identifiers.street(random, language),
    identifiers.postcode(random, language),
    identifiers.town(random, language),
    COUNTRY[language],
    identifiers.birthDate(random, language),
    identifiers.iban(random, language, false),
    identifiers.card(random, false),
    identifiers.nationalNumber(random, language, false),
    identifiers.address4(random),
    `${identifiers.plain(person.given).slice(0, 1)}${identifiers.plain(person.family)}`,
    moment(random),
    moment(random),
    random.pick(['active', 'closed', 'pending']),
    `${random.next(9000)}.${random.digits(2)}`,
    language,
    notes,
  ]
  const gold = values.flatMap((value, at) => {
    const type = TYPES[at] ?? ''
    return type === '' || type === 'notes' || value === '' ? [] : [`${type}\t${value}`]
  })
  for (const { type, start, end } of sample?.gold ?? [])
    if (type !== 'decoy') gold.push(`notes.${type}\t${sample?.text.slice(start, end) ?? ''}`)
  return { person, language, values, gold }
}

/** A text about this person, sometimes over several lines, with quotes in it. */
function makeNotes(sample: Sample, person: Person, random: Random): string {
  const about = random.pick([`${person.given} ${person.family}`, person.family, person.given])
  return random.next(2) === 0 ? sample.text : `${sample.text}\n"${about}" ${random.pick(['OK', 'ok?', '✓'])}`
}

function quoted(value: string, separator: string): string {
  return value.includes(separator) || /["\r\n]/v.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** customers.csv: 23 columns, notes in a third of the rows. The held-out half has `;` and headers that say little. */
export function* customers(rows: number, half: Half, seed: number): Generator<Piece> {
  const random = makeRandom(seed)
  const separator = half === 'heldOut' ? ';' : ','
  yield { text: `${HEADERS[half].join(separator)}\n`, gold: [] }
  for (let id = 0; id < rows; id += 1) {
    const { values, gold } = makeCustomer(random, half, id)
    yield { text: `${values.map((value) => quoted(value, separator)).join(separator)}\n`, gold }
  }
}

/** events.ndjson: the person two levels deep, a list of addresses, a message. */
export function* events(rows: number, half: Half, seed: number): Generator<Piece> {
  const random = makeRandom(seed)
  for (let id = 0; id < rows; id += 1) {
    const { values, gold, person } = makeCustomer(random, half, id)
    const record = {
      id,
      type: random.pick(['login', 'order', 'ticket']),
      at: values[17],
      actor: {
        id: values[0],
        name: { first: person.given, last: person.family },
        contact: { email: values[4], phones: [values[5], values[6]] },
      },
      address: [{ street: values[7], zip: values[8], city: values[9] }],
      payment: { iban: values[12], card: values[13] },
      meta: {
        ip: values[15],
        agent: 'Mozilla/5.0 (X11; Linux x86_64)',
        trace: identifiers.decoy(random, 'uuid', 'en'),
        ok: random.next(2) === 0,
        amount: Number(values[20]),
      },
      message: values[22],
    }
    const kept = gold.filter((line) => !/^(?:birth|national|login)\t/v.test(line))
    yield { text: `${JSON.stringify(record)}\n`, gold: kept }
  }
}

/** app.log: one line each, of which every second has somebody in it. */
export function* logLines(rows: number, half: Half, seed: number): Generator<Piece> {
  const random = makeRandom(seed)
  for (let id = 0; id < rows; id += 1) {
    const { values, person } = makeCustomer(random, half, id)
    const [mail = '', ip = '', login = '', at = ''] = [values[4], values[15], values[16], values[17]]
    const trace = identifiers.decoy(random, 'uuid', 'en')
    const lines: readonly Piece[] = [
      {
        text: `${at} INFO auth login ok user=${login} ip=${ip} trace=${trace}`,
        gold: [`login\t${login}`, `ip\t${ip}`],
      },
      { text: `${at} WARN mail bounce to=<${mail}> code=550 attempt=${1 + random.next(5)}`, gold: [`email\t${mail}`] },
      {
        text: `${at} INFO order created by ${person.given} ${person.family} total=${values[20] ?? ''} EUR`,
        gold: [`name\t${person.given} ${person.family}`],
      },
      { text: `${at} DEBUG cache miss key=product:${random.next(90_000)} took=${random.next(900)}ms`, gold: [] },
      {
        text: `${at} INFO job cleanup done rows=${random.next(100_000)} version=${identifiers.decoy(random, 'version', 'en')}`,
        gold: [],
      },
      { text: `${at} ERROR http GET /api/v2/items/${random.next(9000)} 503 trace=${trace}`, gold: [] },
    ]
    const piece = random.pick(lines)
    yield { text: `${piece.text}\n`, gold: piece.gold }
  }
}

function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

function copyText(value: string): string {
  return value === ''
    ? String.raw`\N`
    : value
        .replaceAll('\\', '\\\\')
        .replaceAll('\n', String.raw`\n`)
        .replaceAll('\t', String.raw`\t`)
}

/** dump.sql: half of the rows as COPY, half as INSERT. */
export function* dump(rows: number, half: Half, seed: number): Generator<Piece> {
  const random = makeRandom(seed)
  const columns = HEADERS[half].join(', ')
  yield { text: `--\n-- PostgreSQL database dump\n--\n\nCOPY public.customers (${columns}) FROM stdin;\n`, gold: [] }
  const copied = Math.floor(rows / 2)
  for (let id = 0; id < rows; id += 1) {
    if (id === copied) yield { text: '\\.\n\n', gold: [] }
    const { values, gold } = makeCustomer(random, half, id)
    if (id < copied) yield { text: `${values.map(copyText).join('\t')}\n`, gold }
    else yield { text: `INSERT INTO public.customers (${columns}) VALUES (${values.map(sqlText).join(', ')});\n`, gold }
  }
}
