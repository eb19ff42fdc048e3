-- Guessing is counted here, so that neither a restart nor a second process forgets it, and links that were sent by mail.

-- Whose attempt it was stands nowhere: the key is a keyed hash (HMAC-SHA256) of the address, account or network. It notes
-- nothing in the log of the installation: strangers would make it grow.
create table attempt (
  key bytea primary key check (octet_length(key) = 32),
  made integer not null check (made >= 0),
  -- When the count begins anew.
  until timestamptz not null
);
create index attempt_until_idx on attempt (until);

-- A link by mail: only the hash of its token is kept. It changes nothing until it is used, and using it deletes it;
-- what it then changes is noted by the triggers of account, credential and session.
create table account_link (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  account_id uuid not null references account on delete cascade,
  purpose text not null check (purpose in ('reset', 'address')),
  -- The address that whoever opens the link shows to be theirs.
  email text,
  expires_at timestamptz not null,
  check ((purpose = 'address') = (email is not null))
);
create index account_link_account_idx on account_link (account_id);
create index account_link_expires_idx on account_link (expires_at);

grant select, insert, update, delete on attempt, account_link to art32_application;
