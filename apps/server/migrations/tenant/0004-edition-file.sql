-- A published edition gets its files in the transaction that publishes it, and none afterwards.

create function edition_file_refuse_late() returns trigger language plpgsql as $$
begin
  if exists (select 1 from edition where id = new.edition_id and state = 'edition' and xmin <> pg_current_xact_id()::xid) then
    raise exception 'a published edition never changes' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger edition_file_complete before insert on edition_file for each row execute function edition_file_refuse_late();
