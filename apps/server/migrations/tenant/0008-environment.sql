-- Environments: a system and its connections belong to exactly one. What was connected before any was named is production.

update system set environment = 'production' where environment is null;
alter table system alter column environment set not null, add constraint system_in_environment unique (id, environment);

-- Kept beside the connection and tied to its system's: no connection can be attached across, and a move takes them along.
alter table connection add column environment text;
update connection c set environment = s.environment from system s where s.id = c.system_id;
alter table connection
  alter column environment set not null,
  add constraint connection_in_environment foreign key (system_id, environment) references system (id, environment) on update cascade;

-- Which environments a run looked at, and which count for a measure.
alter table run add column environments text[] not null default '{production}';
alter table measure add column environments text[] not null default '{production}'
  check (cardinality(environments) > 0 and environments <@ array['development', 'test', 'staging', 'production']);
-- Where a measure named its systems, their environments go on counting.
update measure m set environments = named.environments
  from (select x.id, array_agg(distinct s.environment) as environments
        from measure x join system s on s.id = any (x.scope) group by x.id) named
  where named.id = m.id;

-- The sealed logs of a tenant that came from other installations, oldest first: its present log goes on under a new origin
-- and key, and its first leaf commits to the last head here. Written whole at the import, never afterwards.
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
  commitment bytea primary key check (octet_length(commitment) = 32),
  log_id uuid not null references earlier_log,
  idx bigint not null,
  role text not null,
  salt bytea check (salt is null or octet_length(salt) = 32),
  content bytea,
  erased_at timestamptz,
  check ((erased_at is null) = (salt is not null and content is not null))
);
create index earlier_opening_idx on earlier_opening (log_id, idx);

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

grant select, insert on earlier_log, earlier_entry, earlier_checkpoint, earlier_opening to art32_application;
grant update (salt, content, erased_at) on earlier_opening to art32_application;

-- The one thing that may change of a published edition is the key it lies under: same length, every other column the same.
-- What it says is pinned by its commitment in the ledger.
create or replace function edition_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if octet_length(new.content) = octet_length(old.content)
      and to_jsonb(new) - 'content' = to_jsonb(old) - 'content' then return new; end if;
  end if;
  raise exception 'a published edition never changes' using errcode = 'insufficient_privilege';
end $$;
