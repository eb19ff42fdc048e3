import { z } from 'zod'
import type { Text } from '../engine/text.ts'

/** Every way from one tenant to another that is tried, and its name in a sentence. */
export const ways = {
  database: { en: 'The database of another', de: 'Die Datenbank eines anderen' },
  schema: { en: 'The schema of another', de: 'Das Schema eines anderen' },
  rows: { en: 'Rows of another', de: 'Zeilen eines anderen' },
  ledger: { en: 'The ledger of another', de: 'Das Journal eines anderen' },
  queue: { en: 'The queue of jobs', de: 'Die Warteschlange der Aufträge' },
  registry: { en: 'The registry of tenants', de: 'Das Verzeichnis der Mandanten' },
  sessions: { en: 'Accounts, sessions and attempts', de: 'Konten, Sitzungen und Versuche' },
  'cross-database': {
    en: 'A query that names the database of another',
    de: 'Eine Abfrage, die die Datenbank eines anderen nennt',
  },
  'foreign-data': { en: 'Foreign tables and links to databases', de: 'Fremdtabellen und Datenbankverbindungen' },
  roles: { en: 'The role of another or of an owner', de: 'Die Rolle eines anderen oder eines Eigentümers' },
  files: { en: 'Files through the database', de: 'Dateien durch die Datenbank' },
  programs: { en: 'Programs through the database', de: 'Programme durch die Datenbank' },
  replication: { en: 'The stream of all changes', de: 'Der Strom aller Änderungen' },
  activity: { en: 'What another asks the database', de: 'Was ein anderer die Datenbank fragt' },
  signals: { en: 'Stopping the work of another', de: 'Die Arbeit eines anderen anhalten' },
  notifications: { en: 'Notifications of another', de: 'Benachrichtigungen eines anderen' },
  locks: { en: 'Locks that hold another up', de: 'Sperren, die einen anderen aufhalten' },
  temporary: { en: 'Temporary objects', de: 'Temporäre Objekte' },
  folder: { en: 'Files for other accounts of the machine', de: 'Dateien für andere Konten der Maschine' },
  api: { en: 'Reading of another through the API', de: 'Lesen bei einem anderen durch die API' },
  ids: { en: 'Identifiers of another in own addresses', de: 'Kennungen eines anderen in eigenen Adressen' },
  cache: { en: 'Answers that are kept in between', de: 'Antworten, die unterwegs aufbewahrt werden' },
} as const satisfies Record<string, Text>

/** A way from one tenant to another. */
export type Way = keyof typeof ways

/**
 * What came of an attempt: it was refused as such; it got through; or nobody knows, since something else was in the way, as
 * a server that did not answer.
 */
export type AttemptOutcome = 'refused' | 'reached' | 'unseen'

/** One attempt. */
export interface Attempt {
  readonly way: Way
  readonly outcome: AttemptOutcome
}

/** The attempts by one way. */
export const wayFacts = z.object({
  way: z.enum(Object.keys(ways) as [Way, ...Way[]]),
  refused: z.int().min(0),
  reached: z.int().min(0),
  unseen: z.int().min(0),
})

/** How many attempts by one way were refused, got through, or showed nothing. */
export type WayFacts = z.output<typeof wayFacts>

/** Counts attempts by way, in the order of the list. */
export function countByWay(attempts: readonly Attempt[]): WayFacts[] {
  return wayFacts.shape.way.options.flatMap((way) => {
    const own = attempts.filter((attempt) => attempt.way === way)
    const count = (outcome: AttemptOutcome) => own.filter((attempt) => attempt.outcome === outcome).length
    return own.length === 0
      ? []
      : [{ way, refused: count('refused'), reached: count('reached'), unseen: count('unseen') }]
  })
}

/** Whether there is enough for a judgement: something got through, or of every way at least one attempt was answered. */
export function isJudgeable(counted: readonly WayFacts[]): boolean {
  return counted.some(({ reached }) => reached > 0) || counted.every(({ refused }) => refused > 0)
}
