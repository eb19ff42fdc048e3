-- The ledger of one tenant: an RFC 6962 Merkle log. The application role may add a pending leaf and read everything;
-- only ledger_integrate(), which belongs to the owner role nobody can log in as, moves pending leaves into the log.

create table log_entry (
  idx bigint primary key check (idx >= 0),
  leaf bytea not null check (octet_length(leaf) between 1 and 4096),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  at timestamptz not null default now(),
  -- Copies out of the leaf, to find entries by; what counts is the leaf.
  type text not null,
  subject text not null
);
create index log_entry_subject on log_entry (subject, idx);

create table log_tile (
  level smallint not null,
  n bigint not null,
  width smallint not null check (width between 1 and 256),
  data bytea not null,
  primary key (level, n),
  check (octet_length(data) = 32 * width)
);

create table log_state (
  id smallint primary key check (id = 1),
  origin text not null,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  frontier bytea not null,
  note text not null
);

create table log_checkpoint (
  size bigint primary key,
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at timestamptz not null default now()
);

-- Written in the transaction of the business change, so that neither exists without the other.
create table log_pending (
  id bigint generated always as identity primary key,
  event jsonb not null,
  at timestamptz not null,
  tx xid8 not null default pg_current_xact_id()
);

-- What a leaf commits to. Erasing a row (content and salt) leaves the tree whole and a hash of random bits.
create table opening (
  commitment bytea primary key check (octet_length(commitment) = 32),
  idx bigint,
  role text not null,
  salt bytea check (salt is null or octet_length(salt) = 32),
  content bytea,
  erased_at timestamptz,
  check ((erased_at is null) = (salt is not null and content is not null))
);
create index opening_idx on opening (idx);

create table outbox (
  id uuid primary key,
  queue text not null,
  payload jsonb not null,
  at timestamptz not null default now(),
  start_after timestamptz
);

create function ledger_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger only grows: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger log_entry_append_only before update or delete or truncate on log_entry
  for each statement execute function ledger_refuse();
create trigger log_checkpoint_append_only before update or delete or truncate on log_checkpoint
  for each statement execute function ledger_refuse();

-- Starts the log once, with the signed checkpoint of the empty tree; a second start at the same moment changes nothing.
create function ledger_start(p_origin text, p_root bytea, p_frontier bytea, p_note text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into log_state (id, origin, size, root, frontier, note) values (1, p_origin, 0, p_root, p_frontier, p_note)
    on conflict (id) do nothing;
  if found then insert into log_checkpoint (size, root, note) values (0, p_root, p_note); end if;
end $$;

-- The sequencer. Moves pending leaves into the log and signs the new head in one transaction; a second sequencer that
-- computed from the same size is refused with serialization_failure and tries again from the new head.
create function ledger_integrate(
  p_size bigint, p_pending bigint[], p_leaves bytea[], p_hashes bytea[],
  p_tile_levels int[], p_tile_ns bigint[], p_tile_widths int[], p_tiles bytea[],
  p_root bytea, p_frontier bytea, p_note text
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  current_size bigint;
  added int := cardinality(p_leaves);
  removed int;
  tile record;
begin
  select size into strict current_size from log_state where id = 1 for update;
  if current_size <> p_size then
    raise exception 'the ledger has % entries, not %', current_size, p_size using errcode = 'serialization_failure';
  end if;
  if added = 0 or added <> cardinality(p_hashes) or added <> cardinality(p_pending) then
    raise exception 'a batch needs one hash and one pending row per leaf' using errcode = 'data_exception';
  end if;
  if exists (select 1 from unnest(p_leaves, p_hashes) as b(leaf, hash) where sha256('\x00'::bytea || leaf) <> hash) then
    raise exception 'a leaf hash does not fit its leaf' using errcode = 'data_exception';
  end if;
  insert into log_entry (idx, leaf, leaf_hash, type, subject)
    select p_size + b.n - 1, b.leaf, b.hash, p.event ->> 'type', p.event -> 'subj' ->> 'id'
    from unnest(p_pending, p_leaves, p_hashes) with ordinality as b(id, leaf, hash, n) join log_pending p on p.id = b.id;
  -- A tile receives only its new hashes; the check on its length refuses a growth that does not fit what is there.
  for tile in select * from unnest(p_tile_levels, p_tile_ns, p_tile_widths, p_tiles) as t(level, n, width, data) loop
    update log_tile l set width = tile.width, data = l.data || tile.data where l.level = tile.level and l.n = tile.n;
    if not found then insert into log_tile (level, n, width, data) values (tile.level, tile.n, tile.width, tile.data); end if;
  end loop;
  update opening o set idx = p_size + b.n - 1
    from unnest(p_pending) with ordinality as b(id, n)
    join log_pending p on p.id = b.id
    cross join lateral jsonb_array_elements_text(p.event -> 'openings') as c(commitment)
    where o.commitment = decode(c.commitment, 'base64');
  delete from log_pending where id = any (p_pending);
  get diagnostics removed = row_count;
  if removed <> added then
    raise exception 'a pending leaf was integrated twice' using errcode = 'serialization_failure';
  end if;
  update log_state set size = p_size + added, root = p_root, frontier = p_frontier, note = p_note where id = 1;
  insert into log_checkpoint (size, root, note) values (p_size + added, p_root, p_note);
end $$;

-- Only the owner, as whom nobody can log in, writes to the log itself.
grant select on log_entry, log_tile, log_state, log_checkpoint, log_pending, opening, outbox to art32_application;
grant insert on log_pending, opening to art32_application;
grant update (salt, content, erased_at) on opening to art32_application;
grant insert, delete on outbox to art32_application;
