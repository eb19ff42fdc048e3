-- The root of the keys that pseudonyms are made with. It is of this tenant alone, changes with no other key, and goes with the tenant.
create table shield_key (
  id int primary key default 1 check (id = 1),
  key bytea not null
);

-- What is done with the columns of a file. A version is never changed; the next one stands beside it.
create table shield_plan (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  version int not null check (version > 0),
  -- As people read it: YAML.
  plan text not null,
  -- Of the plan as the report of a run names it, in hexadecimal.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  saved_by uuid,
  saved_at timestamptz not null,
  unique (name, version)
);

-- One file that went through: what was found and done, without any value of it.
create table shield_import (
  id uuid primary key,
  -- Whether the output is kept as a file here, or went back to whoever sent the file.
  kind text not null check (kind in ('import', 'filter')),
  plan_id uuid not null references shield_plan,
  -- Of the output.
  name text not null,
  records bigint not null check (records >= 0),
  bytes_in bigint not null check (bytes_in >= 0),
  bytes_out bigint not null check (bytes_out >= 0),
  -- art32.shield-report/1: numbers and the names of columns.
  report jsonb not null,
  done_by uuid,
  done_at timestamptz not null
);
create index shield_import_done on shield_import (done_at desc, id);

-- What the shield took out of an upload before it was stored, by type; null: nothing was looked for.
alter table evidence_file add column shielded jsonb;
-- Why its names are needed, where who brought it said so.
alter table evidence_file add column names_for text check (length(names_for) between 3 and 500);

grant select, insert, update, delete on shield_key, shield_plan, shield_import to art32_application;
