-- Who the people in facts are. Facts, outcomes and findings hold the pseudonym only; the name lies here, sealed, for those
-- who must act on a finding. Deleting a row makes its pseudonym say nothing any more.
create table pseudonym_key (
  id int primary key default 1 check (id = 1),
  key bytea not null
);
create table pseudonym (
  id text primary key check (id ~ '^person-[0-9a-f]{32}$'),
  name bytea not null,
  seen_at timestamptz not null
);
create index pseudonym_seen on pseudonym (seen_at);
grant select, insert, update, delete on pseudonym_key, pseudonym to art32_application;
