import { afterAll, beforeAll, expect, test } from 'vitest'
import { copy, type Database, makeDatabase } from './testing.ts'

let source: Database
let to: Database
const schema = 'create table visit (id bigint primary key, who text not null, note text)'
const plan = `plan: art32.shield/1
format: { kind: sql }
columns:
  public.visit.id: { type: number, do: keep }
  public.visit.who: { type: email, do: pseudonym }
  public.visit.note: { type: code, do: keep }
`

beforeAll(async () => {
  source = await makeDatabase('large')
  to = await makeDatabase('larger')
  for (const database of [source, to]) await database.query(schema)
  await source.query(
    "insert into visit select n, 'visitor' || n || '@example.com', repeat('so it was ', 8) from generate_series(1, 200000) n",
  )
})

afterAll(async () => {
  await source.drop()
  await to.drop()
})

test('200,000 rows go through the same memory', async () => {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = 0
  let told = 0
  await copy(source, to, plan, {
    progress: (_bytes, rows) => {
      told = rows
      most = Math.max(most, process.memoryUsage().rss)
    },
  })
  expect(told).toBe(200_000)
  // 25 MB went through.
  expect((most - before) / 1e6).toBeLessThan(100)
  expect(
    await to.query(
      "select count(*)::int as n, count(distinct who)::int as people, count(*) filter (where who ~ '@')::int as left from visit",
    ),
  ).toEqual([{ n: 200_000, people: 200_000, left: 0 }])
})
