import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api, Question } from '../api/api.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable, unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'

/** A repository of the look and its production branch. */
export type Repository = {
  readonly slug: string
  /** The branch that is looked at; null: nothing was ever committed. */
  readonly branch: string | null
  readonly mainBranch: string | null
  readonly private: boolean
}

/** The API of one workspace. */
export type Workspace = {
  readonly api: Api
  readonly name: string
  /** Where the window begins. */
  readonly since: Date
  /**
   * All items of a list. `until` ends it after the page whose items are all beyond: for lists that are sorted.
   *
   * @throws {Unreadable} incomplete, where the vendor has more pages than are read
   */
  all<T>(
    question: Omit<Question<unknown>, 'schema'>,
    item: z.ZodType<T>,
    until?: (item: T) => boolean,
  ): Promise<readonly T[]>
}

const paged = <T>(item: z.ZodType<T>) =>
  z.object({
    values: z.array(item),
    next: z.string().optional(),
    page: z.int().optional(),
    pagelen: z.int().optional(),
    size: z.int().optional(),
  })

/** What is read of an account; null where it was closed. */
export const account = z.object({ uuid: z.string() }).nullish()

export function openWorkspace(
  settings: { baseUrl: string; workspace: string; email: string; token: string; windowDays: number },
  context: Context,
): Workspace {
  const { baseUrl, workspace, email, token, windowDays } = settings
  const authorization =
    email === '' ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
  const api = openApi({ base: baseUrl, headers: { authorization }, perMinute: 600, meaning }, context)
  return {
    api,
    name: workspace,
    since: new Date(context.now().getTime() - windowDays * 86_400_000),
    async all(question, item, until) {
      const asked = {
        ...question,
        params: { workspace, ...question.params },
        query: { pagelen: '100', ...question.query },
        schema: paged(item),
      }
      const { items, complete } = await api.list(asked, {
        items: ({ values }) => values,
        next: (page) =>
          until !== undefined && page.values.length > 0 && page.values.every(until)
            ? undefined
            : (page.next ?? byNumber(page)),
      })
      if (!complete) throw new Unreadable('incomplete', `${question.path} has more pages than are read`)
      return items
    },
  }
}

/** Pipelines, deployments and environments name no next page, only how many items there are. */
function byNumber(page: {
  page?: number | undefined
  pagelen?: number | undefined
  size?: number | undefined
}): Record<string, string> | undefined {
  const { page: number, pagelen, size } = page
  if (number === undefined || pagelen === undefined || size === undefined || number * pagelen >= size) return undefined
  return { page: String(number + 1) }
}

const refusal = z.object({
  type: z.literal('error'),
  error: z.object({
    detail: z
      .object({ required: z.array(z.string()) })
      .optional()
      .catch(undefined),
  }),
})

/** Bitbucket names the missing scope, and hides what a credential may not see behind "not found". */
function meaning(status: number, body: unknown): Unseen | undefined {
  if (status === 402) return unseen('unlicensed', 'the plan of the workspace does not include it')
  const said = refusal.safeParse(body)
  if (!said.success) return undefined
  const required = said.data.error.detail?.required.filter((scope) => /^[a-z:_-]{1,60}$/.test(scope)) ?? []
  if (status === 403 && required.length > 0)
    return unseen('denied', `the credential lacks the scope ${required.join(', ')}`, { needs: required.join(', ') })
  if (status === 404) return unseen('denied', 'it is not there, or the credential may not see it')
  return undefined
}

/** The repositories of the look; all of the workspace where none is named. */
export async function readRepositories(
  workspace: Workspace,
  named: readonly string[],
  branch: string,
): Promise<readonly Repository[]> {
  const all = await workspace.all(
    { path: '/repositories/{workspace}' },
    z.object({
      full_name: z.string(),
      is_private: z.boolean(),
      mainbranch: z.object({ name: z.string() }).nullish(),
    }),
  )
  const found = all.map((one) => ({
    slug: slugOf(one.full_name),
    private: one.is_private,
    mainBranch: one.mainbranch?.name ?? null,
    branch: one.mainbranch && branch !== '' ? branch : (one.mainbranch?.name ?? null),
  }))
  const missing = named.filter((slug) => !found.some((one) => one.slug === slug))
  if (missing.length > 0)
    throw new Unreadable('denied', `${missing.length} of the named repositories are not there, or may not be seen`)
  return named.length === 0 ? found : found.filter(({ slug }) => named.includes(slug))
}

/** `workspace/repository` without the workspace. */
export function slugOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('/') + 1)
}

/** Repositories with something in them, and their branch. */
export function branchesOf(
  repositories: readonly Repository[],
): readonly { slug: string; branch: string; mainBranch: string | null }[] {
  return repositories.flatMap((one) => (one.branch === null ? [] : [{ ...one, branch: one.branch }]))
}
