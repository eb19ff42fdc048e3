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
  'person.due',
  'leaving.open',
  'review.asked',
  'processor.lapsed',
  'processor.reminded',
  'processor.document',
  'contract.ending',
  'contract.due',
  'notice.due',
  'deletion.due',
  'incident.reported',
  'incident.clock',
  'request.received',
  'request.due',
  'edition.published',
  'disclosure.requested',
  'file.refused',
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
  'person.reminded': 'person.due',
  'leaving.reopened': 'leaving.open',
  'review.asked': 'review.asked',
  'processor.lapsed': 'processor.lapsed',
  'processor.reminded': 'processor.reminded',
  'agreement.reminded': 'contract.ending',
  'agreement.expired': 'contract.ending',
  'matter.reminded': 'contract.due',
  'app.reminded': 'notice.due',
  'deletion.missed': 'deletion.due',
  'incident.opened': 'incident.reported',
  'incident.reminded': 'incident.clock',
  'request.received': 'request.received',
  'request.reminded': 'request.due',
  'edition.published': 'edition.published',
  'disclosure.requested': 'disclosure.requested',
  'evidence.refused': 'file.refused',
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
  // Who filed it knows; what a look found, or could not look at, nobody does.
  if (type === 'processor.document')
    return code === 'changed' || code === 'not-looked' ? 'processor.document' : undefined
  // A run that did all of it asks nothing of anybody.
  if (type === 'deletion.reported') return code === 'done' ? undefined : 'deletion.due'
  // What an exception covers, or what no longer fails when it ends, asks nothing of anybody.
  if (code === 'excepted' || (type === 'exception.expired' && code === 'mended')) return undefined
  // Who approves asks everybody at once; a version of a later day is announced by the reminder of that day.
  if (type === 'guideline.reminded') return code === 'accept' ? 'guideline.accept' : 'guideline.review'
  // Whoever leaves without an open account asks nothing of anybody.
  if (type === 'leaving.begun') return code === 'open' ? 'leaving.open' : undefined
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
  // Whoever left can still sign in somewhere: every hour counts.
  if (kind === 'leaving.open') return role === 'owner' || role === 'editor' ? 'now' : 'never'
  // Hours count: nobody is told of an incident the next morning.
  if (kind === 'incident.reported')
    return role === 'owner' || role === 'editor' || role === 'signatory' || role === 'dpo' ? 'now' : 'never'
  if (kind === 'incident.clock') return isOwner ? 'now' : 'never'
  // Each day counts for a weakness, and hours do for the authority.
  if (kind === 'report.received' || kind === 'report.due')
    return isOwner || role === 'owner' || role === 'editor' ? 'now' : 'never'
  // A month runs from the day on which it came in; who asked is for those alone who may see it.
  if (kind === 'request.received' || kind === 'request.due')
    return role === 'owner' || role === 'signatory' || role === 'dpo' ? 'daily' : 'never'
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
  if (kind === 'processor.lapsed')
    return role === 'owner' || role === 'editor' || role === 'signatory' ? 'daily' : 'never'
  if (kind === 'processor.reminded' || kind === 'processor.document')
    return role === 'owner' || role === 'editor' ? 'daily' : 'never'
  if (kind === 'advisory.published') return role === 'owner' || role === 'editor' ? 'daily' : 'never'
  // Everybody has to read what holds for everybody.
  if (kind === 'guideline.accept') return role === 'guest' || role === 'operator' ? 'never' : 'daily'
  // Records of people are for those who keep them; whose own it is hears of it as an owner does.
  if (kind === 'person.due') return role === 'owner' || role === 'signatory' ? 'daily' : 'never'
  // An agreement that runs out, or what a customer waits for: whoever can do something about it.
  if (kind === 'contract.ending' || kind === 'contract.due')
    return role === 'owner' || role === 'editor' ? 'daily' : 'never'
  if (kind === 'notice.due') return role === 'owner' || role === 'signatory' || role === 'dpo' ? 'daily' : 'never'
  // Its owner hears of it as an owner does.
  if (kind === 'deletion.due') return role === 'owner' ? 'daily' : 'never'
  if (kind === 'guideline.review') return role === 'owner' || role === 'signatory' ? 'daily' : 'never'
  // Somebody's computer may be taken over.
  if (kind === 'file.refused') return role === 'owner' ? 'now' : 'never'
  if (kind === 'webhook.disabled' || kind === 'site.lost' || kind === 'tenant.suspended')
    return role === 'owner' ? 'now' : 'never'
  return 'never'
}
