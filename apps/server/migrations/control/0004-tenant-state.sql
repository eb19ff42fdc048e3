-- A tenant may rest and may go. What happens to it stands in the instance log with who did it.

alter table tenant drop constraint tenant_state_check;
alter table tenant add constraint tenant_state_check check (state in ('creating', 'ready', 'suspended', 'deleting'));
alter table tenant
  -- Who asked for the deletion and when, so that a crash in its middle loses neither.
  add column closing_by uuid,
  add column closing_at timestamptz,
  add constraint tenant_closing_check check ((state = 'deleting') = (closing_at is not null));

-- Who acts (art32.account) and what is said about it (art32.content, canonical JSON) are settings of the transaction.
drop function ledger_note(text, text, text);
create function ledger_note(p_type text, p_kind text, p_id text) returns void language plpgsql as $$
declare
  account uuid := nullif(current_setting('art32.account', true), '')::uuid;
  kind text := case when account is null then 'system' else 'user' end;
  said text := nullif(current_setting('art32.content', true), '');
  actor text;
  objects jsonb := '[]';
  openings jsonb;
  content bytea;
  salt bytea;
  c bytea;
begin
  salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  content := convert_to(
    case when account is null then '{"kind":"system"}' else format('{"account":"%s","kind":"user"}', account) end, 'UTF8');
  c := sha256(salt || content);
  actor := encode(c, 'base64');
  openings := jsonb_build_array(actor);
  insert into opening (commitment, role, salt, content) values (c, 'actor', salt, content);
  if said is not null then
    salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    content := convert_to(said, 'UTF8');
    c := sha256(salt || content);
    insert into opening (commitment, role, salt, content) values (c, 'content', salt, content);
    objects := jsonb_build_array(jsonb_build_object('c', encode(c, 'base64'), 'n', octet_length(content), 'role', 'content'));
    openings := openings || to_jsonb(encode(c, 'base64'));
  end if;
  insert into log_pending (event, at) values (
    jsonb_build_object(
      'type', p_type,
      'actor', jsonb_build_object('c', actor, 'k', kind),
      'subj', jsonb_build_object('id', p_id, 't', p_kind),
      'obj', objects, 'links', '[]'::jsonb, 'openings', openings),
    now());
end $$;

create function tenant_changed() returns trigger language plpgsql as $$
begin
  if new.name <> old.name and new.state <> 'deleting' then perform ledger_note('tenant.changed', 'tenant', new.id::text); end if;
  if new.state = 'suspended' and old.state <> 'suspended' then
    perform ledger_note('tenant.suspended', 'tenant', new.id::text);
  end if;
  if new.state = 'ready' and old.state = 'suspended' then
    perform ledger_note('tenant.resumed', 'tenant', new.id::text);
  end if;
  return new;
end $$;
create trigger tenant_changed after update on tenant for each row execute function tenant_changed();
