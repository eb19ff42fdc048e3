-- What people say about the world: that they saw an incident of a platform, what a check may take as declared, and whose an
-- account is. None of it is a verdict; checks judge with it.

-- Incidents of platforms in use, from the first look that saw each. What the platform says of it stays among the facts.
create table platform_incident (
  id uuid primary key,
  system_id uuid not null references system,
  incident text not null check (length(incident) between 1 and 300),
  seen_at timestamptz not null,
  acknowledged_at timestamptz,
  role text,
  note text,
  account_id uuid,
  unique (system_id, incident),
  check ((acknowledged_at is null) = (role is null))
);

-- A day is too long where an incident has to be acknowledged within one.
update connection set every = 'PT3H' where connector = 'status' and every = 'P1D';

-- Parameters of checks: of one system, or of all. Empty: what the check takes by itself.
create table parameter (
  id uuid primary key,
  check_id text not null,
  system_id uuid references system,
  given jsonb not null,
  reason text not null,
  role text not null,
  account_id uuid,
  at timestamptz not null
);
create unique index parameter_place on parameter (check_id, coalesce(system_id, '00000000-0000-0000-0000-000000000000'));

-- What was declared for an outcome.
alter table outcome add column declared jsonb not null default '{}';

-- Who works here, as far as accounts are matched to people.
create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 254),
  position text,
  left_on date,
  created_at timestamptz not null
);
create unique index person_email on person (lower(email));

-- Whose an account on a system is: a person's, or a program's with somebody who answers for it.
create table account_holder (
  id uuid primary key,
  system_id uuid not null references system,
  account text not null check (length(account) between 1 and 300),
  person_id uuid references person on delete cascade,
  owner text,
  reason text,
  account_id uuid,
  at timestamptz not null,
  unique (system_id, account),
  check (person_id is null or (owner is null and reason is null))
);
create index account_holder_person on account_holder (person_id);

grant select, insert, update, delete on platform_incident, parameter, person, account_holder to art32_application;
