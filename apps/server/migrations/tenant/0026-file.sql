-- Evidence files. Bytes are named by their hash and stored once, however often they are uploaded.
create table evidence_content (
  -- SHA-256 of the bytes, in hexadecimal.
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Sealed with the tenant's key; null: deleted, and the hash stays.
  content bytea,
  stored_at timestamptz not null
);

-- One upload: who brought the bytes, under which name. A file is never changed.
create table evidence_file (
  id uuid primary key,
  sha256 text not null references evidence_content,
  -- Null: it went with the content.
  name text,
  -- By content, not by name.
  type text not null,
  size int not null check (size > 0),
  -- Null: by nobody with an account, or by somebody whose account is gone.
  added_by uuid,
  added_at timestamptz not null,
  -- What a scanner said; without one nobody looked, which is not clean.
  scan text not null check (scan in ('clean', 'not-scanned')),
  scanned_at timestamptz,
  -- Of the leaf that records it.
  commitment bytea not null,
  removed_at timestamptz,
  removed_by uuid,
  removed_reason text,
  check ((scan = 'clean') = (scanned_at is not null)),
  check ((removed_at is null) = (name is not null))
);
create index evidence_file_content on evidence_file (sha256);

-- What a file is evidence of. Added, and not taken away.
create table evidence_use (
  file_id uuid not null references evidence_file,
  -- The noun of what it is about, and the id there.
  about_kind text not null,
  about_id uuid not null,
  attached_by uuid,
  attached_at timestamptz not null,
  primary key (about_kind, about_id, file_id)
);
create index evidence_use_file on evidence_use (file_id);

grant select, insert, update, delete on evidence_content, evidence_file to art32_application;
-- An account that is erased is emptied from it; nothing else changes.
grant select, insert, update (attached_by) on evidence_use to art32_application;
