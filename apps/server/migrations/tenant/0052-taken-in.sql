-- Submissions of public forms that a portal without a database took in, so that each is handed on once.
create table taken_in (
  id uuid primary key,
  at timestamptz not null
);
create index taken_in_at on taken_in (at);
grant select, insert, delete on taken_in to art32_application;
