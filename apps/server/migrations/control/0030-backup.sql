-- Backups: when each was made and what it holds, where it lies, and what drills found. No tenant content.

-- The secret key to which a tenant's part of a backup is sealed, under the master key. It goes with the tenant.
alter table tenant add column backup_key bytea;

-- When all of this was put back from a backup, until every ledger goes on under a new name.
alter table installation add column restored_at timestamptz;
grant update (restored_at) on installation to art32_application;

create table backup_run (
  id uuid primary key,
  -- Begins the names of its files.
  set_name text not null unique check (set_name ~ '^[0-9]{8}T[0-9]{9}Z$'),
  started_at timestamptz not null,
  -- When all of it was sealed on this machine; null: it is being made, or was not made.
  made_at timestamptz,
  -- When every place had it, or when it was given up.
  ended_at timestamptz,
  -- Why it is not whole, as a code.
  problem text,
  -- Opens this one backup for a drill, under the master key; forgotten after some days.
  drill_key bytea,
  check (problem is null or ended_at is not null)
);
create index backup_run_started on backup_run (started_at);

create table backup_part (
  run_id uuid not null references backup_run on delete cascade,
  -- Null: the control database.
  tenant_id uuid,
  bytes bigint not null check (bytes >= 0),
  rows bigint not null check (rows >= 0),
  -- How many entries its ledger has.
  leaves bigint not null check (leaves >= 0),
  taken_at timestamptz not null,
  -- Why there is none, as a code; then the counts are zero.
  problem text,
  unique nulls not distinct (run_id, tenant_id)
);

create table backup_copy (
  run_id uuid not null references backup_run on delete cascade,
  -- The first place or the second.
  place smallint not null check (place in (1, 2)),
  -- When it lay there whole.
  kept_at timestamptz,
  -- Why the last try failed, as a code.
  problem text,
  -- When it was taken away because its time was over.
  removed_at timestamptz,
  primary key (run_id, place)
);

create table backup_drill (
  id uuid primary key,
  place smallint not null check (place in (1, 2)),
  set_name text,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Whether all of it was restored and is what was backed up.
  passed boolean,
  -- What was found, as codes with the tenant where it is of one.
  findings jsonb not null default '[]',
  databases int not null default 0,
  rows bigint not null default 0,
  -- From the first byte fetched to the last database that answers; and how old what it gave back was.
  rto_ms bigint,
  rpo_ms bigint
);
create index backup_drill_started on backup_drill (started_at);

grant select, insert, update, delete on backup_run, backup_part, backup_copy, backup_drill to art32_application;
