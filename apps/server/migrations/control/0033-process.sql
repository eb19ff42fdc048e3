-- The processes that work on this database. Each holds an advisory lock for as long as it lives: a row without one is of
-- a process that died, and whoever finds it does what it left.
create table process (
  id uuid primary key,
  role text not null,
  since timestamptz not null
);

grant select, insert, delete on process to art32_application;

-- Who has something in hand in a tenant: what one process finished, another may still be at. What stands here already is of
-- a process that ended.
alter table tenant_activity add column process_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table tenant_activity drop constraint tenant_activity_pkey;
alter table tenant_activity add primary key (tenant_id, process_id);
alter table tenant_activity alter column process_id drop default;
