-- Apps and services of the organisation: what their privacy notices are made of, the notices published, and the rules by which
-- personal data are deleted, with what each run reported.

create table notice_app (
  id uuid primary key,
  -- The end of the public address; never used twice, so that a link never leads to another app.
  slug text not null unique,
  -- Everything that the law wants told, as data.
  facts jsonb not null,
  -- How far the review of what is published was told: 1 soon, 2 over.
  told smallint not null default 0,
  -- The last day on which what is published counts as looked at; null: nothing is published.
  review_due date,
  revision int not null default 1,
  ended_at timestamptz,
  changed_at timestamptz not null
);

-- What was published: never changed, and shown as it was said then.
create table notice_version (
  id uuid primary key,
  app_id uuid not null references notice_app,
  number int not null,
  role text not null,
  at timestamptz not null,
  -- Facts and the sentences made of them, in both languages.
  content jsonb not null,
  -- What the law wants and was missing, as codes, and why it was published all the same.
  missing text[] not null default '{}',
  reason text not null default '',
  commitment bytea not null,
  unique (app_id, number)
);

-- What is deleted, by which run.
create table deletion_rule (
  id uuid primary key,
  app_id uuid not null references notice_app,
  -- The key of a category of data among the app's facts: its period stands there, and nowhere else.
  category text not null,
  name text not null,
  -- A run is due so often, and counts as missed after so much more.
  every_hours int not null check (every_hours between 1 and 8784),
  grace_hours int not null check (grace_hours between 0 and 2208),
  -- Who is told.
  owner_account uuid,
  -- From here on the first run is awaited.
  since timestamptz not null,
  -- Of which due moment was told, and how far: 1 due, 2 overdue.
  told_for timestamptz,
  told smallint not null default 0,
  revision int not null default 1,
  ended_at timestamptz
);
create index deletion_rule_app on deletion_rule (app_id) where ended_at is null;

-- What a run said of itself: numbers and words of closed lists, never anything about a person.
create table deletion_run (
  id uuid primary key,
  rule_id uuid not null references deletion_rule,
  ran_at timestamptz not null,
  reported_at timestamptz not null,
  role text not null,
  outcome text not null check (outcome in ('done', 'partial', 'failed', 'not-looked')),
  examined bigint not null check (examined >= 0),
  deleted bigint not null check (deleted >= 0),
  -- Kept, by why: numbers by words of a closed list.
  kept jsonb not null,
  errors bigint not null check (errors >= 0),
  cause text,
  commitment bytea not null,
  -- A run that is reported twice is one run.
  unique (rule_id, ran_at)
);

grant select, insert, update on notice_app, deletion_rule to art32_application;
grant select, insert on notice_version, deletion_run to art32_application;
