import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copy, type Database, everything, makeDatabase, people, planted, shop } from './testing.ts'

let source: Database
let to: Database

beforeAll(async () => {
  source = await makeDatabase('source')
  await source.query(shop)
  await source.query(people(300))
})

afterAll(async () => {
  await source.drop()
  await to.drop()
})

describe('a copy', () => {
  let done: Awaited<ReturnType<typeof copy>>

  beforeAll(async () => {
    to = await makeDatabase('target')
    await to.query(shop)
    done = await copy(source, to)
  })

  test('holds nothing of what was planted, in no column of no table', async () => {
    const [before, after] = [(await everything(source)).toLowerCase(), (await everything(to)).toLowerCase()]
    expect(planted.filter((value) => !before.includes(value))).toEqual([])
    expect(planted.filter((value) => after.includes(value))).toEqual([])
    expect(after.split('\n')).toHaveLength(before.split('\n').length)
  })

  test('keeps joins: over numbers, UUIDs and pairs, to itself and in a circle', async () => {
    const joined = `select count(*)::int as lines, count(distinct c.id)::int as people, count(distinct c.token)::int as tokens,
        count(distinct r.id)::int as recruiters, count(distinct c.mail)::int as mails
      from line l join orders o using (customer_id, number) join customer c on c.id = o.customer_id and c.token = o.token
           left join customer r on r.id = c.recruiter join orders last on last.customer_id = c.id and last.number = c.last_order`
    expect(await to.query(joined)).toEqual([{ lines: 600, people: 300, tokens: 300, recruiters: 1, mails: 300 }])
    const keys = await to.query('select conname, convalidated from pg_constraint where contype = $$f$$ order by 1')
    expect(keys).toHaveLength(5)
  })

  test('keeps types, lengths and what the plan lets through', async () => {
    const [row] = await to.query<Record<string, unknown>>(
      'select *, address::text as address, born::text as born, visited::text as visited, tags::text as tags from customer limit 1',
    )
    expect(row).toMatchObject({
      token: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8/) as unknown,
      mail: expect.stringMatching(/^[a-z2-7]{26}$/) as unknown,
      note: expect.stringContaining('Ms [name] called from [phone]\n\t\\. tab') as unknown,
      born: '1984-01-01',
      mood: 'good',
      photo: null,
      visited: '192.0.0.0/16',
      credit: '4000.00',
      tags: expect.stringMatching(/^\{[a-z2-7]{26},[a-z2-7]{26},NULL\}$/) as unknown,
    })
    expect(JSON.parse(String(row?.['address']))).toEqual({ vip: true, city: { zip: 10 }, street: '' })
  })

  test('lets the application write on: sequences are behind all keys', async () => {
    const added = await to.query<{ id: string }>(
      "insert into line (customer_id, number, text) select customer_id, number, 'new' from orders limit 1 returning id",
    )
    expect(added).toEqual([{ id: '601' }])
    const [customer] = await to.query<{ id: number }>("insert into customer (mail) values ('new') returning id")
    expect(customer?.id).toBe(1_000_000_000)
    await to.query("delete from line where text = 'new'; delete from customer where mail = 'new'")
  })

  test('tells what was done, by column, and no value', () => {
    const { counts } = done.outcome
    expect([counts.records, done.tables]).toEqual([1500, 3])
    expect(counts.columns['public.customer.photo']).toMatchObject({ values: 300, changed: 300, quarantined: 0 })
    expect(counts.columns['public.customer.mail']).toMatchObject({ values: 300, changed: 300 })
    expect(counts.columns['public.customer.address.street']).toMatchObject({ values: 300, changed: 300 })
    expect(JSON.stringify(done)).not.toMatch(/Halvorsrud|example\.com/)
  })
})
