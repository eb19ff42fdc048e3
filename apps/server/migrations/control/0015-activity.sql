-- So that a start need not open every tenant's database: which ones had something in hand when the server ended, and
-- which migrations each has.

alter table tenant add column schema_digest text;

-- Marked before a tenant's transaction commits, removed when all its leaves stand in both logs and its jobs in the queue.
create table tenant_activity (
  tenant_id uuid primary key references tenant on delete cascade
);
-- Those that were there before the mark was kept are all looked at once.
insert into tenant_activity select id from tenant;

grant select, insert, delete on tenant_activity to art32_application;
