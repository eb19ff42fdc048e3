import { randomBytes } from 'node:crypto'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const provider = () => ({
  issuer: 'https://id.example.com',
  clientId: randomBytes(8).toString('hex'),
  clientSecret: 'nobody uses it',
  joinRole: 'member',
  demand: 'nobody',
  roles: [],
})
const newDomain = () => ({ domain: `${randomBytes(8).toString('hex')}.example.com` })

/** A token of the directory; only what it is for is shown again, with its id. */
async function newToken(me: Me): Promise<{ tokenId: string }> {
  await must(me, 'directory.issue_token', { days: 30 })
  const { tokens } = await must<{ tokens: { tokenId: string }[] }>(me, 'provider.show')
  const newest = tokens.at(-1)
  if (!newest) throw new Error('the directory has no token')
  return { tokenId: newest.tokenId }
}

/** A tenant's own sign-in and directory, and the mail domains that the operator allows. */
export const directoryRows = {
  'provider.show': {},
  'provider.set': { input: provider, leaves: { tenant: ['tenant.changed'] } },
  'provider.remove': {
    async input(me) {
      await must(me, 'provider.set', provider())
      return {}
    },
    leaves: { tenant: ['tenant.changed'] },
  },
  'provider.own': {},
  'directory.issue_token': { input: () => ({ days: 30 }), leaves: { tenant: ['token.created'] } },
  'directory.revoke_token': {
    input: newToken,
    ids: { tokenId: 'directory.token_unknown' },
    leaves: { tenant: ['token.revoked'] },
  },
  'domain.list': { by: 'operator' },
  'domain.allow': {
    by: 'operator',
    input: () => ({ ...newDomain(), slug: 'alpha' }),
    unknown: { slug: 'tenant.not_found' },
    leaves: { instance: ['tenant.changed'] },
  },
  'domain.withdraw': {
    by: 'operator',
    async input(me) {
      const one = newDomain()
      await must(me, 'domain.allow', { ...one, slug: 'alpha' })
      return one
    },
    leaves: { instance: ['tenant.changed'] },
  },
} satisfies Record<string, Row>
