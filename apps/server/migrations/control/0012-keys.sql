-- Keys and their age, what a rotation needs to be finished after a crash, and tenants that are being taken over.

alter table installation
  -- Signs sessions; of its own, so that a new master key ends none. Null: still derived from the master key.
  add column session_secret bytea,
  add column master_key_since timestamptz;
update installation set master_key_since = since;
alter table installation alter column master_key_since set not null;
grant update (ledger_key, session_secret, master_key_since) on installation to art32_application;

alter table tenant
  add column data_key_since timestamptz,
  -- While its values are sealed again under the new data key: the one before, wrapped.
  add column earlier_data_key bytea,
  -- Who imports it; until the import is whole nobody finds the tenant, and the next start removes it.
  add column importing_by uuid;
update tenant set data_key_since = since;
alter table tenant alter column data_key_since set not null;

create function installation_key_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('key.rotated', 'installation', new.public_id || '-master-key');
  return new;
end $$;
create trigger installation_key_noted after update of master_key_since on installation for each row
  when (old.master_key_since <> new.master_key_since) execute function installation_key_noted();

create function tenant_key_noted() returns trigger language plpgsql as $$
begin
  perform ledger_note('key.rotated', 'tenant', new.id::text);
  return new;
end $$;
create trigger tenant_key_noted after update of data_key_since on tenant for each row
  when (old.data_key_since <> new.data_key_since) execute function tenant_key_noted();
