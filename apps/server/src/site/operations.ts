import { domainToUnicode } from 'node:url'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { siteErrors } from './errors.ts'
import { challengeLabel, siteProblems, siteStates } from './site.ts'
import type { Sites } from './sites.ts'

/** What setting a domain needs of the rest of the server. */
export interface SiteOperationDependencies {
  readonly sites: Sites
}

const State = z.enum(siteStates)

/** The public page at a domain of the tenant's own. */
export function siteOperations({ sites }: SiteOperationDependencies) {
  const about = (id: string) => ({ kind: 'site', id })
  return [
    tenantOperation({
      id: 'site.show',
      summary: 'Shows where the public page lives, and the proof that its own domain needs',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** Where the page really lives. */
        url: z.string(),
        site: z
          .object({
            domain: z.string(),
            /** As people read it. */
            name: z.string(),
            state: State,
            /** The TXT record that proves it. */
            record: z.object({ name: z.string(), value: z.string() }),
            claimedAt: z.iso.datetime(),
            provenAt: z.iso.datetime().nullable(),
            lookedAt: z.iso.datetime().nullable(),
            problem: z.enum(siteProblems).nullable(),
          })
          .nullable(),
      }),
      async run(_, { tenant }) {
        const row = await sites.of(tenant.id)
        return {
          url: await sites.homeOf(tenant),
          site: row
            ? {
                domain: row.domain,
                name: domainToUnicode(row.domain),
                state: row.state,
                record: { name: `${challengeLabel}.${row.domain}`, value: row.challenge },
                claimedAt: row.claimed_at.toISOString(),
                provenAt: row.proven_at?.toISOString() ?? null,
                lookedAt: row.looked_at?.toISOString() ?? null,
                problem: row.problem,
              }
            : null,
        }
      },
    }),
    tenantOperation({
      id: 'site.claim',
      summary: 'Sets the domain at which the public page is to be served; nothing is served before it is proven',
      needs: 'access:write',
      changes: true,
      input: z.object({ domain: z.string().trim().min(1).max(253) }),
      output: z.object({ domain: z.string() }),
      refuses: [siteErrors.bad_domain, siteErrors.own_host],
      async run({ domain }, { tenant, append }) {
        const claimed = await sites.claim(tenant.id, domain)
        await append({ type: 'site.claimed', about: about(tenant.id), content: { content: { domain: claimed } } })
        return { domain: claimed }
      },
    }),
    tenantOperation({
      id: 'site.prove',
      summary: 'Asks DNS for the proof of the domain now, and says what it found',
      needs: 'access:write',
      changes: true,
      input: z.object({}),
      output: z.object({ state: State, problem: z.enum(siteProblems).nullable() }),
      refuses: [siteErrors.none],
      async run(_, tx) {
        const look = await sites.look(tx.tenant.id)
        if (!look) throw siteErrors.none()
        await sites.settle(tx, look)
        const row = await sites.of(tx.tenant.id)
        if (!row) throw siteErrors.none()
        return { state: row.state, problem: row.problem }
      },
    }),
    tenantOperation({
      id: 'site.release',
      summary: 'Gives the domain up; the public page stays at the address of the installation',
      needs: 'access:write',
      changes: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [siteErrors.none],
      async run(_, { tenant, append }) {
        if (!(await sites.release(tenant.id))) throw siteErrors.none()
        await append({ type: 'site.released', about: about(tenant.id) })
        return {}
      },
    }),
  ]
}
