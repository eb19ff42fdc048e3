import { z } from 'zod'
import { mergesFacts, pushesFacts } from '../review/facts.ts'
import { rosterFacts } from '../roster/facts.ts'

/** Repositories by their short name, people by the id that Bitbucket gives them. */
export const bitbucketFacts = {
  repositories: z.array(z.object({ repository: z.string(), private: z.boolean(), branch: z.string().nullable() })),
  merges: mergesFacts,
  pushes: pushesFacts,
  /** Rules that match the production branch, by pattern or by the branching model. */
  restrictions: z.array(
    z.object({
      repository: z.string(),
      branch: z.string(),
      rules: z.array(
        z.object({
          kind: z.string(),
          value: z.int().nullable(),
          /** How many users and groups it does not bind. */
          exempt: z.int(),
        }),
      ),
    }),
  ),
  reviewers: z.array(z.object({ repository: z.string(), reviewers: z.int() })),
  roster: rosterFacts,
  access: z.object({
    /** Administrators of the workspace. */
    owners: z.array(z.string()),
    repositories: z.array(
      z.object({
        repository: z.string(),
        admins: z.array(z.string()),
        /** People who hold a right of their own instead of one of a group. */
        direct: z.array(z.string()),
        /** People with a right who are not members of the workspace. */
        strangers: z.array(z.string()),
      }),
    ),
  }),
  environments: z.array(
    z.object({
      repository: z.string(),
      name: z.string(),
      kind: z.enum(['Test', 'Staging', 'Production']),
      /** Whether only administrators may deploy to it. */
      restricted: z.boolean(),
    }),
  ),
  /** Deployments that succeeded within the window. */
  deployments: z.array(
    z.object({
      repository: z.string(),
      environment: z.string(),
      kind: z.enum(['Test', 'Staging', 'Production']),
      at: z.string(),
      commit: z.string(),
      /** When what was deployed was built. */
      builtAt: z.string(),
    }),
  ),
  pipelines: z.object({
    /** How far back was looked. */
    since: z.string(),
    repositories: z.array(
      z.object({
        repository: z.string(),
        /** Finished runs on the main branch, and those of deployed commits. */
        runs: z.array(
          z.object({
            number: z.int(),
            commit: z.string(),
            at: z.string(),
            main: z.boolean(),
            succeeded: z.boolean(),
            steps: z.array(z.object({ name: z.string(), succeeded: z.boolean() })),
          }),
        ),
      }),
    ),
  }),
  /** Repositories that deployed to production within the window. */
  releases: z.array(
    z.object({
      repository: z.string(),
      changelog: z.boolean(),
      deployed: z.array(z.object({ commit: z.string(), tags: z.array(z.string()) })),
    }),
  ),
}

export type BitbucketFacts = { readonly [K in keyof typeof bitbucketFacts]: z.output<(typeof bitbucketFacts)[K]> }
