-- Incidents: what happened, what was decided about it and by when, who was told and when, with every reason.

create table incident_setting (
  id smallint primary key check (id = 1),
  -- The supervisory authority of the establishment, by its id in the directory.
  authority text,
  -- Who answers questions of authorities and people (Art. 33(3)(b)).
  contact text not null default '',
  -- Whether the public page has the form.
  form_open boolean not null default true
);

create table incident (
  id uuid primary key,
  number int not null unique,
  title text not null,
  description text not null default '',
  source text not null check (source in ('person', 'form', 'finding', 'processor', 'drill')),
  -- The key of a finding, or what the processor calls it.
  source_ref text,
  state text not null check (state in ('reported', 'open', 'closed')),
  severity text check (severity in ('low', 'medium', 'high', 'critical')),
  language text not null check (language in ('en', 'de')),
  -- How to reach who reported it by the public form, where they said so.
  reporter text,
  reported_by uuid,
  reported_at timestamptz not null,
  triaged_at timestamptz,
  -- When it became known with reasonable certainty that there may be a breach: every clock begins here.
  aware_at timestamptz,
  role text check (role in ('controller', 'processor', 'both')),
  breach boolean,
  breach_kinds text[] not null default '{}',
  breach_reason text not null default '',
  breach_at timestamptz,
  risk text check (risk in ('none', 'risk', 'high')),
  risk_reason text not null default '',
  risk_at timestamptz,
  authority text,
  -- Whether the people are told, or why not.
  people text check (people in ('tell', 'not-high', 'unintelligible', 'no-longer-likely', 'disproportionate')),
  people_reason text not null default '',
  people_at timestamptz,
  facts jsonb not null default '{}',
  -- Said on the public page.
  public_text text,
  public_at timestamptz,
  review text not null default '',
  closed_at timestamptz,
  created_at timestamptz not null
);
create index incident_state on incident (state, reported_at);

-- What happened in the course of the case, in the order in which it was written down; only ever more.
create table incident_entry (
  id uuid primary key,
  incident_id uuid not null references incident,
  kind text not null,
  text text not null default '',
  happened_at timestamptz not null,
  at timestamptz not null,
  account_id uuid
);
create index incident_entry_of on incident_entry (incident_id, at);

create table incident_task (
  id uuid primary key,
  incident_id uuid not null references incident,
  title text not null,
  assignee uuid,
  due_at timestamptz,
  done_at timestamptz,
  made_at timestamptz not null
);

create table incident_role (
  incident_id uuid not null references incident,
  role text not null check (role in ('lead', 'deputy', 'technical', 'communication', 'legal')),
  account_id uuid not null,
  primary key (incident_id, role)
);

-- Controllers for whom the tenant processes, until contracts name them.
create table incident_controller (
  id uuid primary key,
  name text not null unique,
  contact text not null,
  language text not null check (language in ('en', 'de')),
  -- Hours of the contract; null: it names none.
  clock_hours int check (clock_hours between 1 and 720),
  -- The customer whose agreement says this; null: written down here by somebody.
  customer_id uuid unique,
  ended_at timestamptz
);

create table incident_affected (
  incident_id uuid not null references incident,
  controller_id uuid not null references incident_controller,
  primary key (incident_id, controller_id)
);

-- Who was told what, when and how: never changed but for what became of it on its way.
create table incident_notice (
  id uuid primary key,
  incident_id uuid not null references incident,
  recipient text not null check (recipient in ('authority', 'controller', 'people')),
  controller_id uuid references incident_controller,
  phase int not null check (phase > 0),
  -- How: a letter of art32, or what somebody did by hand.
  way text not null check (way in ('letter', 'portal', 'mail', 'post', 'phone', 'publication', 'drill')),
  state text not null check (state in ('queued', 'sending', 'delivered', 'refused', 'unknown')),
  -- What was said, with the facts of that moment.
  content jsonb not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  reference text not null default '',
  delay_reason text not null default '',
  made_at timestamptz not null,
  -- When it was told: for a letter, when the mail server of the way took it.
  told_at timestamptz,
  told_by uuid
);
create index incident_notice_of on incident_notice (incident_id, made_at);

-- Up to which point of which clock it was reminded of.
create table incident_told (
  incident_id uuid not null references incident,
  clock text not null,
  point text not null,
  at timestamptz not null,
  primary key (incident_id, clock, point)
);

-- Links by which somebody outside reads a case, for a time.
create table incident_link (
  id uuid primary key,
  incident_id uuid not null references incident,
  label text not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  made_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  uses int not null default 0
);

-- What is done so that it does not happen again, and the duty that sees to it.
create table incident_lesson (
  id uuid primary key,
  incident_id uuid not null references incident,
  text text not null,
  duty_id uuid references duty,
  made_at timestamptz not null
);

grant select, insert, update, delete on incident_setting, incident_role, incident_affected to art32_application;
grant select, insert, update on incident, incident_task, incident_controller, incident_notice, incident_link to art32_application;
-- An account that is erased is emptied from what it wrote; nothing else of that changes.
grant select, insert, update (account_id) on incident_entry to art32_application;
grant select, insert on incident_told, incident_lesson to art32_application;
