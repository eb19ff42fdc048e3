-- The log of the database that was kept between backups, after that was switched off: it stays in its places for some days.
create table backup_log_end (
  -- The first place or the second.
  place smallint primary key check (place in (1, 2)),
  -- When it was seen that nothing is added to it any more.
  ended_at timestamptz not null,
  -- When the last of it is to be taken away.
  due_at timestamptz not null,
  -- When nothing of it was there any more; null: something may be.
  gone_at timestamptz,
  -- Why the last try failed, as a code.
  problem text,
  check (gone_at is null or problem is null)
);

grant select, insert, update, delete on backup_log_end to art32_application;
