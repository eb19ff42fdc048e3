import { parseLeaf } from '@art32/ledger'
import type { ReadLeaf } from '@art32/ledger'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { Server } from '../../apps/server/src/main.ts'

/** A log as its database holds it. */
export interface LogState {
  readonly origin: string
  readonly size: number
  readonly note: string
  readonly leaves: readonly ReadLeaf[]
  readonly earlier: readonly { origin: string; size: string; note: string; vkey: string }[]
}

interface Sql {
  query<R extends object>(text: string): Promise<{ rows: R[] }>
}

async function read(sql: Sql): Promise<LogState> {
  const { rows } = await sql.query<{ origin: string; size: string; note: string }>(
    'select origin, size, note from log_state',
  )
  const entries = await sql.query<{ leaf: Buffer }>('select leaf from log_entry order by idx')
  const earlier = await sql.query<LogState['earlier'][number]>(
    'select origin, size, note, vkey from earlier_log order by position',
  )
  const { origin = '', size = '0', note = '' } = rows[0] ?? {}
  return {
    origin,
    size: Number(size),
    note,
    leaves: entries.rows.map((row) => parseLeaf(row.leaf)),
    earlier: earlier.rows,
  }
}
/** The log of the tenant alpha, with nothing waiting. */
export const tenantLog = async (of: Server) => {
  await of.ledgers.settle(await of.registry.open('alpha'))
  return await of.tenants.asSystem('alpha', ({ sql }) => read(sql))
}
/** The log of the installation. */
export const instanceLog = async (of: Server) => await read(of.databases.control)
/** Events in the tenant alpha, anchored. */
export const grow = async (of: Server, times: number) => {
  for (let i = 0; i < times; i++)
    await of.tenants.asSystem('alpha', ({ append, tenant }) =>
      append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id } }),
    )
  await of.ledgers.settle(await of.registry.open('alpha'))
  await of.ledgers.anchorAll()
}

/** Copies a tenant's database as it is now. @returns puts the copy in its place, whoever works there */
export async function copyDatabase(of: Server, slug: string): Promise<() => Promise<void>> {
  const { rows } = await of.tenants.asSystem(slug, ({ sql }) =>
    sql.query<{ name: string }>('select current_database() as name'),
  )
  const name = rows[0]?.name ?? ''
  const admin = async (...statements: string[]) => {
    const client = new Client({ connectionString: inject('databaseUrl') })
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
  // A schedule of the server may connect again in between, and a database that somebody uses is not copied.
  for (let left = 20; ; left--) {
    try {
      await admin(cut, `create database ${name}_copy template ${name}`)
      break
    } catch (error) {
      if (left === 0 || (error as { code?: string }).code !== '55006') throw error
    }
  }
  return () => admin(`drop database ${name} with (force)`, `alter database ${name}_copy rename to ${name}`)
}
