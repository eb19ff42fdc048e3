import { randomBytes } from 'node:crypto'
import type { Bytes, Databases, Layout, Staging, TenantDatabases } from '../platform/index.ts'
import { age, fileBytes, layoutOf, nameIn } from '../platform/index.ts'
import { importTenant, exportTenant } from '../custody/index.ts'
import type { CustodyDependencies, ExportDependencies, ImportDependencies } from '../custody/index.ts'
import type { OpenTenant } from '../tenant/index.ts'
import { readArchive } from './archive.ts'
import type { Restored } from './archive.ts'
import { backupErrors } from './errors.ts'
import { asRefusal } from './opening.ts'

/** What putting one tenant back needs. */
export interface TenantRestoreDependencies
  extends ImportDependencies, Pick<ExportDependencies, 'accountsById' | 'version'> {
  readonly databases: Databases
  readonly ledgers: CustodyDependencies['ledgers']
  /** A folder of this machine for what goes from one database to the other. */
  readonly staging: Staging
}

/** What is wished. */
export interface TenantWish {
  readonly slug: string
  readonly as: string | undefined
  readonly by: { readonly id: string; readonly email: string }
}

/**
 * Puts one tenant back as it was in a backup, while the others work. What came is the tenant's part of a backup whose outer
 * seal was opened by whoever holds the key; the inner one opens with the key of the tenant, which is here.
 *
 * @throws {backup.damaged | backup.wrong_key | backup.not_in_it | backup.key_changed | tenant.not_found | tenant.slug_taken}
 */
export async function restoreTenant(
  path: string,
  wish: TenantWish,
  dependencies: TenantRestoreDependencies,
): Promise<{ slug: string; rows: number; at: Date }> {
  const { registry } = dependencies
  const open = await registry.open(wish.slug)
  const restored = await readPart(fileBytes(path), open, dependencies)
  const rows = [...restored.tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
  const at = new Date(restored.head.at)
  try {
    // Its values lie under the key of then.
    if ((await registry.dataKeyOf(open.tenant.id)).since > at) throw backupErrors.key_changed()
    if (wish.as !== undefined) return { slug: await copyBeside(restored, open, wish.as, wish, dependencies), rows, at }
    const database = nameIn(restored.layout, randomBytes(10).toString('hex'))
    const login = { user: database, password: randomBytes(24).toString('base64url') }
    await restored.scratch.adopt(login)
    const former = await registry.replaceDatabase(open.tenant.id, login, wish.by.id)
    await restored.there.scratches.settle([database])
    await restored.there.dropDatabase(former)
    await dependencies.ledgers.compare(await registry.open(open.tenant.id), wish.by.id)
    return { slug: open.tenant.slug, rows, at }
  } finally {
    await restored.scratch.drop()
  }
}

async function readPart(
  bytes: Bytes,
  { tenant }: OpenTenant,
  { registry, databases }: TenantRestoreDependencies,
): Promise<Restored & { there: TenantDatabases; layout: Layout }> {
  const key = await registry.backupKeyOf(tenant.id)
  if (key === undefined) throw backupErrors.not_in_it()
  try {
    // On the server where the tenant lies, so that it stays there.
    const { server, database } = await registry.placeOf(tenant.id)
    const there = databases.on(server)
    const layout = layoutOf(database)
    const restored = await readArchive(age.open([key], bytes), there.scratches, {
      layout,
      head(head) {
        if (head.tenant?.id !== tenant.id) throw backupErrors.not_in_it()
      },
    })
    return { ...restored, there, layout }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** A tenant of its own, by the way on which one goes to another installation: nothing of it acts twice. */
async function copyBeside(
  { scratch, head }: Restored,
  open: OpenTenant,
  as: string,
  { by }: TenantWish,
  dependencies: TenantRestoreDependencies,
): Promise<string> {
  const { staging, clock } = dependencies
  const connections = scratch.connections()
  const origin = head.ledger?.origin ?? open.tenant.origin
  const then: OpenTenant = {
    tenant: { ...open.tenant, origin, vkey: open.vkeyOf(origin) },
    connections,
    dataKey: open.dataKey,
    signer: open.signer,
    firstOrigin: open.firstOrigin,
    vkeyOf: (name) => open.vkeyOf(name),
    anchoredSize: open.anchoredSize,
  }
  const name = `beside/${head.at.replace(/\D/g, '')}-${randomBytes(6).toString('hex')}`
  try {
    await staging.put(name, exportTenant(then, { ...dependencies, now: clock.now, settle: () => Promise.resolve() }))
    const { tenant } = await importTenant(staging.pathOf(name), by, as, dependencies)
    return tenant.slug
  } finally {
    await connections.end()
    await staging.remove(name)
  }
}
