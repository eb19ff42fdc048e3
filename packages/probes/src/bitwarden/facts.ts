import { z } from 'zod'
import { rosterFacts } from '../roster/facts.ts'

/** Policies that are judged, by words instead of the numbers of the vendor. */
export const policyTypes = {
  0: 'two-factor',
  1: 'master-password',
  3: 'single-organisation',
  4: 'require-sso',
  9: 'vault-timeout',
  10: 'no-vault-export',
} as const
export const policyNames = Object.values(policyTypes)

/** What an organisation of Bitwarden says about itself. People stand by the numbers that the vendor gives them. */
export const bitwardenFacts = {
  members: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['revoked', 'invited', 'accepted', 'confirmed']),
      role: z.enum(['owner', 'admin', 'user', 'manager', 'custom']),
      twoFactor: z.boolean(),
    }),
  ),
  roster: rosterFacts,
  policies: z.array(
    z.object({
      name: z.enum(policyNames),
      enabled: z.boolean(),
      /** Of the rule for master passwords; null: it says nothing about it. */
      minLength: z.int().nullable(),
      /** Whether it also holds for master passwords that exist already. */
      enforcedOnLogin: z.boolean(),
      /** Of the rule for locking the vault. */
      timeoutMinutes: z.int().nullable(),
    }),
  ),
  events: z.object({
    /** The newest event of the last thirty days; null: there is none. */
    newest: z.iso.datetime({ offset: true }).nullable(),
    /** From when on vault exports were looked for. */
    from: z.iso.datetime({ offset: true }),
    exports: z.array(
      z.object({
        at: z.iso.datetime({ offset: true }),
        /** Whose vault was exported: that of one member, or that of the organisation. */
        vault: z.enum(['member', 'organisation']),
        /** Who did it, by the vendor's number of the account. */
        actor: z.string().nullable(),
      }),
    ),
  }),
  /** Seats against the list of staff that was given, by pseudonyms where somebody has no seat. */
  coverage: z.object({
    /** The day of the list. */
    listed: z.iso.date(),
    staff: z.int(),
    withoutSeat: z.array(z.string()),
    /** Members who are on no list. */
    strangers: z.array(z.string()),
  }),
}

export type BitwardenFacts = { readonly [K in keyof typeof bitwardenFacts]: z.output<(typeof bitwardenFacts)[K]> }
