import { z } from 'zod'
import { bitbucketFacts } from '../bitbucket/facts.ts'
import { mergesFacts, pushesFacts } from '../review/facts.ts'

/** Projects by their path, people by the id that GitLab gives them. */
export const gitlabFacts = {
  repositories: bitbucketFacts.repositories,
  merges: mergesFacts,
  pushes: pushesFacts,
  /** How the production branch is protected. */
  branches: z.array(
    z.object({
      repository: z.string(),
      branch: z.string(),
      protected: z.boolean(),
      /** Who may write to it without a merge request: `level 40`, `user 7`, `group 3` or `key 9`. */
      pushers: z.array(z.string()),
      forcePush: z.boolean(),
      /** Nothing is merged unless its pipeline succeeded. */
      pipelineMustSucceed: z.boolean(),
      /** A pipeline that was skipped counts as one that succeeded. */
      skippedCounts: z.boolean(),
    }),
  ),
  /** What approvals are asked for; a plan with costs is needed. */
  approvalRules: z.array(
    z.object({
      repository: z.string(),
      branch: z.string(),
      /** The most that one rule for this branch asks for. */
      needed: z.int(),
      authorsMayApprove: z.boolean(),
      committersMayApprove: z.boolean(),
      keptOnPush: z.boolean(),
    }),
  ),
  access: z.array(
    z.object({
      repository: z.string(),
      /** Owners and maintainers, by themselves or by a group. Programs are left out. */
      admins: z.array(z.string()),
      /** People who are members of the project itself instead of a group. */
      direct: z.array(z.string()),
    }),
  ),
  deployments: bitbucketFacts.deployments,
  pipelines: bitbucketFacts.pipelines,
  releases: bitbucketFacts.releases,
}

export type GitlabFacts = { readonly [K in keyof typeof gitlabFacts]: z.output<(typeof gitlabFacts)[K]> }
