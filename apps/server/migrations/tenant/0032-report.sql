-- Reports of vulnerabilities: what strangers tell of weaknesses, what becomes of it, and the advisories about it.

-- What the public page promises, and whether the Cyber Resilience Act applies; no row: the usual promise, not decided.
create table report_setting (
  id smallint primary key check (id = 1),
  -- Null: open once an edition is published, and for the installation itself.
  is_open boolean,
  acknowledge_days int not null check (acknowledge_days between 1 and 30),
  disclose_days int not null check (disclose_days between 1 and 365),
  -- What the tenant says to whoever reports: scope, what is allowed, what is not.
  policy text not null default '',
  cra text not null check (cra in ('applies', 'applies-not', 'undecided')),
  cra_reason text not null default '',
  set_at timestamptz not null,
  -- Of the leaf by which somebody answers for the promise, and their role at that moment.
  role text not null,
  commitment bytea not null
);

create table report (
  id uuid primary key,
  -- As people speak of it; never given twice.
  number int not null unique check (number > 0),
  source text not null check (source in ('form', 'workplace')),
  received_at timestamptz not null,
  language text not null check (language in ('en', 'de')),
  title text not null,
  product text not null,
  description text not null,
  -- Of whoever reports; nobody has to say it. Emptied some time after the end.
  name text,
  email text,
  -- How they want to be thanked in an advisory.
  credit text,
  state text not null check (state in
    ('received', 'acknowledged', 'confirmed', 'mended', 'disclosed', 'not-a-vulnerability', 'duplicate')),
  -- The last day on which it is acknowledged in time.
  acknowledge_by date not null,
  acknowledged_at timestamptz,
  mended_at timestamptz,
  closed_at timestamptz,
  -- Checked at the end, since an export brings rows in the order of their ids.
  duplicate_of uuid references report deferrable initially deferred,
  owner_account uuid,
  vector text,
  score numeric(3, 1),
  cve text,
  -- The day on which it is made public, agreed with whoever reported it.
  disclose_on date,
  -- The clock of the Cyber Resilience Act: what it is about, since when the tenant knows, and what was sent when.
  clock text check (clock in ('exploited', 'severe-incident')),
  aware_at timestamptz,
  warned_at timestamptz,
  notified_at timestamptz,
  -- Since when a corrective or mitigating measure is there.
  remedy_at timestamptz,
  final_at timestamptz,
  -- What was told already, so that it is told once.
  told text[] not null default '{}',
  check ((clock is null) = (aware_at is null))
);
create index report_open on report (acknowledge_by) where acknowledged_at is null;

-- The secret link of whoever reported; apart, since it works in this installation only.
create table report_link (
  report_id uuid primary key references report on delete cascade,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  -- Null while the report is open.
  ends_at timestamptz
);

-- What was said: by whoever reported, to them, or among the tenant's own people. Never changed.
create table report_message (
  id uuid primary key,
  report_id uuid not null references report on delete cascade,
  number int not null,
  kind text not null check (kind in ('reporter', 'answer', 'note')),
  account_id uuid,
  text text not null,
  at timestamptz not null,
  unique (report_id, number)
);

-- An advisory: a draft, and every version of it that was published.
create table advisory (
  id uuid primary key,
  tracking_id text not null unique,
  draft jsonb not null,
  report_ids uuid[] not null,
  changed_at timestamptz not null
);

-- A published version; never changed.
create table advisory_version (
  advisory_id uuid not null references advisory,
  number int not null check (number > 0),
  published_at timestamptz not null,
  -- What changed, in a sentence.
  summary text not null,
  content jsonb not null,
  -- The CSAF document, byte for byte as it is given out.
  document text not null,
  -- Of the leaf that records the document.
  commitment bytea not null,
  primary key (advisory_id, number)
);

grant select, insert, update, delete on report_setting, report, report_link, report_message, advisory to art32_application;
grant select, insert on advisory_version to art32_application;

-- Subscribers are told of advisories, too.
alter table subscription_notice drop constraint subscription_notice_kind_check,
  add check (kind in ('edition', 'lapse', 'processor', 'advisory')),
  add column advisory_id uuid,
  add column advisory_number int,
  drop constraint subscription_notice_check,
  add check ((kind = 'processor') = (change_id is not null)
    and (kind = 'advisory') = (advisory_id is not null and advisory_number is not null)
    and (kind in ('edition', 'lapse')) = (edition_id is not null));
create unique index subscription_notice_advisory on subscription_notice (advisory_id, advisory_number);
alter table subscription_request drop constraint subscription_request_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors', 'advisory'] and cardinality(topics) > 0);
alter table subscriber drop constraint subscriber_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors', 'advisory'] and cardinality(topics) > 0);

-- A weakness that is exploited is an incident; its number leads back to the report.
alter table incident drop constraint incident_source_check,
  add check (source in ('person', 'form', 'finding', 'processor', 'report', 'drill'));
create unique index incident_of_report on incident (source_ref) where source = 'report';
