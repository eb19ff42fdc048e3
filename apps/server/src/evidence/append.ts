import { createHash, randomBytes } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { ActorKind, LeafEvent, LeafType } from '@art32/ledger'
import type { Appended, Opening } from './store.ts'

/** Who did it. */
export interface Actor {
  readonly kind: ActorKind
  /** The account, for a person; the leaf carries only a commitment to it, which dies with the account. */
  readonly accountId?: string
}

/** Something that happened, with the content that the leaf commits to. */
export interface Happening {
  readonly type: LeafType
  /** About what: a random id and the noun it belongs to. */
  readonly about: { readonly kind: string; readonly id: string }
  /** A word from the type's closed list, e.g. the state of an outcome. */
  readonly code?: string
  /** Content by role; kept beside the ledger, erasable, never in it. */
  readonly content?: Readonly<Record<string, unknown>>
  /** It happened by itself, whoever was there at that moment. */
  readonly by?: 'system'
  readonly head?: { readonly origin: string; readonly root: string; readonly size: number }
  /** A public key: base64(type ‖ key). */
  readonly key?: string
}

/** The commitments of an appended leaf by role, to find its place later. */
export type Commitments = Readonly<Record<string, Buffer>>

/**
 * An event with everything it commits to, to be written in the caller's own transaction: both happen or neither.
 *
 * The commitments are known before anything is written.
 */
export function prepare(
  actor: Actor,
  happening: Happening,
  at: Date,
): { readonly row: Appended; readonly commitments: Commitments } {
  const { type, about, code, head, key } = happening
  const what = Object.entries(happening.content ?? {}).map(([role, value]) => opening(role, value))
  const row = eventOf({ type, subj: { id: about.id, t: about.kind }, code, head, key }, actor, at, what)
  return { row, commitments: Object.fromEntries(row.openings.map(({ role, commitment }) => [role, commitment])) }
}

/** What happened, as a leaf says it. */
interface Said {
  readonly type: string
  readonly subj: LeafEvent['subj']
  readonly code: string | undefined
  readonly head?: LeafEvent['head'] | undefined
  readonly key?: string | undefined
}

/** An event over what it commits to, the actor added. */
export function eventOf(
  { type, subj, code, head, key }: Said,
  actor: Actor,
  at: Date,
  what: readonly Opening[],
): Appended {
  const { kind, accountId } = actor
  const who = opening('actor', accountId === undefined ? { kind } : { account: accountId, kind })
  const openings = [who, ...what]
  const event = {
    type,
    actor: { c: nameOf(who), k: kind },
    subj,
    obj: what.map((one) => ({ c: nameOf(one), n: one.content.byteLength, role: one.role })),
    links: [],
    ...(code === undefined ? {} : { code }),
    ...(head === undefined ? {} : { head }),
    ...(key === undefined ? {} : { key }),
    openings: openings.map(nameOf),
  }
  return { event, at, openings }
}

/** A commitment to a value, under a salt of its own. */
export function opening(role: string, value: unknown): Opening {
  const content = Buffer.from(canonicalize(value), 'utf8')
  const salt = randomBytes(32)
  return { role, salt, content, commitment: createHash('sha256').update(salt).update(content).digest() }
}

function nameOf({ commitment }: Opening): string {
  return commitment.toString('base64')
}
