-- What changed between two looks. A state of facts is kept once, by its hash, for as long as facts are kept.
create table fact_content (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  -- Sealed; null where their time is over and only the hash is left.
  facts bytea,
  seen_at timestamptz not null
);
create index fact_content_seen on fact_content (seen_at) where facts is not null;

-- The state in which each part of what a connection sees was seen last, and the one that a person approved last.
create table fact_part (
  connection_id uuid not null,
  part text not null,
  hash text not null references fact_content,
  approved_hash text references fact_content,
  approved_at timestamptz,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (connection_id, part)
);

create table fact_change (
  id uuid primary key,
  system_id uuid not null references system,
  connection_id uuid not null,
  connector text not null,
  part text not null,
  -- Null where the part was seen for the first time, and a check compares it with what is approved.
  before_hash text references fact_content,
  after_hash text not null references fact_content,
  -- When the state before was seen last.
  earlier_at timestamptz,
  at timestamptz not null,
  -- How many differences.
  size int not null check (size >= 0),
  state text not null default 'open' check (state in ('open', 'approved', 'undone')),
  approved_by uuid,
  approved_at timestamptz,
  note text,
  ticket text
);
create index fact_change_system on fact_change (system_id, at desc);
create index fact_change_at on fact_change (at desc, id);
create index fact_change_open on fact_change (connection_id, part) where state = 'open';

-- Systems of which the facts of another one tell, and what a person said about each.
create table discovered (
  id uuid primary key,
  told_by uuid not null references system,
  connection_id uuid not null,
  -- The group of facts that told of it.
  part text not null,
  kind text not null,
  key text not null,
  name text not null,
  found_at timestamptz not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  state text not null default 'open' check (state in ('open', 'declared', 'out-of-scope')),
  system_id uuid references system,
  reason text,
  settled_by uuid,
  settled_at timestamptz,
  unique (connection_id, kind, key),
  check ((state = 'declared') = (system_id is not null)),
  check ((state = 'out-of-scope') = (reason is not null))
);
create index discovered_told on discovered (told_by);

-- By what a verdict came about, so that it can be computed again: the code of the check, the instant, the approved state.
alter table outcome
  add column judged_at timestamptz,
  add column check_digest text,
  add column baseline text,
  -- Judged anew since, from the same facts by another version of the check.
  add column superseded boolean not null default false;

alter table run drop constraint run_state_check,
  add constraint run_state_check check (state in ('queued', 'running', 'done', 'interrupted', 'cancelled')),
  -- Connections that are looked at right now.
  add column looking uuid[] not null default '{}',
  -- How often it went on by itself after art32 was killed.
  add column resumed int not null default 0;
create index run_requested on run (requested_at desc);

grant select, insert, update, delete on fact_content, fact_part, fact_change, discovered to art32_application;
