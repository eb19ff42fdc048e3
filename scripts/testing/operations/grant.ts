import { homeSlug } from '../../../apps/server/src/tenant/index.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const terms = { scope: 'read', hours: 1, reason: 'a look at a question' } as const

/** Each an operator of their own: nobody is let in twice at once. */
async function wish({ world }: Me): Promise<{ accountId: string }> {
  const { accountId } = await world.person(homeSlug)
  return { accountId, ...terms }
}

async function newGrant(me: Me): Promise<{ grantId: string }> {
  const { accountId } = await wish(me)
  await must(me, 'grant.give', { accountId, ...terms })
  const { grants } = await must<{ grants: { grantId: string; accountId: string }[] }>(me, 'grant.list')
  return { grantId: grants.find((one) => one.accountId === accountId)?.grantId ?? '' }
}

/** Letting the operator in, and who may do what. */
export const grantRows = {
  'access.concept': {},
  'access.document': { input: () => ({ format: 'json' }) },
  'grant.request': {
    by: 'operator',
    input: () => ({ slug: 'alpha', ...terms }),
    unknown: { slug: 'tenant.not_found' },
    into: 'alpha',
    leaves: { tenant: ['access.requested'] },
  },
  'grant.list': {},
  'grant.give': {
    input: wish,
    // Operators are the same for all tenants.
    unknown: { accountId: 'access.no_operator' },
    stepUp: true,
    leaves: { tenant: ['access.granted'] },
  },
  'grant.end': {
    input: newGrant,
    ids: { grantId: 'access.no_grant' },
    leaves: { tenant: ['access.revoked'] },
  },
} satisfies Record<string, Row>
