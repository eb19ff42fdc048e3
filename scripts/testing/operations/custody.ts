import { randomBytes } from 'node:crypto'
import { newConnection } from './register.ts'
import type { Row } from './row.ts'
import { oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

/** What an owner took along. */
const anExport = oncePerTenant(async ({ world }: Me) => {
  const response = await world.owners.beta.post('/api/tenants/beta/tenant/export')
  if (!response.ok) throw new Error(`the export was answered with ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
})

const bySlug = { slug: 'tenant.not_found' }

/** Keys, and taking a tenant along. */
export const custodyRows = {
  'keys.show': { input: ({ tenant }) => ({ slug: tenant }), ids: bySlug },
  'keys.rotate': { by: 'operator', stepUp: true, leaves: { instance: ['key.rotated'] } },
  'keys.rotate_tenant': {
    input: ({ tenant }) => ({ slug: tenant }),
    ids: bySlug,
    stepUp: true,
    leaves: { tenant: ['key.rotated'], instance: ['key.rotated'] },
  },
  'witness.show': { by: 'operator' },
  'ledger.succeed': {
    input: ({ tenant }) => ({ slug: tenant }),
    ids: bySlug,
    stepUp: true,
    leaves: { tenant: ['log.continued', 'log.lost'], instance: ['log.continued'] },
  },
  'ledger.rotate_key': {
    // Its leaf stands in the log that goes on; of a change without a thief it ends the one before.
    input: ({ tenant }) => ({ slug: tenant, reason: 'A stolen machine.', compromised: true }),
    ids: bySlug,
    stepUp: true,
    leaves: { tenant: ['key.compromised'], instance: ['log.continued'] },
  },
  'tenant.export': { stepUp: true, leaves: { tenant: ['tenant.exported'], instance: ['tenant.exported'] } },
  'tenant.import': {
    by: 'operator',
    input: () => ({ slug: `moved-${randomBytes(4).toString('hex')}` }),
    file: anExport,
    stepUp: true,
    leaves: { instance: ['tenant.created', 'access.granted', 'tenant.imported'] },
  },
  'system.move': {
    input: async (me) => ({
      systemId: (await newConnection(me)).systemId,
      environment: 'test',
      reason: 'was taken for another',
    }),
    ids: { systemId: 'system.not_found' },
    leaves: { tenant: ['system.changed'] },
  },
} satisfies Record<string, Row>
