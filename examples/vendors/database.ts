import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../apps/server/src/platform/index.ts'
import type { Credential, RunningPostgres } from '../../apps/server/src/platform/index.ts'
import type { DemoConnection, Keep } from './connection.ts'
import { keptSecret } from './secret.ts'

/** The databases of both examples: one real PostgreSQL beside that of art32, reached by its socket only. */
export type Databases = {
  readonly linden: readonly DemoConnection[]
  readonly kestrel: (passwordTest: string) => readonly DemoConnection[]
}

const names = ['linden_technical', 'kestrel_data', 'kestrel_app', 'kestrel_test'] as const
type Name = (typeof names)[number]

/** Starts PostgreSQL in a folder and fills the databases anew, so that what they hold is as old as it should be. */
export async function startDatabases(folder: string, keep: Keep): Promise<Databases> {
  const server = await startLogging(folder)
  await keep(Promise.resolve({ close: () => server.stop() }))
  // One password in two environments would be a way from the one into the other.
  const [looks, tests] = [credentialOf(folder, 'looks'), credentialOf(folder, 'tests')]
  await run(server.url(server.maintenance), [
    ...roles([looks, tests]),
    ...(await missing(server.url(server.maintenance))),
  ])
  for (const name of names) await run(server.url(name), [...fresh, ...contents[name], ...rights])
  const url = (name: Name, as = looks) => server.url(name, as)
  return {
    linden: [
      {
        connector: 'postgres',
        name: 'Database of Linden Connect',
        settings: {
          url: url('linden_technical'),
          pseudonymColumns: ['public.technical_event.installation'],
          retention: ['public.technical_event.at P30D'],
        },
      },
    ],
    kestrel: (passwordTest) => [
      { connector: 'postgres', name: 'Customers of Kestrel', settings: { url: url('kestrel_data') } },
      { connector: 'app', name: 'Accounts of Kestrel', settings: { url: url('kestrel_app'), passwordTest } },
      {
        connector: 'postgres',
        name: 'Test database of Kestrel',
        environment: 'test',
        settings: {
          url: url('kestrel_test', tests),
          originalUrl: url('kestrel_app', tests),
          keyColumns: ['public.account.id'],
        },
      },
    ],
  }
}

/** The log of connections is set before a start: PostgreSQL would take a reload for a change of what the command line says. */
async function startLogging(folder: string): Promise<RunningPostgres> {
  const server = await startPostgres({ folder })
  if (!server.initialised) return server
  await run(server.url(server.maintenance), settings)
  await server.stop()
  return await startPostgres({ folder })
}

const credentialOf = (folder: string, user: string): Credential => ({
  user,
  password: keptSecret(join(folder, `password-of-${user}`)),
})

async function missing(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
  await client.end()
  return names.filter((name) => !rows.some(({ datname }) => datname === name)).map((name) => `create database ${name}`)
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const settings = [
  'alter system set log_connections = on',
  'alter system set log_disconnections = on',
  "alter system set log_statement = 'ddl'",
]

/** One role owns, two look; none of them is allowed more than rows. */
const roles = (credentials: readonly Credential[]) => [
  `do $$ begin
     if not exists (select from pg_roles where rolname = 'keeper') then create role keeper nologin; end if;
     if not exists (select from pg_roles where rolname = 'looks') then create role looks login; end if;
     if not exists (select from pg_roles where rolname = 'tests') then create role tests login; end if;
   end $$`,
  ...credentials.map(({ user, password }) => `alter role ${user} login password '${password}'`),
  'grant pg_monitor to looks, tests',
]

const fresh = [
  'drop schema if exists art32 cascade',
  'drop schema if exists public cascade',
  'create schema public authorization keeper',
  'set role keeper',
]

const rights = [
  'reset role',
  'grant usage on schema public to looks, tests',
  'grant select on pg_hba_file_rules to looks, tests',
  'grant execute on function pg_hba_file_rules() to looks, tests',
  'grant select on pg_authid to looks, tests',
]

const account = `create table account (id uuid primary key default gen_random_uuid(), password_hash text, made_at timestamptz)`

const contents: Readonly<Record<Name, readonly string[]>> = {
  linden_technical: [
    'create table technical_event (installation uuid not null, code text not null, at timestamptz not null)',
    `insert into technical_event
       select gen_random_uuid(), 'started', now() - make_interval(days => n) from generate_series(0, 28) n`,
    'grant select on technical_event to looks',
  ],
  kestrel_data: [
    'create table invoice (tenant_id text not null, number int not null, total numeric)',
    'alter table invoice enable row level security',
    'alter table invoice force row level security',
    `create policy tenant on invoice using (tenant_id = current_setting('app.tenant', true))`,
    'create table delivery (tenant_id text not null, number int not null)',
    'alter table delivery enable row level security',
    'alter table delivery force row level security',
    `create policy tenant on delivery using (tenant_id = current_setting('app.tenant', true))`,
  ],
  kestrel_app: [
    account,
    'create table reset_token (token_hash bytea, created_at timestamptz default now(), expires_at timestamptz)',
    'create table api_token (token_hash bytea, created_at timestamptz default now(), expires_at timestamptz)',
    'create table audit (object_id uuid, action text)',
    // The oldest are older than Kestrel promises to keep them: this promise is broken on purpose.
    `insert into account (password_hash, made_at)
       select '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA', now() - make_interval(months => n) from generate_series(1, 27) n`,
    `insert into audit select id, 'user.created' from account`,
    `insert into reset_token (token_hash, expires_at) values (sha256('a'), now() + interval '30 minutes')`,
    `insert into api_token (token_hash, expires_at) values (sha256('b'), now() + interval '90 days')`,
    'reset role',
    'create schema art32 authorization keeper',
    'set role keeper',
    `create view art32.password as
       select coalesce(substring(password_hash from '^(\\$argon2[a-z]*\\$v=\\d+\\$[a-z0-9=,]+\\$)'), 'other') as form
         from account where password_hash is not null`,
    `create view art32.reset_token as
       select created_at, expires_at, pg_typeof(token_hash) || ':' || octet_length(token_hash) as form from reset_token`,
    `create view art32.api_token as
       select created_at, expires_at, pg_typeof(token_hash) || ':' || octet_length(token_hash) as form from api_token`,
    `create view art32.lifecycle as
       select 'user' as kind,
         exists (select from audit where audit.object_id = account.id and audit.action = 'user.created') as recorded
         from account`,
    `create view art32.retention as
       select 'account' as kind, interval '730 days' as kept, min(made_at) as oldest,
         count(*) filter (where made_at < now() - interval '730 days') as overdue
         from account`,
    'grant usage on schema art32 to looks',
    'grant select on all tables in schema art32 to looks',
    'grant select (id) on account to tests',
  ],
  kestrel_test: [
    account,
    'insert into account (made_at) select now() from generate_series(1, 50)',
    'grant select (id) on account to tests',
  ],
}
