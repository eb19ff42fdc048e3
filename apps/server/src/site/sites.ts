import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { isAway, type AskTxt } from '../platform/index.ts'
import { siteErrors } from './errors.ts'
import { challengeLabel, domainOf, hostOf, judge } from './site.ts'
import type { SiteState } from './site.ts'
import * as store from './store.ts'
import type { SiteRow } from './store.ts'

/** The queue of the daily look at the proofs; its payload is empty. */
export const siteQueue = 'site.looks'

/** When it is due each day, as cron says it. */
export const siteTime = '29 4 * * *'

/** A change of another process is noticed after this long. Milliseconds. */
const knownForMs = 900

/** How long a domain that was never proven is looked for by itself. */
const hopeMs = 30 * 24 * 3_600_000

/** What a host is to the installation. */
export type Hosted = { readonly kind: 'site'; readonly slug: string } | { readonly kind: 'lost' } | null

/** Domains of tenants for their public pages. */
export interface Sites {
  of(tenantId: string): Promise<SiteRow | undefined>
  /** Every domain that a tenant named, whether proven or not. */
  readonly list: () => Promise<readonly SiteRow[]>
  /** Whose page a host shows. `lost`: it was proven and is not any more. Null: it is no domain of a tenant. */
  readonly at: (host: string | null) => Promise<Hosted>
  /** Where a tenant's public page really lives, without a slash at the end. */
  readonly homeOf: (tenant: { readonly id: string; readonly slug: string }) => Promise<string>
  /** @throws {site.bad_domain | site.own_host} */
  claim(tenantId: string, typed: string): Promise<string>
  release(tenantId: string): Promise<boolean>
  /** Asks DNS; outside of any transaction. @returns what is to be kept by `settle`; undefined where no domain is set */
  look(tenantId: string): Promise<Look | undefined>
  /** Keeps what a look said, with a leaf where that changed anything. @returns the state from now on */
  settle(tx: TenantContext, look: Look): Promise<SiteState>
  /** Looks at every proof once more; a domain whose proof is gone is served no longer. */
  lookAtAll(tenants: Pick<Tenants, 'asSystem'>): Promise<void>
}

/** What DNS said about a domain. */
export interface Look {
  readonly site: SiteRow
  readonly found: readonly string[] | null
}

/** What domains need of the rest of the server. */
export interface SiteDependencies {
  readonly pool: Pool
  readonly askTxt: AskTxt
  readonly baseUrl: string
  /** Where public pages are reached that have no domain of their own; left out: where all else is. */
  readonly portalUrl?: string | undefined
  readonly now: () => Date
  /** Lets work in a tenant that went meanwhile be. */
  readonly unlessAway: <T>(work: () => Promise<T>) => Promise<T | undefined>
}

/** Opens the domains. */
export function openSites({ pool, askTxt, baseUrl, portalUrl = baseUrl, now, unlessAway }: SiteDependencies): Sites {
  const ownHosts = [baseUrl, portalUrl].map((url) => new URL(url).hostname)
  let known: { readonly at: number; readonly rows: Promise<SiteRow[]> } | null = null
  let last: SiteRow[] | null = null

  /**
   * Everybody asks for this with each request: it is looked up once in some seconds. While the database does not answer, what
   * was seen last counts: nobody can change it meanwhile, and a request that needs nothing else of the database is answered.
   */
  async function rows(): Promise<SiteRow[]> {
    const at = now().getTime()
    if (known === null || at - known.at > knownForMs || at < known.at) known = { at, rows: store.list(pool) }
    const asked = known
    try {
      last = await asked.rows
      return last
    } catch (error) {
      if (known === asked) known = null
      if (last === null || !isAway(error)) throw error
      return last
    }
  }
  const forget = () => {
    known = null
  }

  async function settle(tx: TenantContext, { site, found }: Look): Promise<SiteState> {
    const judged = judge({ ...site, provenAt: site.proven_at }, found, tx.now)
    const event = judged.state === site.state ? null : judged.state
    // The registry is another database: kept there last, so that what could not be recorded is not kept either.
    const about = { kind: 'site', id: tx.tenant.id }
    if (event === 'lost') await tx.append({ type: 'site.lost', about, code: judged.problem ?? 'missing', by: 'system' })
    const isFree = await store.keep(pool, site, judged, tx.now)
    forget()
    if (!isFree) return site.state
    if (event === 'proven')
      await tx.append({ type: 'site.proven', about, content: { content: { domain: site.domain } } })
    return judged.state
  }

  async function look(tenantId: string): Promise<Look | undefined> {
    const site = await store.find(pool, tenantId)
    return site && { site, found: await askTxt(`${challengeLabel}.${site.domain}`) }
  }

  return {
    of: (tenantId) => store.find(pool, tenantId),
    list: rows,
    async at(host) {
      if (host === null || ownHosts.includes(host) || host === 'localhost') return null
      const own = (await rows()).filter((row) => row.domain === host)
      const proven = own.find((row) => row.state === 'proven')
      if (proven) return { kind: 'site', slug: proven.slug }
      return own.some((row) => row.state === 'lost') ? { kind: 'lost' } : null
    },
    async homeOf({ id, slug }) {
      const site = (await rows()).find((row) => row.tenant_id === id && row.state === 'proven')
      return site ? `https://${site.domain}` : `${portalUrl}/trust/${slug}`
    },
    async claim(tenantId, typed) {
      const domain = domainOf(typed)
      if (domain === null) throw siteErrors.bad_domain()
      if (ownHosts.some((own) => domain === hostOf(own))) throw siteErrors.own_host()
      const challenge = `art32=${randomBytes(20).toString('hex')}`
      await store.claim(pool, { tenantId, domain, challenge, at: now() })
      forget()
      return domain
    },
    async release(tenantId) {
      const was = await store.release(pool, tenantId)
      forget()
      return was
    },
    look,
    settle,
    async lookAtAll(tenants) {
      for (const site of await store.list(pool)) {
        // What was given up is left alone; its owner can still ask by hand.
        const seen = site.proven_at ?? site.claimed_at
        if (site.state !== 'proven' && now().getTime() - seen.getTime() > hopeMs) continue
        const found = await look(site.tenant_id)
        if (found) await unlessAway(() => tenants.asSystem(site.tenant_id, (tx) => settle(tx, found)))
      }
    },
  }
}
