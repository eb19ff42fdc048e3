-- Ledgers that go on under a new origin after a restore, and the logs of others that this installation witnesses.

-- The number of the present log: the first has none in its origin, the second ends with /2.
alter table installation add column log_number int not null default 1 check (log_number > 0);
alter table tenant add column log_number int not null default 1 check (log_number > 0);
grant update (ledger_vkey, log_number) on installation to art32_application;

-- The sealed logs of the installation before its present one, oldest first; as in each tenant's database.
create table earlier_log (
  id uuid primary key,
  position int not null unique check (position >= 0),
  origin text not null unique,
  vkey text not null,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null
);

create table earlier_entry (
  log_id uuid not null references earlier_log,
  idx bigint not null check (idx >= 0),
  leaf bytea not null check (octet_length(leaf) between 1 and 4096),
  at timestamptz not null,
  primary key (log_id, idx)
);

create table earlier_checkpoint (
  log_id uuid not null references earlier_log,
  size bigint not null,
  note text not null,
  at timestamptz not null,
  primary key (log_id, size)
);

create table earlier_opening (
  commitment bytea not null check (octet_length(commitment) = 32),
  log_id uuid not null references earlier_log,
  idx bigint not null,
  role text not null,
  salt bytea check (salt is null or octet_length(salt) = 32),
  content bytea,
  erased_at timestamptz,
  primary key (log_id, idx, role),
  check ((erased_at is null) = (salt is not null and content is not null))
);
create index earlier_opening_commitment on earlier_opening (commitment);

create function earlier_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if exists (select 1 from earlier_log where id = new.log_id and xmin = pg_current_xact_id()::xid) then return new; end if;
  end if;
  raise exception 'an earlier log never changes: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger earlier_log_sealed before update or delete or truncate on earlier_log
  for each statement execute function earlier_refuse();
create trigger earlier_entry_sealed before update or delete or truncate on earlier_entry
  for each statement execute function earlier_refuse();
create trigger earlier_checkpoint_sealed before update or delete or truncate on earlier_checkpoint
  for each statement execute function earlier_refuse();
create trigger earlier_entry_whole before insert on earlier_entry for each row execute function earlier_refuse();
create trigger earlier_checkpoint_whole before insert on earlier_checkpoint for each row execute function earlier_refuse();
create trigger earlier_opening_whole before insert on earlier_opening for each row execute function earlier_refuse();

grant select on earlier_log, earlier_entry, earlier_checkpoint, earlier_opening to art32_application;
grant update (salt, content, erased_at) on earlier_opening to art32_application;

-- The witness that this installation is to others: one row for each log, with the last head that it cosigned. Read, compared and
-- written in one transaction while the row is locked; the cosignature leaves only after the commit.
alter table installation add column witness_key bytea;
grant update (witness_key) on installation to art32_application;

create table witnessed_log (
  origin text primary key,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  -- The log's checkpoint as it signed it.
  note text not null,
  cosigned_at timestamptz not null,
  -- The first checkpoint that contradicts one that was cosigned, and that one: together the two convict the log.
  conflict text,
  conflicting text,
  conflict_at timestamptz,
  check ((conflict is null) = (conflict_at is null) and (conflict is null) = (conflicting is null))
);

create function witnessed_log_grows() returns trigger language plpgsql as $$
begin
  if new.size < old.size or (new.size = old.size and new.root <> old.root) or (old.conflict is not null and new.conflict is distinct from old.conflict) then
    raise exception 'a witness never goes back: % of % is refused', tg_op, old.origin using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger witnessed_log_grows before update on witnessed_log for each row execute function witnessed_log_grows();

grant select, insert, update on witnessed_log to art32_application;
