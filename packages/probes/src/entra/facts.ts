import { z } from 'zod'
import { rosterFacts } from '../roster/facts.ts'

const time = z.iso.datetime({ offset: true })

/** A rule about signing in, without its name: that is free text of the tenant. */
const policy = z.object({
  id: z.string(),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  users: z.object({
    all: z.boolean(),
    /** Who else is named: `user:id`, `group:id`, `role:id`, `guests`. */
    included: z.array(z.string()),
    excluded: z.array(z.string()),
  }),
  apps: z.object({
    all: z.boolean(),
    /** `app:id`; `app-filter` for a rule over attributes of apps. */
    excluded: z.array(z.string()),
  }),
  /** Kinds of clients: `all`, `browser`, `mobileAppsAndDesktopClients`, `exchangeActiveSync`, `other`. */
  clients: z.array(z.string()),
  /** Conditions under which alone the rule applies: `locations`, `platforms`, `signInRiskLevels` … */
  narrowedBy: z.array(z.string()),
  grant: z
    .object({
      operator: z.string().nullable(),
      controls: z.array(z.string()),
      /** Id of an authentication strength. */
      strength: z.string().nullable(),
      /** Terms of use and factors of other makers. */
      others: z.int(),
    })
    .nullable(),
})

/** Which combinations of methods an authentication strength allows. */
const strength = z.object({ id: z.string(), mfa: z.boolean(), combinations: z.array(z.string()) })

/** What a directory says. Accounts are named by their object id; only those that are judged one by one are kept. */
export const entraFacts = {
  /** Rules in force. Where security defaults are on there can be none. */
  signIn: z.object({
    securityDefaults: z.boolean(),
    policies: z.array(policy),
    strengths: z.array(strength),
  }),
  policies: z.object({ policies: z.array(policy), strengths: z.array(strength) }),
  /** Enabled members, and those of them who have no second factor registered that can be used. */
  registration: z.object({
    members: z.int(),
    incapable: z.array(z.object({ id: z.string(), admin: z.boolean() })),
  }),
  accounts: z.object({
    members: z.int(),
    /** Declared people and accounts with an employee number: by one of them an account belongs to a person. */
    people: z.object({ declared: z.int(), withEmployeeNumber: z.int() }),
    /** Enabled members with a generic name, or of whom it is not known whose they are. */
    doubtful: z.array(
      z.object({
        id: z.string(),
        generic: z.boolean(),
        /** null where nobody said who the people are. */
        mapped: z.boolean().nullable(),
        /** Whether somebody signed in with it at a screen; null where that cannot be read. */
        signsIn: z.boolean().nullable(),
      }),
    ),
  }),
  roster: rosterFacts,
  /** Enabled accounts, guests among them, and those that were not used for three weeks or more. */
  activity: z.object({
    enabled: z.int(),
    idle: z.array(
      z.object({ id: z.string(), guest: z.boolean(), lastUsed: time.nullable(), created: time.nullable() }),
    ),
  }),
  /** Who holds, or may take, the role of the global administrator, groups resolved. */
  admins: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['user', 'application']),
      /** false: may take the role for a time. */
      standing: z.boolean(),
      enabled: z.boolean(),
      synced: z.boolean(),
      guest: z.boolean(),
      generic: z.boolean(),
    }),
  ),
  authorization: z.object({
    guestRole: z.string().nullable(),
    invitesFrom: z.string().nullable(),
    /** Policies by which users may consent to apps for themselves. */
    consent: z.array(z.string()),
  }),
  /** Credentials of apps, without the credential. */
  credentials: z.array(
    z.object({
      app: z.string(),
      key: z.string(),
      kind: z.enum(['secret', 'certificate']),
      start: time.nullable(),
      end: time.nullable(),
    }),
  ),
  passwords: z.object({
    /** Words of the tenant's own list; 0 where it is switched off. */
    bannedWords: z.int(),
    lockoutAfter: z.int(),
    lockoutSeconds: z.int(),
    /** Verified domains whose passwords the directory keeps. Validity null: not set. */
    domains: z.array(z.object({ domain: z.string(), validDays: z.int().nullable() })),
  }),
  /** Access reviews, and when the newest completed one of each ended. */
  reviews: z.array(z.object({ id: z.string(), completed: time.nullable() })),
  /** Declared leavers. */
  leavers: z.array(
    z.object({
      /** Stands for the person. */
      person: z.string(),
      left: time,
      state: z.enum(['enabled', 'disabled', 'absent']),
      /** When the account was disabled or deleted; null where the log does not say. */
      ended: time.nullable(),
    }),
  ),
}

export type EntraFacts = { readonly [K in keyof typeof entraFacts]: z.output<(typeof entraFacts)[K]> }
export type Policy = EntraFacts['policies']['policies'][number]
export type Strength = EntraFacts['policies']['strengths'][number]
