import { z } from 'zod'

/** An approval of a change, by the vendor's own id of the account. */
const approval = z.object({
  by: z.string(),
  at: z.string(),
  /** Whether it was given on the state of the change that was merged: nothing was pushed after it. */
  current: z.boolean(),
  /** Whether the vendor says that the account is a program. */
  program: z.boolean(),
})

/** Changes that reached a branch by a pull request within the window, by repository. */
export const mergesFacts = z.array(
  z.object({
    repository: z.string(),
    branch: z.string(),
    changes: z.array(
      z.object({
        id: z.int(),
        /** null: the account is gone. */
        author: z.string().nullable(),
        mergedAt: z.string(),
        approvals: z.array(approval),
      }),
    ),
  }),
)

/** Commits on the first line of a branch within the window, by repository. */
export const pushesFacts = z.array(
  z.object({
    repository: z.string(),
    branch: z.string(),
    /** How many there are; only those without a pull request are listed. */
    commits: z.int(),
    direct: z.array(z.object({ commit: z.string(), author: z.string().nullable() })),
  }),
)

export type Merges = z.output<typeof mergesFacts>
export type Pushes = z.output<typeof pushesFacts>
