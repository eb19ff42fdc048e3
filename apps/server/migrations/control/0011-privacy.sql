-- What ran out is deleted, each run is kept with its counts; a deletion of an account survives a crash.

create table retention_run (
  id uuid primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- How many rows each rule took, over the installation and all tenants.
  counts jsonb not null default '{}',
  -- How many databases were looked through, and how many could not be.
  looked int not null default 0,
  failed int not null default 0
);
create index retention_run_started on retention_run (started_at);

-- Accounts whose deletion has begun. Name and address are needed to find them in the tenants; the row goes with the end.
create table account_closing (
  account_id uuid primary key,
  name text not null,
  email text not null,
  requested_at timestamptz not null,
  -- The tenants in which the person might have emptied a field with their name anyway.
  named_in uuid[] not null default '{}',
  counts jsonb not null default '{}'
);

create index session_expires on session ("expiresAt");
create index verification_expires on verification ("expiresAt");
-- Whatever one account did is found by its actor, to be handed out and to be erased.
create index opening_actor on opening (content) where role = 'actor' and content is not null;

grant select, insert, update, delete on retention_run, account_closing to art32_application;
