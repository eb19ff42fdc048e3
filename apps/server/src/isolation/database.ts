import { cross } from '@art32/probes'
import type { Attempt, Way } from '@art32/probes'
import { firstServer, ownerRole } from '../platform/index.ts'
import type { Lying, PostgresServer } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import type { Turn } from './turns.ts'

type Asks = readonly (readonly [Way, string])[]

const asksFor = (way: Way, ...tables: readonly string[]): Asks =>
  tables.map((table) => [way, `select from ${table} limit 1`] as const)

/** @param schema where they lie, if not in a database of their own */
const ofTenant = (schema: string | null): Asks => {
  const at = (way: Way, ...tables: readonly string[]) =>
    asksFor(way, ...tables.map((table) => (schema === null ? table : `${schema}.${table}`)))
  return [
    ...at('rows', 'document', 'statement', 'measure', 'membership', 'reading'),
    ...at('ledger', 'log_entry', 'log_pending', 'opening'),
    ...at('queue', 'outbox', 'run'),
  ]
}

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
    lyingOf,
    control,
  }: {
    registry: Pick<Registry, 'loginOf' | 'placeOf'>
    serverOf: (name: string) => Promise<PostgresServer>
    lyingOf: (name: string) => Lying
    control: string
  },
): Promise<readonly Attempt[]> {
  const place = await registry.placeOf(own.id)
  const server = await serverOf(place.server)
  const login = await registry.loginOf(own.id)
  // A login is known on its own server only: elsewhere a refused password would show nothing about rights.
  const isBeside = other !== null && (await registry.placeOf(other.id)).server === place.server
  const neighbour = isBeside ? await registry.loginOf(other.id) : null
  const there = lyingOf(login.user)
  const theirs = neighbour && lyingOf(neighbour.user)
  // Of one database the two have the door in common: what keeps them apart begins behind it.
  const schema = theirs?.database === there.database && theirs.schema !== there.schema ? theirs.schema : null
  return await cross({
    own: server.url(there.database, login),
    other: theirs && neighbour && server.url(theirs.database, neighbour),
    schema,
    roles: [...new Set([there.owner, ...(theirs ? [theirs.owner] : []), ownerRole, server.administrator.user])],
    asks: ofTenant(schema),
    closed:
      place.server === firstServer ? [{ url: server.url(control, login), way: 'registry', asks: ofInstallation }] : [],
    skips: [],
  })
}
