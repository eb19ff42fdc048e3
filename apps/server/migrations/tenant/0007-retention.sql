-- What a look saw is kept for thirteen months; then its hash stays, beside the outcome that it led to.

alter table reading alter column facts drop not null;
create index reading_facts on reading (at) where facts is not null;
create index outcome_subjects on outcome (at) where subjects <> '[]';
create index invitation_expires on invitation (expires_at);

create table retention_run (
  id uuid primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- How many rows each rule took.
  counts jsonb not null default '{}'
);
create index retention_run_started on retention_run (started_at);

grant select, insert, update, delete on retention_run to art32_application;
