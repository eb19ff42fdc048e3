import { z } from 'zod'
import { ruleIds } from './clock.ts'
import { allAsked, Facts, missingOf } from './facts.ts'
import {
  breachKinds,
  caseRoles,
  incidentRoles,
  nextSteps,
  peopleDecisions,
  risks,
  severities,
  sources,
  states,
  steps,
} from './incident.ts'
import type { Running } from './incident.ts'
import type { Looked } from './look.ts'
import { factsOf } from './papers.ts'
import type { IncidentRow } from './store.ts'
import { ways } from './store-notice.ts'

const Instant = z.iso.datetime()

/** A clock of a case. */
export const ClockView = z.object({
  recipient: z.enum(['authority', 'controller']),
  /** The controller; null: the authority. */
  name: z.string().nullable(),
  from: Instant,
  /** What to work by; null: as soon as possible. */
  strict: Instant.nullable(),
  /** The latest end of any reading; null: no rule says more. */
  outer: Instant.nullable(),
  outerRule: z.enum(ruleIds).nullable(),
  /** Where it stands; null: in the contract. */
  source: z.string().nullable(),
  toldAt: Instant.nullable(),
})

/** A case in a list. */
export const IncidentView = z.object({
  incidentId: z.uuid(),
  number: z.int(),
  title: z.string(),
  source: z.enum(sources),
  state: z.enum(states),
  severity: z.enum(severities).nullable(),
  reportedAt: Instant,
  awareAt: Instant.nullable(),
  breach: z.boolean().nullable(),
  role: z.enum(incidentRoles).nullable(),
  steps: z.array(z.enum(steps)),
  clocks: z.array(ClockView),
})

/** Everything of a case but what is listed below it. */
export const CaseView = IncidentView.extend({
  description: z.string(),
  sourceRef: z.string().nullable(),
  reporter: z.string().nullable(),
  reportedBy: z.string().nullable(),
  triagedAt: Instant.nullable(),
  breachKinds: z.array(z.enum(breachKinds)),
  breachReason: z.string(),
  breachAt: Instant.nullable(),
  risk: z.enum(risks).nullable(),
  riskReason: z.string(),
  riskAt: Instant.nullable(),
  authority: z.string().nullable(),
  people: z.enum(peopleDecisions).nullable(),
  peopleReason: z.string(),
  peopleAt: Instant.nullable(),
  facts: Facts,
  missing: z.array(z.enum(allAsked as [(typeof allAsked)[number], ...(typeof allAsked)[number][]])),
  review: z.string(),
  closedAt: Instant.nullable(),
})

/** Who was told what. */
export const NoticeView = z.object({
  noticeId: z.uuid(),
  recipient: z.enum(['authority', 'controller', 'people']),
  name: z.string().nullable(),
  phase: z.int(),
  way: z.enum(ways),
  state: z.enum(['queued', 'sending', 'delivered', 'refused', 'unknown']),
  reference: z.string(),
  delayReason: z.string(),
  madeAt: Instant,
  toldAt: Instant.nullable(),
  /** Of what it said. */
  sha256: z.string(),
})

export const EntryView = z.object({
  kind: z.string(),
  text: z.string(),
  happenedAt: Instant,
  at: Instant,
  by: z.string().nullable(),
})

export const RoleView = z.object({ role: z.enum(caseRoles), accountId: z.uuid(), name: z.string() })

export function viewIncident(row: IncidentRow, looked: Looked): z.input<typeof IncidentView> {
  const clocks = looked.clocks(row)
  const names = new Map(looked.affected(row).map(({ controllerId, name }) => [controllerId, name]))
  return {
    incidentId: row.id,
    number: row.number,
    title: row.title,
    source: row.source,
    state: row.state,
    severity: row.severity,
    reportedAt: row.reported_at.toISOString(),
    awareAt: iso(row.aware_at),
    breach: row.breach,
    role: row.role,
    steps: nextSteps(
      { ...row, facts: factsOf(row, looked.contact) },
      clocks,
      looked.told(row),
      looked.affected(row).length,
    ),
    clocks: clocks.map((one) => viewClock(one, names)),
  }
}

/** Everything of a case but what is listed below it. @param reportedBy the name of who works here; null: nobody, or not to be said */
export function viewCase(row: IncidentRow, looked: Looked, reportedBy: string | null): z.input<typeof CaseView> {
  return {
    ...viewIncident(row, looked),
    description: row.description,
    sourceRef: row.source_ref,
    reporter: row.reporter,
    reportedBy,
    triagedAt: iso(row.triaged_at),
    breachKinds: breachKinds.filter((kind) => row.breach_kinds.includes(kind)),
    breachReason: row.breach_reason,
    breachAt: iso(row.breach_at),
    risk: row.risk,
    riskReason: row.risk_reason,
    riskAt: iso(row.risk_at),
    authority: row.authority,
    people: row.people,
    peopleReason: row.people_reason,
    peopleAt: iso(row.people_at),
    facts: row.facts,
    missing: missingOf(factsOf(row, looked.contact)),
    review: row.review,
    closedAt: iso(row.closed_at),
  }
}

function viewClock(
  { recipient, controllerId, clock, toldAt, law }: Running,
  names: ReadonlyMap<string, string>,
): z.input<typeof ClockView> {
  return {
    recipient,
    name: controllerId === null ? null : (names.get(controllerId) ?? null),
    from: clock.from.toISOString(),
    strict: iso(clock.strict?.at ?? null),
    outer: iso(clock.outer?.at ?? null),
    outerRule: clock.outer?.rule ?? null,
    source: law?.source.authority ?? null,
    toldAt: iso(toldAt),
  }
}

export function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
