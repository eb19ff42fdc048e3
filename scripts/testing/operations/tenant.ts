import { randomBytes } from 'node:crypto'
import { newAuthenticator } from '../authenticator.ts'
import { addPasskey } from '../visitor.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

/** Tenants that may be suspended and deleted, by who has them: making one takes long. */
const spares = new Map<string, Promise<{ slug: string }>>()
const whose = ({ world, tenant }: Me) => `${world.server.url} ${tenant}`

async function newSpare({ world }: Me): Promise<{ slug: string }> {
  const slug = `spare-${randomBytes(4).toString('hex')}`
  await world.server.registry.create({ name: 'Spare', slug, language: 'en' })
  return { slug }
}

function spare(me: Me): Promise<{ slug: string }> {
  const one = spares.get(whose(me)) ?? newSpare(me)
  spares.set(whose(me), one)
  return one
}

async function resumed(me: Me): Promise<{ slug: string }> {
  const one = await spare(me)
  await must(me, 'tenant.resume', one)
  return one
}

async function suspended(me: Me): Promise<{ slug: string }> {
  const one = await spare(me)
  await must(me, 'tenant.suspend', one)
  return one
}

/** One that will be gone: nobody else gets it. */
async function doomed(me: Me): Promise<{ slug: string; confirm: string }> {
  const { slug } = await resumed(me)
  spares.delete(whose(me))
  return { slug, confirm: slug }
}

async function deleted(me: Me): Promise<{ tenantId: string }> {
  return await must<{ tenantId: string }>(me, 'tenant.delete', await doomed(me))
}

/** One that `me` owns. */
async function owned(me: Me): Promise<{ slug: string }> {
  const { slug } = await spare(me)
  await me.world.server.tenants.join(slug, me.accountId, 'owner')
  return { slug }
}

const bySlug = { slug: 'tenant.not_found' }

/** What the operator does with tenants, and an owner with the own one. */
export const tenantRows = {
  'tenant.create': {
    by: 'operator',
    input: () => ({ name: 'New', slug: `new-${randomBytes(4).toString('hex')}`, language: 'en' }),
    leaves: { instance: ['tenant.created', 'access.granted'] },
  },
  'tenant.list': { by: 'operator' },
  'tenant.rename': {
    input: ({ tenant }) => ({ slug: tenant, name: `Renamed ${randomBytes(4).toString('hex')}` }),
    ids: bySlug,
    leaves: { tenant: ['tenant.changed'], instance: ['tenant.changed'] },
  },
  'tenant.require_factor': {
    async input(me) {
      // Whoever asks it of others shows two factors.
      await addPasskey(me, newAuthenticator(me.world.server.url))
      return { ...(await owned(me)), required: true }
    },
    ids: bySlug,
    stepUp: true,
    leaves: { instance: ['tenant.changed'] },
  },
  'tenant.suspend': {
    by: 'operator',
    input: resumed,
    unknown: bySlug,
    stepUp: true,
    leaves: { instance: ['tenant.suspended'] },
  },
  'tenant.move': {
    by: 'operator',
    input: async (me) => ({ ...(await newSpare(me)), to: 'east' }),
    unknown: bySlug,
    stepUp: true,
    leaves: { instance: ['tenant.moved', 'tenant.copy-removed'] },
  },
  'placement.show': { by: 'operator' },
  'tenant.resume': { by: 'operator', input: suspended, unknown: bySlug, leaves: { instance: ['tenant.resumed'] } },
  'tenant.delete': {
    by: 'operator',
    input: doomed,
    unknown: bySlug,
    stepUp: true,
    leaves: { instance: ['tenant.closed'] },
  },
  'tenant.certificate': { by: 'operator', input: deleted, unknown: { tenantId: 'tenant.not_found' } },
} satisfies Record<string, Row>
