-- Public keys by which results of restore drills have to be signed, where a drill has any.
create table drill_key (
  connection_id uuid not null references connection on delete cascade,
  -- Name, id and public key in one line, as signed notes write it.
  key text not null,
  added_at timestamptz not null,
  -- When a result signed by it was last taken.
  used_at timestamptz,
  primary key (connection_id, key)
);
-- The envelope of a signed result as it came, with the key that signed it: sealed as its facts are, and gone with them.
alter table reading add column envelope bytea;
-- Who signed what the outcome rests on, as name+id of the key; empty: nobody; null: nobody could.
alter table outcome add column signed_by text;
grant select, insert, update, delete on drill_key to art32_application;
