-- The register: documents that were read, their statements, and the measure behind each statement.

create table membership (
  account_id uuid primary key,
  role text not null check (role in ('owner', 'editor', 'signatory', 'dpo', 'member')),
  since timestamptz not null
);

create table document (
  id uuid primary key,
  name text not null,
  title text,
  format text not null,
  language text not null check (language in ('en', 'de')),
  sha256 bytea not null check (octet_length(sha256) = 32),
  words int not null,
  pages int,
  dated text,
  version text,
  state text not null check (state in ('draft', 'register', 'replaced')),
  origin text not null check (origin in ('upload', 'release')),
  coverage jsonb not null,
  faults jsonb not null,
  read_at timestamptz not null
);
create unique index document_one_register on document (state) where state = 'register';

create table statement (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  position double precision not null,
  line int not null,
  page int,
  section text not null,
  level int,
  text text not null,
  type text not null check (type in ('measure', 'heading', 'commitment', 'note', 'meta')),
  status text not null check (status in ('in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable')),
  nature text check (nature in ('technical', 'organisational')),
  parameters jsonb not null default '{}',
  systems jsonb not null default '[]',
  cadence jsonb,
  sure boolean not null,
  unique (document_id, position)
);

create table measure (
  id uuid primary key,
  statement_id uuid not null unique references statement on delete cascade,
  owner text,
  guarantor text not null default 'us' check (guarantor in ('us', 'processor', 'customer')),
  scope uuid[] not null default '{}',
  cadence text,
  visibility text not null default 'public' check (visibility in ('public', 'customers', 'auditors')),
  ignored text,
  revision int not null default 1
);

create table mapping (
  measure_id uuid not null references measure on delete cascade,
  catalogue_id text not null,
  confidence real not null check (confidence between 0 and 1),
  confirmed_by text check (confirmed_by in ('person', 'release')),
  confirmed_account uuid,
  confirmed_at timestamptz,
  confirmation bytea,
  primary key (measure_id, catalogue_id),
  check ((confirmed_by is null) = (confirmed_at is null))
);

-- The best-known outcome of each check on each system: what a measure's assurance is computed from.
create table backing (
  check_id text not null,
  system_id uuid not null,
  state text not null check (state in ('pass', 'fail', 'info', 'not-evaluated', 'not-applicable')),
  reason text,
  looked_at timestamptz not null,
  failing_since timestamptz,
  at timestamptz not null,
  fresh_until timestamptz not null,
  parameters text not null,
  outcome bytea not null,
  primary key (check_id, system_id, parameters)
);

grant select, insert, update, delete on membership, document, statement, measure, mapping, backing to art32_application;
