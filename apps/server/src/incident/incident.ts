import { authorityClock, controllerClock } from './clock.ts'
import type { Clock, Place } from './clock.ts'
import { findAuthority } from './authority.ts'
import { missingOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { lawOf } from './law.ts'
import type { Law } from './law.ts'

export const sources = ['person', 'form', 'finding', 'processor', 'report', 'drill'] as const
export const states = ['reported', 'open', 'closed'] as const
export const severities = ['low', 'medium', 'high', 'critical'] as const
export const incidentRoles = ['controller', 'processor', 'both'] as const
/** Art. 4(12): which of them a breach is of. */
export const breachKinds = ['confidentiality', 'integrity', 'availability'] as const
export const risks = ['none', 'risk', 'high'] as const
export const caseRoles = ['lead', 'deputy', 'technical', 'communication', 'legal'] as const

/**
 * Whether the people are told: `tell`; or not, as no high risk is likely (Art. 34(1)), or by Art. 34(3): (a) the data are
 * unintelligible to whoever has them, (b) what was done makes a high risk no longer likely, (c) it would be disproportionate,
 * and is said publicly instead.
 */
export const peopleDecisions = ['tell', 'not-high', 'unintelligible', 'no-longer-likely', 'disproportionate'] as const

/** What the rules need to know of a case. */
export interface Case {
  readonly state: (typeof states)[number]
  readonly severity: (typeof severities)[number] | null
  readonly aware_at: Date | null
  readonly role: (typeof incidentRoles)[number] | null
  readonly breach: boolean | null
  readonly risk: (typeof risks)[number] | null
  readonly authority: string | null
  readonly people: (typeof peopleDecisions)[number] | null
  readonly facts: Facts
  readonly review: string
}

/** A controller who is affected, or one that could be. */
export interface Controller {
  readonly controllerId: string
  readonly name: string
  readonly hours: number | null
}

/** Somebody was told. */
export interface Told {
  readonly recipient: 'authority' | 'controller' | 'people'
  readonly controllerId: string | null
  readonly at: Date
}

/** A clock of a case. */
export interface Running {
  /** `authority`, or `controller:` and its id. */
  readonly key: string
  readonly recipient: 'authority' | 'controller'
  readonly controllerId: string | null
  readonly clock: Clock
  /** When it was stopped by telling whom it is for; null: it runs. */
  readonly toldAt: Date | null
  readonly law: Law | undefined
}

export function actsAs(one: Pick<Case, 'role'>, role: 'controller' | 'processor'): boolean {
  return one.role === role || one.role === 'both'
}

/** The law for telling the authority: of its state, as it was when somebody became aware. */
export function lawFor({ authority, aware_at }: Pick<Case, 'authority' | 'aware_at'>): Law | undefined {
  const country = findAuthority(authority)?.country
  return country === undefined || aware_at === null ? undefined : lawOf(country, aware_at.toISOString().slice(0, 10))
}

/** Whether the risk asks for telling the authority; null: nobody has decided. */
export function mustTellAuthority(one: Case): boolean | null {
  if (!actsAs(one, 'controller') || one.breach === false) return false
  if (one.breach === null || one.risk === null) return null
  return lawFor(one)?.threshold === 'high' ? one.risk === 'high' : one.risk !== 'none'
}

/**
 * The clocks that run in a case: from when somebody became aware, and until somebody decided that nothing has to be told, or
 * it was told. Before a decision they run: nobody gains time by not deciding.
 */
export function clocksOf(
  one: Case,
  controllers: readonly Controller[],
  told: readonly Told[],
  timeZone: string,
): Running[] {
  const from = one.aware_at
  if (from === null || one.breach === false) return []
  const first = (recipient: Told['recipient'], controllerId: string | null) =>
    told
      .filter((notice) => notice.recipient === recipient && notice.controllerId === controllerId)
      .map(({ at }) => at)
      .toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
  const law = lawFor(one)
  const place: Place = { timeZone, country: findAuthority(one.authority)?.country ?? '' }
  const authority: Running[] =
    law && mustTellAuthority(one) !== false
      ? [
          {
            key: 'authority',
            recipient: 'authority',
            controllerId: null,
            clock: authorityClock(law, from, place),
            toldAt: first('authority', null),
            law,
          },
        ]
      : []
  const each = actsAs(one, 'processor') ? controllers : []
  return [
    ...authority,
    ...each.map(({ controllerId, hours }): Running => ({
      key: `controller:${controllerId}`,
      recipient: 'controller',
      controllerId,
      clock: controllerClock(hours, from),
      toldAt: first('controller', controllerId),
      law: undefined,
    })),
  ]
}

export const steps = [
  'triage',
  'aware',
  'breach',
  'affected',
  'controllers',
  'authority-chosen',
  'risk',
  'authority',
  'complete',
  'people',
  'people-told',
  'review',
  'close',
] as const

/** What is to be done next in a case, the most urgent first. */
export function nextSteps(one: Case, clocks: readonly Running[], told: readonly Told[], affected: number): Step[] {
  if (one.state === 'closed') return []
  if (one.state === 'reported' || one.severity === null || one.role === null) return ['triage']
  const open: Step[] = []
  if (one.aware_at === null) open.push('aware')
  if (one.breach === null) open.push('breach')
  if (one.breach !== false) {
    if (actsAs(one, 'processor') && affected === 0) open.push('affected')
    if (clocks.some(({ recipient, toldAt }) => recipient === 'controller' && toldAt === null)) open.push('controllers')
    if (actsAs(one, 'controller')) open.push(...controllerSteps(one, told))
  }
  if (open.length > 0) return open
  return one.review === '' ? ['review', 'close'] : ['close']
}

/** What is to be done in a case. */
export type Step = (typeof steps)[number]

function controllerSteps(one: Case, told: readonly Told[]): Step[] {
  const open: Step[] = []
  const isTold = (recipient: Told['recipient']) => told.some((notice) => notice.recipient === recipient)
  if (lawFor(one) === undefined) open.push('authority-chosen')
  if (one.risk === null) open.push('risk')
  if (mustTellAuthority(one) === true) {
    if (!isTold('authority')) open.push('authority')
    if (missingOf(one.facts).length > 0) open.push('complete')
  }
  if (one.risk !== null && one.people === null) open.push('people')
  if (one.people === 'tell' && !isTold('people')) open.push('people-told')
  return open
}

/** The strict limit of the authority is over: then a reason has to go with the notification (Art. 33(1)). */
export function isLate(clocks: readonly Running[], at: Date): boolean {
  return clocks.some(
    ({ recipient, clock }) => recipient === 'authority' && clock.strict !== null && clock.strict.at < at,
  )
}
