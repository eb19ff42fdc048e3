import { createHash, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { one, open, rows } from './client.ts'
import type { PostgresFacts } from './facts.ts'
import { type Writing, writingOf } from './personal-values.ts'
import { columnOf, refuseRowSecurity } from './places.ts'

/** Keys of one column that are compared at most; a random part where there are more. */
const most = 10_000

/**
 * Counts how many keys of this database another one knows. Neither keys nor what they hash to can be told from what stays:
 * both databases compute an HMAC (RFC 2104) under a key made for this look alone, and only counts become facts. Of many keys
 * those with the smallest values are taken, which under such a key is a fair lot. What the detectors of the shield take for an
 * account, a card, a person's number or a telephone is compared in one form, however it is written.
 */
export async function readCopies(
  client: Client,
  { originalUrl, keyColumns }: { originalUrl?: string | undefined; keyColumns: readonly string[] },
  context: Context,
): Promise<PostgresFacts['copies']> {
  if (originalUrl === undefined || keyColumns.length === 0)
    throw new Unreadable('not-configured', 'no other database to compare with is named', {
      needs: 'the settings originalUrl and keyColumns',
    })
  const original = await open(originalUrl, context)
  try {
    if ((await placeOfServer(client)) === (await placeOfServer(original)))
      throw new Unreadable('not-configured', 'both addresses lead to the same database')
    const facts: PostgresFacts['copies'] = []
    for (const column of keyColumns) facts.push(await compare(client, original, column).catch(explain))
    return facts
  } finally {
    await original.end().catch(() => undefined)
  }
}

/** The running server and the database in it: a copy of the files has the same identifier and another start. */
async function placeOfServer(client: Client): Promise<string> {
  const { place } = await one(
    client,
    z.object({ place: z.string() }),
    `select concat_ws(' ', current_database(), pg_postmaster_start_time()::text,
              (select system_identifier::text from pg_control_system())) as place`,
  )
  return place
}

const numbers = z.coerce.number().int()

async function compare(test: Client, original: Client, column: string): Promise<PostgresFacts['copies'][number]> {
  const { table, column: key } = columnOf(column)
  for (const side of [test, original]) {
    await refuseRowSecurity(side, table)
    await refuseCounters(side, table, column)
  }
  const written = canonical[await writingIn(test, table, key)](`${key}::text`)
  const [inner, outer] = pads(randomBytes(32))
  const hashes = `(select distinct sha256($2::bytea || sha256($1::bytea || convert_to(${written}, 'UTF8'))) as h
                     from ${table} where ${key} is not null)`
  const own = await rows(
    test,
    z.object({ h: z.instanceof(Buffer) }),
    `select h from ${hashes} t order by h limit ${most + 1}`,
    [inner, outer],
  )
  const compared = own.slice(0, most).map(({ h }) => h)
  const counted = await one(
    original,
    z.object({ original: numbers, shared: numbers }),
    `select count(*) as original, count(*) filter (where h = any ($3::bytea[])) as shared from ${hashes} t`,
    [inner, outer, compared],
  )
  return { column, compared: compared.length, whole: own.length <= most, ...counted }
}

/** One form for all ways in which people write a key. */
const canonical: Readonly<Record<Writing, (value: string) => string>> = {
  text: (value) => `lower(btrim(${value}))`,
  identifier: (value) => `upper(regexp_replace(${value}, '[^A-Za-z0-9]', '', 'g'))`,
  phone: (value) => `regexp_replace(regexp_replace(replace(${value}, '(0)', ''), '^\\s*00', '+'), '[^0-9+]', '', 'g')`,
}

/** Keys of the test database that decide how all are written; they stay in this connector. */
const sample = 200

async function writingIn(client: Client, table: string, key: string): Promise<Writing> {
  const found = await rows(
    client,
    z.object({ value: z.string() }),
    `select left(${key}::text, 400) as value from ${table} where ${key} is not null limit ${sample}`,
  )
  return await writingOf(found.map(({ value }) => value))
}

/** Numbers that count up are the same in every database and say nothing. */
async function refuseCounters(client: Client, table: string, column: string): Promise<void> {
  const [found] = await rows(
    client,
    z.object({ tells: z.boolean() }),
    `select t.typcategory = 'S' or t.typname = 'uuid' as tells from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = to_regclass($1) and a.attname = $2 and not a.attisdropped`,
    [table, column.split('.')[2]],
  )
  if (found === undefined)
    throw new Unreadable('not-configured', 'a key column is not there in both databases', {
      needs: 'the setting keyColumns',
    })
  if (!found.tells)
    throw new Unreadable('not-configured', 'a key column holds neither text nor UUIDs', {
      needs: 'the setting keyColumns',
    })
}

/** The two padded keys of RFC 2104 for SHA-256, whose blocks have 64 bytes. */
export function pads(key: Buffer): [Buffer, Buffer] {
  const block = Buffer.alloc(64)
  ;(key.length > 64 ? createHash('sha256').update(key).digest() : key).copy(block)
  return [block.map((byte) => byte ^ 0x36), block.map((byte) => byte ^ 0x5c)].map((pad) => Buffer.from(pad)) as [
    Buffer,
    Buffer,
  ]
}

function explain(error: unknown): never {
  if (errorCode(error) === '57014') throw new Unreadable('incomplete', 'comparing took too long')
  throw error
}
