-- How long files are kept that belong to one kind of thing; no row: as long as what they belong to.
create table evidence_retention (
  about_kind text primary key,
  -- From the day on which a file was attached.
  months int not null check (months between 1 and 600),
  set_by uuid,
  set_at timestamptz not null
);

create index evidence_file_added on evidence_file (added_at desc, id);

grant select, insert, update, delete on evidence_retention to art32_application;
