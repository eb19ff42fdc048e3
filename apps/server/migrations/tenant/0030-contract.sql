-- Customers as controllers, the agreements with them, what happens under these, and what customers are told.

create table customer (
  id uuid primary key,
  name text not null,
  -- The tenant's own number for it; empty: none.
  reference text not null default '',
  address text not null default '',
  -- Who is told; null: nobody by mail.
  contact_name text not null default '',
  contact_email text,
  language text not null check (language in ('en', 'de')),
  -- Art. 30(2)(a): the controller's representative and data protection officer.
  representative text not null default '',
  dpo text not null default '',
  revision int not null default 1,
  created_at timestamptz not null
);
create unique index customer_reference on customer (lower(reference)) where reference <> '';
create index customer_order on customer (lower(name), id);

create table contract (
  id uuid primary key,
  customer_id uuid not null references customer,
  title text not null,
  valid_from date not null,
  -- The last day; null: until it is ended.
  valid_until date,
  -- The number of the edition that was agreed; null: none yet. Numbers are never used twice.
  edition int,
  -- The periods that the agreement names.
  sub_processor_days int not null check (sub_processor_days between 0 and 366),
  measure_days int not null check (measure_days between 0 and 366),
  incident_hours int not null check (incident_hours between 1 and 720),
  forward_days int not null check (forward_days between 0 and 30),
  return_days int not null check (return_days between 0 and 366),
  -- Whether silence within the period agrees to a new edition.
  silence_consents boolean not null default false,
  -- Catalogue measures whose promise rests on this very agreement.
  measures text[] not null default '{}',
  -- A signatory says that it is signed by both sides.
  confirmed_at timestamptz,
  confirmed_role text,
  ended_on date,
  ended_reason text not null default '',
  -- How far its last day was told: 1 soon, 2 over. Only ever more, until it is prolonged.
  told smallint not null default 0,
  revision int not null default 1,
  created_at timestamptz not null,
  check (valid_until is null or valid_until >= valid_from)
);
create index contract_customer on contract (customer_id, valid_from);

-- What happens under an agreement: an instruction, a request passed on, an audit, more than the default, the end.
create table contract_matter (
  id uuid primary key,
  contract_id uuid not null references contract,
  kind text not null check (kind in ('instruction', 'request', 'audit', 'allowance', 'return')),
  state text not null,
  opened_on date not null,
  due_on date,
  closed_on date,
  -- An audit room; it may be gone.
  room_id uuid,
  -- What its records say together.
  said jsonb not null,
  -- How far its due day was told: 1 due, 2 overdue.
  told smallint not null default 0,
  created_at timestamptz not null
);
create index contract_matter_contract on contract_matter (contract_id, opened_on);
create index contract_matter_due on contract_matter (due_on) where closed_on is null;

-- Records of it: never changed.
create table contract_step (
  id uuid primary key,
  matter_id uuid not null references contract_matter,
  state text not null,
  on_day date not null,
  said jsonb not null,
  role text not null,
  at timestamptz not null
);
create index contract_step_matter on contract_step (matter_id, at);

-- Something that customers are told, with the period of each agreement.
create table announcement (
  id uuid primary key,
  kind text not null check (kind in ('measures', 'sub-processor', 'other')),
  title text not null,
  body text not null,
  -- The publication that promises less, and its number once that is known; null: something else.
  edition_id uuid,
  edition int,
  effective_on date,
  role text not null,
  made_at timestamptz not null,
  -- When it was made one notice for each agreement; null: not yet.
  spread_at timestamptz
);

create table announcement_notice (
  id uuid primary key,
  announcement_id uuid not null references announcement,
  contract_id uuid not null references contract,
  -- The number of the edition that the new one is compared with.
  before int,
  days int not null,
  state text not null check (state in ('waiting', 'on-its-way', 'sent', 'refused', 'lost', 'by-hand')),
  claimed_until timestamptz,
  -- Where it went.
  address text,
  sent_on date,
  sent_at timestamptz,
  -- The last day to object.
  object_by date,
  outcome text check (outcome in ('accepted', 'objected', 'silent')),
  outcome_on date,
  outcome_text text not null default '',
  settled_on date,
  settlement text not null default '',
  unique (announcement_id, contract_id)
);
create index announcement_notice_contract on announcement_notice (contract_id);
create index announcement_notice_waiting on announcement_notice (state) where state in ('waiting', 'on-its-way');
create index announcement_notice_open on announcement_notice (object_by) where outcome is null;

-- Where customers write to object; no row: nobody said.
create table announcement_setting (
  id smallint primary key check (id = 1),
  contact text not null
);

-- Records of processing activities (Art. 30): who we are, what we do, and versions of both that never change.
create table processing_setting (
  id smallint primary key check (id = 1),
  said jsonb not null
);

create table processing_activity (
  id uuid primary key,
  -- On whose behalf: our own as controller, or for customers as processor.
  role text not null check (role in ('controller', 'processor')),
  name text not null,
  said jsonb not null,
  template text,
  revision int not null default 1,
  ended_at timestamptz,
  changed_at timestamptz not null
);

create table processing_version (
  id uuid primary key,
  number int not null unique,
  role text not null,
  at timestamptz not null,
  review_due date not null,
  -- All of it, in both languages where there are two.
  content jsonb not null,
  commitment bytea not null
);

grant select, insert, update, delete on customer, contract, announcement, announcement_setting, processing_setting, processing_activity to art32_application;
grant select, insert, update on contract_matter, announcement_notice to art32_application;
grant select, insert on contract_step, processing_version to art32_application;

