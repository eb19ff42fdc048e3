-- A tenant's public page at a domain of its own. Nobody blocks a domain by only claiming it: it is unique where it is proven.

create table tenant_site (
  tenant_id uuid primary key references tenant on delete cascade,
  -- As in DNS: lower case, in Punycode, without a dot at the end. Before it comes the label of the challenge.
  domain text not null check (domain = lower(domain) and length(domain) between 4 and 236),
  -- What the TXT record has to say.
  challenge text not null,
  -- waiting: never proven, or not since the tenant rested; proven: served; lost: not served any more.
  state text not null check (state in ('waiting', 'proven', 'lost')),
  claimed_at timestamptz not null,
  -- When the record was last seen.
  proven_at timestamptz,
  looked_at timestamptz,
  -- Why the last look did not prove it; null: it did, or nobody has looked.
  problem text check (problem in ('missing', 'other', 'unreachable', 'taken')),
  check (state = 'waiting' or proven_at is not null)
);
create unique index tenant_site_proven on tenant_site (domain) where state = 'proven';

create function tenant_site_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = new.state and old.domain = new.domain then return new; end if;
  perform ledger_note('tenant.changed', 'tenant', coalesce(new.tenant_id, old.tenant_id)::text);
  return coalesce(new, old);
end $$;
create trigger tenant_site_noted after insert or update or delete on tenant_site
  for each row execute function tenant_site_noted();

-- A tenant that rests or goes holds no domain.
create function tenant_site_freed() returns trigger language plpgsql as $$
begin
  if new.state = 'suspended' then
    update tenant_site set state = 'waiting', proven_at = null, problem = null where tenant_id = new.id;
  elsif new.state = 'deleting' then
    delete from tenant_site where tenant_id = new.id;
  end if;
  return new;
end $$;
create trigger tenant_site_freed after update of state on tenant
  for each row when (old.state is distinct from new.state) execute function tenant_site_freed();

grant select, insert, update, delete on tenant_site to art32_application;
