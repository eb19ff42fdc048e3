-- How this installation keeps accounts, shown as any application shows it (docs/guides/prove-an-application.md): forms,
-- counts and times, to a login that may read nothing else.

alter table account_link add column since timestamptz not null default now();

create schema art32;

-- Up to the salt, never the hash itself.
create view art32.password as
  select coalesce(substring(password from '^(\$argon2[a-z]*\$v=\d+\$[a-z0-9=,]+\$)'), 'other') as form
  from public.credential where password is not null;

create view art32.reset_token as
  select since as created_at, expires_at, pg_typeof(token_hash) || ':' || octet_length(token_hash) as form
  from public.account_link where purpose = 'reset';

create view art32.api_token as
  select since as created_at, expires_at, pg_typeof(secret_hash) || ':' || octet_length(secret_hash) as form
  from public.api_token;

-- Each account and each tenant, and whether the log of the installation tells that it was created.
create view art32.lifecycle as
  select kind, exists (
    select from public.log_entry where log_entry.subject = object.id and log_entry.type = kind || '.created'
    union all
    select from public.log_pending
    where event #>> '{subj,id}' = object.id and event ->> 'type' = kind || '.created'
  ) as recorded
  from (
    select 'account' as kind, id::text as id from public.account
    union all select 'tenant', id::text from public.tenant where state <> 'creating'
  ) object;

grant usage on schema art32 to art32_observer;
grant select on all tables in schema art32 to art32_observer;
