import { setTimeout as sleep } from 'node:timers/promises'
import type { Tenants } from '../evidence/index.ts'
import { isAway, reseal } from '../platform/index.ts'
import type { Crew, MasterKey } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { placeOf, readTables, rowsAtOnce } from './content.ts'
import type { Form, Table } from './content.ts'
import { custodyErrors } from './errors.ts'

/** What changing keys needs of the rest of the server. */
export interface KeyDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly masterKey: MasterKey
}

/** Under which name a rotation is held: a tenant's id, or `master`. */
export const rotationName = (key: string): string => `rotation ${key}`

/** How long whoever sealed under the earlier master key a moment ago may take to keep it. Milliseconds. */
const lateMs = 1_000
/** How long to wait for transactions that began before a tenant's new key: exports are the longest. Milliseconds. */
const patienceMs = 600_000
const pauseMs = 200

/**
 * Changes the master key while everybody works: both open until everything is wrapped anew. Killed at any point, the next
 * start, or the next call, goes on.
 *
 * @returns how many values were wrapped anew
 * @throws {master_key.set_outside}
 */
export async function rotateMaster(by: string, { registry, masterKey }: KeyDependencies): Promise<number> {
  await masterKey.begin()
  let count = await registry.rewrap(by)
  for (let late = 1; late > 0; count += late) {
    await sleep(lateMs)
    late = await registry.rewrap(by)
  }
  masterKey.finish()
  return count
}

/**
 * Changes a tenant's data key while it is worked in: new values go under the new key, present ones are sealed again a few
 * at a time, and the earlier key ends when nothing lies under it and nobody who began before is left.
 *
 * @returns how many values were sealed again
 * @throws {custody.busy} when somebody reads for longer than ten minutes; both keys then go on, and the next call ends it
 */
export async function rotateTenant(tenantId: string, by: string, dependencies: KeyDependencies): Promise<number> {
  await dependencies.registry.startRotation(tenantId, by)
  return await sealAgain(tenantId, dependencies)
}

/** After a start, and when another process died: goes on with the rotations that nobody is at. */
export async function finishRotations(dependencies: KeyDependencies & { crew: Pick<Crew, 'tryHold'> }): Promise<void> {
  const { registry, crew } = dependencies
  for (const id of await registry.listRotating()) {
    const release = await crew.tryHold(rotationName(id))
    if (release === null) continue
    try {
      if ((await registry.listRotating()).includes(id)) await sealAgain(id, dependencies)
    } catch (error) {
      // One whose server is away goes on with a later start.
      if (!isAway(error)) throw error
    } finally {
      await release()
    }
  }
}

async function sealAgain(tenantId: string, { registry, tenants }: KeyDependencies): Promise<number> {
  const all = { evenSuspended: true }
  const { tables, since } = await tenants.asSystem(
    tenantId,
    async ({ sql }) => ({
      tables: await readTables(sql, {}),
      // By the clock of the database, which also times its transactions.
      since: (await sql.query<{ now: string }>('select clock_timestamp()::text as now')).rows[0]?.now ?? '',
    }),
    all,
  )
  let count = await pass(tenantId, tables, tenants)
  // Who began before may still read under the earlier key, or keep what lies under it.
  for (let left = patienceMs / pauseMs; await registry.isInUseSince(tenantId, since); left--) {
    if (left <= 0) throw custodyErrors.busy()
    await sleep(pauseMs)
  }
  count += await pass(tenantId, tables, tenants)
  await tenants.asSystem(
    tenantId,
    ({ append }) =>
      append({
        type: 'key.rotated',
        about: { kind: 'tenant', id: tenantId },
        code: 'data-key',
        content: { content: { values: count } },
      }),
    all,
  )
  await registry.endRotation(tenantId)
  return count
}

async function pass(tenantId: string, tables: readonly Table[], tenants: Tenants): Promise<number> {
  let count = 0
  for (const table of tables)
    for (const { name, form } of table.columns)
      if (form?.form === 'sealed' || form?.form === 'secret')
        count += await passColumn(tenantId, table, name, form, tenants)
  return count
}

/** One column, in the order of its key and a few rows a transaction: nobody waits long for a row. */
async function passColumn(
  tenantId: string,
  { name: table, key }: Table,
  column: string,
  form: Form & { readonly place: string },
  tenants: Tenants,
): Promise<number> {
  const { place } = form
  const atOnce = rowsAtOnce([form])
  const keys = key.join(', ')
  const named = place.match(/(?<=\{)\w+(?=\})/g) ?? []
  const columns = [...new Set([...key, ...named])].join(', ')
  let count = 0
  let after: unknown[] | null = null
  for (;;) {
    const from: unknown[] | null = after
    const rows: Record<string, unknown>[] = await tenants.asSystem(
      tenantId,
      async ({ sql, dataKey }) => {
        const beyond = from === null ? '' : `and (${keys}) > (${key.map((_, i) => `$${i + 1}`).join(', ')})`
        const found = await sql.query<Record<string, unknown>>(
          `select ${columns}, ${column} as sealed from ${table} where octet_length(${column}) > 0 ${beyond}
           order by ${keys} limit ${atOnce} for update`,
          from ?? [],
        )
        for (const { sealed, ...row } of found.rows) {
          const anew = Buffer.isBuffer(sealed) ? reseal(dataKey, placeOf(tenantId, place, row), sealed) : null
          if (!anew) continue
          const where = key.map((one, i) => `${one} = $${i + 2}`).join(' and ')
          await sql.query(`update ${table} set ${column} = $1 where ${where}`, [anew, ...key.map((one) => row[one])])
          count++
        }
        return found.rows
      },
      { evenSuspended: true },
    )
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return count
    after = key.map((one) => last[one])
  }
}
