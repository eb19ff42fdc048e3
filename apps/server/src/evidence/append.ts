import { createHash, randomBytes } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { ActorKind, LeafType } from '@art32/ledger'
import { addOpening, addPending } from './store.ts'
import type { Queryable } from './store.ts'

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
}

/** The commitments of an appended leaf by role, to find its place later. */
export type Commitments = Readonly<Record<string, Buffer>>

/**
 * Adds an event to the log in the caller's own transaction: both happen or neither.
 *
 * @param before for the first leaves of a log: a place among what waits, before everything that waits already
 */
export async function append(
  client: Queryable,
  actor: Actor,
  happening: Happening,
  at: Date,
  before?: number,
): Promise<Commitments> {
  const commitments: Record<string, Buffer> = {}
  const keep = async (role: string, value: unknown) => {
    const content = Buffer.from(canonicalize(value), 'utf8')
    const salt = randomBytes(32)
    const commitment = createHash('sha256').update(salt).update(content).digest()
    await addOpening(client, { commitment, role, salt, content })
    commitments[role] = commitment
    return { c: commitment.toString('base64'), n: content.byteLength, role }
  }
  const who = await keep(
    'actor',
    actor.accountId === undefined ? { kind: actor.kind } : { account: actor.accountId, kind: actor.kind },
  )
  const obj: { c: string; n: number; role: string }[] = []
  for (const [role, value] of Object.entries(happening.content ?? {})) obj.push(await keep(role, value))
  const { type, about, code, head } = happening
  const event = {
    type,
    actor: { c: who.c, k: actor.kind },
    subj: { id: about.id, t: about.kind },
    obj,
    links: [],
    ...(code === undefined ? {} : { code }),
    ...(head === undefined ? {} : { head }),
    openings: Object.values(commitments).map((commitment) => commitment.toString('base64')),
  }
  await addPending(client, event, at, before)
  return commitments
}
