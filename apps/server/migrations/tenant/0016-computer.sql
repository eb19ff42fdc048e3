-- Computers that send their facts by themselves. What they sent lies with the readings; here stands what the next one has
-- to be newer than, and whether somebody of the tenant knows the computer.
create table computer (
  connection_id uuid primary key references connection on delete cascade,
  -- By the clock of the computer: what is not later was sent before.
  sent_at timestamptz not null,
  received_at timestamptz not null,
  -- How far its clock is ahead, or how long what it sent was on its way (negative).
  skew_s int not null,
  collector text not null,
  system text not null,
  -- Somebody gave it a name, or connected it before it sent anything.
  is_declared boolean not null
);
grant select, insert, update, delete on computer to art32_application;
