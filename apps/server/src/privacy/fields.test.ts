import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnsOf } from '../../../../scripts/sql.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import type { Queryable } from '../evidence/index.ts'
import { waysIn } from './belonging.ts'
import { fields } from './fields.ts'
import { storeWords } from './stores.ts'

const migrations = join(import.meta.dirname, '../../migrations')
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(() => server.stop())

/** What the gate reads out of the migrations. */
function written(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      columnsOf(
        readdirSync(join(migrations, folder))
          .toSorted()
          .map((file) => ({ file, text: readFileSync(join(migrations, folder, file), 'utf8') })),
      ),
    )
    .map(({ table, name }) => `${table}.${name}`)
    .toSorted()
}

/** What PostgreSQL made of them. */
async function real(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and c.relname <> 'migration'`,
  )
  return rows.map(({ name }) => name).toSorted()
}

describe('the declarations of personal data', () => {
  it('are compared with the columns that the databases really have', async () => {
    expect(written(['ledger', 'control'])).toEqual(await real(server.databases.control))
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      expect(written(['ledger', 'tenant'])).toEqual(await real(sql))
    })
  })

  it('name every reference to an account, so that an export finds it and a deletion takes it', async () => {
    const { rows } = await server.databases.control.query<{ name: string }>(
      `select conrelid::regclass::text || '.' || attname as name from pg_constraint
       join pg_attribute on attrelid = conrelid and attnum = conkey[1] where contype = 'f' and confrelid = 'account'::regclass`,
    )
    const declared = new Set(waysIn('control').map(({ table, column }) => `${table}.${column}`))
    const references = rows.map(({ name }) => name.replaceAll('"', ''))
    expect(references.length).toBeGreaterThan(2)
    for (const reference of references) expect([reference, declared.has(reference)]).toEqual([reference, true])
  })

  it('say of a session that it keeps no address, and none is kept', async () => {
    await server.addPerson('owner@example.com', 'alpha', 'owner')
    const { rows } = await server.databases.control.query<{ kept: string | null }>(
      `select nullif("ipAddress", '') as kept from session union all select image from account union all select key from "rateLimit"`,
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.every(({ kept }) => kept === null)).toBe(true)
  })
})

describe('the names of stores', () => {
  it('are there in both languages for each store that holds something about people, and for no other', () => {
    const personal = Object.entries({ ...fields.tenant, ...fields.ledger }).flatMap(([table, columns]) =>
      Object.values(columns).some((field) => !field.startsWith('no: ')) ? [table] : [],
    )
    expect(Object.keys(storeWords).toSorted()).toEqual(personal.toSorted())
  })

  it('are words, and no two stores have the same', () => {
    for (const language of ['en', 'de'] as const) {
      const names = Object.values(storeWords).map((words) => words[language])
      expect(names.filter((name, index) => !/^[A-ZÄÖÜ][^_]+$/u.test(name) || names.indexOf(name) !== index)).toEqual([])
    }
  })
})
