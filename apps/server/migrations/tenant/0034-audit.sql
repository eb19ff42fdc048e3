-- Audits: people look at the measures. A review walks through all that changed, lapsed or failed since the last one; an internal
-- audit through a sample. Signed, an audit and its items stay as they are; only what is still to be done is closed later.
create table audit (
  id uuid primary key,
  kind text not null check (kind in ('review', 'internal')),
  title text not null,
  -- What is looked at, and against what.
  scope text not null,
  planned_on date not null,
  created_at timestamptz not null,
  opened_at timestamptz,
  -- Of a review: from when on; null: from the beginning.
  since timestamptz,
  -- Of an internal audit: what its sample was drawn by, and out of how many.
  seed text,
  population int,
  conclusion text,
  signed_by uuid,
  signed_role text,
  signed_at timestamptz,
  commitment bytea,
  cancelled_at timestamptz,
  cancelled_reason text,
  check ((signed_at is null) = (conclusion is null) and (signed_at is null) = (commitment is null)),
  check (signed_at is null or opened_at is not null),
  check (signed_at is null or cancelled_at is null)
);

create table audit_item (
  id uuid primary key,
  audit_id uuid not null references audit,
  position int not null,
  -- What it is about: a line, duty, exception, finding or risk; own: what whoever looks noted themselves.
  about_kind text not null,
  about_id text not null,
  title text not null,
  -- Why it is in the walk, as codes.
  reasons text[] not null,
  detail jsonb not null,
  verdict text check (verdict in ('fine', 'finding')),
  note text not null default '',
  severity text check (severity in ('major', 'minor', 'observation')),
  owner text not null default '',
  due date,
  decided_by uuid,
  decided_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  done_note text,
  check ((verdict is null) = (decided_at is null)),
  check ((verdict = 'finding') = (severity is not null)),
  check ((done_at is null) = (done_note is null)),
  unique (audit_id, position)
);
create index audit_item_undecided on audit_item (audit_id) where verdict is null;
create index audit_item_follow_up on audit_item (due) where verdict = 'finding' and done_at is null;

grant select, insert, update on audit, audit_item to art32_application;
