import { Unreadable } from '../engine/reading.ts'
import type { Event, Member, Policy } from './answers.ts'
import { policyTypes } from './facts.ts'
import type { BitwardenFacts } from './facts.ts'

type MemberFacts = BitwardenFacts['members'][number]

const statuses: Readonly<Record<number, MemberFacts['status'] | undefined>> = {
  [-1]: 'revoked',
  0: 'invited',
  1: 'accepted',
  2: 'confirmed',
}
const roles: Readonly<Record<number, MemberFacts['role'] | undefined>> = {
  0: 'owner',
  1: 'admin',
  2: 'user',
  3: 'manager',
  4: 'custom',
}
const names: Readonly<Record<number, BitwardenFacts['policies'][number]['name'] | undefined>> = policyTypes

/** A member, and the address by which staff are compared; it goes no further. */
export type KnownMember = { readonly facts: MemberFacts; readonly mail: string }

/** A number that nobody knows is not guessed. */
export function memberOf({ id, email, status: statusNumber, type, twoFactorEnabled }: Member): KnownMember {
  const status = statuses[statusNumber]
  const role = roles[type]
  if (status === undefined || role === undefined)
    throw new Unreadable('contract', '/public/members: a member has a status or a role that is not known')
  return { facts: { id, status, role, twoFactor: twoFactorEnabled }, mail: email.toLowerCase() }
}

/** The policies that are judged; the others are left out. */
export function policiesOf(policies: readonly Policy[]): BitwardenFacts['policies'] {
  return policies.flatMap(({ type, enabled, data }) => {
    const name = names[type]
    if (name === undefined) return []
    return [
      {
        name,
        enabled,
        minLength: data?.minLength ?? null,
        enforcedOnLogin: data?.enforceOnLogin ?? false,
        timeoutMinutes: data?.minutes ?? null,
      },
    ]
  })
}

/** The vendor writes times in UTC, with or without the letter for it. */
function timeOf(date: string): string {
  const at = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(date) ? date : `${date}Z`)
  if (Number.isNaN(at.getTime())) throw new Unreadable('contract', '/public/events: an event has no time')
  return at.toISOString()
}

export function newestOf(events: readonly Event[]): string | null {
  return (
    events
      .map(({ date }) => timeOf(date))
      .sort()
      .at(-1) ?? null
  )
}

/** Numbers of the events by which a vault leaves in one file. */
const exportTypes: Readonly<Record<number, BitwardenFacts['events']['exports'][number]['vault'] | undefined>> = {
  1007: 'member',
  1602: 'organisation',
}

export function exportsOf({ type, date, actingUserId }: Event): BitwardenFacts['events']['exports'] {
  const vault = exportTypes[type]
  return vault === undefined ? [] : [{ at: timeOf(date), vault, actor: actingUserId ?? null }]
}

/** Who on the list has no seat, and who has one without being on the list. Invited counts as a seat that nobody took. */
export function coverageOf(
  members: readonly KnownMember[],
  { staff, listed }: { readonly staff: readonly string[]; readonly listed: string },
  pseudonym: (person: string) => string,
): BitwardenFacts['coverage'] {
  const listedMails = new Set(staff.map((mail) => mail.toLowerCase()))
  const seated = new Set(members.filter(({ facts }) => facts.status === 'confirmed').map(({ mail }) => mail))
  return {
    listed,
    staff: listedMails.size,
    withoutSeat: [...listedMails].filter((mail) => !seated.has(mail)).map(pseudonym),
    strangers: members
      .filter(({ facts, mail }) => facts.status !== 'revoked' && !listedMails.has(mail))
      .map(({ facts }) => facts.id),
  }
}
