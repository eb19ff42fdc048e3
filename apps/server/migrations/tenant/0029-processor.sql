-- Processors: who processes for the tenant (Art. 28 GDPR), on what contract, and what they vouch for.
create table processor_setting (
  id smallint primary key check (id = 1),
  -- Whether the public page lists sub-processors.
  is_public boolean not null,
  -- How many days before it holds a change is announced where no contract says otherwise.
  notice_days int not null check (notice_days between 1 and 365)
);

create table processor (
  id uuid primary key,
  -- The processor that engages this one; null: the tenant or its customer does.
  parent_id uuid references processor deferrable initially deferred,
  name text not null,
  address text not null,
  -- Whom to turn to: a function, a person where there is one, a page or mailbox.
  contact_function text not null,
  contact_name text not null,
  contact_at text not null,
  purpose text not null,
  services text not null,
  data_categories text[] not null,
  -- Country codes, ISO 3166-1.
  places text[] not null,
  place_note text not null,
  transfer text not null check (transfer in
    ('none', 'adequacy', 'dpf', 'scc', 'bcr', 'code', 'certification', 'ad-hoc', 'derogation')),
  transfer_note text not null,
  -- Whose contract it is: in a customer's tenant the platform may be the customer's.
  contract_of text not null check (contract_of in ('us', 'customer')),
  -- Pages of the processor's own, by what they are.
  links jsonb not null,
  template text,
  state text not null check (state in ('planned', 'active', 'ended')),
  -- Since when, and until when, it processes.
  since date,
  ended_on date,
  is_public boolean not null,
  duty_id uuid,
  revision int not null,
  created_at timestamptz not null
);
create index processor_parent on processor (parent_id);

create table processor_agreement (
  id uuid primary key,
  processor_id uuid not null references processor,
  title text not null,
  valid_from date not null,
  -- The last day; null: until it is ended.
  valid_until date,
  ended_at timestamptz,
  ended_reason text not null default '',
  check (valid_until is null or valid_until >= valid_from)
);
create index processor_agreement_of on processor_agreement (processor_id);

-- What speaks for a processor: a certificate, which expires, or a report, which is about a period.
create table processor_proof (
  id uuid primary key,
  processor_id uuid not null references processor,
  standard text not null,
  form text not null check (form in ('certificate', 'report')),
  title text not null,
  issuer text not null,
  scope text not null,
  -- Certificate: first and last day. Report: the period; with the same day twice it is of one day.
  from_on date not null,
  until_on date not null,
  -- How many months a report counts after its period; 0 for a certificate.
  counts_months int not null check (counts_months between 0 and 15),
  -- The last day that a bridge letter speaks of.
  bridge_until date,
  withdrawn_at timestamptz,
  withdrawn_reason text not null default '',
  check (until_on >= from_on),
  check (form = 'report' or (counts_months = 0 and bridge_until is null))
);
create index processor_proof_of on processor_proof (processor_id);

-- What a report leaves to its reader: each is answered for by the tenant.
create table processor_control (
  id uuid primary key,
  proof_id uuid not null references processor_proof,
  position int not null,
  text text not null,
  -- The line of the register that answers it.
  statement_id uuid,
  answer text not null,
  answered_at timestamptz
);
create index processor_control_of on processor_control (proof_id);

-- Which measures a processor guarantees: in every line of a catalogue measure, or in one line.
create table processor_guarantee (
  id uuid primary key,
  processor_id uuid not null references processor,
  catalogue_id text not null,
  statement_id uuid,
  -- Who does what.
  by_processor text not null,
  by_us text not null,
  by_customer text not null
);
create unique index processor_guarantee_once
  on processor_guarantee (processor_id, catalogue_id, statement_id) nulls not distinct;

-- The processor's own document of measures, one row for each time that it was filed.
create table processor_document (
  id uuid primary key,
  processor_id uuid not null references processor,
  name text not null,
  sha256 text not null,
  origin text not null check (origin in ('upload', 'fetched')),
  statements jsonb not null,
  -- Against the one before: what came and what went.
  added jsonb not null,
  removed jsonb not null,
  read_at timestamptz not null
);
create index processor_document_of on processor_document (processor_id, read_at);

create table processor_watch (
  processor_id uuid primary key references processor,
  address text not null,
  next_at timestamptz not null,
  looked_at timestamptz,
  -- Null: not looked yet. What could not be looked at is neither changed nor unchanged.
  outcome text check (outcome in ('unchanged', 'changed', 'first', 'not-looked')),
  reason text,
  -- Of what was there last.
  sha256 text
);

-- A change that customers are told before it holds.
create table processor_change (
  id uuid primary key,
  kind text not null check (kind in ('add', 'replace', 'remove')),
  processor_id uuid not null references processor,
  -- For a replacement: who goes.
  replaces_id uuid references processor,
  reason text not null,
  announced_at timestamptz not null,
  holds_from date not null,
  state text not null check (state in ('announced', 'held', 'withdrawn')),
  settled_at timestamptz,
  settled_reason text not null default '',
  check ((kind = 'replace') = (replaces_id is not null))
);
create unique index processor_change_open on processor_change (processor_id) where state = 'announced';

-- Who was told of a change, under which id of a letter. Nobody's name or address.
create table processor_delivery (
  change_id uuid not null references processor_change,
  subscriber_id uuid not null,
  mail_id text not null,
  outcome text not null check (outcome in ('taken', 'refused', 'interrupted')),
  at timestamptz not null,
  -- The last day on which they can object.
  object_until date not null,
  primary key (change_id, subscriber_id)
);

create table processor_objection (
  id uuid primary key,
  change_id uuid not null references processor_change,
  -- The customer who objects, as the tenant calls it.
  customer text not null,
  grounds text not null,
  received_on date not null,
  -- Until when it could be raised, and whether it was in time.
  object_until date not null,
  outcome text check (outcome in ('upheld', 'remedied', 'rejected', 'withdrawn')),
  outcome_reason text not null default '',
  decided_at timestamptz
);
create index processor_objection_of on processor_objection (change_id);

-- Of what people were told, so that it is told once.
create table processor_told (
  processor_id uuid not null references processor,
  -- The agreement or the proof, and the day on which it runs out.
  about_id uuid not null,
  until_on date not null,
  stage text not null check (stage in ('soon', 'lapsed')),
  primary key (about_id, until_on, stage)
);

-- What a processor stands behind: what a measure's assurance is computed from, beside checks and sign-offs.
create table guarantee (
  id uuid primary key,
  source_id uuid not null,
  catalogue_id text not null,
  -- The one line that it is about; null: every line of the measure.
  statement_id uuid,
  processor text not null,
  contract_of text not null check (contract_of in ('us', 'customer')),
  title text not null,
  by_processor text not null,
  by_us text not null,
  by_customer text not null,
  -- Of the agreement and a report or certificate; nothing: not all of it is on file.
  given_at timestamptz,
  commitment bytea,
  fresh_until timestamptz,
  check ((given_at is null) = (commitment is null) and (given_at is null) = (fresh_until is null))
);
create index guarantee_source on guarantee (source_id);

-- Readers can follow changes of processors.
alter table subscription_request drop constraint subscription_request_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors'] and cardinality(topics) > 0);
alter table subscriber drop constraint subscriber_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors'] and cardinality(topics) > 0);
alter table subscription_notice drop constraint subscription_notice_kind_check,
  add check (kind in ('edition', 'lapse', 'processor')),
  alter column edition_id drop not null,
  add column change_id uuid,
  add check ((kind = 'processor') = (change_id is not null) and (kind = 'processor') = (edition_id is null));

grant select, insert, update, delete on processor_setting, processor_guarantee, processor_control, processor_watch,
  guarantee to art32_application;
grant select, insert, update on processor, processor_agreement, processor_proof, processor_change,
  processor_objection to art32_application;
grant select, insert on processor_document, processor_delivery, processor_told to art32_application;
