-- Logo and colour for the editions to come, in one row; each edition keeps those of its day. The logo is a PNG without anything
-- but its picture, in base64.
create table letterhead (
  id int primary key default 1 check (id = 1),
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  logo text check (length(logo) between 1 and 21848),
  changed_at timestamptz not null
);
grant select, insert, update on letterhead to art32_application;
