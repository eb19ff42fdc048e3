-- The installation and the registry of tenants: where each one lies and its wrapped keys. No tenant content.

create table installation (
  id smallint primary key check (id = 1),
  public_id text not null unique,
  ledger_key bytea not null,
  ledger_vkey text not null,
  since timestamptz not null
);

create table tenant (
  id uuid primary key,
  public_id text not null unique check (public_id ~ '^[a-z2-7]{12}$'),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null,
  language text not null check (language in ('en', 'de')),
  state text not null check (state in ('creating', 'ready', 'deleting')),
  database_name text not null unique,
  role_password bytea,
  data_key bytea not null,
  ledger_key bytea not null,
  ledger_vkey text not null,
  anchored_size bigint not null default 0,
  since timestamptz not null,
  check (state <> 'ready' or role_password is not null)
);

-- Which tenants an account may open; the role itself lies in the tenant's own database.
create table tenant_account (
  tenant_id uuid not null references tenant on delete cascade,
  account_id uuid not null references account on delete cascade,
  primary key (tenant_id, account_id)
);

-- Control tables append to the instance log by trigger: what happened, to which random id, never a name or an address.
create function ledger_note(p_type text, p_kind text, p_id text) returns void language plpgsql as $$
declare
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  content bytea := convert_to('{"kind":"system"}', 'UTF8');
  c bytea := sha256(salt || content);
  encoded text := encode(c, 'base64');
begin
  insert into opening (commitment, role, salt, content) values (c, 'actor', salt, content);
  insert into log_pending (event, at) values (
    jsonb_build_object(
      'type', p_type,
      'actor', jsonb_build_object('c', encoded, 'k', 'system'),
      'subj', jsonb_build_object('id', p_id, 't', p_kind),
      'obj', '[]'::jsonb, 'links', '[]'::jsonb, 'openings', jsonb_build_array(encoded)),
    now());
end $$;

create function tenant_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform ledger_note('tenant.closed', 'tenant', old.id::text); return old; end if;
  if tg_op = 'INSERT' then perform ledger_note('tenant.created', 'tenant', new.id::text); end if;
  return new;
end $$;
create trigger tenant_noted after insert or delete on tenant for each row execute function tenant_noted();

create function account_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('account.' || case tg_op when 'INSERT' then 'created' else 'deleted' end, 'account', coalesce(new.id, old.id)::text);
  return coalesce(new, old);
end $$;
create trigger account_noted after insert or delete on account for each row execute function account_noted();

create function tenant_account_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('access.' || case tg_op when 'INSERT' then 'granted' else 'revoked' end, 'account',
    coalesce(new.account_id, old.account_id)::text);
  return coalesce(new, old);
end $$;
create trigger tenant_account_noted after insert or delete on tenant_account for each row execute function tenant_account_noted();

grant select, insert on installation to art32_application;
grant select, insert, update, delete on tenant, tenant_account to art32_application;
