-- What people decided about a change between two editions, each for exactly that change. The reason lies beside the ledger,
-- among the openings.
create table decision (
  id uuid primary key,
  change_key bytea not null,
  decided_by uuid not null,
  decided_role text not null,
  at timestamptz not null,
  commitment bytea not null
);
create index decision_by_change on decision (change_key, at);
grant select, insert, update on decision to art32_application;
