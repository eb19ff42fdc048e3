import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeSlug, tenantPart } from '../../../apps/server/src/main.ts'
import { backupPlace } from '../backup-place.ts'
import type { Row } from './row.ts'
import { oncePerTenant } from './world.ts'
import type { Me } from './world.ts'

/** The part of the installation's own tenant, as whoever holds the key opens it. */
const aPart = oncePerTenant(async ({ world: { server } }: Me) => {
  // One that was asked for may be under way: then this call makes none.
  while (
    !(await server.backups.state()).runs.some(({ ended_at: ended, problem }) => ended !== null && problem === null)
  )
    await server.backups.make().then(() => sleep(100))
  const { publicId } = (await server.registry.open(homeSlug)).tenant
  const { folder, identity } = backupPlace
  const wish = { from: folder, key: { id: null, secret: null }, identities: [identity] }
  const installation = server.registry.installationId
  return await buffer(tenantPart({ ...wish, installation }, publicId, folder))
})

const noted = 'The log of the installation says so when it was made: the call only asks for it.'

/** Backups. */
export const backupRows = {
  'backup.show': { by: 'operator' },
  'backup.make': { by: 'operator', noLeaf: noted },
  'backup.drill': { by: 'operator', noLeaf: noted },
  'backup.restore_tenant': {
    by: 'operator',
    input: ({ tenant }) => ({ slug: tenant, as: `put-back-${randomBytes(4).toString('hex')}` }),
    unknown: { slug: 'tenant.not_found' },
    file: aPart,
    stepUp: true,
    leaves: { instance: ['tenant.created', 'access.granted', 'tenant.imported'] },
  },
} satisfies Record<string, Row>
