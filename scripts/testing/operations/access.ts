import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { testPassword } from '../server.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const newAddress = () => `${randomBytes(8).toString('hex')}@example.com`

async function newMember({ world, tenant }: Me): Promise<{ accountId: string }> {
  const { id } = await world.server.accounts.create({ name: 'Member', email: newAddress(), password: testPassword })
  await world.server.tenants.join(tenant, id, 'member')
  return { accountId: id }
}

/** An invitation whose link is known, as only the invited person knows it. */
async function newInvitation({ world, tenant }: Me): Promise<{ invitationId: string; token: string }> {
  const invitationId = randomUUID()
  const secret = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(secret).digest()
  await world.server.tenants.asSystem(tenant, ({ sql }) =>
    sql.query(
      `insert into invitation (id, token_hash, email, name, role, invited_at, expires_at)
       values ($1, $2, $3, 'Guest', 'member', now(), now() + interval '1 hour')`,
      [invitationId, hash, newAddress()],
    ),
  )
  const { publicId } = (await world.server.registry.open(tenant)).tenant
  return { invitationId, token: `${publicId}.${secret}` }
}

async function newToken(me: Me): Promise<{ tokenId: string }> {
  const { tokenId } = await must<{ tokenId: string }>(me, 'token.create', tokenWish(me))
  return { tokenId }
}
const tokenWish = ({ tenant }: Me) => ({ tenant, name: 'pipeline', permissions: ['register:read'] })

const memberIds = { accountId: 'access.not_member' }
const tokenIds = { tokenId: 'access.token_unknown' }
const invitationToken = { token: 'access.invitation_invalid' }

/** Members, invitations and tokens. */
export const accessRows = {
  'access.list': {},
  'access.change': {
    input: async (me) => ({ ...(await newMember(me)), role: 'editor' }),
    ids: memberIds,
    stepUp: true,
    leaves: { tenant: ['access.changed'] },
  },
  'access.remove': {
    input: newMember,
    ids: memberIds,
    stepUp: true,
    leaves: { tenant: ['access.revoked'], instance: ['access.revoked'] },
  },
  'access.invite': {
    input: () => ({ name: 'Guest', email: newAddress(), role: 'member' }),
    leaves: { tenant: ['access.invited'] },
  },
  'invitation.list': {},
  'invitation.withdraw': {
    input: async (me) => ({ invitationId: (await newInvitation(me)).invitationId }),
    ids: { invitationId: 'access.invitation_invalid' },
    leaves: { tenant: ['access.withdrawn'] },
  },
  'invitation.open': {
    input: async (me) => ({ token: (await newInvitation(me)).token }),
    unknown: invitationToken,
    noLeaf: 'it changes nothing',
  },
  'invitation.accept': {
    input: async (me) => ({
      token: (await newInvitation(me)).token,
      account: { name: 'Guest', password: testPassword },
    }),
    unknown: invitationToken,
    leaves: { tenant: ['access.granted'], instance: ['account.created', 'access.granted'] },
  },
  'token.create': {
    input: tokenWish,
    ids: { tenant: 'tenant.not_found' },
    stepUp: true,
    leaves: { tenant: ['token.created'], instance: ['token.created'] },
  },
  'token.list': {},
  'token.revoke': {
    input: newToken,
    ids: tokenIds,
    leaves: { tenant: ['token.revoked'], instance: ['token.revoked'] },
  },
  'access.tokens': {},
  'access.revoke_token': {
    input: newToken,
    ids: tokenIds,
    leaves: { tenant: ['token.revoked'], instance: ['token.revoked'] },
  },
  'ledger.show': {},
  'ledger.entries': {},
  'ledger.audit': {},
} satisfies Record<string, Row>
