import { z } from 'zod'
import { mergesFacts, pushesFacts } from '../review/facts.ts'
import { rosterFacts } from '../roster/facts.ts'

/** Repositories by their short name, people by the number that GitHub gives them. */
export const githubFacts = {
  twoFactor: z.object({ required: z.boolean() }),
  defaults: z.object({ permission: z.string() }),
  roster: rosterFacts,
  /** What protects each branch, by each of the two mechanisms. */
  rules: z.array(
    z.object({
      repository: z.string(),
      branch: z.string(),
      /** null: there is no classic protection. */
      classic: z
        .object({
          approvals: z.int(),
          statusChecks: z.int(),
          noForcePush: z.boolean(),
          noDeletion: z.boolean(),
          /** Whether it binds administrators as well. */
          bindsAdmins: z.boolean(),
          /** How many people, teams and apps may merge without a pull request. */
          exempt: z.int(),
        })
        .nullable(),
      rulesets: z.object({
        approvals: z.int(),
        statusChecks: z.int(),
        noForcePush: z.boolean(),
        noDeletion: z.boolean(),
        /** Who may go past them: kind and number. */
        bypass: z.array(z.string()),
        /** Rulesets that do not show who may go past them. */
        hidden: z.int(),
      }),
    }),
  ),
  merges: mergesFacts,
  pushes: pushesFacts,
  /** Open alerts on dependencies, only the severe ones. */
  dependencies: z.array(
    z.object({
      repository: z.string(),
      on: z.boolean(),
      alerts: z.array(z.object({ number: z.int(), severity: z.enum(['high', 'critical']), since: z.string() })),
    }),
  ),
  /** Open alerts on secrets: their kind, never what was found. */
  secrets: z.array(
    z.object({
      repository: z.string(),
      on: z.boolean(),
      alerts: z.array(z.object({ number: z.int(), kind: z.string(), since: z.string() })),
    }),
  ),
  /** The newest analysis of the branch that ended without an error. */
  analyses: z.array(
    z.object({
      repository: z.string(),
      branch: z.string(),
      on: z.boolean(),
      newest: z.object({ at: z.string(), tool: z.string() }).nullable(),
    }),
  ),
}

export type GithubFacts = { readonly [K in keyof typeof githubFacts]: z.output<(typeof githubFacts)[K]> }
