import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startThrowAway } from '@art32/server'
import { stringify } from 'yaml'
import { Client } from 'pg'
import { runHere, type Ran } from './terminal.ts'

/** A server for drills, and a folder for plans, dumps and what drills make. */
export interface DrillPlace {
  readonly url: string
  readonly base: string
  path(name: string): string
  write(name: string, content: string | Buffer): string
  /** Writes a plan with what a test changes of it. @returns its path */
  plan(change: Readonly<Record<string, unknown>>): string
  /** @param environment of the command, beside the address of the server */
  run(
    change: Readonly<Record<string, unknown>>,
    args?: readonly string[],
    environment?: Record<string, string>,
  ): Promise<Ran>
  query<Row extends object>(sql: string): Promise<Row[]>
  /** Databases, roles and folders of drills that are there. */
  left(): Promise<string[]>
  stop(): Promise<void>
}

/** Starts both. */
export async function openDrillPlace(): Promise<DrillPlace> {
  const home = mkdtempSync(join(tmpdir(), 'art32-cli-drill-'))
  const server = await startThrowAway(join(home, 'postgres'))
  const base = join(home, 'base')
  mkdirSync(base)
  const path = (name: string) => join(home, name)
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(path(name), content)
    return path(name)
  }
  const plan = (change: Readonly<Record<string, unknown>>) =>
    write(
      'plan.yaml',
      stringify({
        format: 'art32.drill-plan/1',
        drill: 'shop-db',
        backup: { kind: 'postgres-dump', path: path('shop.sql') },
        scratch: { database: '${SCRATCH}', folder: base },
        expect: { tables: [{ table: 'shop.orders', rows: 2 }] },
        allowed: { rto: 'PT10M', rpo: 'P1D' },
        ...change,
      }),
    )
  const query = async <Row extends object>(sql: string) => {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    try {
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end()
    }
  }
  return {
    url: server.url,
    base,
    path,
    write,
    plan,
    query,
    run: (change, args = [], environment = {}) =>
      runHere(['drill', 'run', plan(change), ...args], { environment: { SCRATCH: server.url, ...environment } }),
    async left() {
      const names = await query<{ name: string }>(
        `select name from (select datname as name from pg_database union select rolname from pg_roles) one
          where name like 'art32\\_drill%'`,
      )
      return [...names.map(({ name }) => name), ...(existsSync(base) ? readdirSync(base) : [])]
    },
    async stop() {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A dump as pg_dump writes it, of an order placed now and one placed before. @param more statements before the end */
export const shopDump = (more = '', placed = new Date()): string => `--
-- PostgreSQL database dump
--

\\restrict Zk3

SET statement_timeout = 0;
SET a_setting_of_tomorrow = 0;
CREATE SCHEMA shop;
ALTER SCHEMA shop OWNER TO shopkeeper;
CREATE FUNCTION shop.half(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN n > 1 THEN n / 2 ELSE 0 END; END;
CREATE TABLE shop.orders (id integer PRIMARY KEY, placed_at timestamp with time zone, note text);
ALTER TABLE shop.orders OWNER TO shopkeeper;
COPY shop.orders (id, placed_at, note) FROM stdin;
1\t2026-01-02 03:04:05+00\ta; b 'c
2\t${placed.toISOString()}\t\\\\.
\\.

GRANT ALL ON TABLE shop.orders TO shopkeeper;
${more}
\\unrestrict Zk3

--
-- PostgreSQL database dump complete
--
`
