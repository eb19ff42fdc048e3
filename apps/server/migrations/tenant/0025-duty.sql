-- Duties: what people do again and again, when it is due, and who said that it was done.

-- The time zone in which days begin and end; no row: Europe/Berlin.
create table duty_setting (
  id smallint primary key check (id = 1),
  time_zone text not null
);

create table duty (
  id uuid primary key,
  title text not null,
  -- What to do, for whoever does it.
  instruction text not null default '',
  -- The catalogue measure that a sign-off confirms; null: none.
  catalogue_id text,
  rhythm jsonb not null,
  -- An account, or everybody with a role.
  owner_account uuid,
  owner_role text,
  deputy_account uuid,
  -- How many days before it can be done, and how many days after it is not yet missed.
  lead_days int not null check (lead_days between 0 and 366),
  grace_days int not null check (grace_days between 0 and 366),
  four_eyes boolean not null default false,
  -- The fields that whoever signs off fills in.
  form jsonb not null,
  starts_on date not null,
  retired_at timestamptz,
  created_at timestamptz not null,
  check (owner_role in ('owner', 'editor', 'signatory', 'member')),
  check (owner_account is null or owner_role is null)
);

-- One due day of one duty. Made once: not by two processes, and not by a clock that goes back.
create table occurrence (
  id uuid primary key,
  duty_id uuid not null references duty,
  due_on date not null,
  -- The first day on which it could have been done.
  from_on date not null,
  -- The last day on which it counts as done in time.
  last_on date not null,
  -- What it is about where no calendar says when, such as the version of a release.
  label text not null default '',
  -- How far it was told: 1 soon, 2 due, 3 overdue, 4 missed. Only ever more.
  told smallint not null default 0,
  -- What the records say together: kept here so that lists need not read them.
  done_on date,
  done_at timestamptz,
  first_id uuid,
  unique (duty_id, due_on, label)
);
create index occurrence_open on occurrence (due_on) where done_at is null;

-- Records of sign-offs: never changed and never deleted; one is taken back by another.
create table sign_off (
  id uuid primary key,
  occurrence_id uuid not null references occurrence,
  kind text not null check (kind in ('first', 'given', 'withdrawn')),
  -- The record that this one confirms or takes back.
  of_id uuid references sign_off,
  account_id uuid,
  role text not null,
  -- The day on which it was done, apart from when that was written down.
  effective_on date not null,
  at timestamptz not null,
  form jsonb not null,
  reason text not null default '',
  -- Of the leaf that an edition cites; null for a first signature, and without a measure.
  commitment bytea
);
create index sign_off_occurrence on sign_off (occurrence_id, at);
create unique index sign_off_withdrawn_once on sign_off (of_id) where kind = 'withdrawn';

-- Days on which somebody is away and their deputies act.
create table absence (
  id uuid primary key,
  account_id uuid not null,
  from_on date not null,
  until_on date not null,
  check (until_on >= from_on)
);

-- Secret links under which calendars read what is due for somebody.
create table duty_feed (
  account_id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  made_at timestamptz not null
);

grant select, insert, update, delete on duty_setting, absence, duty_feed to art32_application;
grant select, insert, update on duty, occurrence to art32_application;
-- An account that is erased is emptied from its records; nothing else of them changes.
grant select, insert, update (account_id) on sign_off to art32_application;
