import { z } from 'zod'
import { grounds, kinds, letterKinds, sources, states } from './request.ts'
import { clockFor, isOverdue, shownState } from './request.ts'
import type { RequestRow } from './store.ts'
import { itemStates } from './store-search.ts'
import { ways } from './send.ts'

export const Instant = z.iso.datetime()
export const Day = z.iso.date()

/** When a request is due, and why. */
export const ClockView = z.object({
  from: Day,
  months: z.union([z.literal(1), z.literal(3)]),
  /** The end without any waiting for who the person is. */
  strictOn: Day,
  waitedDays: z.int(),
  dueOn: Day,
})

/** A request in a list: without the person. */
export const RequestLine = z.object({
  requestId: z.uuid(),
  number: z.int(),
  kinds: z.array(z.enum(kinds)),
  source: z.enum(sources),
  receivedOn: Day,
  state: z.enum(states),
  role: z.enum(['controller', 'processor']).nullable(),
  dueOn: Day,
  isOverdue: z.boolean(),
  decidedOn: Day.nullable(),
  isInTime: z.boolean().nullable(),
})

/** A request with everything but what is listed below it. */
export const RequestView = RequestLine.extend({
  name: z.string(),
  email: z.string().nullable(),
  postal: z.string(),
  text: z.string(),
  language: z.enum(['en', 'de']),
  clock: ClockView,
  matterId: z.uuid().nullable(),
  owner: z.object({ accountId: z.uuid(), name: z.string() }).nullable(),
  identity: z
    .object({ askedOn: Day, asked: z.string(), reason: z.string(), settledOn: Day.nullable(), how: z.string() })
    .nullable(),
  extension: z.object({ on: Day, reason: z.string() }).nullable(),
  ground: z.enum(grounds).nullable(),
  reason: z.string(),
  keptReason: z.string(),
  lookedFor: z.object({ mails: z.array(z.string()), names: z.array(z.string()) }),
  lookedAt: Instant.nullable(),
  linkEndsAt: Instant.nullable(),
})

export const PlaceView = z.object({
  place: z.string(),
  /** What the store is called. */
  name: z.object({ en: z.string(), de: z.string() }),
  what: z.object({ en: z.string(), de: z.string() }),
  until: z.object({ en: z.string(), de: z.string() }),
  own: z.int().nullable(),
  named: z.int().nullable(),
  notLooked: z.array(z.object({ column: z.string(), reason: z.string() })),
})

export const ItemView = z.object({
  itemId: z.uuid(),
  kind: z.enum(['connection', 'processor', 'other']),
  name: z.string(),
  state: z.enum(itemStates),
  note: z.string(),
  settledAt: Instant.nullable(),
  by: z.string().nullable(),
})

export const LetterView = z.object({
  letterId: z.uuid(),
  kind: z.enum(letterKinds),
  way: z.enum(ways),
  state: z.enum(['queued', 'sending', 'delivered', 'refused', 'unknown']),
  subject: z.string(),
  text: z.string(),
  madeAt: Instant,
  toldAt: Instant.nullable(),
  sha256: z.string(),
})

/** The day of the tenant, and whose holidays count. */
export interface Today {
  readonly today: string
  readonly country: string
}

export function viewLine(row: RequestRow, { today, country }: Today): z.input<typeof RequestLine> {
  return {
    requestId: row.id,
    number: row.number,
    kinds: [...row.kinds],
    source: row.source,
    receivedOn: row.received_on,
    state: shownState(row),
    role: row.role,
    dueOn: row.decided_due ?? clockFor(row, today, country).dueOn,
    isOverdue: isOverdue(row, today, country),
    decidedOn: row.decided_on,
    isInTime: row.decided_on === null ? null : row.decided_on <= (row.decided_due ?? ''),
  }
}

export function viewRequest(
  row: RequestRow,
  at: Today,
  { owner, linkEndsAt }: { readonly owner: string | null; readonly linkEndsAt: Date | null },
): z.input<typeof RequestView> {
  const { mails = [], names = [] } = row.looked_for
  return {
    ...viewLine(row, at),
    name: row.name,
    email: row.email,
    postal: row.postal,
    text: row.text,
    language: row.language,
    clock: clockFor(row, at.today, at.country),
    matterId: row.matter_id,
    owner: row.owner_account === null ? null : { accountId: row.owner_account, name: owner ?? '–' },
    identity:
      row.identity_asked_on === null
        ? null
        : {
            askedOn: row.identity_asked_on,
            asked: row.identity_asked,
            reason: row.identity_reason,
            settledOn: row.identity_settled_on,
            how: row.identity_how,
          },
    extension: row.extended_on === null ? null : { on: row.extended_on, reason: row.extension_reason },
    ground: row.ground,
    reason: row.reason,
    keptReason: row.kept_reason,
    lookedFor: { mails: [...mails], names: [...names] },
    lookedAt: row.looked_at?.toISOString() ?? null,
    linkEndsAt: linkEndsAt?.toISOString() ?? null,
  }
}
