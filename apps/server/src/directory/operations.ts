import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { Entrant, TenantContext } from '../evidence/index.ts'
import { operationsFor, roles } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import type { Domains } from './domain.ts'
import { directoryErrors } from './errors.ts'
import { isUsableIssuer } from './openid.ts'
import { demands, findProvider, listGroupRoles, sealSecret } from './provider.ts'
import type { Demand } from './provider.ts'
import { issueToken, listTokens, revokeToken } from './token.ts'

/** What setting up a tenant's own sign-in needs of the rest of the server. */
export interface DirectoryDependencies {
  readonly registry: Registry
  readonly domains: Domains
  readonly mayBeLocal: (tenant: Tenant) => boolean
  readonly isOperator: (account: Entrant) => Promise<boolean>
  readonly baseUrl: string
}

const installationOperation = operationsFor<{ readonly account: Entrant | null }>('installation')
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/)
const GroupRoles = z
  .array(z.object({ group: z.string().trim().min(1).max(256), role: z.enum(roles) }).strict())
  .max(100)
/** A method of RFC 8176, or an authentication context of Microsoft Entra ID. */
const Factor = z.string().regex(/^(?:mfa|c[1-9][0-9]?)$/)
const about = (id: string) => ({ kind: 'provider', id })

/** Behind it the public id of the tenant: where its people come back from its provider. */
export const redirectPath = '/api/sign-in/openid/callback'

/** What an owner sets up so that people come by the organisation's own sign-in and directory. */
export function directoryOperations(dependencies: DirectoryDependencies) {
  const { registry, domains, mayBeLocal, isOperator, baseUrl } = dependencies
  /** Refuses whoever does not run the installation: a domain decides whom a tenant may bring in. */
  async function operator({ account }: { readonly account: Entrant | null }): Promise<void> {
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
  }

  return [
    tenantOperation({
      id: 'provider.show',
      summary: "Shows the tenant's own sign-in and directory, without their secrets",
      needs: 'access:write',
      input: z.object({}),
      output: z.object({
        /** To be entered at the provider, exactly. */
        redirectUri: z.string(),
        /** To be entered at the directory. */
        scimUrl: z.string(),
        /** Mail domains that the operator allowed. */
        domains: z.array(z.string()),
        provider: z
          .object({
            issuer: z.string(),
            clientId: z.string(),
            joinRole: z.enum(roles).nullable(),
            demand: z.enum(demands),
            factor: Factor.nullable(),
          })
          .nullable(),
        roles: GroupRoles,
        tokens: z.array(
          z.object({
            tokenId: z.uuid(),
            since: z.iso.datetime(),
            expiresAt: z.iso.datetime(),
            lastUse: z.iso.datetime().nullable(),
          }),
        ),
      }),
      async run(_, context) {
        const row = await findProvider(context)
        return {
          redirectUri: `${baseUrl}${redirectPath}/${context.tenant.publicId}`,
          scimUrl: `${baseUrl}/scim/v2/${context.tenant.publicId}`,
          domains: await domains.of(context.tenant.id),
          provider: row
            ? {
                issuer: row.issuer,
                clientId: row.client_id,
                joinRole: row.join_role,
                demand: row.demand,
                factor: row.factor,
              }
            : null,
          roles: await listGroupRoles(context),
          tokens: (await listTokens(context)).map((token) => ({
            tokenId: token.id,
            since: token.created_at.toISOString(),
            expiresAt: token.expires_at.toISOString(),
            lastUse: token.last_use?.toISOString() ?? null,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'provider.set',
      summary: "Sets the tenant's own sign-in by an OpenID provider; the secret is sealed and never shown again",
      needs: 'access:write',
      changes: true,
      input: z.object({
        issuer: z.string().trim().min(1).max(500),
        clientId: z.string().trim().min(1).max(256),
        /** Left out, the present one stays. */
        clientSecret: z.string().min(1).max(1_000).optional(),
        joinRole: z.enum(roles).nullable(),
        demand: z.enum(demands),
        /** What the provider must say for a sign-in to count as two factors; null: it never does. */
        factor: Factor.nullable().default(null),
        roles: GroupRoles,
      }),
      output: z.object({}),
      refuses: [directoryErrors.bad_issuer, directoryErrors.secret_needed, directoryErrors.not_connected],
      async run({ issuer, clientId, clientSecret, joinRole, demand, factor, roles: table }, context) {
        const { sql, now, newId, append, tenant } = context
        if (!isUsableIssuer(issuer, mayBeLocal(tenant))) throw directoryErrors.bad_issuer()
        const before = await findProvider(context)
        // The secret goes with issuer and client: an owner of today must not send yesterday's secret to a place of theirs.
        const stays = before?.issuer === issuer && before.client_id === clientId
        if (clientSecret === undefined && !stays) throw directoryErrors.secret_needed()
        await refuseLockOut(context, demand, issuer)
        const id = stays ? before.id : newId()
        const secret = clientSecret === undefined ? before?.client_secret : sealSecret(context, id, clientSecret)
        await sql.query('delete from sign_in_provider')
        await sql.query(
          `insert into sign_in_provider (id, issuer, client_id, client_secret, join_role, demand, factor, changed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [id, issuer, clientId, secret, joinRole, demand, factor, now],
        )
        await sql.query('delete from directory_role')
        for (const { group, role } of table)
          await sql.query(
            'insert into directory_role (group_name, role) values ($1, $2) on conflict (group_name) do update set role = excluded.role',
            [group, role],
          )
        await append({
          type: 'tenant.changed',
          about: about(id),
          content: { content: { issuer, clientId, joinRole, demand, factor, roles: table } },
        })
        // Whom the tenant lets in by which way only its own database knows.
        await registry.hideRoles(tenant.id)
        return {}
      },
    }),
    tenantOperation({
      id: 'provider.remove',
      summary: "Removes the tenant's own sign-in with its secret; people sign in with passwords again",
      needs: 'access:write',
      changes: true,
      input: z.object({}),
      output: z.object({}),
      async run(_, context) {
        const before = await findProvider(context)
        if (!before) return {}
        await context.sql.query('delete from sign_in_provider')
        await context.append({ type: 'tenant.changed', about: about(before.id), code: 'removed' })
        return {}
      },
    }),
    tenantOperation({
      id: 'provider.own',
      summary: "Says whether the tenant has its own sign-in and whether the caller's account is connected with it",
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ isThere: z.boolean(), isConnected: z.boolean() }),
      async run(_, context) {
        const row = await findProvider(context)
        const { rows } = await context.sql.query('select 1 from identity where account_id = $1 and issuer = $2', [
          context.caller.accountId,
          row?.issuer ?? '',
        ])
        return { isThere: row !== undefined, isConnected: rows.length > 0 }
      },
    }),
    tenantOperation({
      id: 'directory.issue_token',
      summary: 'Makes a token by which the directory (SCIM 2.0) brings and removes people; it is shown only now',
      needs: 'access:write',
      changes: true,
      input: z.object({ days: z.int().min(1).max(730) }),
      output: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
      async run({ days }, context) {
        const { token, expiresAt } = await issueToken(context, days)
        return { token, expiresAt: expiresAt.toISOString() }
      },
    }),
    tenantOperation({
      id: 'directory.revoke_token',
      summary: 'Ends a token of the directory at once',
      needs: 'access:write',
      changes: true,
      input: z.object({ tokenId: z.uuid() }),
      output: z.object({}),
      refuses: [directoryErrors.token_unknown],
      async run({ tokenId }, context) {
        if (!(await revokeToken(context, tokenId))) throw directoryErrors.token_unknown()
        return {}
      },
    }),
    installationOperation({
      id: 'domain.list',
      summary: 'Lists the mail domains that the operator allowed to tenants',
      needs: null,
      input: z.object({}),
      output: z.object({ domains: z.array(z.object({ domain: z.string(), slug: z.string() })) }),
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        const slugs = new Map((await registry.list()).map(({ id, slug }) => [id, slug]))
        const list = await domains.list()
        return { domains: list.map(({ domain, tenantId }) => ({ domain, slug: slugs.get(tenantId) ?? '' })) }
      },
    }),
    installationOperation({
      id: 'domain.allow',
      summary:
        'Allows a tenant to bring people with addresses of a mail domain; the operator has seen that it is theirs',
      needs: null,
      changes: true,
      input: z.object({ slug: Slug, domain: Domain }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, directoryErrors.domain_taken, accessErrors.not_operator],
      async run({ slug, domain }, context) {
        await operator(context)
        await domains.allow((await registry.open(slug)).tenant.id, domain)
        return {}
      },
    }),
    installationOperation({
      id: 'domain.withdraw',
      summary: 'Withdraws a mail domain: nobody new comes in by it; who is a member stays',
      needs: null,
      changes: true,
      input: z.object({ domain: Domain }),
      output: z.object({}),
      refuses: [accessErrors.not_operator],
      async run({ domain }, context) {
        await operator(context)
        await domains.withdraw(domain)
        return {}
      },
    }),
  ]
}

/** Whoever closes the other way must have gone through this one: otherwise nobody could open it again. */
async function refuseLockOut({ sql }: TenantContext, demand: Demand, issuer: string): Promise<void> {
  if (demand !== 'all') return
  const { rows } = await sql.query(
    `select 1 from identity join membership using (account_id) where role = 'owner' and issuer = $1 limit 1`,
    [issuer],
  )
  if (rows.length === 0) throw directoryErrors.not_connected()
}
