import { cross } from '@art32/probes'
import type { Attempt, Way } from '@art32/probes'
import { firstServer, ownerRole } from '../platform/index.ts'
import type { PostgresServer } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import type { Turn } from './turns.ts'

type Asks = readonly (readonly [Way, string])[]

const asksFor = (way: Way, ...tables: readonly string[]): Asks =>
  tables.map((table) => [way, `select from ${table} limit 1`] as const)

const ofTenant: Asks = [
  ...asksFor('rows', 'document', 'statement', 'measure', 'membership', 'reading'),
  ...asksFor('ledger', 'log_entry', 'log_pending', 'opening'),
  ...asksFor('queue', 'outbox', 'run'),
]

const ofInstallation: Asks = [
  ...asksFor('registry', 'tenant', 'tenant_account'),
  ...asksFor('sessions', 'account', 'session', 'credential', 'attempt', 'sign_in_attempt', 'account_link', 'api_token'),
  ...asksFor('ledger', 'log_entry', 'opening'),
  ...asksFor('queue', 'pgboss.job'),
]

/** Tries, with the login of one tenant, to reach the other and the installation's own database. */
export async function crossByDatabase(
  { own, other }: Pick<Turn, 'own' | 'other'>,
  {
    registry,
    serverOf,
    control,
  }: {
    registry: Pick<Registry, 'loginOf' | 'placeOf'>
    serverOf: (name: string) => Promise<PostgresServer>
    control: string
  },
): Promise<readonly Attempt[]> {
  const place = await registry.placeOf(own.id)
  const server = await serverOf(place.server)
  const login = await registry.loginOf(own.id)
  // A login is known on its own server only: elsewhere a refused password would show nothing about rights.
  const isBeside = other !== null && (await registry.placeOf(other.id)).server === place.server
  const neighbour = isBeside ? await registry.loginOf(other.id) : null
  return await cross({
    own: server.url(login.user, login),
    other: neighbour && server.url(neighbour.user, neighbour),
    roles: [ownerRole, server.administrator.user],
    asks: ofTenant,
    closed:
      place.server === firstServer ? [{ url: server.url(control, login), way: 'registry', asks: ofInstallation }] : [],
    skips: [],
  })
}
