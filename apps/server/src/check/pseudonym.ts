import { pseudonymCode } from '@art32/shield'
import type { TenantContext } from '../evidence/index.ts'
import { open, seal } from '../platform/index.ts'
import { personKey } from '../shield/index.ts'

/** Gives people in the facts of one run a pseudonym, the same one in each run and over all systems of a tenant. */
export interface Pseudonyms {
  /** @param person a mail address or an account's name */
  readonly of: (person: string) => string
  /** Names that were given one since the last call, by pseudonym. */
  readonly take: () => ReadonlyMap<string, string>
}

const pattern = /person-[0-9a-f]{32}/g

/** Opens the tenant's pseudonyms, which are the shield's; their key stays when other keys change. */
export async function openPseudonyms(tx: TenantContext): Promise<Pseudonyms> {
  const key = await personKey(tx)
  let fresh = new Map<string, string>()
  return {
    of(person) {
      const id = `person-${Buffer.from(pseudonymCode(key, Buffer.from(person))).toString('hex')}`
      fresh.set(id, person)
      return id
    },
    take() {
      const taken = fresh
      fresh = new Map()
      return taken
    },
  }
}

/** Keeps who they are; a thousand at a time, since an organisation may have many. */
export async function keepPseudonyms(tx: TenantContext, names: ReadonlyMap<string, string>): Promise<void> {
  const all = [...names]
  for (let i = 0; i < all.length; i += 1_000) {
    const some = all.slice(i, i + 1_000)
    await tx.sql.query(
      `insert into pseudonym (id, name, seen_at) select id, name, $3 from unnest($1::text[], $2::bytea[]) as given (id, name)
       on conflict (id) do update set seen_at = excluded.seen_at`,
      [some.map(([id]) => id), some.map(([id, name]) => seal(tx.dataKey, placeOf(tx, id), Buffer.from(name))), tx.now],
    )
  }
}

/** The names behind some pseudonyms; who was forgotten is missing. The caller has decided who may know. */
export async function namesOf(tx: TenantContext, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.sql.query<{ id: string; name: Buffer }>(
    'select id, name from pseudonym where id = any ($1::text[])',
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, open(tx.dataKey, placeOf(tx, id), name).toString('utf8')]))
}

/** The same value with names in the place of pseudonyms, for somebody who must act; for others as it is. */
export async function withNames<T>(tx: TenantContext, value: T): Promise<T> {
  if (!tx.caller.permissions.includes('register:write')) return value
  const ids = [...new Set(JSON.stringify(value).match(pattern))]
  if (ids.length === 0) return value
  const names = await namesOf(tx, ids)
  return replaced(value, (text) => text.replace(pattern, (id) => names.get(id) ?? id))
}

function replaced<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T & string
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, change)) as T & unknown[]
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced<unknown>(item, change)])) as T
}

function placeOf({ tenant }: TenantContext, id: string): string {
  return `tenant:${tenant.id}/pseudonym:${id}/name`
}
