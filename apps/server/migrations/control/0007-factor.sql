-- Second factors, passkeys and what a session has shown, as better-auth 1.7 and @better-auth/passkey 1.7 lay them out
-- (compileMigrations(), frozen here as in 0001). Names follow the house: twoFactor = totp. What has an underscore is ours.

alter table "account" add column "twoFactorEnabled" boolean default false;

alter table "session"
  -- pending: the password was right and the second factor is still asked for; such a session opens nothing.
  add column "factors" text not null default 'one' check ("factors" in ('pending', 'one', 'two')),
  -- When the person last showed what they have: at sign-in, or on being asked before something dangerous.
  add column "confirmedAt" timestamptz;

create table "totp" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  -- Encrypted with a key of the installation.
  "secret" text not null,
  -- Keyed hashes of the recovery codes that are left, as a JSON array.
  "backupCodes" text not null,
  "userId" uuid not null unique references "account" ("id") on delete cascade,
  "verified" boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz,
  -- The last step of time whose code was accepted: none is accepted twice (RFC 6238 section 5.2).
  used_step bigint not null default 0,
  since timestamptz not null default current_timestamp
);

create table "passkey" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" uuid not null references "account" ("id") on delete cascade,
  "credentialID" text not null unique,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index "passkey_userId_idx" on "passkey" ("userId");

grant select, insert, update, delete on "totp", "passkey" to art32_application;

-- Whether a tenant opens only to who has shown a second factor.
alter table tenant add column needs_factor boolean not null default false;

create function tenant_factor_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('tenant.changed', 'tenant', new.id::text);
  return new;
end $$;
create trigger tenant_factor_noted after update of needs_factor on tenant for each row
  when (old.needs_factor is distinct from new.needs_factor and new.state <> 'deleting') execute function tenant_factor_noted();

create function totp_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old."verified" then perform ledger_note('account.factor-removed', 'account', old."userId"::text); end if;
    return old;
  end if;
  if new."verified" and (tg_op = 'INSERT' or not old."verified") then
    perform ledger_note('account.factor-added', 'account', new."userId"::text);
  elsif new."verified" and new."backupCodes" <> old."backupCodes" then
    perform ledger_note('account.changed', 'account', new."userId"::text);
  end if;
  return new;
end $$;
create trigger totp_noted after insert or delete or update of "verified", "backupCodes" on "totp"
  for each row execute function totp_noted();

create function passkey_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note(
    case tg_op when 'INSERT' then 'account.factor-added' when 'DELETE' then 'account.factor-removed' else 'account.changed' end,
    'account', coalesce(new."userId", old."userId")::text);
  return coalesce(new, old);
end $$;
create trigger passkey_noted after insert or delete or update of "name" on "passkey" for each row execute function passkey_noted();

-- What waited for a second factor was no session yet: that it goes is no signing out.
create or replace function session_noted() returns trigger language plpgsql as $$
begin
  -- Sessions that ran out are cleaned up by anybody; only one that still counted was ended by somebody.
  if old."expiresAt" > now() and old."factors" <> 'pending' then
    perform ledger_note('account.signed-out', 'account', old."userId"::text);
  end if;
  return old;
end $$;

-- Too many wrong codes in a row: nobody signs in to the account by a code until then.
create function totp_locked_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('account.locked', 'account', new."userId"::text);
  return new;
end $$;
create trigger totp_locked_noted after update of "lockedUntil" on "totp" for each row
  when (new."lockedUntil" is not null and new."lockedUntil" is distinct from old."lockedUntil") execute function totp_locked_noted();
