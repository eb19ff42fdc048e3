import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import type { Component } from './components.ts'
import { osvRecord } from './osv.ts'
import type { Match, OsvRecord } from './osv.ts'

/** As many questions as OSV takes at once. */
const mostQueries = 1_000
/** Pages of one package; the worst known has a few. */
const mostRounds = 20
const atOnce = 8

const batch = z.object({
  results: z.array(
    z.object({ vulns: z.array(z.object({ id: z.string() })).optional(), next_page_token: z.string().optional() }),
  ),
})

type Query = { readonly component: Component; readonly page: string | undefined }

/** Opens an address that speaks as api.osv.dev. It takes no credential and names no limit of requests. */
export const openOsv = (base: string, context: Context): Api =>
  openApi({ base, headers: {}, perMinute: 6_000 }, context)

/** Asks for the records of all components. */
export async function askOsv(api: Api, components: readonly Component[]): Promise<Match[]> {
  const found: { id: string; component: Component }[] = []
  let open: Query[] = components.map((component) => ({ component, page: undefined }))
  for (let round = 0; open.length > 0; round += 1) {
    if (round >= mostRounds) throw new Unreadable('incomplete', 'the database had still more pages')
    const onward: Query[] = []
    for (let from = 0; from < open.length; from += mostQueries) {
      const asked = open.slice(from, from + mostQueries)
      const results = await askBatch(api, asked)
      for (const [index, { component }] of asked.entries()) {
        const { vulns = [], next_page_token: page } = results[index] ?? {}
        for (const { id } of vulns) found.push({ id, component })
        if (page !== undefined && page !== '') onward.push({ component, page })
      }
    }
    open = onward
  }
  const records = await fetchRecords(api, [...new Set(found.map(({ id }) => id))])
  return found.flatMap(({ id, component }) => {
    const record = records.get(id)
    return record === undefined ? [] : [{ record, component }]
  })
}

async function askBatch(api: Api, asked: readonly Query[]): Promise<z.output<typeof batch>['results']> {
  const queries = asked.map(({ component: { ecosystem, name, version }, page }) => ({
    package: { ecosystem, name },
    version,
    ...(page === undefined ? {} : { page_token: page }),
  }))
  const { results } = await api.post({ path: '/v1/querybatch', schema: batch, body: { queries } })
  if (results.length !== asked.length)
    throw new Unreadable('contract', '/v1/querybatch answered another number of questions')
  return results
}

/** Records by id, some at once. */
export async function fetchRecords(api: Api, ids: readonly string[]): Promise<Map<string, OsvRecord>> {
  const records = new Map<string, OsvRecord>()
  const waiting = [...ids]
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      records.set(id, await api.get({ path: '/v1/vulns/{id}', params: { id }, schema: osvRecord }))
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    // After the first refusal the others must not go on asking.
    waiting.length = 0
  }
  return records
}
