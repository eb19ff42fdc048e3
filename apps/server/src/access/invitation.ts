import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { accountErrors, leastPasswordLength } from '../account/index.ts'
import type { Account, Accounts, CallerContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, operationsFor, roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import { accessErrors } from './errors.ts'
import type { Registry } from '../tenant/index.ts'

/** Hours until an invitation must have been accepted. */
const invitationHours = 72

/** What invitations need of the rest of the server. */
export interface InvitationDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly baseUrl: string
  readonly accounts: Accounts
}

interface InvitationRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly expires_at: Date
}

const invitee = z.object({ name: z.string().trim().min(1).max(200), email: z.email().max(320), role: z.enum(roles) })
const token = z.string().min(1).max(200)
const publicOperation = operationsFor<CallerContext>('public')

/** Days for which somebody stands in the list of invitations who came with an import. */
const pendingDays = 30

/**
 * Puts somebody into the list of invitations without a link: nobody has the token. An owner invites them once more, or
 * withdraws it.
 */
export async function invitePending(
  { sql, now, newId, append }: TenantContext,
  { name, email, role, by }: { name: string; email: string; role: Role; by: string },
): Promise<void> {
  const id = newId()
  const { rows } = await sql.query(
    `insert into invitation (id, token_hash, email, name, role, invited_by, invited_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email) where used_at is null do nothing returning id`,
    [id, randomBytes(32), email, name, role, by, now, new Date(now.getTime() + pendingDays * 86_400_000)],
  )
  if (rows.length === 0) return
  await append({
    type: 'access.invited',
    about: { kind: 'access', id },
    content: { content: { email, name, role } },
  })
}

/**
 * Inviting people and accepting. The token names its tenant and carries 32 random bytes; the tenant keeps the hash of
 * them. Using the link, the membership and the leaf are one transaction of the tenant's database.
 */
export function invitationOperations({ tenants, registry, baseUrl, accounts }: InvitationDependencies) {
  /** Works in the tenant that the token names; whatever is wrong with the token is answered alike. */
  async function withInvitation<T>(
    given: string,
    work: (invitation: InvitationRow, context: TenantContext) => Promise<T>,
  ): Promise<T> {
    const match = /^([a-z2-7]{12})\.([A-Za-z0-9_-]{43})$/.exec(given)
    if (!match) throw accessErrors.invitation_invalid()
    const [, publicId = '', secret = ''] = match
    try {
      return await tenants.asSystem(publicId, async (context) => {
        const { rows } = await context.sql.query<InvitationRow>(
          `select id, email, name, role, expires_at from invitation
           where token_hash = $1 and used_at is null and expires_at > $2 for update`,
          [digest(secret), context.now],
        )
        if (!rows[0]) throw accessErrors.invitation_invalid()
        return await work(rows[0], context)
      })
    } catch (error) {
      if (error instanceof AppError && error.code === 'tenant.not_found') throw accessErrors.invitation_invalid()
      throw error
    }
  }

  return [
    tenantOperation({
      id: 'access.invite',
      summary: 'Invites a person with a role; the answer holds the link, which is shown only now',
      needs: 'access:write',
      changes: true,
      input: invitee,
      output: z.object({ link: z.string(), expiresAt: z.iso.datetime() }),
      refuses: [accessErrors.already_member],
      async run({ name, email: given, role }, context) {
        const { sql, now, newId, append, caller, tenant } = context
        const email = given.toLowerCase()
        const members = await sql.query<{ account_id: string }>('select account_id from membership')
        const known = await accounts.byId(members.rows.map((row) => row.account_id))
        if ([...known.values()].some((account) => account.email === email)) throw accessErrors.already_member()
        const id = newId()
        const secret = randomBytes(32).toString('base64url')
        const expiresAt = new Date(now.getTime() + invitationHours * 3_600_000)
        await sql.query(
          `insert into invitation (id, token_hash, email, name, role, invited_by, invited_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (email) where used_at is null do update set id = excluded.id, token_hash = excluded.token_hash,
             name = excluded.name, role = excluded.role, invited_by = excluded.invited_by,
             invited_at = excluded.invited_at, expires_at = excluded.expires_at`,
          [id, digest(secret), email, name, role, caller.accountId, now, expiresAt],
        )
        await append({
          type: 'access.invited',
          about: { kind: 'access', id },
          content: { content: { email, name, role } },
        })
        return {
          link: `${baseUrl}/invitation?token=${tenant.publicId}.${secret}`,
          expiresAt: expiresAt.toISOString(),
        }
      },
    }),
    tenantOperation({
      id: 'invitation.list',
      summary: 'Lists the invitations that nobody has accepted yet',
      needs: 'access:write',
      input: z.object({}),
      output: z.object({
        invitations: z.array(
          z.object({
            invitationId: z.uuid(),
            name: z.string(),
            email: z.string(),
            role: z.enum(roles),
            expiresAt: z.iso.datetime(),
          }),
        ),
      }),
      async run(_, { sql, now }) {
        const { rows } = await sql.query<InvitationRow>(
          'select id, email, name, role, expires_at from invitation where used_at is null and expires_at > $1 order by invited_at',
          [now],
        )
        return {
          invitations: rows.map(({ id, email, name, role, expires_at: expiresAt }) => ({
            invitationId: id,
            email,
            name,
            role,
            expiresAt: expiresAt.toISOString(),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'invitation.withdraw',
      summary: 'Withdraws an invitation: its link ends at once',
      needs: 'access:write',
      changes: true,
      input: z.object({ invitationId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.invitation_invalid],
      async run({ invitationId }, { sql, append }) {
        const { rows } = await sql.query('delete from invitation where id = $1 and used_at is null returning id', [
          invitationId,
        ])
        if (rows.length === 0) throw accessErrors.invitation_invalid()
        await append({ type: 'access.withdrawn', about: { kind: 'access', id: invitationId } })
        return {}
      },
    }),
    publicOperation({
      id: 'invitation.show',
      summary: 'Shows the holder of an invitation link what they are invited to',
      needs: null,
      input: z.object({ token }),
      output: z.object({
        tenant: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(roles),
        expiresAt: z.iso.datetime(),
      }),
      refuses: [accessErrors.invitation_invalid],
      run: ({ token: given }) =>
        withInvitation(given, ({ name, email, role, expires_at: expiresAt }, { tenant }) =>
          Promise.resolve({ tenant: tenant.name, name, email, role, expiresAt: expiresAt.toISOString() }),
        ),
    }),
    publicOperation({
      id: 'invitation.accept',
      summary: 'Accepts an invitation, as the account that is signed in or with a new one',
      needs: null,
      changes: true,
      input: z.object({
        token,
        /** Left out by whoever is signed in. */
        account: z
          .object({ name: invitee.shape.name, password: z.string().min(leastPasswordLength).max(256) })
          .strict()
          .optional(),
      }),
      output: z.object({ slug: z.string(), email: z.string() }),
      refuses: [
        accessErrors.invitation_invalid,
        accessErrors.other_account,
        accessErrors.account_exists,
        accountErrors.password_too_short,
      ],
      async run({ token: given, account: wanted }, { account: signedIn }) {
        const joined = await withInvitation(given, async ({ id, email, role }, { sql, now, append, tenant }) => {
          if (!wanted && signedIn?.email !== email) throw accessErrors.other_account()
          const person = wanted ? await make({ ...wanted, email }) : signedIn
          if (!person) throw accessErrors.other_account()
          await sql.query('update invitation set used_at = $2 where id = $1', [id, now])
          const { rows } = await sql.query(
            'insert into membership (account_id, role, since) values ($1, $2, $3) on conflict (account_id) do nothing returning role',
            [person.id, role, now],
          )
          // Whoever is a member by now keeps the role they have.
          if (rows.length > 0)
            await append({
              type: 'access.granted',
              about: { kind: 'account', id: person.id },
              content: { content: { role } },
            })
          return { tenant, accountId: person.id, email }
        })
        await registry.grant(joined.tenant.id, joined.accountId)
        return { slug: joined.tenant.slug, email: joined.email }
      },
    }),
  ]

  async function make(input: { name: string; email: string; password: string }): Promise<Account> {
    try {
      return await accounts.create(input)
    } catch (error) {
      if (error instanceof AppError && error.code === 'account.mail_taken') throw accessErrors.account_exists()
      throw error
    }
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
