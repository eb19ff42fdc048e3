import type { Asked } from './pace.ts'
import type { SeededTenant } from './seed.ts'

/** What the load needs to know. */
export interface Seeded {
  /** Where it is asked. */
  readonly url: string
  /** What its own pages say that they are from. */
  readonly origin: string
  readonly tenants: readonly SeededTenant[]
}

/** Of twenty requests sixteen read one measure, three read a page of fifty, one comments, which is a leaf of the ledger. */
export function mixOf({ url, origin, tenants: all }: Seeded): (n: number) => Asked {
  return (n) => {
    const tenant = all[n % all.length] as SeededTenant
    const round = Math.floor(n / all.length)
    const headers = { cookie: tenant.cookies[round % tenant.cookies.length] ?? '' }
    const measureId = tenant.measureIds[(round * 7) % tenant.measureIds.length] ?? ''
    const api = `${url}/api/tenants/${tenant.slug}`
    // The kinds follow each other within a tenant; tenants begin at different ones, so that no moment has all the changes.
    const turn = (round + n) % 20
    if (turn === 0)
      return {
        method: 'POST',
        url: `${api}/measure/comment`,
        headers: { ...headers, 'content-type': 'application/json', origin },
        body: JSON.stringify({ measureId, text: `Looked at in round ${round}.` }),
        says: '"commentId"',
      }
    if (turn < 4)
      return { method: 'GET', url: `${api}/measure/list?after=${(round * 13) % 150}`, headers, says: '"next"' }
    return { method: 'GET', url: `${api}/measure/show?measureId=${measureId}`, headers, says: measureId }
  }
}

/** Computes all ledgers again. @returns how many faults they have */
export async function ledgerFaults({ url, tenants }: Seeded): Promise<number> {
  let count = 0
  for (const { slug, cookies } of tenants) {
    const response = await fetch(`${url}/api/tenants/${slug}/ledger/audit`, { headers: { cookie: cookies[0] ?? '' } })
    if (!response.ok) throw new Error(`the ledger of ${slug} was answered with ${response.status}`)
    count += ((await response.json()) as { faults: unknown[] }).faults.length
  }
  return count
}
