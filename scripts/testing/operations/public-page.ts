import { randomBytes } from 'node:crypto'
import type { Row } from './row.ts'
import { must, oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

const aDomain = () => ({ domain: `${randomBytes(8).toString('hex')}.example.com` })

/** A tenant that has set a domain; nobody proves it. */
const withDomain = async (me: Me): Promise<object> => {
  await must(me, 'site.claim', aDomain())
  return {}
}

/** Somebody who confirmed, as the link in a letter does. */
async function newSubscriber(me: Me): Promise<{ subscriberId: string }> {
  const subscriberId = await me.world.server.tenants.asSystem(me.tenant, async ({ sql, now, newId }) => {
    const id = newId()
    await sql.query(
      `insert into subscriber (id, email, language, topics, since) values ($1, $2, 'en', '{edition}', $3)`,
      [id, `${randomBytes(8).toString('hex')}@example.com`, now],
    )
    return id
  })
  return { subscriberId }
}

/** One that stays. */
const aSubscriber = oncePerTenant(newSubscriber)

const subscriberIds = { subscriberId: 'subscriber.not_found' }

/** The public page at a domain of its own, and who follows it. */
export const publicPageRows = {
  'site.show': {},
  'site.claim': { input: aDomain, leaves: { tenant: ['site.claimed'] } },
  'site.prove': { input: withDomain, noLeaf: 'a look that proves nothing changes nothing' },
  'site.release': { input: withDomain, leaves: { tenant: ['site.released'] } },
  'subscriber.list': {
    input: async (me) => ({ after: (await aSubscriber(me)).subscriberId }),
    filters: ['after'],
  },
  'subscriber.allow': { input: () => ({ isOpen: true }), leaves: { tenant: ['subscription.changed'] } },
  'subscriber.remove': {
    input: newSubscriber,
    ids: subscriberIds,
    leaves: { tenant: ['subscription.ended'] },
  },
  'subscriber.export': { input: aSubscriber, ids: subscriberIds },
} satisfies Record<string, Row>
