-- Doors into a tenant that are no memberships: an operator whom the tenant lets in for a time, and the guests of its
-- rooms. What exactly each may see lies in the tenant's own database.

create table tenant_visitor (
  tenant_id uuid not null references tenant on delete cascade,
  account_id uuid not null references account on delete cascade,
  standing text not null check (standing in ('operator', 'guest')),
  until timestamptz not null,
  primary key (tenant_id, account_id, standing)
);
create index tenant_visitor_account on tenant_visitor (account_id);

create trigger tenant_visitor_noted after insert or delete on tenant_visitor
  for each row execute function tenant_account_noted();

grant select, insert, update, delete on tenant_visitor to art32_application;
