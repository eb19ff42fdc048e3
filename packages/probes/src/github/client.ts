import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api, Question } from '../api/api.ts'
import type { Answer } from '../api/request.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable, unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'

/** A repository of the look and the branch that is looked at. */
export type Repository = { readonly name: string; readonly branch: string }

/** The API of GitHub, for one owner. */
export type Owner = {
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

/** What is read of an account; null where it was deleted. */
export const account = z.object({ id: z.int(), type: z.string() }).nullable()

/** GitHub says in words what the number of the status leaves open. */
const meanings: readonly (readonly [status: number, words: RegExp, means: Unseen])[] = [
  [403, /rate limit/i, unseen('throttled', 'the vendor asked to slow down', { retryAfterMs: 60_000 })],
  [
    403,
    /SAML enforcement/i,
    unseen('denied', 'the token is not authorised for the single sign-on of the organisation', {
      needs: 'SSO authorisation of the token',
    }),
  ],
  [403, /upgrade to github/i, unseen('unlicensed', 'the plan does not include it for private repositories')],
  [403, /alerts are (disabled|not available)/i, unseen('not-configured', 'Dependabot alerts are off')],
  [404, /^Branch not protected/i, unseen('not-configured', 'the branch has no classic protection')],
  [404, /secret scanning is disabled/i, unseen('not-configured', 'secret scanning is off')],
  [
    403,
    /code scanning is not enabled|(advanced|code) security must be enabled/i,
    unseen('not-configured', 'code scanning is off'),
  ],
  [404, /no analysis found/i, unseen('not-configured', 'there is no analysis')],
  [404, /^Not Found/i, unseen('denied', 'it is not there, or the token may not see it')],
]

const refusal = z.object({ message: z.string() })

function meaning(status: number, body: unknown): Unseen | undefined {
  const said = refusal.safeParse(body)
  if (!said.success) return undefined
  return meanings.find(([known, words]) => known === status && words.test(said.data.message))?.[2]
}

export function openOwner(
  { baseUrl, owner, token, windowDays }: { baseUrl: string; owner: string; token: string; windowDays: number },
  context: Context,
): Owner {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  }
  const api = openApi({ base: baseUrl, headers, perMinute: 600, meaning }, context)
  return {
    api,
    name: owner,
    since: new Date(context.now().getTime() - windowDays * 86_400_000),
    async all(question, item, until) {
      const asked = {
        ...question,
        params: { owner, ...question.params },
        query: { per_page: '100', ...question.query },
        schema: z.array(item),
      }
      const { items, complete } = await api.list(asked, {
        items: (page) => page,
        next: (page, answer) =>
          until !== undefined && page.length > 0 && page.every(until) ? undefined : nextOf(answer),
      })
      if (!complete) throw new Unreadable('incomplete', `${question.path} has more pages than are read`)
      return items
    },
  }
}

/** The address of the next page in the header `link` (RFC 8288). */
function nextOf({ headers }: Pick<Answer, 'headers'>): string | undefined {
  const link = headers['link']
  const parts = typeof link === 'string' ? link.split(',') : []
  return parts.map((part) => /^\s*<([^>]*)>\s*;.*\brel="next"/.exec(part)?.[1]).find((found) => found !== undefined)
}

/**
 * What a part says that may be switched off: null where the vendor says in words that it is off. Every other refusal stays
 * one.
 */
export async function unlessOff<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Unreadable && error.reason.why === 'not-configured') return null
    throw error
  }
}

/** The named repositories and their branches. */
export async function readRepositories(
  { api, name: owner }: Owner,
  named: readonly string[],
  branch: string,
): Promise<readonly Repository[]> {
  const found: Repository[] = []
  for (const name of named) {
    const { default_branch } = await api.get({
      path: '/repos/{owner}/{repo}',
      params: { owner, repo: name },
      schema: z.object({ default_branch: z.string() }),
    })
    found.push({ name, branch: branch === '' ? default_branch : branch })
  }
  return found
}
