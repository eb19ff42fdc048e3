-- Editions: immutable once written. A draft is made by the machine; an edition is signed off by a person.

create table edition (
  id uuid primary key,
  state text not null check (state in ('draft', 'edition')),
  number int unique,
  language text not null,
  -- The whole edition, sealed; the public one is what the leaf's opening holds.
  content bytea not null,
  commitment bytea not null,
  signed_by uuid,
  signed_role text,
  made_at timestamptz not null,
  check ((state = 'edition') = (number is not null and signed_by is not null))
);

create table edition_file (
  edition_id uuid not null references edition on delete cascade,
  name text not null,
  type text not null,
  bytes bytea not null,
  primary key (edition_id, name)
);

create function edition_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'a published edition never changes' using errcode = 'insufficient_privilege';
end $$;
create trigger edition_immutable before update or delete on edition
  for each row when (old.state = 'edition') execute function edition_refuse();
create function edition_file_refuse() returns trigger language plpgsql as $$
begin
  if exists (select 1 from edition where id = old.edition_id and state = 'edition') then
    raise exception 'a published edition never changes' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;
create trigger edition_file_immutable before update or delete on edition_file for each row execute function edition_file_refuse();
create trigger edition_not_truncated before truncate on edition for each statement execute function edition_refuse();

grant select, insert, update, delete on edition, edition_file to art32_application;
