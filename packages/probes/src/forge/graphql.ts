import { z } from 'zod'
import type { Api } from '../api/api.ts'
import { mostPages } from '../api/api.ts'
import { Unreadable } from '../engine/reading.ts'

/** One question to Atlassian's GraphQL. */
export type Query<T> = {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
  /** The answer inside `data`, as far as it is read. */
  readonly schema: z.ZodType<T>
}

const path = '/graphql'

/** What GraphQL says instead of an answer, with status 200. */
const refusal = z.object({
  message: z.string().optional(),
  extensions: z
    .object({
      errorType: z.string().optional(),
      classification: z.string().optional(),
      statusCode: z.number().optional(),
    })
    .optional(),
})
const envelope = z.union([
  z.object({ errors: z.array(refusal).min(1) }),
  z.object({ data: z.record(z.string(), z.unknown()) }),
])

/**
 * Asks, and takes an answer with `errors` for a refusal, also where some data came along: GraphQL refuses with status 200,
 * and what it leaves out would look as if it were not there.
 *
 * @throws {Unreadable}
 */
export async function query<T>(api: Api, { text, variables, schema }: Query<T>): Promise<T> {
  const answer = await api.post({ path, schema: envelope, body: { query: text, variables } })
  if ('errors' in answer) throw reasonOfErrors(answer.errors)
  const parsed = schema.safeParse(answer.data)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'data'} (${issue.code})`)
  throw new Unreadable('contract', `${path} was answered in another form: ${places.join(', ')}`)
}

/** All pages of a list; `complete: false` where there was still more after the most that are read. */
export async function queryAll<P, T>(
  api: Api,
  question: Query<P>,
  pageOf: (page: P) => { readonly items: readonly T[]; readonly next: string | null },
): Promise<{ items: T[]; complete: boolean }> {
  const items: T[] = []
  let after: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const found = pageOf(await query(api, { ...question, variables: { ...question.variables, after } }))
    items.push(...found.items)
    if (found.next === null) return { items, complete: true }
    if (found.next === after) throw new Unreadable('contract', `${path} names the same page as the next one`)
    after = found.next
  }
  return { items, complete: false }
}

/** The reason behind errors. Messages are dropped, since they may quote; codes are told where they look like codes. */
function reasonOfErrors(errors: readonly z.output<typeof refusal>[]): Unreadable {
  const codes = errors.map(({ extensions }) => extensions?.errorType ?? extensions?.classification ?? '')
  const statuses = errors.map(({ extensions }) => extensions?.statusCode ?? 0)
  const messages = errors.map(({ message }) => message ?? '')
  const named = codes.find((code) => /^\w{1,60}$/.test(code))
  const said = `${path} was answered with an error${named === undefined ? '' : ` (${named})`}`
  const some = (pattern: RegExp, ...status: number[]) =>
    codes.some((code) => pattern.test(code)) || statuses.some((one) => status.includes(one))
  if (some(/permission|unauth|forbidden/i, 401, 403) || messages.some((text) => /authori[sz]ation scope/i.test(text)))
    return new Unreadable('denied', said, { needs: 'contributor of the app' })
  if (some(/too_?many|rate_?limit|throttl/i, 429))
    return new Unreadable('throttled', `${said}: the vendor asked to slow down`, { retryAfterMs: 60_000 })
  if (statuses.some((status) => status >= 500) || some(/internal|timeout|unavailable/i))
    return new Unreadable('unreachable', said)
  return new Unreadable('contract', said)
}
