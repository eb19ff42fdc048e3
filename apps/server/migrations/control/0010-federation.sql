-- Sign-in by a tenant's own provider, and the mail domains by which it is found.

-- The tenant whose provider opened the session; it opens that tenant only. Null: the person's own sign-in. It refers to
-- nothing on purpose: were it emptied with the tenant, the session would open everything.
alter table "session" add column "throughTenant" uuid;

-- Domains that the operator allowed: people with these addresses may come in by the tenant's provider or directory.
create table tenant_domain (
  domain text primary key check (domain = lower(domain) and length(domain) <= 253),
  tenant_id uuid not null references tenant on delete cascade,
  since timestamptz not null
);
create index tenant_domain_tenant_idx on tenant_domain (tenant_id);

create function tenant_domain_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('tenant.changed', 'tenant', coalesce(new.tenant_id, old.tenant_id)::text);
  return coalesce(new, old);
end $$;
create trigger tenant_domain_noted after insert or delete on tenant_domain for each row execute function tenant_domain_noted();

-- Ways to a provider that have begun and not come back: for ten minutes, for one browser, for one use.
create table sign_in_attempt (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  tenant_id uuid not null references tenant on delete cascade,
  purpose text not null check (purpose in ('enter', 'connect', 'try')),
  account_id uuid references account on delete cascade,
  session_id uuid,
  next text not null,
  expires_at timestamptz not null,
  check ((purpose = 'enter') = (account_id is null))
);
create index sign_in_attempt_expires_idx on sign_in_attempt (expires_at);

grant select, insert, update, delete on tenant_domain, sign_in_attempt to art32_application;
