-- Restore drills that send their results by themselves. What they sent lies with the readings; here stands what the next one has
-- to be newer than.
create table drill (
  connection_id uuid primary key references connection on delete cascade,
  -- By the clock of the machine of the drill: what is not later was sent before.
  sent_at timestamptz not null,
  received_at timestamptz not null,
  nonce text not null
);
grant select, insert, update, delete on drill to art32_application;
