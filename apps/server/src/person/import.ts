import { z } from 'zod'
import type { TenantContext } from '../evidence/index.ts'
import { readLines } from './csv.ts'
import { personKinds } from './person.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'

/** Most people of one file, and most characters of it. */
export const mostLines = 2_000
export const mostCharacters = 1_000_000

/** What is wrong with a line, or with the file; a page says it in its language. */
export const problems = [
  'no-name',
  'bad-name',
  'bad-mail',
  'bad-kind',
  'bad-day',
  'bad-order',
  'too-long',
  'formula',
  'twice',
  'ambiguous',
  'columns',
] as const

/** What is wrong with a line. */
export type Problem = (typeof problems)[number]

/** What a line of a file would do. */
export interface ImportLine {
  readonly line: number
  readonly action: 'add' | 'change' | 'same' | 'refused'
  readonly problems: readonly Problem[]
  readonly name: string
  readonly given: Given | null
  /** Who would be changed. */
  readonly person: PersonRow | null
}

interface Given {
  readonly name: string
  readonly email: string | null
  readonly position: string | null
  readonly area: string | null
  readonly kind: PersonRow['kind']
  readonly joinedOn: string | null
  readonly leftOn: string | null
}

/** What a column may be called. */
const heads: Readonly<Record<keyof Given, readonly string[]>> = {
  name: ['name'],
  email: ['email', 'e-mail', 'mail', 'mailadresse', 'mail address'],
  position: ['position', 'role', 'rolle', 'funktion', 'function', 'aufgabe'],
  area: ['area', 'bereich', 'abteilung', 'department', 'team'],
  kind: ['kind', 'art', 'typ', 'type'],
  joinedOn: ['joined_on', 'from', 'von', 'eintritt', 'start'],
  leftOn: ['left_on', 'until', 'bis', 'austritt', 'ende', 'end'],
}
const kindWords: Readonly<Record<string, PersonRow['kind']>> = {
  '': 'employee',
  employee: 'employee',
  angestellt: 'employee',
  freelancer: 'freelancer',
  freiberuflich: 'freelancer',
  other: 'other',
  sonstige: 'other',
}

/** The file as a whole cannot be read: why. */
export type Unreadable = 'empty' | 'no-name-column' | 'quote' | 'too-many'

/** What a file would do, line by line; nothing is changed. */
export async function planImport(tx: TenantContext, csv: string): Promise<ImportLine[] | Unreadable> {
  let lines
  try {
    lines = readLines(csv)
  } catch (error) {
    if (error instanceof RangeError) return 'quote'
    throw error
  }
  const [head, ...rest] = lines
  if (!head || rest.length === 0) return 'empty'
  if (rest.length > mostLines) return 'too-many'
  const columns = head.cells.map((cell) => columnOf(cell))
  if (!columns.includes('name')) return 'no-name-column'
  const people = await store.listPeople(tx)
  const byMail = new Map(people.flatMap((row) => (row.email === null ? [] : [[row.email.toLowerCase(), row] as const])))
  const byName = Map.groupBy(people, (row) => row.name.toLowerCase())
  const seen = new Set<string>()
  return rest.map(({ line, cells }): ImportLine => {
    const { given, found } = readLine(columns, cells)
    const name = (cells[columns.indexOf('name')] ?? '').trim().slice(0, 200)
    const refused = (all: readonly Problem[]): ImportLine => ({
      line,
      action: 'refused',
      problems: all,
      name,
      given: null,
      person: null,
    })
    if (!given) return refused(found)
    const key = given.email?.toLowerCase() ?? `name ${given.name.toLowerCase()}`
    if (seen.has(key)) return refused(['twice'])
    seen.add(key)
    const named = byName.get(given.name.toLowerCase()) ?? []
    const known = given.email === null ? named : [byMail.get(given.email.toLowerCase()) ?? []].flat()
    if (known.length > 1) return refused(['ambiguous'])
    const [person] = known
    if (!person) return { line, action: 'add', problems: [], name, given, person: null }
    // What the file has no column for stays as it is.
    const merged = mergeWith(person, given, columns)
    return { line, action: isSame(person, merged) ? 'same' : 'change', problems: [], name, given: merged, person }
  })
}

const columnOf = (cell: string): keyof Given | null => {
  const word = cell.trim().toLowerCase()
  const found = Object.entries(heads).find(([, names]) => names.includes(word))
  return found ? (found[0] as keyof Given) : null
}

function readLine(
  columns: readonly (keyof Given | null)[],
  cells: readonly string[],
): { given: Given | null; found: Problem[] } {
  // Our own export puts an apostrophe before what a spreadsheet would take for a formula.
  const value = (column: keyof Given) => (cells[columns.indexOf(column)] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
  const found = new Set<Problem>()
  const check = (problem: Problem, is: boolean) => {
    if (is) found.add(problem)
  }
  const texts = [value('name'), value('position'), value('area')]
  const days = [value('joinedOn'), value('leftOn')].map((text) => dayFrom(text))
  const [joinedOn = null, leftOn = null] = days
  const kind = kindWords[value('kind').toLowerCase()]
  const email = value('email')
  check('columns', cells.length > columns.length)
  check('no-name', value('name') === '')
  check(
    'bad-name',
    texts.some((text) => /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text)),
  )
  check(
    'formula',
    texts.some((text) => /^[=+\-@]/.test(text)),
  )
  check('too-long', value('name').length > 200 || value('position').length > 200 || value('area').length > 100)
  check('bad-mail', email !== '' && !z.email().max(254).safeParse(email).success)
  check('bad-kind', kind === undefined)
  check('bad-day', days.includes(undefined))
  check('bad-order', typeof joinedOn === 'string' && typeof leftOn === 'string' && leftOn < joinedOn)
  if (found.size > 0 || kind === undefined) return { given: null, found: [...found] }
  return {
    given: {
      name: value('name'),
      email: email === '' ? null : email,
      position: value('position') === '' ? null : value('position'),
      area: value('area') === '' ? null : value('area'),
      kind: personKinds.find((one) => one === kind) ?? 'employee',
      joinedOn,
      leftOn,
    },
    found: [],
  }
}

/** `2026-11-22` or `22.11.2026`; null: nothing; undefined: no day. */
function dayFrom(text: string): string | null | undefined {
  if (text === '') return null
  const [, date, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  const day = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`
  return z.iso.date().safeParse(day).success ? day : undefined
}

function mergeWith(person: PersonRow, given: Given, columns: readonly (keyof Given | null)[]): Given {
  const has = (column: keyof Given) => columns.includes(column)
  return {
    name: given.name,
    email: has('email') ? given.email : person.email,
    position: has('position') ? given.position : person.position,
    area: has('area') ? given.area : person.area,
    kind: has('kind') ? given.kind : person.kind,
    joinedOn: has('joinedOn') ? given.joinedOn : person.joined_on,
    leftOn: has('leftOn') ? given.leftOn : person.left_on,
  }
}

function isSame(person: PersonRow, given: Given): boolean {
  return (
    person.name === given.name &&
    (person.email ?? '').toLowerCase() === (given.email ?? '').toLowerCase() &&
    person.position === given.position &&
    person.area === given.area &&
    person.kind === given.kind &&
    person.joined_on === given.joinedOn &&
    person.left_on === given.leftOn
  )
}
