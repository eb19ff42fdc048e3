-- A person changes their own account: the instance log notes that it happened, never from what to what.

create function account_changed_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('account.changed', 'account', new.id::text);
  return new;
end $$;
create trigger account_changed_noted after update of name, email on account for each row execute function account_changed_noted();

create function credential_changed_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('account.changed', 'account', new."userId"::text);
  return new;
end $$;
create trigger credential_changed_noted after update of password on credential for each row
  when (old.password is distinct from new.password) execute function credential_changed_noted();

create function session_noted() returns trigger language plpgsql as $$
begin
  -- Sessions that ran out are cleaned up by anybody; only one that still counted was ended by somebody.
  if old."expiresAt" > now() then perform ledger_note('account.signed-out', 'account', old."userId"::text); end if;
  return old;
end $$;
create trigger session_noted after delete on session for each row execute function session_noted();
