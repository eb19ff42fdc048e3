import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { OwnContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { Tenants } from '../evidence/index.ts'
import { operationsFor, permissionsOf, roles } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import { accessErrors } from './errors.ts'
import type { Token, Tokens } from './tokens.ts'

/** What tokens need of the rest of the server. */
export interface TokenDependencies {
  readonly tenants: Tenants
  readonly tokens: Tokens
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

const ownOperation = operationsFor<OwnContext>('installation')
const Permissions = z.array(z.enum([...new Set(roles.flatMap(permissionsOf))]))
const View = z.object({
  tokenId: z.uuid(),
  name: z.string(),
  permissions: Permissions,
  since: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUse: z.iso.datetime().nullable(),
})

const viewOf = ({ id, name, permissions, since, expiresAt, lastUse }: Token): z.input<typeof View> => ({
  tokenId: id,
  name,
  permissions: [...permissions],
  since: since.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUse: lastUse?.toISOString() ?? null,
})

/** A person's own tokens, and for owners all tokens of the tenant. */
export function tokenOperations({ tenants, tokens, accountsById }: TokenDependencies) {
  return [
    ownOperation({
      id: 'token.create',
      summary: 'Makes an API token for one tenant; the answer holds it, and it is shown only now',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({
        tenant: z.string().min(1).max(100),
        name: z.string().trim().min(1).max(100),
        permissions: Permissions.min(1).max(50),
        days: z.int().min(1).max(366).default(90),
      }),
      output: z.object({ token: z.string(), tokenId: z.uuid(), expiresAt: z.iso.datetime() }),
      refuses: [tenantErrors.not_found, tenantErrors.suspended, accessErrors.beyond_role],
      async run({ tenant, name, permissions: asked, days }, { account }) {
        if (!account) throw tenantErrors.not_found()
        const id = randomUUID()
        const permissions = [...new Set(asked)]
        return await tenants.within(tenant, account, async ({ caller, tenant: { id: tenantId }, now, append }) => {
          // Whoever is let in for a time comes in person: a token opens the door of members only.
          if (caller.role === 'operator' || !permissions.every((one) => caller.permissions.includes(one)))
            throw accessErrors.beyond_role()
          const expiresAt = new Date(now.getTime() + days * 86_400_000)
          await append({
            type: 'token.created',
            about: { kind: 'token', id },
            content: { content: { expires: expiresAt.toISOString(), name, permissions } },
          })
          const wish = { id, accountId: account.id, tenantId, name, permissions, since: now, expiresAt }
          return { token: await tokens.create(wish), tokenId: id, expiresAt: expiresAt.toISOString() }
        })
      },
    }),
    ownOperation({
      id: 'token.list',
      summary: "Lists the caller's own API tokens, never the tokens themselves",
      needs: null,
      input: z.object({}),
      output: z.object({ tokens: z.array(View.extend({ tenant: z.object({ slug: z.string(), name: z.string() }) })) }),
      async run(_, { account }) {
        const own = account ? await tokens.list({ accountId: account.id }) : []
        return {
          tokens: own.map((token) => ({ ...viewOf(token), tenant: { slug: token.slug, name: token.tenantName } })),
        }
      },
    }),
    ownOperation({
      id: 'token.revoke',
      summary: "Revokes one of the caller's own API tokens at once",
      needs: null,
      changes: true,
      input: z.object({ tokenId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.token_unknown],
      async run({ tokenId }, { account }) {
        const own = account ? await tokens.list({ accountId: account.id }) : []
        const token = own.find(({ id }) => id === tokenId)
        if (!account || !token) throw accessErrors.token_unknown()
        await tenants.asSystem(
          token.tenantId,
          async ({ append }) => {
            await append({ type: 'token.revoked', about: { kind: 'token', id: tokenId } })
            if (!(await tokens.revoke(token, account.id))) throw accessErrors.token_unknown()
          },
          { evenSuspended: true },
        )
        return {}
      },
    }),
    tenantOperation({
      id: 'access.tokens',
      summary: 'Lists the API tokens of all members of the tenant, never the tokens themselves',
      needs: 'access:write',
      input: z.object({}),
      output: z.object({ tokens: z.array(View.extend({ member: z.string() })) }),
      async run(_, { tenant }) {
        const all = await tokens.list({ tenantId: tenant.id })
        const known = await accountsById([...new Set(all.map(({ accountId }) => accountId))])
        return {
          tokens: all.map((token) => ({ ...viewOf(token), member: known.get(token.accountId)?.name ?? '' })),
        }
      },
    }),
    tenantOperation({
      id: 'access.revoke_token',
      summary: "Revokes a member's API token of this tenant at once",
      needs: 'access:write',
      changes: true,
      input: z.object({ tokenId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.token_unknown],
      async run({ tokenId }, { tenant, caller, append }) {
        await append({ type: 'token.revoked', about: { kind: 'token', id: tokenId } })
        const revoked = await tokens.revoke({ id: tokenId, tenantId: tenant.id }, caller.accountId ?? '')
        if (!revoked) throw accessErrors.token_unknown()
        return {}
      },
    }),
  ]
}
