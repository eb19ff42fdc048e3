-- Invitations: whom an owner asked to join, by a link that works once. Only the hash of its token is kept.

create table invitation (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  email text not null,
  name text not null,
  role text not null check (role in ('owner', 'editor', 'signatory', 'dpo', 'member')),
  invited_by uuid,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
-- Whoever is invited again gets a new link; the earlier one ends.
create unique index invitation_open on invitation (email) where used_at is null;

grant select, insert, update, delete on invitation to art32_application;
