import { csvRow } from '@art32/probes'
import { z } from 'zod'
import { csvOf } from './csv.ts'
import { eventsWhere } from './events.ts'
import type { LedgerEvent } from './events.ts'
import { tenantOperation } from './tenants.ts'
import type { TenantContext } from './tenants.ts'

/** What the history needs of the rest of the server. */
export interface HistoryDependencies {
  /** Names of accounts; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

/** How many events one export holds at most, and how many are read at a time. */
const exportLimit = 10_000
const exportPage = 200

/** One event as pages show it. */
export const HistoryEvent = z.object({
  index: z.int(),
  at: z.iso.datetime(),
  type: z.string(),
  code: z.string().nullable(),
  /** What it is about; of a person, with the name. */
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  who: z.object({ kind: z.string(), accountId: z.string().nullable(), name: z.string().nullable() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  reason: z.string().nullable(),
})

type Told = z.output<typeof HistoryEvent>

/** Each page becomes bytes at once: those lie beside the memory in which ten thousand events may have no place. */
async function jsonOf(pages: AsyncIterable<readonly Told[]>): Promise<Buffer> {
  const parts = [Buffer.from('{\n  "events": [')]
  let count = 0
  for await (const events of pages)
    parts.push(Buffer.from(events.map((event) => `${count++ === 0 ? '' : ','}\n    ${indented(event)}`).join('')))
  parts.push(Buffer.from(count === 0 ? ']\n}\n' : '\n  ]\n}\n'))
  return Buffer.concat(parts)
}

const indented = (event: Told) => JSON.stringify(event, null, 2).replaceAll('\n', '\n    ')

async function tableOf(pages: AsyncIterable<readonly Told[]>): Promise<Buffer> {
  const parts = [csvOf([header])]
  for await (const events of pages) parts.push(Buffer.from(events.map((event) => csvRow(row(event))).join('')))
  return Buffer.concat(parts)
}

const filter = {
  /** What it is about. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/)
    .optional(),
  /** The noun of what happened: measure, access, connection … */
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .optional(),
  person: z.uuid().optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
}

/** Who changed what, when, from what to what: read from the ledger, so that it cannot differ from it. */
export function historyOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'history.list',
      summary: 'Shows who changed what, when, from what to what; of one thing, one person, one time or all',
      needs: 'ledger:read',
      input: z.object({
        ...filter,
        before: z.coerce.number().int().min(0).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      output: z.object({
        events: z.array(HistoryEvent),
        /** To go on with; null: there is nothing older. */
        next: z.int().nullable(),
      }),
      async run({ limit, ...wanted }, tx) {
        const events = await find(tx, wanted, limit + 1)
        const shown = events.slice(0, limit)
        return { events: shown, next: events.length > limit ? (shown.at(-1)?.index ?? null) : null }
      },
    }),
    tenantOperation({
      id: 'history.export',
      summary: 'Hands out the history as CSV or JSON, the newest 10,000 events of what is wanted',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({ ...filter, format: z.enum(['csv', 'json']) }),
      output: z.unknown(),
      async run({ format, ...wanted }, tx) {
        const name = `${tx.tenant.slug}-history-${tx.now.toISOString().slice(0, 10)}.${format}`
        const pages = pagesOf(tx, wanted)
        return format === 'json'
          ? { name, type: 'application/json', bytes: await jsonOf(pages) }
          : { name, type: 'text/csv; charset=utf-8', bytes: await tableOf(pages) }
      },
    }),
  ]

  /** The newest events, so many at a time. */
  async function* pagesOf(tx: TenantContext, wanted: Wanted): AsyncGenerator<Told[]> {
    let before: number | undefined
    for (let left = exportLimit; left > 0; left -= exportPage) {
      const events = await find(tx, { ...wanted, before }, Math.min(exportPage, left))
      yield events
      if (events.length < exportPage) return
      before = events.at(-1)?.index
    }
  }

  function find(tx: TenantContext, wanted: Wanted, limit: number) {
    return findHistory(tx, wanted, limit, accountsById)
  }
}

type Wanted = z.output<z.ZodObject<typeof filter>> & { before?: number | undefined }

/** What happened, newest first, with the names of the people that are still known. */
export async function findHistory(
  tx: TenantContext,
  { id, kind, person, from, to, before }: Wanted,
  limit: number,
  accountsById: HistoryDependencies['accountsById'],
): Promise<Told[]> {
  const events = await eventsWhere(
    tx,
    {
      about: id,
      noun: kind,
      accountId: person,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      before,
    },
    limit,
  )
  const people = events.flatMap(({ account, subject }) => [
    ...(account === null ? [] : [account]),
    ...(subject.kind === 'account' ? [subject.id] : []),
  ])
  const known = await accountsById([...new Set(people)])
  return events.map((event) => view(event, (account) => known.get(account)?.name ?? null))
}

function view(event: LedgerEvent, nameOf: (accountId: string) => string | null): Told {
  const { index, at, type, code, subject, who, account, content } = event
  const { before, reason, after, ...rest } = content
  // What was recorded under the name of its kind (a confirmation, an outcome) is what it was afterwards.
  const said = after ?? rest['content'] ?? Object.values(rest)[0]
  return {
    index,
    at: at.toISOString(),
    type,
    code,
    subject: { ...subject, name: subject.kind === 'account' ? nameOf(subject.id) : null },
    who: { kind: who, accountId: account, name: account === null ? null : nameOf(account) },
    before: fields(before),
    after: fields(said),
    reason: Reason.safeParse(reason).data?.reason ?? null,
  }
}

const Reason = z.object({ reason: z.string() })

/** The most that one value may be in a list; the whole stands in the ledger. */
const longest = 2_000

function fields(value: unknown): Record<string, unknown> | null {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value)
  if (!parsed.success) return null
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, one]) => [
      name,
      (JSON.stringify(one) ?? '').length > longest ? `${JSON.stringify(one).slice(0, longest)}…` : one,
    ]),
  )
}

const header = ['index', 'at', 'type', 'code', 'about', 'id', 'by', 'account', 'before', 'after', 'reason']

function row({ index, at, type, code, subject, who, before, after, reason }: Told) {
  return [
    index,
    at,
    type,
    code,
    subject.kind,
    subject.name ?? subject.id,
    who.name ?? who.kind,
    who.accountId,
    before && JSON.stringify(before),
    after && JSON.stringify(after),
    reason,
  ]
}
