-- Systems, connections, runs, readings, outcomes and findings.

create table system (
  id uuid primary key,
  name text not null unique,
  kind text not null,
  environment text check (environment in ('development', 'test', 'staging', 'production')),
  created_at timestamptz not null
);

create table connection (
  id uuid primary key,
  system_id uuid not null references system,
  connector text not null,
  target text not null,
  settings bytea not null,
  every text not null,
  paused boolean not null default false,
  next_at timestamptz not null,
  created_at timestamptz not null,
  unique (connector, target)
);

create table run (
  id uuid primary key,
  connection_ids uuid[] not null,
  state text not null check (state in ('queued', 'running', 'done', 'interrupted')),
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);

create table reading (
  id uuid primary key,
  run_id uuid not null references run on delete cascade,
  connection_id uuid not null,
  read text not null check (read in ('ok', 'no')),
  why text,
  facts bytea not null,
  facts_hash bytea not null,
  at timestamptz not null,
  unique (run_id, connection_id)
);

create table outcome (
  id uuid primary key,
  run_id uuid not null references run on delete cascade,
  reading_id uuid not null references reading on delete cascade,
  check_id text not null,
  check_version int not null,
  system_id uuid not null references system,
  state text not null check (state in ('pass', 'fail', 'info', 'not-evaluated', 'not-applicable')),
  reason text,
  subjects jsonb not null,
  parameters text not null,
  at timestamptz not null,
  fresh_until timestamptz not null,
  commitment bytea not null
);
create index outcome_current on outcome (check_id, system_id, at desc);
create index outcome_run on outcome (run_id);

create table finding (
  id uuid primary key,
  key text not null unique,
  check_id text not null,
  system_id uuid not null references system,
  subject text not null,
  severity text not null,
  say jsonb not null,
  owner text,
  due date,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  closed_at timestamptz
);

grant select, insert, update, delete on system, connection, run, reading, outcome, finding to art32_application;
