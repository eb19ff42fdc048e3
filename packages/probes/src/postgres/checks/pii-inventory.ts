import { fail, info, noParams, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, NearMiss, Verdict } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

type Column = PostgresFacts['personal']['columns'][number]

export const pgPiiInventory = {
  id: 'pg.pii-inventory',
  version: 2,
  connector: 'postgres',
  title: {
    en: 'Personal data are in declared columns only, and pseudonyms are UUIDs or hashes',
    de: 'Personenbezogene Daten stehen nur in angegebenen Spalten, Pseudonyme sind UUIDs oder Hashes',
  },
  why: {
    en: 'Data that no record names are not deleted, not disclosed to the person, and not protected.',
    de: 'Daten, die kein Verzeichnis nennt, werden nicht gelöscht, nicht beauskunftet und nicht geschützt.',
  },
  remedy: {
    en: 'Enter the column in the record of processing and in the settings of the connection, or remove what should not be there; replace speaking pseudonyms by UUIDs or keyed hashes.',
    de: 'Die Spalte in das Verarbeitungsverzeichnis und die Einstellungen der Verbindung aufnehmen oder entfernen, was dort nicht stehen soll; sprechende Pseudonyme durch UUIDs oder Hashes mit Schlüssel ersetzen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'pseudonymous-identifiers', as: 'proves' },
    { measure: 'pseudonymisation', as: 'supports' },
    { measure: 'redaction-before-processing', as: 'supports' },
    { measure: 'data-minimisation', as: 'supports' },
  ],
  params: noParams,
  reads: ['personal'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 25(1)', 'GDPR Art. 30', 'ISO/IEC 27001:2022 A.5.34', 'ISO/IEC 27001:2022 A.8.11'],
  sources: [
    'https://www.iso.org/standard/81090.html',
    'https://www.edpb.europa.eu/our-work-tools/documents/public-consultations/2025/guidelines-012025-pseudonymisation_en',
  ],
  pitfalls: [
    'A sample of 500 values of each column is looked at: a single address in a note among a million is not found.',
    'Names in free text are not recognised; columns of names are, by lists of names and by English and German words in what the column is called.',
    'An address or an IBAN (check digits counted), or a number of a person or a card beside a word that names it, convicts a column at once; numbers that look like a telephone or an IP address only where at least half of the values do.',
    'Bare numbers that pass the check digits of a national identifier or a card convict a column only where seven of ten do, and five at least: one random number in ten passes many of them.',
    'A column named like personal data that holds hashes or UUIDs only is no finding.',
    'A UUID or hash of something guessable can be guessed: its form is shown, not how it was made.',
  ],
  messages: {
    declared: {
      en: 'Of {looked} columns only declared ones hold what looks like personal data.',
      de: 'Von {looked} Spalten enthalten nur angegebene, was nach personenbezogenen Daten aussieht.',
    },
    'no-pseudonyms': {
      en: 'Of {looked} columns only declared ones look like personal data; no column with pseudonyms is named, so nothing is shown about them.',
      de: 'Von {looked} Spalten sehen nur angegebene nach personenbezogenen Daten aus; Spalten mit Pseudonymen sind nicht genannt, über sie ist daher nichts gezeigt.',
    },
    unread: {
      en: '{unread} columns with text could not be looked into, only at their names.',
      de: 'In {unread} Spalten mit Text war nicht hineinzusehen, nur auf ihre Namen.',
    },
    found: {
      en: '{column} holds what looks like personal data ({kind}: {count} of {sampled}) and is not declared.',
      de: '{column} enthält, was nach personenbezogenen Daten aussieht ({kind}: {count} von {sampled}), und ist nicht angegeben.',
    },
    named: {
      en: '{column} is named like personal data ({kind}) and not declared.',
      de: '{column} heißt wie personenbezogene Daten ({kind}) und ist nicht angegeben.',
    },
    missing: { en: '{column} is declared and not there.', de: '{column} ist angegeben und nicht vorhanden.' },
    opaque: {
      en: '{column} holds UUIDs or hashes only ({sampled} looked at).',
      de: '{column} enthält nur UUIDs oder Hashes ({sampled} angesehen).',
    },
    speaking: {
      en: '{column} should hold pseudonyms; {count} of {sampled} are neither UUID nor hash.',
      de: '{column} soll Pseudonyme enthalten; {count} von {sampled} sind weder UUID noch Hash.',
    },
    empty: { en: '{column} is empty or could not be looked into.', de: '{column} ist leer oder war nicht einsehbar.' },
  },
  judge({ personal: { columns, looked, unread, missing } }) {
    if (looked === 0) return []
    const judged = columns.flatMap((column, index) => judgeColumn(column, `personal.columns.${index}`))
    const absent = missing.map((column) => fail(column, 'personal.missing', 'missing', { column }))
    if ([...judged, ...absent].some(({ state }) => state === 'fail')) return [...judged, ...absent]
    return [...judged, summary({ columns, looked, unread })]
  },
} satisfies Check<PostgresFacts, 'personal', typeof noParams>

function summary({
  columns,
  looked,
  unread,
}: Pick<PostgresFacts['personal'], 'columns' | 'looked' | 'unread'>): Verdict {
  if (unread > 0) return info('columns', 'personal.unread', 'unread', { unread })
  return columns.some(({ declared }) => declared === 'pseudonym')
    ? pass('columns', 'personal.looked', 'declared', { looked })
    : info('columns', 'personal.looked', 'no-pseudonyms', { looked })
}

function judgeColumn(column: Column, because: string): Verdict[] {
  if (column.declared === 'pseudonym') return [judgePseudonym(column, because)]
  if (column.declared === 'personal') return []
  const { column: name, sampled, named, opaque } = column
  const found = kindFound(column)
  const near: NearMiss = {
    list: 'personalColumns',
    values: [name],
    setting: { en: 'Columns with personal data', de: 'Spalten mit personenbezogenen Daten' },
  }
  if (found !== undefined)
    return [unlessDeclared(fail(name, because, 'found', { column: name, sampled: sampled ?? 0, ...found }), near)]
  const isOpaque = sampled !== null && sampled > 0 && opaque === sampled
  return named === null || isOpaque
    ? []
    : [unlessDeclared(fail(name, because, 'named', { column: name, kind: named }), near)]
}

function judgePseudonym({ column, sampled, opaque }: Column, because: string): Verdict {
  if (sampled === null || sampled === 0) return info(column, because, 'empty', { column })
  return opaque === sampled
    ? pass(column, because, 'opaque', { column, sampled })
    : fail(column, because, 'speaking', { column, sampled, count: sampled - opaque })
}

/** Where bare numbers pass a check by chance, this share of a column does not. */
const MOSTLY = 0.7
const LEAST = 5

function kindFound({
  sampled,
  emails,
  ibans,
  phones,
  addresses,
  others,
}: Column): { kind: string; count: number } | undefined {
  const half = (sampled ?? 0) / 2
  if (emails > 0) return { kind: 'email', count: emails }
  if (ibans > 0) return { kind: 'iban', count: ibans }
  if (phones > 0 && phones >= half) return { kind: 'phone', count: phones }
  if (addresses > 0 && addresses >= half) return { kind: 'ip', count: addresses }
  const other = others.find(({ count, isNamed }) => isNamed || (count >= LEAST && count >= (sampled ?? 0) * MOSTLY))
  return other === undefined ? undefined : { kind: other.type, count: other.count }
}
