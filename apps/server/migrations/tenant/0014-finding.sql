-- Findings: what was seen once and waits for a second look, what would let it pass, what is excepted, what is said about it.

-- A finding that was seen once only has no day on which it was opened.
alter table finding
  alter column opened_at drop not null,
  add column suspected_at timestamptz,
  add column hint jsonb,
  add constraint finding_seen check (coalesce(opened_at, suspected_at, closed_at) is not null);

-- A declared deviation. It is never changed: it ends by itself or is withdrawn, and another one may follow.
create table exception (
  id uuid primary key,
  -- Of the finding that it is about.
  key text not null,
  check_id text not null,
  system_id uuid not null references system,
  subject text not null,
  reason text not null,
  -- Emptied where it named a person whose account was erased.
  owner text,
  -- The last day on which it holds, in UTC.
  until date not null,
  declared_by uuid,
  declared_at timestamptz not null,
  reminded_on date,
  ended_at timestamptz,
  ended_as text check (ended_as in ('withdrawn', 'expired')),
  check ((ended_at is null) = (ended_as is null))
);
create unique index exception_open on exception (key) where ended_at is null;

-- What fails behind a verdict, by the keys of findings: an exception covers one of them, and never the others.
alter table backing add column failing text[] not null default '{}';
update backing set failing = coalesce((
  select array_agg(f.key order by f.key) from finding f
  where f.check_id = backing.check_id and f.system_id = backing.system_id and f.closed_at is null
), '{}') where state = 'fail';

-- Comments on findings, beside those on measures.
alter table comment
  alter column measure_id drop not null,
  add column finding_id uuid references finding on delete cascade,
  add constraint comment_about check (num_nonnulls(measure_id, finding_id) = 1);
create index comment_finding on comment (finding_id, at);

grant select, insert, update, delete on exception to art32_application;
