import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { bytesForms, citedColumns, contentPage, leftOut, readTables } from './content.ts'
import type { Table } from './content.ts'

const page = fileURLToPath(new URL('../../../../docs/reference/tenant-export-tables.md', import.meta.url))

let server: TestServer
let tables: Table[]
let columns: { table: string; column: string; type: string; generated: boolean }[]
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.tenants.asSystem('alpha', async ({ sql }) => {
    tables = await readTables(sql)
    const found = await sql.query<(typeof columns)[number]>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
         a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval%', false) as generated
       from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relkind in ('r', 'p')`,
    )
    columns = found.rows
  })
})
afterAll(() => server.stop())

it('exports every table of a tenant or says why not', () => {
  const known = new Set([...tables.map(({ name }) => name), ...Object.keys(leftOut)])
  expect([...new Set(columns.map(({ table }) => table))].filter((table) => !known.has(table))).toEqual([])
  expect(Object.keys(leftOut).filter((table) => !columns.some((column) => column.table === table))).toEqual([])
  for (const why of Object.values(leftOut)) expect(why.length).toBeGreaterThan(20)
})

it('knows of every column of bytes whether it is plain, a file, sealed or a secret', () => {
  const all = columns.filter(({ type }) => type === 'bytea')
  const nameOf = ({ table, column }: (typeof columns)[number]) => `${table}.${column}`
  const bytes = all.filter(({ table }) => !Object.hasOwn(leftOut, table)).map(nameOf)
  // A new column of bytes is declared in content.ts; one that holds a hash of a token or a password belongs into leftOut.
  expect(bytes.filter((column) => !Object.hasOwn(bytesForms, column))).toEqual([])
  expect([...Object.keys(bytesForms), ...citedColumns].filter((column) => !all.map(nameOf).includes(column))).toEqual(
    [],
  )
})

it('exports no column by whose name it would be a secret', () => {
  const secret = /(?:^|_)(?:secret|password|token|token_hash|private_key)(?:$|_)/
  const bad = columns.filter(
    ({ table, column }) =>
      !Object.hasOwn(leftOut, table) && secret.test(column) && bytesForms[`${table}.${column}`]?.form !== 'secret',
  )
  expect(bad).toEqual([])
})

it('exports rows that have a key and numbers of their own making', () => {
  expect(tables.filter(({ key }) => key.length === 0).map(({ name }) => name)).toEqual([])
  const exported = columns.filter(({ table, generated }) => generated && !Object.hasOwn(leftOut, table))
  expect(exported).toEqual([])
})

it('keeps the page of tables true', async () => {
  await expect(contentPage(tables)).toMatchFileSnapshot(page)
})
