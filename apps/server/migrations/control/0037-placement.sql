-- Where each tenant lies: on which database server. A move from one to another is noted until it is over.

alter table tenant add column server text not null default 'first' check (server ~ '^[a-z][a-z0-9-]{0,30}$');

create table tenant_move (
  tenant_id uuid primary key references tenant on delete cascade,
  id uuid not null unique,
  source text not null,
  target text not null,
  asked_by uuid,
  started_at timestamptz not null,
  -- copying: the source counts; undoing: it was given up; switched: the target counts, and the old copy is to be removed.
  state text not null check (state in ('copying', 'undoing', 'switched')),
  -- The database that is being filled on the target, before it has its name.
  scratch text,
  check (source <> target)
);

grant select, insert, update, delete on tenant_move to art32_application;
