import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { accountErrors, leastPasswordLength, linkLimits } from '../account/index.ts'
import type { Account, Accounts, Attempts, CallerContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, operationsFor, roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Mailer } from '../platform/index.ts'
import { invitationLetter } from './invitation-letter.ts'
import { accessErrors } from './errors.ts'
import { enter } from './member.ts'
import type { Registry } from '../tenant/index.ts'

/** Hours until an invitation must have been accepted. */
const invitationHours = 72

/** What invitations need of the rest of the server. */
export interface InvitationDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly baseUrl: string
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly mailer: Mailer
}

/** The queue of invitations whose letter is to be sent. */
export const invitationQueue = 'invitation-letter'

/** A job of that queue: ids only, and no token. */
export interface InvitationJob {
  readonly tenantId: string
  readonly invitationId: string
}

interface InvitationRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role | 'guest'
  /** The room that a guest is invited to. */
  readonly room_id: string | null
  readonly expires_at: Date
}

/** How long a guest's account is remembered: a room is open for at most half of it, then the guest is told that it is closed. */
const guestDays = 180

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
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email) where used_at is null and room_id is null do nothing returning id`,
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
export function invitationOperations({
  tenants,
  registry,
  baseUrl,
  accounts,
  attempts,
  mailer,
}: InvitationDependencies) {
  /** Works in the tenant that the token names; whatever is wrong with the token is answered alike. */
  function withInvitation<T>(
    given: string,
    peer: string,
    work: (invitation: InvitationRow, context: TenantContext) => Promise<T>,
  ): Promise<T> {
    return attempts.guard(
      linkLimits(peer),
      () => open(given, work),
      () => 'taken-back',
    )
  }

  async function open<T>(
    given: string,
    work: (invitation: InvitationRow, context: TenantContext) => Promise<T>,
  ): Promise<T> {
    const match = /^([a-z2-7]{12})\.([A-Za-z0-9_-]{43})$/.exec(given)
    if (!match) throw accessErrors.invitation_invalid()
    const [, publicId = '', secret = ''] = match
    try {
      return await tenants.asSystem(publicId, async (context) => {
        const { rows } = await context.sql.query<InvitationRow>(
          `select id, email, name, role, room_id, expires_at from invitation
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
      summary: 'Invites a person with a role; the link goes there by mail, or is shown only now where no mail is sent',
      needs: 'access:write',
      changes: true,
      input: invitee,
      output: z.object({
        /** Null where the link went by mail: then only who reads that mail can use it. */
        link: z.string().nullable(),
        expiresAt: z.iso.datetime(),
      }),
      refuses: [accessErrors.already_member],
      run: (person, context) => invite(context, { ...person, room: null }, { accounts, baseUrl, mailer }),
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
        const { rows } = await sql.query<InvitationRow & { role: Role }>(
          `select id, email, name, role, expires_at from invitation
           where used_at is null and expires_at > $1 and room_id is null order by invited_at, email`,
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
        const { rows } = await sql.query<InvitationRow>(
          'delete from invitation where id = $1 and used_at is null returning email, name, role',
          [invitationId],
        )
        const before = rows[0]
        if (!before) throw accessErrors.invitation_invalid()
        await append({
          type: 'access.withdrawn',
          about: { kind: 'access', id: invitationId },
          content: { before: { ...before } },
        })
        return {}
      },
    }),
    publicOperation({
      id: 'invitation.open',
      summary: 'Shows the holder of an invitation link what they are invited to',
      needs: null,
      // Nothing changes, but what a link is worth belongs in no address.
      changes: true,
      input: z.object({ token }),
      output: z.object({
        tenant: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum([...roles, 'guest']),
        expiresAt: z.iso.datetime(),
      }),
      refuses: [accessErrors.invitation_invalid, accountErrors.too_many_attempts],
      run: ({ token: given }, { peer }) =>
        withInvitation(given, peer, ({ name, email, role, expires_at: expiresAt }, { tenant }) =>
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
      output: z.object({
        slug: z.string(),
        email: z.string(),
        /** The room of a guest. */ roomId: z.uuid().nullable(),
      }),
      refuses: [
        accessErrors.invitation_invalid,
        accessErrors.other_account,
        accessErrors.account_exists,
        accountErrors.password_too_short,
        accountErrors.password_common,
        accountErrors.too_many_attempts,
      ],
      async run({ token: given, account: wanted }, { account: signedIn, peer }) {
        const joined = await withInvitation(given, peer, async (invitation, context) => {
          const { id, email, room_id: roomId } = invitation
          if (!wanted && signedIn?.email !== email) throw accessErrors.other_account()
          const person = wanted ? await make({ ...wanted, email }) : signedIn
          if (!person) throw accessErrors.other_account()
          await context.sql.query('update invitation set used_at = $2 where id = $1', [id, context.now])
          const role = invitation.role === 'guest' ? null : await enter(context, person.id, invitation.role)
          if (roomId !== null) await admit(context, person.id, roomId)
          return { tenant: context.tenant, accountId: person.id, email, roomId, role, now: context.now }
        })
        const { tenant, accountId, email, roomId, role, now } = joined
        if (role !== null) await registry.grant(tenant.id, accountId, role)
        else await registry.admit(tenant.id, accountId, 'guest', new Date(now.getTime() + guestDays * 86_400_000))
        return { slug: tenant.slug, email, roomId }
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

/** Makes a guest of who accepted; whoever is one by now keeps what they have. */
async function admit({ sql, now, append }: TenantContext, accountId: string, roomId: string): Promise<void> {
  const { rows } = await sql.query(
    'insert into guest (room_id, account_id, since) values ($1, $2, $3) on conflict do nothing returning since',
    [roomId, accountId, now],
  )
  if (rows.length > 0)
    await append({
      type: 'access.granted',
      about: { kind: 'account', id: accountId },
      content: { after: { role: 'guest', room: roomId } },
    })
}

/** An invitation's link, which is shown only now; null where it went by mail. */
export interface InvitationLink {
  readonly link: string | null
  readonly expiresAt: string
}

/**
 * Invites somebody as a member or as the guest of a room; an earlier invitation of the same kind ends.
 *
 * @throws {access.already_member}
 */
export async function invite(
  { sql, now, newId, append, caller, tenant, enqueue }: TenantContext,
  {
    name,
    email: given,
    role,
    room,
  }: { name: string; email: string; role: Role | 'guest'; room: { id: string; until: Date } | null },
  { accounts, baseUrl, mailer }: Pick<InvitationDependencies, 'accounts' | 'baseUrl' | 'mailer'>,
): Promise<InvitationLink> {
  const email = given.toLowerCase()
  const members = await sql.query<{ account_id: string }>('select account_id from membership')
  const known = await accounts.byId(members.rows.map((row) => row.account_id))
  if ([...known.values()].some((account) => account.email === email)) throw accessErrors.already_member()
  const id = newId()
  const secret = randomBytes(32).toString('base64url')
  const inTime = now.getTime() + invitationHours * 3_600_000
  const expiresAt = new Date(room ? Math.min(room.until.getTime(), inTime) : inTime)
  const open =
    room === null
      ? '(email) where used_at is null and room_id is null'
      : '(email, room_id) where used_at is null and room_id is not null'
  await sql.query(
    `insert into invitation (id, token_hash, email, name, role, room_id, invited_by, invited_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict ${open} do update set id = excluded.id, token_hash = excluded.token_hash,
       name = excluded.name, role = excluded.role, invited_by = excluded.invited_by,
       invited_at = excluded.invited_at, expires_at = excluded.expires_at`,
    [id, digest(secret), email, name, role, room?.id ?? null, caller.accountId, now, expiresAt],
  )
  await append({
    type: 'access.invited',
    about: { kind: 'access', id },
    content: { after: { email, name, role, ...(room ? { room: room.id } : {}) } },
  })
  if (mailer.isSet) {
    const job: InvitationJob = { tenantId: tenant.id, invitationId: id }
    await enqueue(invitationQueue, job)
  }
  return {
    link: mailer.isSet ? null : linkOf(baseUrl, tenant.publicId, secret),
    expiresAt: expiresAt.toISOString(),
  }
}

/**
 * Sends the letter of an invitation. The token is made only here, so that it lies in no queue and nobody but the reader of the
 * letter ever has it; a second try makes another one, and the first ends.
 */
export async function sendInvitation(
  { tenantId, invitationId }: InvitationJob,
  { tenants, baseUrl, mailer }: Pick<InvitationDependencies, 'tenants' | 'baseUrl' | 'mailer'>,
): Promise<void> {
  const letter = await tenants.asSystem(tenantId, async ({ sql, now, tenant }) => {
    const secret = randomBytes(32).toString('base64url')
    const { rows } = await sql.query<Pick<InvitationRow, 'name' | 'email' | 'role'>>(
      `update invitation set token_hash = $2 where id = $1 and used_at is null and expires_at > $3
       returning name, email, role`,
      [invitationId, digest(secret), now],
    )
    const { name: called, language } = tenant
    const link = linkOf(baseUrl, tenant.publicId, secret)
    return rows[0] ? invitationLetter({ tenant: called, language }, rows[0], link) : null
  })
  if (letter) await mailer.send(letter)
}

function linkOf(baseUrl: string, publicId: string, secret: string): string {
  return `${baseUrl}/invitation#${publicId}.${secret}`
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
