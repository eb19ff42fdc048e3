import { z } from 'zod'
import { whys } from '../engine/reading.ts'

const time = z.iso.datetime()

/** How an account stood when it was last seen. `said`: nobody can look, and a person says that it is gone. */
export const accountStates = ['open', 'disabled', 'gone', 'said'] as const

/** What became of accounts, over all connections of a tenant. Systems stand by their ids with their names, people by what stands for them. */
export const accountsFacts = {
  /** People who left within the last three months, and those of earlier who still have an account. */
  leavers: z.array(
    z.object({
      /** Stands for the person. */
      person: z.string(),
      /** From when on they have no right to it. */
      left: time,
      accounts: z.array(
        z.object({
          /** Its id; `art32` stands for art32 itself. */
          system: z.string(),
          systemName: z.string(),
          account: z.string(),
          state: z.enum(accountStates),
          /** The look that saw it so; of what was said: when. */
          seen: time,
          /** The last look that saw it open; null: none since the person left. */
          lastOpen: time.nullable(),
          /** The first look that saw it closed for good; null: it is open. */
          ended: time.nullable(),
          /** Why nobody has seen it since the person left, or since then could look; null: it was looked at. */
          unseen: z.enum(whys).nullable(),
        }),
      ),
    }),
  ),
  /** What reviews of access decided to remove, until three months after it was seen gone. */
  removals: z.array(
    z.object({
      /** Of the decision. */
      id: z.uuid(),
      system: z.string(),
      systemName: z.string(),
      account: z.string(),
      decided: time,
      state: z.enum(accountStates),
      seen: time,
    }),
  ),
}

/** What became of accounts, over all connections of a tenant. */
export type AccountsFacts = { readonly [K in keyof typeof accountsFacts]: z.output<(typeof accountsFacts)[K]> }
