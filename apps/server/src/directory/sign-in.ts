import type { Account, Accounts, SignedIn } from '../account/index.ts'
import { changeRole, enter } from '../access/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { secretsOf } from './attempt.ts'
import type { Attempt, Attempts, Binding, Purpose } from './attempt.ts'
import { visitorOf } from './claims.ts'
import type { Visitor } from './claims.ts'
import { domainOf } from './domain.ts'
import type { Domains } from './domain.ts'
import { directoryErrors } from './errors.ts'
import type { OpenId } from './openid.ts'
import { findProvider, listGroupRoles, openProvider, roleOf } from './provider.ts'
import type { ProviderRow } from './provider.ts'

/** What signing in by a provider needs of the rest of the server. */
export interface SignInDependencies {
  readonly accounts: Accounts
  readonly registry: Registry
  readonly tenants: Tenants
  readonly domains: Domains
  readonly attempts: Attempts
  readonly openId: OpenId
  readonly mayBeLocal: (tenant: Tenant) => boolean
  readonly redirectBase: string
}

/** How a way to the provider ended. */
export interface Arrival {
  /** The page to go to. */
  readonly next: string
  /** Cookies of the new session, where one was opened. */
  readonly cookies: readonly string[]
  /** Why it was refused, or that it went well; for entering nothing is said when it went well. */
  readonly outcome: string | null
}

/** What the browser brings back from the provider. */
export interface Return {
  /** Public id of the tenant at whose address it came back. */
  readonly tenant: string
  readonly binding: Binding
  readonly code: string | null
  readonly issuer: string | null
  readonly headers: Headers
}

/** Signing in by the provider of a tenant. */
export interface SignIn {
  /**
   * Begins: the address to send the browser to, and what binds it to this browser.
   *
   * @param who short name or mail address or domain of the organisation
   * @throws {directory.no_sign_in | directory.unreachable} the first alike whatever is missing
   */
  begin(
    who: string,
    purpose: Purpose,
    next: string,
    signedIn: SignedIn | null,
  ): Promise<{ url: string; binding: Binding }>
  /** Ends it. A refusal is an arrival too: the person has to land on a page that says why. */
  end(back: Return): Promise<Arrival>
}

/** Opens the sign-in. */
export function openSignIn(dependencies: SignInDependencies): SignIn {
  const { accounts, registry, tenants, domains, attempts, openId, mayBeLocal, redirectBase } = dependencies

  async function providerOf(slugOrId: string) {
    try {
      return await tenants.asSystem(slugOrId, async (context) => {
        const row = await findProvider(context)
        if (!row) throw directoryErrors.no_sign_in()
        return { tenant: context.tenant, row, provider: openProvider(context, row, mayBeLocal(context.tenant)) }
      })
    } catch (error) {
      if (error instanceof AppError && ['tenant.not_found', 'tenant.suspended'].includes(error.code))
        throw directoryErrors.no_sign_in()
      throw error
    }
  }

  return {
    async begin(who, purpose, next, signedIn) {
      const text = who.trim().toLowerCase()
      const named = text.includes('.') ? ((await domains.find(domainOf(text))) ?? '') : text
      if (named === '') throw directoryErrors.no_sign_in()
      const { tenant, provider } = await providerOf(named)
      if (purpose !== 'enter') await own(tenant, purpose, signedIn)
      const binding = await attempts.begin({
        tenantId: tenant.id,
        purpose,
        accountId: purpose === 'enter' ? null : (signedIn?.account.id ?? null),
        sessionId: purpose === 'enter' || signedIn?.means.kind !== 'session' ? null : signedIn.means.sessionId,
        next,
      })
      const { state } = binding
      const redirectUri = redirectOf(tenant)
      return { binding, url: await openId.authorizationUrl(provider, { redirectUri, state, ...secretsOf(binding) }) }
    },

    async end(back) {
      const attempt = await attempts.end(back.binding)
      if (!attempt) return { next: '/sign-in', cookies: [], outcome: 'state_invalid' }
      try {
        const cookies = await arrive(attempt, back)
        return { next: attempt.next, cookies, outcome: attempt.purpose === 'enter' ? null : attempt.purpose }
      } catch (error) {
        if (!(error instanceof AppError) || error.definition.family === 'bug') throw error
        const outcome = error.code.startsWith('directory.') ? error.code.slice('directory.'.length) : 'not_invited'
        return { next: attempt.purpose === 'enter' ? '/sign-in' : attempt.next, cookies: [], outcome }
      }
    },
  }

  /**
   * Each provider sends people back to an address of its own. Many send no `iss`; without this, one that its owner runs to
   * do harm could send a browser on to another's in our name, get that one's code from us, and sign in with it.
   *
   * @source RFC 9700 §4.4.2
   */
  function redirectOf({ publicId }: Tenant): string {
    return `${redirectBase}/${publicId}`
  }

  /** What the attempt was made for. @returns cookies of the session that was opened */
  async function arrive(attempt: Attempt, back: Return): Promise<readonly string[]> {
    const { binding, code, issuer, headers } = back
    const { tenant, row, provider } = await providerOf(attempt.tenantId)
    if (back.tenant !== tenant.publicId) throw directoryErrors.token_invalid()
    if (code === null) throw directoryErrors.provider_refused()
    const redirectUri = redirectOf(tenant)
    const claims = await openId.redeem(provider, { redirectUri, code, issuer, ...secretsOf(binding) })
    const visitor = visitorOf(claims)
    if (attempt.purpose === 'enter')
      return await accounts.enterThrough(await admit(tenant, row, visitor), tenant.id, factorsOf(row, visitor), headers)
    if (attempt.purpose === 'connect') await connect(tenant, attempt, visitor)
    return []
  }

  /** Connecting and trying are for members; trying for owners, since it is they who see the settings. */
  async function own(tenant: Tenant, purpose: Purpose, signedIn: SignedIn | null): Promise<void> {
    if (!signedIn || signedIn.means.kind !== 'session') throw directoryErrors.no_sign_in()
    await tenants.within(tenant.id, signedIn.account, ({ caller }) => {
      if (purpose === 'try' && !caller.permissions.includes('access:write')) throw directoryErrors.no_sign_in()
      return Promise.resolve()
    })
  }

  /** Connects the account that is signed in with who came back from the provider. */
  async function connect(tenant: Tenant, { accountId, sessionId }: Attempt, visitor: Visitor): Promise<void> {
    if (accountId === null || sessionId === null || !(await accounts.hasSession(sessionId)))
      throw directoryErrors.state_invalid()
    // The session that began this entered then, and comes along only now that it is over (SameSite=Strict).
    await tenants.within(tenant.id, { id: accountId, factors: 'two' }, async (context) => {
      if ((await remember(context, visitor, accountId)) !== accountId) throw directoryErrors.other_identity()
    })
  }

  /** The account of who came back, with the role that its groups give. */
  async function admit(tenant: Tenant, row: ProviderRow, visitor: Visitor): Promise<string> {
    const known = await tenants.asSystem(tenant.id, (context) => accountOf(context, visitor))
    const made = known ?? (await makeAccount(tenant, row, visitor)).id
    const accountId = await tenants.asSystem(tenant.id, async (context) => {
      const id = await remember(context, visitor, made)
      await updateRole(context, row, visitor, id, known === undefined)
      await context.append({ type: 'account.signed-in', about: { kind: 'account', id }, code: 'provider' })
      return id
    })
    if (known === undefined) await registry.grant(tenant.id, accountId, null)
    // Its groups may have changed the role.
    else await registry.showRole(tenant.id, accountId, null)
    return accountId
  }

  async function makeAccount(tenant: Tenant, row: ProviderRow, { name, email, ...visitor }: Visitor): Promise<Account> {
    const groups = await tenants.asSystem(tenant.id, listGroupRoles)
    if (visitor.hasMoreGroups && groups.length > 0) throw directoryErrors.groups_too_many()
    if (row.join_role === null && roleOf(visitor.groups, groups) === undefined) throw directoryErrors.not_invited()
    if (email === null || !(await domains.allows(tenant.id, email))) throw directoryErrors.domain_not_allowed()
    // Never by the mail address alone: whoever runs the provider, or one of its people, may write any address there.
    if (await accounts.findByEmail(email)) throw directoryErrors.connect_first()
    return await accounts.admit({ name, email }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'account.mail_taken') throw directoryErrors.connect_first()
      throw error
    })
  }
}

/** How many factors a sign-in counts as: two where the tenant wants to believe it and the provider says it. */
function factorsOf({ factor }: ProviderRow, { shown }: Visitor): 'one' | 'two' {
  return factor !== null && shown.includes(factor) ? 'two' : 'one'
}

/**
 * The account behind an identity: the one that it was connected with, or the one that the same directory brought under the
 * same id, or under a mail address that it says is proven. Undefined: nobody yet.
 */
async function accountOf({ sql }: TenantContext, visitor: Visitor): Promise<string | undefined> {
  const { issuer, subject, externalId, email, isEmailProven } = visitor
  const identities = await sql.query<{ account_id: string }>(
    'select account_id from identity where issuer = $1 and subject = $2',
    [issuer, subject],
  )
  if (identities.rows[0]) return identities.rows[0].account_id
  const { rows } = await sql.query<{ account_id: string }>(
    `select account_id from directory_person where made_here and (external_id = $1 or ($3 and lower(email) = $2))
     order by (external_id = $1) desc limit 1`,
    [externalId, email, isEmailProven],
  )
  return rows[0]?.account_id
}

/** Keeps who an account is to the provider. @returns whom the identity belongs to: the first who got it */
async function remember(context: TenantContext, { issuer, subject }: Visitor, accountId: string): Promise<string> {
  const { sql, now, append } = context
  const added = await sql.query(
    'insert into identity (issuer, subject, account_id, since) values ($1, $2, $3, $4) on conflict do nothing returning issuer',
    [issuer, subject, accountId, now],
  )
  if (added.rows.length > 0) {
    await append({ type: 'account.changed', about: { kind: 'account', id: accountId }, code: 'connected' })
    return accountId
  }
  const { rows } = await sql.query<{ account_id: string }>(
    'select account_id from identity where issuer = $1 and subject = $2',
    [issuer, subject],
  )
  return rows[0]?.account_id ?? accountId
}

/** Gives the role that the groups mean. Without a group that means one, a member keeps theirs; the last owner stays one. */
async function updateRole(
  context: TenantContext,
  provider: ProviderRow,
  { groups, hasMoreGroups }: Visitor,
  accountId: string,
  isNew: boolean,
): Promise<void> {
  const table = await listGroupRoles(context)
  if (hasMoreGroups && table.length > 0) throw directoryErrors.groups_too_many()
  const meant = roleOf(groups, table)
  const { rows } = await context.sql.query('select 1 from membership where account_id = $1', [accountId])
  if (rows.length === 0) {
    // Whoever left, or was removed, does not come back by merely signing in.
    const role = isNew ? (meant ?? provider.join_role) : null
    if (role === null) throw directoryErrors.not_invited()
    await enter(context, accountId, role)
    return
  }
  if (meant === undefined) return
  try {
    await changeRole(context, accountId, meant)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'access.last_owner')) throw error
  }
}
