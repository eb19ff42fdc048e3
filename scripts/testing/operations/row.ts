import type { LeafType } from '@art32/ledger'
import type { Me } from './world.ts'

/** What the tests must know of an operation and cannot read off it. */
export interface Row {
  /** Valid input, made of real things in the tenant of `me`, or of `me` themselves. Left out: the operation takes none. */
  readonly input?: (me: Me) => object | Promise<object>
  /** What is uploaded, where that is no document. */
  readonly file?: (me: Me) => Promise<Uint8Array>
  /** Who calls it: an owner of the tenant, unless it is for the operator of the installation or for guests alone. */
  readonly by?: 'operator' | 'guest'
  /**
   * Fields that name something by its id, and the refusal that answers an id of somebody else's and one of nothing alike.
   * Every field that takes an id must be here, in `unknown` or in `filters`.
   */
  readonly ids?: Readonly<Record<string, string>>
  /** Fields whose value nobody else's can be tried for, e.g. a token: only something that does not exist is. */
  readonly unknown?: Readonly<Record<string, string>>
  /** Fields that only narrow a list down: an id of somebody else's finds what one of nothing finds. */
  readonly filters?: readonly string[]
  /** Why the answer to such an id is none of 404 and 410. */
  readonly notMissing?: string
  /** Whether the caller must have confirmed a short time ago. */
  readonly stepUp?: true
  /** The leaves that a success appends at least. Every operation that changes has them, or a reason why not. */
  readonly leaves?: { readonly tenant?: readonly LeafType[]; readonly instance?: readonly LeafType[] }
  /** The tenant whose ledger gets them, where it is not the caller's. */
  readonly into?: string
  /** Why a change appends nothing. */
  readonly noLeaf?: string
}
