-- API tokens: what a person lets a program do in one tenant. Only the hash of each is kept.

create table api_token (
  id uuid primary key,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  tenant_id uuid not null,
  account_id uuid not null,
  name text not null,
  permissions text[] not null check (cardinality(permissions) > 0),
  since timestamptz not null,
  expires_at timestamptz not null check (expires_at > since),
  -- Written at most once an hour.
  last_use timestamptz,
  -- Whoever may open the tenant no more has no token there, whatever way the access ended.
  foreign key (tenant_id, account_id) references tenant_account (tenant_id, account_id) on delete cascade
);
create index api_token_account_idx on api_token (account_id);

create function api_token_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then perform ledger_note('token.created', 'token', new.id::text); return new; end if;
  -- One that ran out has ended already; only one that still counted was revoked.
  if old.expires_at > now() then perform ledger_note('token.revoked', 'token', old.id::text); end if;
  return old;
end $$;
create trigger api_token_noted after insert or delete on api_token for each row execute function api_token_noted();

grant select, insert, update, delete on api_token to art32_application;

-- From where a session was used last, so coarse that it names a network and no connection.
alter table session add column place text check (
  place in ('this-machine', 'private') or place ~ '^[0-9]{1,3}\.[0-9]{1,3}\.x\.x$' or place ~ '^[0-9a-f]{1,4}:[0-9a-f]{1,4}::/32$');
