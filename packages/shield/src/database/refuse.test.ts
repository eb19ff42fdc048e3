import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, nameOf } from './connect.ts'
import { copyDatabase } from './copy-database.ts'
import { readPlan } from '../plan/plan.ts'
import { copy, type Database, everything, keyOf, makeDatabase, people, refusal, shop, shopPlan } from './testing.ts'

let source: Database
let to: Database

beforeAll(async () => {
  source = await makeDatabase('refuse')
  to = await makeDatabase('refused')
  await source.query(shop)
  await source.query(people(20))
  await to.query(shop)
})

afterAll(async () => {
  await source.drop()
  await to.drop()
})

const isEmpty = async () => (await to.query('select 1 from customer union all select 1 from orders')).length === 0
const planWith = (from: string, into: string) => shopPlan.replace(from, into)

describe('a plan is refused', () => {
  test.each([
    [
      'without a column that takes no NULL',
      '  public.orders.at: { type: date, do: keep }\n',
      '',
      'public.orders.at is in no plan and takes no NULL',
    ],
    ['with a column that is not there', 'public.orders.at:', 'public.orders.gone:', 'names public.orders.gone'],
    ['that is for a file', '{ kind: sql }', '{ kind: ndjson }', 'not for a database'],
    [
      'that lets two keys become one',
      'mail: { type: email, do: pseudonym }',
      'mail: { type: email, do: mask, first: 1 }',
      'public.customer.mail is a key',
    ],
    [
      'that ties two steps',
      'columns:\n',
      'columns:\n  public.line.customer_id: { type: number, do: keep }\n',
      'tied by a foreign key',
    ],
    [
      'with pseudonyms for numbers',
      'born: { type: birth-date, do: generalise, to: year }',
      'born: { type: birth-date, do: pseudonym }',
      'public.customer.born is date',
    ],
    [
      'with random keys',
      'token: { type: subject-id, do: pseudonym }',
      'token: { type: subject-id, do: pseudonym, same: never }',
      'same everywhere',
    ],
    [
      'without a vault for what is reversible',
      'note: { type: text, do: text }',
      'note: { type: text, do: reversible }',
      'vault',
    ],
    ['that shifts by nobody', 'subject: id', 'subject: nobody', 'public.customer.nobody, which is no column'],
  ])('%s', async (_what, from, into, message) => {
    const plan = planWith(from, into)
    expect(plan).not.toBe(shopPlan)
    expect(await refusal(copy(source, to, plan))).toContain(message)
    expect(await isEmpty()).toBe(true)
  })

  test('nothing unknown gets over, and it is counted', async () => {
    const plan = planWith('  public.customer.note: { type: text, do: text }\n', '')
    const { outcome } = await copy(source, to, plan)
    expect(outcome.unknown).toEqual(['public.customer.note'])
    expect(outcome.counts.columns['public.customer.note']).toMatchObject({ quarantined: 20 })
    expect(await to.query('select distinct note from customer')).toEqual([{ note: null }])
    await to.query('truncate customer, orders, line')
  })
})

describe('a target is refused', () => {
  test('that is the source, by whatever address', async () => {
    const other = new URL(source.url)
    other.searchParams.set('application_name', 'other')
    expect(await refusal(copy(source, { ...source, url: other.href }))).toContain('The target is the source')
  })

  test('that has rows, unless they are to be deleted by the name of the database', async () => {
    await copy(source, to)
    const before = await everything(to)
    expect(await refusal(copy(source, to))).toContain('public.customer has rows')
    expect(await refusal(copy(source, to, shopPlan, { replace: 'other' }))).toContain(to.name)
    expect(await everything(to)).toBe(before)
    await copy(source, to, shopPlan, { replace: to.name })
    expect(await everything(to)).toBe(before)
    await to.query('truncate customer, orders, line')
  })

  test.each([
    [
      'alter table line drop column text',
      'alter table line add column text text not null',
      'has no column public.line.text',
    ],
    [
      'alter table customer alter name type varchar(40)',
      'alter table customer alter name type varchar(30)',
      'public.customer.name is character varying(30) in the source and character varying(40)',
    ],
    ['create table more (id int)', 'drop table more', 'the source has no table public.more'],
    [
      'alter table line drop constraint line_customer_id_number_fkey',
      'alter table line add constraint line_customer_id_number_fkey foreign key (customer_id, number) references orders',
      'has no foreign key: public.line (customer_id, number)',
    ],
  ])('whose tables are others: %s', async (change, back, message) => {
    await to.query(change)
    expect(await refusal(copy(source, to))).toContain(message)
    await to.query(back)
  })

  test('a table that is left alone keeps its rows', async () => {
    for (const database of [source, to]) await database.query('create table migration (id int primary key)')
    await to.query('insert into migration values (7)')
    await copy(source, to, shopPlan, { except: ['public.migration'] })
    expect(await to.query('select id from migration')).toEqual([{ id: 7 }])
    expect(await to.query('select count(*)::int as n from line')).toEqual([{ n: 40 }])
    for (const database of [source, to]) await database.query('drop table migration')
    await to.query('truncate customer, orders, line')
  })

  test('a row that a check does not allow leaves all of it as it was, triggers and keys too', async () => {
    await to.query(`create function stop() returns trigger language plpgsql as 'begin raise exception $$no$$; end';
      create trigger stop before insert on customer for each row execute function stop();
      alter table line add constraint short check (length(text) < 5)`)
    expect(await refusal(copy(source, to))).toMatch(/public\.line.*check of the table.*\(short\)/u)
    expect(await isEmpty()).toBe(true)
    await to.query('alter table line drop constraint short')
    await copy(source, to)
    expect(await to.query("select tgenabled from pg_trigger where tgname = 'stop'")).toEqual([{ tgenabled: 'O' }])
    expect(await to.query("select count(*)::int as n from pg_constraint where contype = 'f'")).toEqual([{ n: 5 }])
  })
})

describe('an address', () => {
  test('stands in the environment, and is named without its password', () => {
    const environment = { ART32_SHIELD_SOURCE: 'postgres://app:swordfish@db.example.com/shop' }
    expect(nameOf(addressOf('source', '-', environment))).toBe('db.example.com:5432/shop')
    expect(() => addressOf('target', '-', environment)).toThrow('ART32_SHIELD_TARGET')
    expect(() => addressOf('source', 'app:swordfish@db', {})).toThrow(/^(?!.*swordfish)/u)
  })

  test.each([
    ['postgres://app:swordfish@127.0.0.1:1/shop', '127.0.0.1:1/shop: nobody listens there'],
    ['postgres://app:swordfish@nowhere.invalid/shop', 'nowhere.invalid:5432/shop'],
  ])('where nobody answers is told: %s', async (address, message) => {
    const options = { target: to.url, plan: readPlan(shopPlan, 'plan'), key: keyOf(7), threads: 0 }
    expect(await refusal(copyDatabase({ ...options, source: address }))).toContain(message)
  })
})
