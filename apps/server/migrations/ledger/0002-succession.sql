-- After a restore the log goes on under a new origin. What the restored database holds of it becomes an earlier log, sealed
-- whole, and the head begins anew; both in one transaction, and nothing of what was signed before is signed again.
-- The tables earlier_* are made by the migrations of each kind of database.
create function ledger_succeed(
  p_id uuid, p_vkey text, p_size bigint, p_origin text, p_root bytea, p_frontier bytea, p_note text
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head record;
begin
  select origin, size, root, note into strict head from log_state where id = 1 for update;
  if head.size <> p_size then
    raise exception 'the ledger has % entries, not %', head.size, p_size using errcode = 'serialization_failure';
  end if;
  -- Only as its own successor: the same name with a higher number.
  if p_origin !~ '/[1-9][0-9]{0,8}$' or head.origin = p_origin
    or regexp_replace(p_origin, '/[0-9]+$', '') <> regexp_replace(head.origin, '/[0-9]+$', '') then
    raise exception '% does not succeed %', p_origin, head.origin using errcode = 'data_exception';
  end if;
  insert into earlier_log (id, position, origin, vkey, size, root, note)
    select p_id, coalesce(max(position) + 1, 0), head.origin, p_vkey, head.size, head.root, head.note from earlier_log;
  insert into earlier_entry (log_id, idx, leaf, at) select p_id, idx, leaf, at from log_entry;
  insert into earlier_checkpoint (log_id, size, note, at) select p_id, size, note, at from log_checkpoint;
  insert into earlier_opening (commitment, log_id, idx, role, salt, content, erased_at)
    select commitment, p_id, idx, role, salt, content, erased_at from opening where idx is not null;
  alter table log_entry disable trigger log_entry_append_only;
  alter table log_checkpoint disable trigger log_checkpoint_append_only;
  delete from log_entry;
  delete from log_checkpoint;
  alter table log_entry enable trigger log_entry_append_only;
  alter table log_checkpoint enable trigger log_checkpoint_append_only;
  delete from log_tile;
  delete from opening where idx is not null;
  update log_state set origin = p_origin, size = 0, root = p_root, frontier = p_frontier, note = p_note where id = 1;
  insert into log_checkpoint (size, root, note) values (0, p_root, p_note);
end $$;
