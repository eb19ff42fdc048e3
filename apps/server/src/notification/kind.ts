import type { Happening } from '../evidence/index.ts'
import type { Standing } from '../kernel/index.ts'

/** What people and programs may want to hear of: a closed list. */
export const kinds = [
  'finding.opened',
  'finding.closed',
  'exception.ending',
  'exception.expired',
  'guideline.accept',
  'guideline.review',
  'look.failed',
  'platform.reported',
  'duty.due',
  'duty.missed',
  'edition.published',
  'disclosure.requested',
  'report.received',
  'report.due',
  'advisory.published',
  'member.changed',
  'webhook.disabled',
  'site.lost',
  'tenant.suspended',
] as const

/** One thing to hear of. */
export type Kind = (typeof kinds)[number]

/** How soon a person wants to hear of it. */
export const rhythms = ['now', 'daily', 'weekly', 'never'] as const

/** How soon a person wants to hear of something. */
export type Rhythm = (typeof rhythms)[number]

const byLeaf: Readonly<Partial<Record<Happening['type'], Kind>>> = {
  'finding.opened': 'finding.opened',
  'finding.reopened': 'finding.opened',
  'finding.closed': 'finding.closed',
  'exception.reminded': 'exception.ending',
  'exception.expired': 'exception.expired',
  'collection.failed': 'look.failed',
  'platform.reported': 'platform.reported',
  'duty.reminded': 'duty.due',
  'duty.missed': 'duty.missed',
  'edition.published': 'edition.published',
  'disclosure.requested': 'disclosure.requested',
  'report.received': 'report.received',
  'report.reminded': 'report.due',
  'advisory.published': 'advisory.published',
  'access.granted': 'member.changed',
  'access.changed': 'member.changed',
  'access.revoked': 'member.changed',
  'tenant.suspended': 'tenant.suspended',
  'site.lost': 'site.lost',
}

/** What somebody may want to hear of in a happening; undefined: nothing. */
export function kindOf({ type, code }: Happening): Kind | undefined {
  // What whoever reported writes later is news like the report itself.
  if (type === 'report.answered') return code === 'reporter' ? 'report.received' : undefined
  if (type === 'webhook.changed') return code === 'disabled' ? 'webhook.disabled' : undefined
  // What an exception covers, or what no longer fails when it ends, asks nothing of anybody.
  if (code === 'excepted' || (type === 'exception.expired' && code === 'mended')) return undefined
  // Who approves asks everybody at once; a version of a later day is announced by the reminder of that day.
  if (type === 'guideline.reminded') return code === 'accept' ? 'guideline.accept' : 'guideline.review'
  return byLeaf[type]
}

/** A word on what happened, beside the kind: a severity, or how a membership changed. */
export function codeOf({ type, code }: Happening): string | null {
  return type.startsWith('access.') ? type.slice('access.'.length) : (code ?? null)
}

/**
 * What a person hears of without having chosen: little, and nothing at once but what stops art32 from working.
 *
 * @param isOwner whether the finding names this person, the duty is theirs at this moment, or they look after the report
 */
export function defaultRhythm(kind: Kind, role: Standing, isOwner = false): Rhythm {
  // Each day counts for a weakness, and hours do for the authority.
  if (kind === 'report.received' || kind === 'report.due')
    return isOwner || role === 'owner' || role === 'editor' ? 'now' : 'never'
  if (isOwner) return 'daily'
  if (kind === 'finding.opened' || kind === 'finding.closed')
    return role === 'owner' || role === 'editor' ? 'weekly' : 'never'
  // Who must act: whoever mends it, and whoever could grant another one.
  if (kind === 'exception.ending' || kind === 'exception.expired')
    return role === 'owner' || role === 'editor' || role === 'signatory' ? 'daily' : 'never'
  // An incident has to be acknowledged within hours, usually a day: the letter of the next morning could come too late.
  if (kind === 'platform.reported') return role === 'owner' || role === 'editor' ? 'now' : 'never'
  // Somebody waits, but nobody is in danger.
  if (kind === 'disclosure.requested') return role === 'owner' || role === 'signatory' ? 'daily' : 'never'
  if (kind === 'advisory.published') return role === 'guest' || role === 'operator' ? 'never' : 'daily'
  // Everybody has to read what holds for everybody.
  if (kind === 'guideline.accept') return role === 'guest' || role === 'operator' ? 'never' : 'daily'
  if (kind === 'guideline.review') return role === 'owner' || role === 'signatory' ? 'daily' : 'never'
  if (kind === 'webhook.disabled' || kind === 'site.lost' || kind === 'tenant.suspended')
    return role === 'owner' ? 'now' : 'never'
  return 'never'
}
