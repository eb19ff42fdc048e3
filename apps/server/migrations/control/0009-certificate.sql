-- TLS client certificates that sign an account in. Known by the SHA-256 of the whole certificate; no key is ever here.

create table account_certificate (
  id uuid primary key,
  fingerprint bytea not null unique check (octet_length(fingerprint) = 32),
  account_id uuid not null references account on delete cascade,
  name text not null,
  not_after timestamptz not null,
  since timestamptz not null,
  -- Written at most once an hour.
  last_use timestamptz
);
create index account_certificate_account_idx on account_certificate (account_id);

create function account_certificate_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('certificate.' || case tg_op when 'INSERT' then 'added' else 'removed' end, 'certificate',
    coalesce(new.id, old.id)::text);
  return coalesce(new, old);
end $$;
create trigger account_certificate_noted after insert or delete on account_certificate
  for each row execute function account_certificate_noted();

grant select, insert, update, delete on account_certificate to art32_application;
