import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlan, writePlan } from '../plan/plan.ts'
import { profileDatabase } from './profile-database.ts'
import { copy, type Database, everything, keyOf, makeDatabase, people, planted, shop, shopPlan } from './testing.ts'

let source: Database
const made: Database[] = []

async function target(schema = shop): Promise<Database> {
  const database = await makeDatabase('again')
  made.push(database)
  if (schema !== '') await database.query(schema)
  return database
}

const mailsOf = async (database: Database) =>
  (await database.query<{ mail: string }>('select mail from customer order by 1')).map(({ mail }) => mail)

beforeAll(async () => {
  source = await target()
  await source.query(people(100))
})

afterAll(async () => {
  for (const database of made) await database.drop()
})

test('a copy is the same a second time, with threads and with tables made; another key gives another', async () => {
  const [one, two, other] = [await target(), await target(''), await target()]
  await copy(source, one, shopPlan, { threads: 2 })
  await copy(source, two, shopPlan, { createTables: true })
  expect(await everything(two)).toBe(await everything(one))
  await copy(source, other, shopPlan, { key: keyOf(8) })
  const known = new Set(await mailsOf(one))
  expect((await mailsOf(other)).filter((mail) => known.has(mail))).toEqual([])
  // Keys and references were made with the tables.
  const constraints = `select conrelid::regclass::text, contype, pg_get_constraintdef(oid) from pg_constraint where contype in ('p', 'u', 'f') order by 1, 2, 3`
  expect(await two.query(constraints)).toEqual(await source.query(constraints))
})

test('a plan that a look at the database suggests removes what was planted, and keeps joins', async () => {
  const to = await target()
  const plan = writePlan(await profileDatabase(source.url, []))
  for (const value of planted) expect(plan.toLowerCase()).not.toContain(value)
  const { columns } = readPlan(plan, 'plan')
  expect(columns).toMatchObject({
    'public.customer.id': { type: 'subject-id', do: 'format-preserving', alphabet: 'digits' },
    'public.customer.token': { do: 'pseudonym', as: 'uuid' },
    'public.customer.mail': { type: 'email', do: 'pseudonym' },
    'public.customer.born': { type: 'birth-date', do: 'generalise', to: 'year' },
    'public.customer.address': { do: 'json' },
    'public.customer.address.street': { type: 'street', do: 'delete' },
    'public.customer.photo': { do: 'delete' },
  })
  // What references a key follows it, so it has no step of its own.
  expect(Object.keys(columns).filter((name) => name.endsWith('customer_id'))).toEqual([])
  await copy(source, to, plan)
  const after = (await everything(to)).toLowerCase()
  // A credit is a number of nobody's.
  expect(planted.filter((value) => after.includes(value))).toEqual(['4711.25'])
  expect(
    await to.query(
      'select count(*)::int as n from line join orders using (customer_id, number) join customer c on c.id = customer_id',
    ),
  ).toEqual([{ n: 200 }])
})

test('names of any kind, tables without rows, and every kind of column come over', async () => {
  const schema = `
    create schema "My Shop";
    create domain code as text not null;
    create table "My Shop"."order, lines" ("e-mail (work)" text, "a.b" code, "select" smallint, flags bit(3), span interval, range int4range, at time, big bigint[]);
    create table nothing (id int primary key, mail text);
    create table parted (id int, mail text not null, day date) partition by range (day);
    create table parted_1 partition of parted for values from ('2026-01-01') to ('2027-01-01');
    create table doc (id int primary key, raw json, xml text, list text[][])`
  const [from, to] = [await target(schema), await target(schema)]
  await from.query(`
    insert into "My Shop"."order, lines" values ('x@example.com', 'y@example.com', 7, '101', '1 day', '[1,5)', '10:11', '{1,null}'), (null, 'z', null, null, null, null, null, null);
    insert into parted values (1, 'x@example.com', '2026-02-03');
    insert into doc values (1, e'{"a": {"mail": "x@example.com"},\n "n": [1, "x@example.com", null]}', '<a>x@example.com</a>', '{{a,"b c"},{"x@example.com",NULL}}'), (2, '"x@example.com"', '', '{}')`)
  await copy(
    from,
    to,
    `plan: art32.shield/1
format: { kind: sql }
columns:
  My%20Shop.order%2c%20lines.e-mail%20%28work%29: { type: email, do: pseudonym }
  My%20Shop.order%2c%20lines.a%2eb: { type: text, do: text }
  My%20Shop.order%2c%20lines.select: { type: number, do: keep }
  My%20Shop.order%2c%20lines.flags: { type: code, do: keep }
  My%20Shop.order%2c%20lines.span: { type: code, do: keep }
  My%20Shop.order%2c%20lines.range: { type: code, do: keep }
  My%20Shop.order%2c%20lines.at: { type: code, do: keep }
  My%20Shop.order%2c%20lines.big: { type: number, do: keep }
  public.nothing.id: { type: number, do: keep }
  public.parted.id: { type: number, do: keep }
  public.parted.mail: { type: email, do: delete }
  public.parted.day: { type: date, do: keep }
  public.doc.id: { type: number, do: keep }
  public.doc.raw: { type: json, do: json }
  public.doc.raw.a.mail: { type: email, do: mask, first: 1, length: 3 }
  public.doc.raw.n[]: { type: text, do: text }
  public.doc.xml: { type: text, do: text }
  public.doc.list: { type: text, do: array }
  public.doc.list[]: { type: text, do: text }
`,
  )
  const rows = await to.query('select * from "My Shop"."order, lines" order by "select" nulls last')
  expect(rows).toMatchObject([
    {
      'e-mail (work)': expect.stringMatching(/^[a-z2-7]{26}$/u) as unknown,
      'a.b': '[email]',
      select: 7,
      flags: '101',
      range: '[1,5)',
    },
    { 'e-mail (work)': null, 'a.b': 'z', select: null },
  ])
  expect(await to.query('select id, mail, day::text from parted_1')).toEqual([{ id: 1, mail: '', day: '2026-02-03' }])
  expect(await to.query('select raw::jsonb as raw, xml, list::text from doc order by id')).toEqual([
    {
      raw: { a: { mail: 'x***' }, n: [1, '[email]', null] },
      xml: '<a>[email]</a>',
      list: '{{a,"b c"},{[email],NULL}}',
    },
    { raw: '', xml: '', list: '{}' },
  ])
  expect(await everything(to)).not.toContain('example.com')
})
