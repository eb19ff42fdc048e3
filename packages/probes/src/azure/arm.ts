/**
 * How Azure Resource Manager and Azure Resource Graph are asked.
 *
 * - A list of Resource Manager goes on at `nextLink`. A query goes on with `$skipToken`; where Resource Graph says that it
 *   left something out and gives no token, the rows are not complete.
 * - Resource Graph leaves out in silence what the caller may not read, so the right to read a whole subscription is
 *   looked up first: without it an empty answer would mean nothing.
 */
import { z } from 'zod'
import { mostPages } from '../api/api.ts'
import type { Api, Question } from '../api/api.ts'
import { Unreadable } from '../engine/reading.ts'

/** Azure as a connection sees it. */
export type Azure = {
  readonly api: Api
  /** Resource Graph, which counts requests on its own. */
  readonly graph: Api
  readonly subscriptions: readonly string[]
  /** Does work when few enough others are under way: a subscription has thousands of vaults, and each is asked. */
  readonly turn: Turn
}

type Turn = <T>(work: () => Promise<T>) => Promise<T>

/** Lets so many do their work at once; the others wait, in order. Work must not wait for another turn. */
export function turns(most: number): Turn {
  const waiting: (() => void)[] = []
  let busy = 0
  return async (work) => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}

/** Rows or items, and whether these are all. */
export type Rows<T> = { readonly items: readonly T[]; readonly complete: boolean }

const graphPath = '/providers/Microsoft.ResourceGraph/resources'

/** All rows of a query over the subscriptions. The query projects `id` or another text: only then there are pages. */
export async function rows<T>(azure: Azure, query: string, row: z.ZodType<T>): Promise<Rows<T>> {
  return await azure.turn(() => allRows(azure, query, row))
}

async function allRows<T>({ graph, subscriptions }: Azure, query: string, row: z.ZodType<T>): Promise<Rows<T>> {
  const schema = z.object({
    totalRecords: z.int(),
    resultTruncated: z.enum(['true', 'false']),
    $skipToken: z.string().nullish(),
    data: z.array(row),
  })
  const items: T[] = []
  let token: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await graph.post({
      path: graphPath,
      query: { 'api-version': '2022-10-01' },
      schema,
      body: {
        subscriptions,
        query,
        options: { resultFormat: 'objectArray', $top: 1_000, ...(token === undefined ? {} : { $skipToken: token }) },
      },
    })
    items.push(...answer.data)
    const next = answer.$skipToken ?? undefined
    if (next === undefined)
      return { items, complete: answer.resultTruncated === 'false' && items.length >= answer.totalRecords }
    if (next === token) throw new Unreadable('contract', `${graphPath} names the same page as the next one`)
    token = next
  }
  return { items, complete: false }
}

/** All pages of a list of Resource Manager. */
export function listed<T>(
  { api, turn }: Azure,
  question: Omit<Question<unknown>, 'schema'>,
  item: z.ZodType<T>,
): Promise<Rows<T>> {
  const schema = z.object({ value: z.array(item), nextLink: z.string().nullish() })
  return turn(() => api.list({ ...question, schema }, { items: ({ value }) => value, next: nextOf }))
}

function nextOf({ nextLink }: { nextLink?: string | null | undefined }): string | undefined {
  return nextLink === null || nextLink === '' ? undefined : nextLink
}

/** Several lists as one, complete where each of them is. */
export function together<T>(parts: readonly Rows<T>[]): Rows<T> {
  return { items: parts.flatMap(({ items }) => items), complete: parts.every(({ complete }) => complete) }
}

/** The parts of a resource's id. */
export type ResourceId = {
  readonly subscription: string
  readonly group: string
  /** `Microsoft.KeyVault/vaults`, in lower case. */
  readonly type: string
  readonly names: readonly string[]
}

const idPattern = /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i

/** @throws {Unreadable} contract: the text is not the id of a resource in a group */
export function resourceId(id: string): ResourceId {
  const [, subscription, group, provider, rest] = idPattern.exec(id) ?? []
  const parts = rest?.split('/') ?? []
  if (subscription === undefined || group === undefined || provider === undefined || parts.length % 2 !== 0)
    throw new Unreadable('contract', 'an id does not name a resource in a group')
  return {
    subscription,
    group,
    type: [provider, ...parts.filter((_part, index) => index % 2 === 0)].join('/').toLowerCase(),
    names: parts.filter((_part, index) => index % 2 === 1),
  }
}

/** How facts name a resource: `subscription/group/type/name`, in lower case, as Azure's ids ignore case. */
export function labelOf(id: string): string {
  const { subscription, group, type, names } = resourceId(id)
  return [subscription.slice(0, 8), group, type.split('/').slice(1).join('/'), ...names].join('/').toLowerCase()
}

/** How facts name a resource where the id may also be that of something else. */
export function findLabel(id: string | null | undefined): string | null {
  return id !== null && id !== undefined && idPattern.test(id) ? labelOf(id) : null
}

/** How facts name a group by its id, `subscription/group`. */
export function groupLabel(id: string): string {
  const [, subscription, group] = /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/?$/i.exec(id) ?? []
  if (subscription === undefined || group === undefined)
    throw new Unreadable('contract', 'an id does not name a resource group')
  return `${subscription.slice(0, 8)}/${group}`.toLowerCase()
}

/** What stands in the places of a path. */
export function placesOf(id: string): { subscription: string; group: string; name: string } {
  const { subscription, group, names } = resourceId(id)
  return { subscription, group, name: names[0] ?? '' }
}

/** One of the words that the vendor documents, in lower case; another word breaks the contract. */
export function word<const T extends readonly string[]>(words: T) {
  return z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(words))
}

const Permissions = z.object({ actions: z.array(z.string()), notActions: z.array(z.string()).nullish() })

/**
 * Makes sure that the credential may read the whole of each subscription.
 *
 * @throws {Unreadable} denied
 */
export async function requireReader(azure: Azure): Promise<void> {
  const path = '/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions'
  await Promise.all(
    azure.subscriptions.map(async (subscription) => {
      const question = { path, params: { subscription }, query: { 'api-version': '2022-04-01' } }
      const { items } = await listed(azure, question, Permissions)
      if (!items.some(mayReadAll))
        throw new Unreadable('denied', `the whole of subscription ${subscription} may not be read`, {
          needs: 'Reader',
        })
    }),
  )
}

function mayReadAll({ actions, notActions }: z.output<typeof Permissions>): boolean {
  const isWithheld = (notActions ?? []).some((action) => action === '*' || /(^|\/)(\*|read)$/i.test(action))
  return !isWithheld && actions.some((action) => action === '*' || action.toLowerCase() === '*/read')
}
