import { z } from 'zod'
import type { Account } from '../engine/connector.ts'

/**
 * Everybody who has an account on a system: only where it was seen completely is an account that is not on it gone. Nobody is
 * named: an id of the vendor, and what stands for the mail address or the name of the account.
 */
export const rosterFacts = z.array(
  z.object({
    id: z.string(),
    /** Stands for the mail address, or the name where there is none; null: the vendor shows neither. */
    person: z.string().nullable(),
    /** Whether somebody can sign in with it. */
    active: z.boolean(),
    admin: z.boolean(),
    /** Roles and rights by the vendor's own words. */
    rights: z.array(z.string()),
  }),
)

/** Everybody who has an account on a system. */
export type Roster = z.output<typeof rosterFacts>

/** The accounts of a roster, as they are matched to people. */
export function accountsOfRoster(roster: Roster): Account[] {
  return roster.map(({ id, person, active, admin, rights }) => ({
    id,
    person,
    rights,
    isAdmin: admin,
    isActive: active,
  }))
}
