import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api, Question } from '../api/api.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable, unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'

/** A project of the look and the branch that is looked at. */
export type Project = {
  readonly name: string
  readonly branch: string
  readonly private: boolean
  /** null: switched off; undefined: not shown to this token. */
  readonly pipelineMustSucceed: boolean | null | undefined
  readonly skippedCounts: boolean | null | undefined
}

/** The API of a GitLab server. */
export type Gitlab = {
  readonly api: Api
  /** Where the window begins. */
  readonly since: Date
  /** All items of a list of a project. @throws {Unreadable} incomplete, where there are more pages than are read */
  all<T>(project: string, question: Omit<Question<unknown>, 'schema'>, item: z.ZodType<T>): Promise<readonly T[]>
}

/** An account as lists show it. Programs bear a name that GitLab makes for tokens of projects and groups. */
export const account = z.object({ id: z.int(), username: z.string() })
export const isProgram = ({ username }: { username: string }) => /^(project|group)_\d+_bot(_|$)/.test(username)

/** A 404 in the words of GitLab: it does not say whether there is no such thing or the token may not see it. */
export const hidden = unseen('denied', 'it is not there, or the token may not see it')

const refusal = z.object({ message: z.string().optional(), error: z.string().optional() })

function meaning(status: number, body: unknown): Unseen | undefined {
  const said = refusal.safeParse(body)
  if (!said.success) return undefined
  const { message, error = '' } = said.data
  if (status === 403 && error === 'insufficient_scope')
    return unseen('denied', 'the token lacks a scope', { needs: 'read_api' })
  return status === 404 && (message ?? error).startsWith('404 ') ? hidden : undefined
}

export function openGitlab(
  { baseUrl, token, windowDays }: { baseUrl: string; token: string; windowDays: number },
  context: Context,
): Gitlab {
  const base = `${baseUrl.replace(/\/+$/, '')}/api/v4`
  const api = openApi({ base, headers: { 'private-token': token }, perMinute: 600, meaning }, context)
  return {
    api,
    since: new Date(context.now().getTime() - windowDays * 86_400_000),
    async all(project, question, item) {
      const asked = {
        ...question,
        params: { id: project, ...question.params },
        query: { per_page: '100', ...question.query },
        schema: z.array(item),
      }
      const { items, complete } = await api.list(asked, {
        items: (page) => page,
        // Links would lead past a proxy; the number does not.
        next: (_page, { headers }) => (headers['x-next-page'] ? { page: String(headers['x-next-page']) } : undefined),
      })
      if (!complete) throw new Unreadable('incomplete', `${question.path} has more pages than are read`)
      return items
    },
  }
}

const project = z.object({
  path_with_namespace: z.string(),
  default_branch: z.string().nullable(),
  visibility: z.enum(['private', 'internal', 'public']),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
  allow_merge_on_skipped_pipeline: z.boolean().nullish(),
})

/** The named projects and their branches. */
export async function readProjects(
  { api }: Gitlab,
  named: readonly string[],
  branch: string,
): Promise<readonly Project[]> {
  const found: Project[] = []
  for (const id of new Set(named)) {
    const one = await api.get({ path: '/projects/{id}', params: { id }, schema: project })
    const at = branch === '' ? one.default_branch : branch
    if (at === null) throw new Unreadable('not-configured', 'a project has no commit')
    found.push({
      name: one.path_with_namespace,
      branch: at,
      private: one.visibility === 'private',
      pipelineMustSucceed: one.only_allow_merge_if_pipeline_succeeds,
      skippedCounts: one.allow_merge_on_skipped_pipeline,
    })
  }
  return found
}
