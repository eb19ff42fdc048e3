-- What a tenant says about itself beside its document, and documents that it gives out on request.

-- Where to report a weakness, in the fields of RFC 9116; one row at most.
create table security_contact (
  id smallint primary key check (id = 1),
  contacts text[] not null check (cardinality(contacts) between 1 and 5),
  encryption text,
  policy text,
  languages text[] not null,
  expires_on date not null,
  changed_at timestamptz not null
);

-- Certificates and reports of others about the tenant, such as ISO 27001. Never changed: removed, and another one added.
create table held_certificate (
  id uuid primary key,
  name text not null,
  issuer text not null,
  number text,
  scope text,
  url text,
  valid_from date,
  valid_until date not null,
  added_at timestamptz not null,
  check (valid_from is null or valid_from <= valid_until)
);

-- A document beside the edition: for everybody, or on request.
create table disclosed_document (
  id uuid primary key,
  title text not null,
  name text not null,
  type text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size int not null,
  audience text not null check (audience in ('public', 'request')),
  -- Sealed; emptied when the document is withdrawn.
  content bytea,
  added_at timestamptz not null,
  withdrawn_at timestamptz,
  check ((content is null) = (withdrawn_at is not null))
);

-- What somebody accepts before they see a document that is not for everybody. A version is never changed.
create table disclosure_terms (
  version int primary key,
  text text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  made_at timestamptz not null
);

-- Somebody without an account who asked for documents, and what became of it.
create table disclosure (
  id uuid primary key,
  state text not null check (state in ('asked', 'granted', 'declined', 'revoked')),
  name text not null,
  organisation text not null,
  email text not null,
  reason text not null,
  language text not null check (language in ('en', 'de')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  -- What the tenant says with its refusal.
  answer text,
  -- How much of the edition is shown; null: nothing but documents.
  audience text check (audience in ('customers', 'auditors')),
  documents uuid[] not null default '{}',
  token_hash bytea unique,
  -- When the link ends, or the request is over in another way; what is kept of it counts from here.
  ends_at timestamptz not null,
  terms_version int references disclosure_terms,
  accepted_at timestamptz,
  -- With it the record of the acceptance can be matched to the person as long as this row is kept.
  accepted_salt bytea,
  uses int not null default 0,
  check ((state = 'asked') = (decided_at is null))
);
create index disclosure_waiting on disclosure (asked_at) where state = 'asked';

-- What was taken by a link, and when.
create table disclosure_use (
  id uuid primary key,
  disclosure_id uuid not null references disclosure on delete cascade,
  -- `edition`, or the id of a document.
  what text not null,
  at timestamptz not null
);
create index disclosure_use_of on disclosure_use (disclosure_id, at);

grant select, insert, update, delete on security_contact, held_certificate, disclosed_document, disclosure, disclosure_use to art32_application;
grant select, insert on disclosure_terms to art32_application;
