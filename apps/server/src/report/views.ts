import { z } from 'zod'
import { FileShown } from '../file/index.ts'
import { clocks, deadlinesOf, stages } from './cra.ts'
import { severities, severityOf } from './cvss.ts'
import { letterKinds, letterStates } from './letter-store.ts'
import type { LetterRow } from './letter-store.ts'
import { nextStates, states } from './report.ts'
import type { MessageRow, ReportRow } from './store.ts'

const Day = z.iso.date()
const Instant = z.iso.datetime()
const Person = z.object({ accountId: z.uuid(), name: z.string() }).nullable()

/** A report in the list. */
export const ReportLine = z.object({
  reportId: z.uuid(),
  number: z.int(),
  title: z.string(),
  product: z.string(),
  state: z.enum(states),
  receivedAt: Instant,
  /** The last day on which it is acknowledged in time. */
  acknowledgeBy: Day,
  acknowledgedAt: Instant.nullable(),
  /** Not acknowledged, and the promised day is over. */
  isLate: z.boolean(),
  severity: z.enum(severities).nullable(),
  score: z.number().nullable(),
  owner: Person,
  discloseOn: Day.nullable(),
  /** The next thing that the Cyber Resilience Act asks for; null: nothing. */
  nextDeadline: z.object({ stage: z.enum(stages), dueAt: Instant }).nullable(),
})

const Deadline = z.object({
  stage: z.enum(stages),
  /** Null: what it counts from has not happened. */
  dueAt: Instant.nullable(),
  /** Where the end of a period of days moves on to a working day. */
  outerAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  isLate: z.boolean(),
})

/** A report with everything that was said. */
export const ReportView = ReportLine.extend({
  source: z.enum(['form', 'workplace']),
  language: z.enum(['en', 'de']),
  description: z.string(),
  /** Of whoever reported; null also where it is not for the caller. */
  reporter: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  credit: z.string().nullable(),
  vector: z.string().nullable(),
  cve: z.string().nullable(),
  mendedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  duplicateOf: z.object({ reportId: z.uuid(), number: z.int() }).nullable(),
  /** What it may become. */
  next: z.array(z.enum(states)),
  messages: z.array(
    z.object({
      kind: z.enum(['reporter', 'answer', 'note']),
      by: z.string().nullable(),
      text: z.string(),
      at: Instant,
    }),
  ),
  files: z.array(FileShown),
  /** What went to the address that was left in the form; none: no letters go out about this report, or it is not for the caller. */
  letters: z.array(z.object({ kind: z.enum(letterKinds), state: z.enum(letterStates), at: Instant })),
  clock: z
    .object({
      about: z.enum(clocks),
      awareAt: Instant,
      remedyAt: Instant.nullable(),
      /** Nothing: the duty did not hold yet when the clock began. */
      deadlines: z.array(Deadline),
    })
    .nullable(),
  advisories: z.array(z.object({ advisoryId: z.uuid(), trackingId: z.string() })),
  /** What was made of it. */
  incident: z.object({ incidentId: z.uuid(), number: z.int() }).nullable(),
})

/** Names of accounts by their ids. */
export type Names = ReadonlyMap<string, { readonly name: string }>

/** What is to be known of now. */
export interface Now {
  readonly now: Date
  readonly today: string
  readonly timeZone: string
}

export function viewLine(row: ReportRow, names: Names, { today, timeZone }: Now): z.input<typeof ReportLine> {
  const open = deadlinesOf(row, timeZone).find(({ doneAt, dueAt }) => doneAt === null && dueAt !== null)
  return {
    reportId: row.id,
    number: row.number,
    title: row.title,
    product: row.product,
    state: row.state,
    receivedAt: row.received_at.toISOString(),
    acknowledgeBy: row.acknowledge_by,
    acknowledgedAt: instant(row.acknowledged_at),
    isLate: row.acknowledged_at === null && row.acknowledge_by < today,
    severity: row.score === null ? null : severityOf(row.score),
    score: row.score,
    owner:
      row.owner_account === null
        ? null
        : { accountId: row.owner_account, name: names.get(row.owner_account)?.name ?? '–' },
    discloseOn: row.disclose_on,
    nextDeadline: open?.dueAt ? { stage: open.stage, dueAt: open.dueAt.toISOString() } : null,
  }
}

/** What of a report is not in its row. */
export interface Around {
  readonly messages: readonly MessageRow[]
  readonly files: z.input<typeof FileShown>[]
  readonly letters: readonly LetterRow[]
  readonly original: { readonly id: string; readonly number: number } | null
  readonly advisories: readonly { readonly id: string; readonly tracking_id: string }[]
  readonly incident: { readonly id: string; readonly number: number } | null
  readonly seesReporter: boolean
}

export function viewReport(row: ReportRow, around: Around, names: Names, at: Now): z.input<typeof ReportView> {
  const { messages, files, letters, original, advisories, incident, seesReporter } = around
  const isSaid = row.name !== null || row.email !== null
  return {
    ...viewLine(row, names, at),
    source: row.source,
    language: row.language,
    description: row.description,
    reporter: seesReporter && isSaid ? { name: row.name, email: row.email } : null,
    credit: row.credit,
    vector: row.vector,
    cve: row.cve,
    mendedAt: instant(row.mended_at),
    closedAt: instant(row.closed_at),
    duplicateOf: original && { reportId: original.id, number: original.number },
    next: [...nextStates(row.state)],
    messages: messages.map(({ kind, account_id: accountId, text, at: said }) => ({
      kind,
      by: accountId === null ? null : (names.get(accountId)?.name ?? null),
      text,
      at: said.toISOString(),
    })),
    files,
    letters: (seesReporter ? letters : []).map(({ kind, state, made_at: madeAt, sent_at: sentAt }) => ({
      kind,
      state,
      at: (sentAt ?? madeAt).toISOString(),
    })),
    clock: viewClock(row, at),
    advisories: advisories.map(({ id, tracking_id: trackingId }) => ({ advisoryId: id, trackingId })),
    incident: incident && { incidentId: incident.id, number: incident.number },
  }
}

function viewClock(row: ReportRow, { now, timeZone }: Now): z.input<typeof ReportView>['clock'] {
  if (row.clock === null || row.aware_at === null) return null
  return {
    about: row.clock,
    awareAt: row.aware_at.toISOString(),
    remedyAt: instant(row.remedy_at),
    deadlines: deadlinesOf(row, timeZone).map(({ stage, dueAt, outerAt, doneAt }) => ({
      stage,
      dueAt: instant(dueAt),
      outerAt: instant(outerAt),
      doneAt: instant(doneAt),
      isLate: dueAt !== null && (doneAt ?? now) > dueAt,
    })),
  }
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
