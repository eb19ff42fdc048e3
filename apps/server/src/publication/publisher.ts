import { errorClass } from '../platform/index.ts'
import type { Log, Published, PublishedPages, PublishedWriter } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { crawl } from './crawl.ts'
import type { Crawled, Place } from './crawl.ts'
import { commonSeeds, isCommon, tenantSeeds } from './seeds.ts'

/** What publishing needs of the rest of the server. */
export interface PublisherDependencies {
  readonly writer: PublishedWriter
  /** Where the public pages of the installation are reached. */
  readonly url: string
  readonly workplace: string
  readonly recipient: string
  readonly version: string
  readonly listTenants: () => Promise<readonly Tenant[]>
  readonly listSites: () => Promise<
    readonly { readonly domain: string; readonly slug: string; readonly state: string }[]
  >
  /** Where a tenant's log lies below its page: `/log`, or after a restore `/log/2`. */
  readonly logOf: (tenantId: string) => Promise<string>
  /** Where the log of the installation lies. */
  readonly ownLog: string
  /** Answers at the host of the installation as to a stranger from elsewhere. */
  readonly ask: (request: Request) => Promise<Response | null>
  /** The same at a tenant's domain. */
  readonly askSite: (slug: string, path: string, request: Request) => Promise<Response | null>
  readonly onChange: (changed: (tenantId: string) => void) => void
  readonly now: () => Date
  readonly log: Log
}

/** Keeps a folder as the public pages are. */
export interface Publisher {
  /** Publishes what changed since the last round. */
  round(): Promise<void>
}

/** Changes come in crowds: they are waited for so long, and a tenant is published anew at most this often. Milliseconds. */
const gatherMs = 250
const spacingMs = 5_000
/** Annexes that are made in one round: everything else goes first. */
const annexesAtOnce = 2
/** They are made once a tenant is quiet: whoever works on an edition publishes it more than once. Milliseconds. */
const quietMs = 30_000
/** A page says as of when it is: never older than this, although nothing happened. */
const longestMs = 6 * 3_600_000
/** The pages of the installation, whose log grows with every account. */
const commonMs = 10_000

interface Kept {
  readonly mark: string
  readonly name: string
  readonly here: string
  readonly site: string | null
  readonly used: ReadonlySet<string>
  readonly madeAt: number
  readonly until: number | null
  readonly roundAt: number
  readonly lacks: boolean
  /** When annexes that lack may be made. */
  readonly quietAt: number
}

/**
 * Publishes the public pages as files, for a process that has nothing else. A tenant is published anew when something of it
 * changed, when a proof on its page lapses, and four times a day; the file that names all others is replaced last.
 */
export function openPublisher(dependencies: PublisherDependencies): Publisher {
  const { writer, now, log } = dependencies
  const changed = new Map<string, number>()
  dependencies.onChange((tenantId) => {
    if (!changed.has(tenantId)) changed.set(tenantId, performance.now())
  })
  const kept = new Map<string, Kept>()
  let common: { readonly hash: string; readonly used: ReadonlySet<string>; readonly at: number } | null = null
  let hosts = ''
  let isBegun = false

  async function published(
    place: Place,
    ask: (request: Request) => Promise<Response | null>,
    { before, mostAnnexes = 0 }: { readonly before: string | null; readonly mostAnnexes?: number },
  ) {
    const known = before === null ? undefined : await writer.pages(before)
    const { pages, until, lacks }: Crawled = await crawl(place, {
      ask,
      keep: (bytes) => writer.keep(bytes),
      now,
      before: known,
      version: dependencies.version,
      mostAnnexes,
    })
    // Pages that exist for everybody say nothing of a tenant: where there are no others, nobody is to learn that it is here.
    const isShown = Object.keys(pages.pages).some((key) => !/^\/(?:confirm|unsubscribe)\?/.test(key))
    const hash = isShown ? await writer.keepPages(pages) : null
    return { hash, until, lacks, used: hash === null ? new Set<string>() : usedBy(pages, hash) }
  }

  async function publishTenant(
    tenant: Tenant,
    mark: string,
    domain: string | null,
    mostAnnexes: number,
  ): Promise<void> {
    const { id, slug, name } = tenant
    changed.delete(id)
    const roundAt = performance.now()
    const madeAt = now().getTime()
    const before = kept.get(id)
    const seeds = [...tenantSeeds, `${await dependencies.logOf(id)}/checkpoint`, `${await dependencies.logOf(id)}/vkey`]
    const { origin } = new URL(dependencies.url)
    const here = await published({ origin, base: `/trust/${slug}`, seeds, isWithin: () => true }, dependencies.ask, {
      before: before?.here || null,
      mostAnnexes,
    })
    const site =
      domain === null
        ? null
        : await published(
            {
              origin: `https://${domain}`,
              base: '',
              seeds: [...tenantSeeds, ...commonSeeds],
              isWithin: (path) => !path.startsWith('/trust/'),
            },
            (request) => dependencies.askSite(slug, new URL(request.url).pathname, request),
            { before: before?.site ?? null, mostAnnexes },
          )
    const untils = [here.until, site?.until ?? null].filter((one) => one !== null)
    kept.set(id, {
      mark,
      name,
      here: here.hash ?? '',
      site: site?.hash ?? null,
      used: new Set([...here.used, ...(site?.used ?? [])]),
      madeAt,
      until: untils.length === 0 ? null : Math.min(...untils),
      roundAt,
      lacks: here.lacks || site?.lacks === true,
      // The next of them at once.
      quietAt: mostAnnexes > 0 ? roundAt : roundAt + quietMs,
    })
  }

  async function publishCommon(): Promise<void> {
    const at = performance.now()
    const { origin } = new URL(dependencies.url)
    const seeds = [...commonSeeds, `${dependencies.ownLog}/checkpoint`, `${dependencies.ownLog}/vkey`]
    const { hash, used } = await published({ origin, base: '', seeds, isWithin: isCommon }, dependencies.ask, {
      before: common?.hash ?? null,
    })
    if (hash !== null) common = { hash, used, at }
  }

  async function write(tenants: readonly Tenant[], served: Readonly<Record<string, string | null>>): Promise<void> {
    if (common === null) return
    const used = new Set(common.used)
    const all: Published['tenants'] = {}
    for (const { id, slug } of tenants) {
      const one = kept.get(id)
      if (!one || one.here === '') continue
      all[slug] = { name: one.name, here: one.here, site: one.site }
      for (const hash of one.used) used.add(hash)
    }
    await writer.publish(
      {
        format: 'art32.published/1',
        version: dependencies.version,
        madeAt: now().toISOString(),
        url: dependencies.url,
        workplace: dependencies.workplace,
        recipient: dependencies.recipient,
        common: common.hash,
        tenants: all,
        hosts: served,
      },
      used,
    )
  }

  /** What a process before this one published stays until it is made anew. */
  async function begin(tenants: readonly Tenant[]): Promise<void> {
    isBegun = true
    const last = await writer.last()
    for (const { id, slug } of tenants) {
      const one = last?.tenants[slug]
      const pages = one && (await writer.pages(one.here))
      if (!pages) continue
      const site = one.site === null ? undefined : await writer.pages(one.site)
      const used = new Set([...usedBy(pages, one.here), ...(site && one.site !== null ? usedBy(site, one.site) : [])])
      kept.set(id, {
        ...one,
        site: site ? one.site : null,
        mark: '',
        used,
        madeAt: 0,
        until: null,
        roundAt: -Infinity,
        lacks: false,
        quietAt: 0,
      })
    }
  }

  function isDue(id: string, mark: string): boolean {
    const one = kept.get(id)
    if (one?.mark !== mark) return true
    const at = performance.now()
    const since = changed.get(id)
    if (since !== undefined && at - since >= gatherMs && at - one.roundAt >= spacingMs) return true
    const age = now().getTime() - one.madeAt
    return Math.abs(age) > longestMs || (one.until !== null && one.until <= now().getTime())
  }

  return {
    async round() {
      const tenants = await dependencies.listTenants()
      const sites = await dependencies.listSites()
      if (!isBegun) await begin(tenants)
      const isCommonDue = common === null || performance.now() - common.at > commonMs
      if (isCommonDue) await publishCommon()
      const here = new Set(tenants.map(({ id }) => id))
      const gone = [...kept.keys()].filter((id) => !here.has(id))
      for (const id of gone) kept.delete(id)
      const served = hostsOf(sites)
      // Who is gone is gone at once, before others are made anew.
      if (isCommonDue || gone.length > 0 || JSON.stringify(served) !== hosts) await write(tenants, served)
      hosts = JSON.stringify(served)
      const work = async (tenant: Tenant, mostAnnexes: number) => {
        const domain = sites.find(({ slug, state }) => slug === tenant.slug && state === 'proven')?.domain ?? null
        const mark = JSON.stringify([tenant.name, tenant.language, tenant.isSuspended, domain])
        const isWanted = mostAnnexes > 0 || isDue(tenant.id, mark)
        if (!isWanted) return
        try {
          await publishTenant(tenant, mark, domain, mostAnnexes)
          await write(tenants, served)
        } catch (error) {
          // The others go on; this one stays as it was until the next round.
          changed.set(tenant.id, performance.now())
          // What it left half-made is of nobody: the next round removes it.
          hosts = ''
          log.error('publication.failed', { tenant: tenant.id, error: errorClass(error) })
        }
      }
      for (const tenant of tenants) await work(tenant, 0)
      const lacking = tenants.find(({ id }) => {
        const one = kept.get(id)
        return one?.lacks === true && one.quietAt <= performance.now()
      })
      if (lacking) await work(lacking, annexesAtOnce)
    },
  }
}

function usedBy(pages: PublishedPages, hash: string): Set<string> {
  const bodies = Object.values(pages.pages).flatMap(({ bodies: { identity, br, gzip } }) => [identity, br, gzip])
  return new Set([hash, ...bodies.filter((one) => one !== undefined)])
}

/** A host that two tenants name is the one's who proved it. */
function hostsOf(
  sites: readonly { readonly domain: string; readonly slug: string; readonly state: string }[],
): Record<string, string | null> {
  const of = (state: string) => sites.filter((one) => one.state === state)
  return Object.fromEntries([
    ...of('lost').map(({ domain }) => [domain, null] as const),
    ...of('proven').map(({ domain, slug }) => [domain, slug] as const),
  ])
}
