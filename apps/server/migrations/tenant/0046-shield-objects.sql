-- A bucket of an object store, and who asks it. What is removed stays as a name for the jobs that it had, without its key.
create table shield_store (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  endpoint text not null check (length(endpoint) <= 300),
  region text not null,
  bucket text not null,
  addressing text not null check (addressing in ('path', 'host')),
  -- The access key, sealed; empty: it was left behind with another installation, or removed.
  settings bytea not null,
  added_at timestamptz not null,
  removed_at timestamptz
);
create unique index shield_store_name on shield_store (name) where removed_at is null;

-- A folder of objects that goes through the shield into another folder.
create table shield_job (
  id uuid primary key,
  store_id uuid not null references shield_store,
  plan_id uuid not null references shield_plan,
  input text not null check (length(input) between 1 and 1024),
  output text not null check (length(output) between 1 and 1024),
  -- listing: its objects are being found; stopped: somebody has to do something first.
  state text not null check (state in ('listing', 'running', 'stopped', 'done', 'cancelled')),
  -- A code: why it stopped, or waits.
  problem text,
  -- How often it waited for the store since the last object that went through.
  waits int not null default 0,
  -- Of the object that is read just now.
  at_key text,
  at_bytes bigint,
  -- The sum of the reports: numbers and the names of columns.
  report jsonb,
  started_by uuid,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index shield_job_started on shield_job (started_at desc, id);

-- One object of a job: done whole or not at all.
create table shield_object (
  job_id uuid not null references shield_job on delete cascade,
  key text not null,
  -- What was found when the job began: other bytes are not read.
  etag text not null,
  bytes bigint not null check (bytes >= 0),
  output_key text not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  -- Chosen once, so that what is begun again gives the same bytes; in hexadecimal.
  document text not null check (document ~ '^[0-9a-f]+$'),
  -- An upload that was begun and neither finished nor abandoned.
  upload text,
  -- A code, and what its sentence names.
  problem text,
  problem_about jsonb,
  -- SHA-256 of the output, in hexadecimal.
  sha256 text,
  -- art32.shield-report/1.
  report jsonb,
  done_at timestamptz,
  primary key (job_id, key)
);
create index shield_object_state on shield_object (job_id, state, key);

grant select, insert, update, delete on shield_store, shield_job, shield_object to art32_application;
