import type { KeyObject } from 'node:crypto'
import type { Plan } from '../plan/plan.ts'

/** What a worker is given to make the transformer with: everything can be cloned. */
export interface Job {
  readonly plan: Plan
  /** Of a CSV file: its columns. */
  readonly columns: readonly string[]
  readonly key: KeyMaterial
  /** The table of names, which all threads read in one place. */
  readonly gazetteer: SharedArrayBuffer
}

/** What pseudonyms are made with. Lives in memory only; never in arguments, reports or messages. */
export interface KeyMaterial {
  /** `RootKey.secret`. */
  readonly secret: KeyObject
  /** Whose data: the salt of all sub-keys. */
  readonly tenant: string
  /** Of this run, for pseudonyms that are the same within a document only; `createNonce`. Not secret. */
  readonly document: Uint8Array
  /** Of reversible pseudonyms: `createSealingKey(…).line`. Undefined where nobody could reveal them. */
  readonly sealing?: string | undefined
}
