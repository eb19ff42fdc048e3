-- Guidelines: rules for people. The draft is edited; what was approved, reviewed, accepted or withdrawn is a row of its own that
-- nobody edits.
create table guideline (
  id uuid primary key,
  title text not null,
  body text not null,
  language text not null check (language in ('en', 'de')),
  -- The template that it was made from, if any.
  template text,
  -- Ids of the catalogue: the measures that it covers.
  measures text[] not null,
  review_months int not null check (review_months between 1 and 60),
  revision int not null,
  written_by uuid,
  written_at timestamptz not null
);

create table guideline_version (
  id uuid primary key,
  guideline_id uuid not null references guideline,
  number int not null,
  title text not null,
  body text not null,
  measures text[] not null,
  review_months int not null,
  written_by uuid,
  approved_by uuid,
  approved_role text not null,
  -- Whether whoever approved it wrote it, too, as nobody else could have approved it.
  alone boolean not null,
  approved_at timestamptz not null,
  effective_from date not null,
  review_due date not null,
  -- Of the leaf that holds this version.
  commitment bytea not null,
  unique (guideline_id, number)
);

-- Somebody looked at a version again and left it as it is.
create table guideline_review (
  id uuid primary key,
  version_id uuid not null references guideline_version,
  reviewed_by uuid,
  reviewed_role text not null,
  at timestamptz not null,
  review_due date not null
);
create index guideline_review_by_version on guideline_review (version_id, at);

-- A version that holds no more; one withdrawal each.
create table guideline_withdrawal (
  version_id uuid primary key references guideline_version,
  withdrawn_by uuid,
  withdrawn_role text not null,
  at timestamptz not null,
  reason text not null
);

-- Who read and accepted a version.
create table guideline_acceptance (
  version_id uuid not null references guideline_version,
  account_id uuid not null,
  at timestamptz not null,
  primary key (version_id, account_id)
);

-- Of what people were reminded, and when.
create table guideline_reminder (
  version_id uuid not null references guideline_version,
  kind text not null check (kind in ('acceptance', 'review', 'overdue')),
  day date not null,
  primary key (version_id, kind, day)
);

-- How something that people do or hold to stands behind a measure of the catalogue: what a measure's assurance is computed from,
-- beside the outcomes of checks. A signatory's statement is in force for a time; it ends, and another one may follow.
create table attestation (
  id uuid primary key,
  -- What it rests on: the noun of its module and the id there.
  source text not null,
  source_id uuid not null,
  -- The measure of the catalogue.
  catalogue_id text not null,
  title text not null,
  -- Who signed, when, and the leaf that records it; null: nobody has signed off yet.
  role text,
  given_at timestamptz,
  commitment bytea,
  -- The day on which it was done, or begins to hold.
  effective_on date,
  -- The first instant at which it no longer counts.
  fresh_until timestamptz,
  -- Both may be in the future. Nothing: it counts already, it does not end.
  begins_at timestamptz,
  ended_at timestamptz,
  -- Since when something is overdue beyond its grace.
  overdue_since timestamptz,
  -- How often it was done in time, of how often it was due.
  on_time int not null,
  counted int not null,
  check ((given_at is null) = (commitment is null) and (given_at is null) = (fresh_until is null)
    and (given_at is null) = (role is null) and (given_at is null) = (effective_on is null))
);
create index attestation_by_source on attestation (source, source_id);

grant select, insert, update, delete on guideline, attestation to art32_application;
grant select, insert, update on guideline_version, guideline_review, guideline_withdrawal to art32_application;
grant select, insert, delete on guideline_acceptance, guideline_reminder to art32_application;
