-- When each tenant last had its turn in the live proof that tenants are kept apart: looks go from tenant to tenant, some
-- at a time, and go on where the last one ended.

create table tenant_turn (
  tenant_id uuid primary key references tenant on delete cascade,
  at timestamptz not null
);

grant select, insert, update on tenant_turn to art32_application;
