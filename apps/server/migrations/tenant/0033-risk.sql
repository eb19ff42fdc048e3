-- Risks for people: what could happen to them, how likely and how bad, before and after the measures. What was assessed and
-- accepted is a row of its own that nobody edits; the newest assessment counts.
create table risk (
  id uuid primary key,
  created_at timestamptz not null,
  retired_at timestamptz,
  retired_reason text,
  check ((retired_at is null) = (retired_reason is null))
);

create table risk_assessment (
  id uuid primary key,
  risk_id uuid not null references risk,
  number int not null,
  title text not null,
  scenario text not null,
  -- What Art. 32(2) names: destruction, loss, alteration, disclosure, access.
  events text[] not null,
  processing text not null,
  likelihood smallint not null check (likelihood between 1 and 4),
  severity smallint not null check (severity between 1 and 4),
  likelihood_after smallint not null check (likelihood_after between 1 and likelihood),
  severity_after smallint not null check (severity_after between 1 and severity),
  -- Ids of the catalogue: the measures that make the difference.
  measures text[] not null,
  reason text not null,
  assessed_by uuid,
  assessed_role text not null,
  at timestamptz not null,
  commitment bytea not null,
  unique (risk_id, number)
);

-- That a signatory accepts what remains, until a day.
create table risk_acceptance (
  assessment_id uuid primary key references risk_assessment,
  accepted_by uuid,
  accepted_role text not null,
  at timestamptz not null,
  reason text not null,
  review_due date not null,
  -- The measures that were counted on and that nothing backed at that moment.
  unbacked text[] not null
);

grant select, insert, update on risk to art32_application;
grant select, insert, update (assessed_by) on risk_assessment to art32_application;
grant select, insert, update (accepted_by) on risk_acceptance to art32_application;
