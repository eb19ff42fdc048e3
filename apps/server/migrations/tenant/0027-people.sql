-- People at the tenant: when they came and go, what they signed and learned, what was handed to them, and the lists that are
-- worked off when somebody joins, moves or leaves. A person need not be a member; their record goes with their row.
alter table person
  add column kind text not null default 'employee' check (kind in ('employee', 'freelancer', 'other')),
  -- The part of the organisation that they work in, such as "Development": courses are asked of some of them only.
  add column area text check (length(area) between 1 and 100),
  add column joined_on date,
  -- The member whose record it is; set by somebody who may write records, never by an address alone.
  add column account_id uuid unique,
  add check (joined_on is null or left_on is null or joined_on <= left_on);

-- Somebody does something else from a day on.
create table person_move (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  moved_on date not null,
  position_before text,
  position_after text,
  area_before text,
  area_after text,
  account_id uuid,
  at timestamptz not null
);
create index person_move_person on person_move (person_id);

-- Somebody was bound to confidentiality. Taken back by its own columns, never edited; the signed paper is an evidence file.
create table confidentiality (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  signed_on date not null,
  note text not null default '',
  account_id uuid,
  role text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create index confidentiality_person on confidentiality (person_id);

-- What people are trained in. A key names the course that comes with art32; without one, others teach it.
create table course (
  id uuid primary key,
  key text unique,
  title text not null check (length(title) between 1 and 200),
  valid_months int not null check (valid_months between 1 and 60),
  -- Of whom it is asked; none: of everybody.
  areas text[] not null,
  required boolean not null,
  retired_at timestamptz,
  created_at timestamptz not null
);

-- One try at the questions of a course: what was asked in which order, so that nobody but the server knows the answers.
create table quiz_attempt (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  course_id uuid not null references course,
  language text not null check (language in ('en', 'de')),
  asked jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  correct int
);
create index quiz_attempt_person on quiz_attempt (person_id, course_id, started_at);

-- Somebody completed a course: by its questions, or by a certificate of another provider.
create table training (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  course_id uuid not null references course,
  source text not null check (source in ('quiz', 'certificate')),
  completed_on date not null,
  -- The last day on which it counts.
  expires_on date not null,
  correct int,
  asked int,
  provider text not null default '',
  account_id uuid,
  role text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  check (expires_on >= completed_on)
);
create index training_person on training (person_id, course_id);

-- Lists of the tenant's own for when somebody joins, moves or leaves.
create table checklist_template (
  id uuid primary key,
  kind text not null check (kind in ('joiner', 'mover', 'leaver')),
  title text not null,
  items jsonb not null,
  created_at timestamptz not null
);

create table checklist (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('joiner', 'mover', 'leaver')),
  title text not null,
  -- The day that the due days are counted from.
  from_on date not null,
  account_id uuid,
  started_at timestamptz not null
);
create index checklist_person on checklist (person_id);

create table checklist_item (
  id uuid primary key,
  checklist_id uuid not null references checklist on delete cascade,
  place int not null,
  text text not null,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'done', 'not-needed')),
  done_on date,
  account_id uuid,
  at timestamptz,
  note text not null default '',
  check ((state = 'done') = (done_on is not null)),
  unique (checklist_id, place)
);
create index checklist_item_open on checklist_item (due_on) where state = 'open';

-- What is handed to people and comes back: devices, keys, cards.
create table item (
  id uuid primary key,
  kind text not null check (kind in ('device', 'key', 'card', 'token', 'other')),
  label text not null check (length(label) between 1 and 200),
  -- The number on it; two things of a kind do not have the same one.
  number text not null default '',
  retired_at timestamptz,
  retired_reason text,
  created_at timestamptz not null
);
create unique index item_number on item (kind, lower(number)) where number <> '' and retired_at is null;

create table handover (
  id uuid primary key,
  item_id uuid not null references item,
  person_id uuid not null references person on delete cascade,
  issued_on date not null,
  issued_by uuid,
  returned_on date,
  returned_by uuid,
  note text not null default '',
  check (returned_on >= issued_on)
);
create unique index handover_open on handover (item_id) where returned_on is null;
create index handover_person on handover (person_id);

-- A signatory says that a measure is kept by these records; what the records say anew each day stands in `attestation`.
create table person_sign_off (
  catalogue_id text primary key,
  id uuid not null unique,
  account_id uuid,
  role text not null,
  at timestamptz not null,
  fresh_until timestamptz not null,
  commitment bytea not null
);

-- Of what people were reminded, and when.
create table person_reminder (
  about_id uuid not null,
  kind text not null check (kind in ('agreement', 'training', 'checklist', 'return', 'sign-off')),
  day date not null,
  primary key (about_id, kind, day)
);

-- Whose record is deleted, their papers go, too: they are detached, and what belongs to nothing is taken away.
grant delete on evidence_use to art32_application;


grant select, insert, update, delete on person_move, confidentiality, course, quiz_attempt, training, checklist_template, checklist,
  checklist_item, item, handover, person_sign_off, person_reminder to art32_application;
