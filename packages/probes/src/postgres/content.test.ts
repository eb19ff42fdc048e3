import { createHash, createHmac, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { prove } from '../engine/prove.ts'
import { testContext } from '../testing/servers.ts'
import { postgres } from './connector.ts'
import { pads } from './copies.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

const url: string | undefined = inject('databaseUrl')
const context = () => testContext({ limits: { silenceMs: 5_000, answerBytes: 65_536 } })

it('computes the HMAC of the standard', () => {
  for (const key of [randomBytes(32), randomBytes(100)]) {
    const [inner, outer] = pads(key)
    const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
    expect(sha(outer, sha(inner, Buffer.from('key')))).toEqual(createHmac('sha256', key).update('key').digest())
  }
})

describe.skipIf(url === undefined)('looking into a real PostgreSQL database', () => {
  const name = `probe_content_${process.pid}`
  const production = `${name}_production`
  const role = `${name}_looks`
  const address = (database = name, user?: string) => {
    const at = new URL(url ?? '')
    at.pathname = `/${database}`
    if (user !== undefined) Object.assign(at, { username: user, password: 'swordfish' })
    return at.href
  }
  async function run(sql: string, at = address()): Promise<void> {
    const client = new Client({ connectionString: at })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const read = async (settings: object, user?: string) => {
    const reading = await collect(postgres, { url: address(name, user), ...settings }, context())
    if (reading.read === 'no') throw new Error(reading.detail)
    expect(JSON.stringify(reading)).not.toMatch(/swordfish|erika@|DE89|Wilhelmine|86095742719|411111/)
    return reading.facts
  }
  const judged = async (check: string, settings: object, parameters: object = {}) => {
    const { targets } = await prove(
      [{ connector: 'postgres', settings: { url: address(), ...settings }, system: 'test' }],
      {
        attempts: 1,
        only: ({ id }) => id === check,
        parameters: { [check]: { ...parameters } },
      },
    )
    return targets[0]?.checks[0]
  }

  beforeAll(async () => {
    await run(`create database ${name}`, url)
    await run(`create database ${production}`, url)
    await run(`create role ${role} login password 'swordfish'`, url)
    const tables = `
      create table customer (id uuid primary key default gen_random_uuid(), email text not null unique, note text, visited inet, serial int);
      create table visit (at timestamptz not null, who text, place text);`
    await run(tables)
    await run(tables, address(production))
    await run(
      "insert into customer (email, serial) select 'real' || n || '@example.com', n from generate_series(1, 300) n",
      address(production),
    )
    await run(`
      insert into customer (email, serial) select 'synthetic' || n || '@example.com', n from generate_series(1, 200) n;
      insert into visit (at, who) select now() - n * interval '1 day', md5(n::text) from generate_series(1, 20) n;`)
  })
  afterAll(async () => {
    for (const database of [name, production]) await run(`drop database ${database} with (force)`, url)
    await run(`drop role ${role}`, url)
  })

  it('tells settings that somebody set, also those of roles, without what may be secret', async () => {
    await run(`alter role ${role} set work_mem = '9MB'; alter role ${role} set app.key = 'swordfish'`)
    const { configuration } = await read({})
    expect(configuration).toMatchObject({
      read: 'ok',
      facts: expect.arrayContaining([
        { name: `role ${role}: work_mem`, value: '9MB', source: 'role', pendingRestart: false },
        { name: `role ${role}: app.key`, value: null, source: 'role', pendingRestart: false },
        expect.objectContaining({ name: 'fsync', value: 'off' }),
      ]) as unknown,
    })
    const facts = configuration?.read === 'ok' ? (configuration.facts as { name: string; value: string | null }[]) : []
    expect(facts.map((one) => one.name)).not.toContain('application_name')
    const approved = facts
      .map((one) => (one.value === null ? one.name : `${one.name} = '${one.value.replaceAll("'", "''")}'`))
      .join('\n')
    expect(await judged('pg.config-drift', {}, { approved })).toMatchObject({ state: 'pass' })
    await run(`alter role ${role} set work_mem = '10MB'`)
    expect(await judged('pg.config-drift', {}, { approved })).toMatchObject({
      state: 'fail',
      outcomes: [{ subject: `role ${role}: work_mem`, say: { key: 'differs' } }],
    })
    expect((await read({}, role))['configuration']).toMatchObject({ read: 'no', why: 'denied', needs: 'pg_monitor' })
  })

  it('gives the same structure the same hash, whoever looks, and shows each change as a line', async () => {
    const schema = async (user?: string) => {
      const { schema: group } = await read({}, user)
      if (group?.read !== 'ok') throw new Error(JSON.stringify(group))
      return group.facts as { hash: string; detail: string; entries: string[] }
    }
    const before = await schema()
    expect(before.detail).toBe('lines')
    expect(before.entries).toContain('column public.customer.email text not null')
    expect(await schema(role)).toEqual(before)
    expect(await judged('pg.schema-drift', {}, { approved: before.hash })).toMatchObject({ state: 'pass' })
    const changes = [
      [
        'alter table visit add column reason text',
        'alter table visit drop column reason',
        /column public\.visit\.reason text/,
      ],
      [`grant select on visit to ${role}`, `revoke select on visit from ${role}`, /grant public\.visit to \w+ SELECT/],
      [
        `grant update (who) on visit to ${role}`,
        `revoke update (who) on visit from ${role}`,
        /grant public\.visit\.who to/,
      ],
      ['create index visit_at on visit (at)', 'drop index visit_at', /index CREATE INDEX visit_at ON public\.visit/],
      [
        "create policy own on visit using (who = 'x')",
        'drop policy own on visit',
        /policy public\.visit\.own .*'…'.* #/,
      ],
      [
        'alter table visit enable row level security',
        'alter table visit disable row level security',
        /public\.visit .*row security/,
      ],
      [
        'alter table visit add constraint short check (length(who) < 99)',
        'alter table visit drop constraint short',
        /constraint public\.visit\.short CHECK/,
      ],
      [
        "create function f() returns int language sql as 'select 1'",
        'drop function f()',
        /function public\.f\(\) returns integer sql/,
      ],
      ["create type mood as enum ('good', 'bad')", 'drop type mood', /type public\.mood enum good,bad/],
      ['create domain code as text check (length(value) = 3)', 'drop domain code', /type public\.code domain text/],
      ['create view seen as select at from visit', 'drop view seen', /view public\.seen owner/],
      [
        'create trigger t before update on visit for each row execute function suppress_redundant_updates_trigger()',
        'drop trigger t on visit',
        /trigger t O CREATE TRIGGER/,
      ],
      [
        'alter table visit alter column place set default now()::text',
        'alter table visit alter column place drop default',
        /public\.visit\.place text default/,
      ],
    ] as const
    for (const [change, back, shows] of changes) {
      await run(change)
      const after = await schema()
      expect(after.hash, change).not.toBe(before.hash)
      expect(after.entries.filter((entry) => !before.entries.includes(entry)).join('\n'), change).toMatch(shows)
      await run(back)
    }
    // After the first right was given, the server writes those of the owner down, too: which is the same.
    expect(await schema()).toEqual(before)
    expect(await judged('pg.schema-drift', {}, { approved: 'a'.repeat(64) })).toMatchObject({ state: 'fail' })
  })

  it('leaves partitions and what belongs to extensions out of the structure', async () => {
    await run('create table event (at date not null) partition by range (at)')
    const hash = async () => {
      const { schema: group } = await read({})
      return group?.read === 'ok' ? (group.facts as { hash: string }).hash : ''
    }
    const before = await hash()
    await run("create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01')")
    expect(await hash()).toBe(before)
    await run('drop table event')
  })

  it('finds personal data by name and by pattern, and lets only counts out', async () => {
    await run(`
      create table sheet (id int, remark text, callback text, machine text, clock text, konto text, data jsonb, vorname text, label text, birthday date, who text, tax text, pays text, told text, lot text);
      insert into sheet
        select n, case when n = 1 then 'pay to DE89 3704 0044 0532 0130 00, thanks' when n = 2 then 'DE89370400440532013001' end,
               '+49 30 90182' || n, '192.0.2.' || n, '12:30:' || 10 + n, 'ORDER' || n, '{"contact": "erika@example.com"}', null, 'a', null,
               (array['Wilhelmine', 'Friedrich', 'Katharina', 'Johannes', 'Margarethe', 'Sebastian', 'Elisabeth', 'Matthias', 'Dorothea'])[n]
                 || ' ' || (array['Schneider', 'Fischer', 'Hoffmann', 'Schulz', 'Lehmann', 'Krause', 'Zimmermann', 'Hartmann', 'Werner'])[n],
               (array['86095742719', '47036892816', '65929970489', '57549285017', '25768131411', '86095742719', '47036892816', '65929970489', '57549285017'])[n],
               '4111111111111111', case when n = 1 then 'Steuer-ID 86 095 742 719, bitte prüfen' end, 'L' || 100000 + n
          from generate_series(1, 9) n`)
    const settings = {
      personalColumns: ['public.customer.*', 'public.sheet.vorname'],
      pseudonymColumns: ['public.visit.who'],
    }
    const { personal } = await read(settings)
    const column = (name: string, more: object) =>
      expect.objectContaining({ column: `public.${name}`, ...more }) as unknown
    expect(personal).toMatchObject({ read: 'ok', complete: true, facts: { unread: 0, missing: [] } })
    expect(personal).toMatchObject({
      facts: {
        columns: expect.arrayContaining([
          column('customer.email', { declared: 'personal', named: 'email', sampled: 200, emails: 200 }),
          column('visit.who', { declared: 'pseudonym', sampled: 20, opaque: 20 }),
          // The second number has wrong check digits.
          column('sheet.remark', { sampled: 2, ibans: 1 }),
          column('sheet.callback', { phones: 9 }),
          column('sheet.machine', { addresses: 9 }),
          column('sheet.data', { emails: 9 }),
          column('sheet.vorname', { declared: 'personal', named: 'name', sampled: 0 }),
          column('sheet.birthday', { named: 'birth' }),
          column('sheet.who', { others: [{ type: 'name', count: 9, isNamed: false }] }),
          column('sheet.tax', {
            others: expect.arrayContaining([{ type: 'de.idnr', count: 9, isNamed: false }]) as unknown,
          }),
          column('sheet.pays', { others: [{ type: 'card', count: 9, isNamed: false }] }),
          column('sheet.told', { others: [{ type: 'de.idnr', count: 1, isNamed: true }] }),
        ]) as unknown,
      },
    })
    const names =
      personal?.read === 'ok'
        ? (personal.facts as { columns: { column: string }[] }).columns.map((one) => one.column)
        : []
    for (const harmless of ['clock', 'konto', 'label', 'id', 'lot'])
      expect(names).not.toContain(`public.sheet.${harmless}`)
    const failed = await judged('pg.pii-inventory', settings)
    expect(failed?.outcomes.filter(({ state }) => state === 'fail').map(({ subject }) => subject)).toEqual(
      ['birthday', 'callback', 'data', 'machine', 'pays', 'remark', 'tax', 'told', 'who'].map(
        (one) => `public.sheet.${one}`,
      ),
    )
    await run('drop table sheet')
    expect(await judged('pg.pii-inventory', { ...settings, personalColumns: ['public.customer.*'] })).toMatchObject({
      state: 'pass',
    })
  })

  it('says what it could not look into, and never takes hidden rows for none', async () => {
    const settings = {
      personalColumns: ['public.customer.*', 'public.gone.name'],
      pseudonymColumns: ['public.visit.who'],
    }
    const { personal, retention } = await read({ ...settings, retention: ['public.visit.at P30D'] }, role)
    expect(personal).toMatchObject({ facts: { unread: 4, missing: ['public.gone.name'] } })
    expect(retention).toMatchObject({ read: 'no', why: 'denied', needs: 'SELECT on the declared columns' })
    await run(`grant select on visit to ${role}; alter table visit enable row level security`)
    const hidden = await read({ ...settings, retention: ['public.visit.at P30D'] }, role)
    expect(hidden['personal']).toMatchObject({ facts: { unread: 4 } })
    expect(hidden['retention']).toMatchObject({
      read: 'no',
      why: 'denied',
      detail: 'row security hides rows from this role',
    })
    await run(`revoke select on visit from ${role}; alter table visit disable row level security`)
  })

  it('measures the age of what is kept', async () => {
    const { retention } = await read({ retention: ['public.visit.at P14D', 'public.visit.at P1M'] })
    expect(retention).toMatchObject({
      facts: [
        { kind: 'public.visit.at', keptSeconds: 14 * 86_400, overdue: 7 },
        { kind: 'public.visit.at', overdue: 0 },
      ],
    })
    expect(await judged('pg.retention', { retention: ['public.visit.at P14D'] })).toMatchObject({ state: 'fail' })
    expect(await judged('pg.retention', { retention: ['public.visit.at P20D'] })).toMatchObject({ state: 'pass' })
    for (const wrong of ['public.visit.gone P1D', 'public.visit.who P1D', 'public.visit.at PDD'])
      expect((await read({ retention: [wrong] }))['retention']).toMatchObject({ read: 'no', why: 'not-configured' })
    expect((await read({}))['retention']).toMatchObject({ read: 'no', why: 'not-configured' })
  })

  it('finds one record of production among those of a test, without learning which', async () => {
    const settings = { originalUrl: address(production), keyColumns: ['public.customer.email', 'public.customer.id'] }
    expect((await read(settings))['copies']).toEqual({
      read: 'ok',
      complete: true,
      facts: [
        { column: 'public.customer.email', compared: 200, whole: true, original: 300, shared: 0 },
        { column: 'public.customer.id', compared: 200, whole: true, original: 300, shared: 0 },
      ],
    })
    expect(await judged('pg.no-prod-copy-in-test', settings)).toMatchObject({ state: 'pass' })
    await run("insert into customer (email, serial) values (' REAL7@example.com', 0)")
    expect(await judged('pg.no-prod-copy-in-test', settings)).toMatchObject({ state: 'fail' })
    await run('delete from customer where serial = 0')
  })

  it('knows an account and a telephone again, however they are written', async () => {
    const table = 'create table reached (account text, phone text)'
    await run(`${table}; insert into reached values ('DE89370400440532013000', '+493023125014')`, address(production))
    await run(`${table}; insert into reached values ('de89 3704 0044 0532 0130 00', '+49 (0)30 23125-014')`)
    const { copies } = await read({
      originalUrl: address(production),
      keyColumns: ['public.reached.account', 'public.reached.phone'],
    })
    expect(copies).toMatchObject({ facts: [{ shared: 1 }, { shared: 1 }] })
    for (const database of [address(), address(production)]) await run('drop table reached', database)
  })

  it('draws a fair lot of very many keys', async () => {
    await run('create table many (id text)')
    await run(
      "create table many (id text); insert into many select 'k' || n from generate_series(1, 1000) n",
      address(production),
    )
    await run("insert into many select 'k' || n from generate_series(1, 30000) n")
    const { copies } = await read({ originalUrl: address(production), keyColumns: ['public.many.id'] })
    expect(copies).toMatchObject({ facts: [{ compared: 10_000, whole: false, original: 1_000 }] })
    const shared = copies?.read === 'ok' ? (copies.facts as { shared: number }[])[0]?.shared : undefined
    // A third of 1,000, by five standard deviations.
    expect(shared).toBeGreaterThan(260)
    expect(shared).toBeLessThan(410)
    await run('drop table many')
  })

  it.each([
    [
      'the same database twice',
      { originalUrl: () => address(), keyColumns: ['public.customer.email'] },
      'not-configured',
    ],
    [
      'a serial number as key',
      { originalUrl: () => address(production), keyColumns: ['public.customer.serial'] },
      'not-configured',
    ],
    [
      'a column that is not there',
      { originalUrl: () => address(production), keyColumns: ['public.customer.gone'] },
      'not-configured',
    ],
    ['no other database', { originalUrl: () => undefined, keyColumns: ['public.customer.email'] }, 'not-configured'],
    [
      'a role without rights in production',
      { originalUrl: () => address(production, role), keyColumns: ['public.customer.email'] },
      'denied',
    ],
    [
      'production that nobody answers for',
      { originalUrl: () => 'postgres://a:b@127.0.0.1:1/x', keyColumns: ['public.customer.email'] },
      'unreachable',
    ],
  ])('compares nothing with %s', async (_name, { originalUrl, keyColumns }, why) => {
    const original = originalUrl()
    const { copies, server } = await read({ ...(original === undefined ? {} : { originalUrl: original }), keyColumns })
    expect(copies).toMatchObject({ read: 'no', why })
    expect(server).toMatchObject({ read: 'ok' })
  })
})
