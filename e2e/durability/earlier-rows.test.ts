import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { leafHash, openCheckpoint, parseVkey, treeRoot } from '../../packages/ledger/src/index.ts'
import { migrate, readMigrations } from '../../apps/server/src/platform/migrate.ts'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'
import { ownerRole, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { cloneDatabase } from '../../scripts/testing/database.ts'
import { at, publishedEdition } from '../../scripts/testing/published.ts'
import type { Published } from '../../scripts/testing/published.ts'

const foldersOf = (kind: string) =>
  ['ledger', kind].map((name) => fileURLToPath(new URL(`../../apps/server/migrations/${name}`, import.meta.url)))

/** Rows of a database as text, by table: each with the columns that are asked for, in an order of their own. */
type Rows = Readonly<Record<string, readonly string[]>>
/** Columns by table. */
type Columns = Readonly<Record<string, readonly string[]>>

async function columnsOf(client: Client): Promise<Columns> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.table_name <> 'migration'
     group by c.table_name order by c.table_name`,
  )
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

async function rowsOf(client: Client, columns: Columns): Promise<Rows> {
  const found: Record<string, string[]> = {}
  for (const [table, names] of Object.entries(columns)) {
    const list = names.map((name) => `"${name}"`).join(', ')
    const { rows } = await client.query<{ row: string }>(
      `select to_jsonb(t)::text as row from (select ${list} from "${table}") t order by 1`,
    )
    found[table] = rows.map(({ row }) => row)
  }
  return found
}

/** What both have. */
function common(one: Columns, other: Columns): Columns {
  const both = Object.entries(one).flatMap(([table, names]): [string, string[]][] => {
    const shared = names.filter((name) => other[table]?.includes(name))
    return shared.length === 0 ? [] : [[table, shared]]
  })
  return Object.fromEntries(both)
}

async function put(client: Client, columns: Columns, rows: Rows): Promise<void> {
  await client.query('set session_replication_role = replica')
  for (const [table, names] of Object.entries(columns)) {
    const list = names.map((name) => `"${name}"`).join(', ')
    // What migrations put there themselves came with the rows, too.
    await client.query(`delete from "${table}"`)
    await client.query(
      `insert into "${table}" (${list}) overriding system value
       select ${list} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [`[${(rows[table] ?? []).join(',')}]`],
    )
  }
  await client.query('set session_replication_role = origin')
}

describe('a database whose tables are of an earlier state, with rows in all of them', () => {
  let published: Published
  const urls: Record<string, string> = {}
  beforeAll(async () => {
    published = await publishedEdition()
    const { owner, server } = published
    await owner.post(at('connection.add'), { target: 'dns:a.example', name: 'A' })
    await owner.post(at('access.invite'), { name: 'New', email: 'new@example.com', role: 'member' })
    await owner.upload(`${at('file.add')}?name=note.txt`, Buffer.from('All keys were there.\n'))
    await server.ledgers.anchorAll()
    const nameOf = 'select current_database() as name'
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) => sql.query<{ name: string }>(nameOf))
    const control = await server.databases.control.query<{ name: string }>(nameOf)
    for (const [kind, name] of [
      ['tenant', rows[0]?.name],
      ['control', control.rows[0]?.name],
    ] as const) {
      const url = new URL(inject('databaseUrl'))
      url.pathname = `/${name}`
      urls[kind] = url.href
    }
  })
  afterAll(() => published.server.stop())

  it.each([
    ['tenant', 5],
    ['tenant', 15],
    ['control', 5],
    ['control', 12],
  ])('of a %s, %i steps ago, is brought forward with the same rows and a ledger that holds', async (kind, steps) => {
    const all = readMigrations(foldersOf(kind))
    const database = await cloneDatabase([])
    try {
      const given = await withClient(urls[kind] ?? '', async (client) => {
        const columns = await columnsOf(client)
        return { columns, rows: await rowsOf(client, columns) }
      })
      await withClient(database.url, async (client) => {
        await migrate(client, all.slice(0, -steps), ownerRole)
        const columns = common(await columnsOf(client), given.columns)
        await put(client, columns, given.rows)
        const before = await rowsOf(client, columns)
        expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(5)
        expect(await migrate(client, all, ownerRole)).toHaveLength(steps)
        expect(await rowsOf(client, columns)).toEqual(before)
        expect(await columnsOf(client)).toEqual(given.columns)
        if (kind === 'tenant') await expectLedger(client)
      })
    } finally {
      await database.drop()
    }
  })

  /** The signed head is computed again from the leaves. */
  async function expectLedger(client: Client): Promise<void> {
    const { tenant } = await published.server.registry.open('alpha')
    const leaves = await client.query<{ leaf: Buffer }>('select leaf from log_entry order by idx')
    const state = await client.query<{ note: string }>('select note from log_state')
    const head = openCheckpoint(ledgerCrypto, state.rows[0]?.note ?? '', [parseVkey(ledgerCrypto, tenant.vkey)])
    const hashes = leaves.rows.map(({ leaf }) => leafHash(ledgerCrypto, leaf))
    expect(hashes.length).toBeGreaterThan(5)
    expect([head.size, Buffer.from(head.root).toString('hex')]).toEqual([
      hashes.length,
      Buffer.from(treeRoot(ledgerCrypto, hashes)).toString('hex'),
    ])
  }
})
