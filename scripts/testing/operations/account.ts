import { createHash, randomBytes } from 'node:crypto'
import { newAuthenticator } from '../authenticator.ts'
import { testPassword } from '../server.ts'
import { issue } from '../tls.ts'
import { addPasskey, appCode, newVisitor, password } from '../visitor.ts'
import type { Row } from './row.ts'
import { after, letterTo, must } from './world.ts'
import type { Me } from './world.ts'

const newPassword = 'a wholly new pass phrase'
const newAddress = () => ({ email: `${randomBytes(8).toString('hex')}@example.com` })

/** A link for the first account, which the server gives out only as long as there is none. */
async function setupLink({ world }: Me): Promise<{ token: string }> {
  const token = randomBytes(32).toString('base64url')
  await world.server.databases.control.query(
    `insert into setup_link (token_hash, expires_at) values ($1, now() + interval '1 hour')`,
    [createHash('sha256').update(token).digest()],
  )
  return { token }
}

async function resetLink({ world, email }: Me): Promise<{ token: string }> {
  const link = await world.server.issueResetLink(email)
  return { token: new URL(link ?? '').hash.slice(1) }
}

async function addressLink(me: Me): Promise<{ token: string }> {
  const { email } = newAddress()
  await must(me, 'account.change_email', { password: testPassword, email })
  const { action } = await letterTo(me.world, email)
  return { token: new URL(action?.url ?? '').hash.slice(1) }
}

interface Sessions {
  sessions: { sessionId: string; current: boolean }[]
}

/** Another session of the same person. */
async function otherSession(me: Me): Promise<{ sessionId: string }> {
  await password(newVisitor(me.world.server), me.email)
  const { sessions } = await must<Sessions>(me, 'account.sessions')
  return { sessionId: sessions.find(({ current }) => !current)?.sessionId ?? '' }
}

async function newPasskey(me: Me): Promise<{ passkeyId: string }> {
  const response = await addPasskey(me, newAuthenticator(me.world.server.url))
  if (!response.ok) throw new Error(`adding a passkey was answered with ${response.status}`)
  const { passkeys } = await must<{ passkeys: { passkeyId: string }[] }>(me, 'account.factors')
  return { passkeyId: passkeys[0]?.passkeyId ?? '' }
}

async function appSecret(me: Me): Promise<{ code: string }> {
  const { secret } = await must<{ secret: string }>(me, 'account.begin_totp')
  return { code: appCode(secret) }
}

async function withApp(me: Me): Promise<object> {
  await must(me, 'account.confirm_totp', await appSecret(me))
  return {}
}

const certificate = () => ({ name: 'laptop', pem: issue({ name: 'laptop.example' }).certificate })

const changed = { instance: ['account.changed'] } as const
const linkIds = { token: 'account.link_invalid' }
const passkeyIds = { passkeyId: 'account.passkey_unknown' }

/** What people do with their own account. */
export const accountRows = {
  'account.whoami': {},
  'account.setup': {
    input: async (me) => ({ ...(await setupLink(me)), ...newAddress(), name: 'Somebody', password: newPassword }),
    unknown: { token: 'account.setup_link_invalid' },
    leaves: { instance: ['account.created'] },
  },
  'account.weigh_password': { input: () => ({ password: newPassword }), noLeaf: 'it changes nothing' },
  'account.request_reset': {
    input: ({ email }) => ({ email }),
    noLeaf: 'strangers would make the log grow; that the link is used is recorded',
  },
  'account.reset': {
    input: async (me) => ({ ...(await resetLink(me)), password: newPassword }),
    unknown: linkIds,
    leaves: { instance: ['account.changed', 'account.signed-out'] },
  },
  'account.confirm_email': { input: addressLink, unknown: linkIds, leaves: changed },
  'account.change_email': {
    input: () => ({ ...newAddress(), password: testPassword }),
    noLeaf: 'nothing changes until the link is used, and that is recorded',
  },
  'account.sessions': {},
  'account.end_session': {
    input: otherSession,
    ids: { sessionId: 'account.session_unknown' },
    leaves: { instance: ['account.signed-out'] },
  },
  'account.end_others': {
    input: after(otherSession),
    leaves: { instance: ['account.signed-out'] },
  },
  'account.rename': { input: () => ({ name: 'Somebody else' }), leaves: changed },
  'account.change_password': {
    input: () => ({ current: testPassword, password: newPassword }),
    leaves: changed,
  },
  'account.factors': {},
  'account.confirm': {
    input: () => ({ password: testPassword }),
    noLeaf: 'only this session counts as confirmed; what is done with that is recorded',
  },
  'account.begin_totp': { stepUp: true, noLeaf: 'the secret counts for nothing until a code of it was given' },
  'account.confirm_totp': { input: appSecret, stepUp: true, leaves: { instance: ['account.factor-added'] } },
  'account.remove_totp': { input: withApp, stepUp: true, leaves: { instance: ['account.factor-removed'] } },
  'account.renew_recovery_codes': { input: withApp, stepUp: true, leaves: changed },
  'account.begin_passkey': { stepUp: true, noLeaf: 'the ceremony counts for nothing until a passkey was made' },
  'account.add_passkey': {
    async input(me) {
      const { options, ceremony } = await must<{ options: { challenge: string }; ceremony: string }>(
        me,
        'account.begin_passkey',
      )
      return { ceremony, name: 'Key', response: newAuthenticator(me.world.server.url).register(options.challenge) }
    },
    unknown: { ceremony: 'account.passkey_refused' },
    notMissing: 'a ceremony is signed and no address of something',
    stepUp: true,
    leaves: { instance: ['account.factor-added'] },
  },
  'account.rename_passkey': {
    input: async (me) => ({ ...(await newPasskey(me)), name: 'Other key' }),
    ids: passkeyIds,
    leaves: changed,
  },
  'account.remove_passkey': {
    input: newPasskey,
    ids: passkeyIds,
    stepUp: true,
    leaves: { instance: ['account.factor-removed'] },
  },
  'certificate.list': {},
  'certificate.add': { input: certificate, leaves: { instance: ['certificate.added'] } },
  'certificate.remove': {
    async input(me) {
      const { certificateId } = await must<{ certificateId: string }>(me, 'certificate.add', certificate())
      return { certificateId }
    },
    ids: { certificateId: 'account.certificate_unknown' },
    leaves: { instance: ['certificate.removed'] },
  },
} satisfies Record<string, Row>
