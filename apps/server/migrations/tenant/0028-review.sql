-- Accounts over all connections: what the looks saw of each, people who leave until their accounts are seen closed, and
-- reviews of who may do what.

-- Every account that a look saw, as the newest one did. It can be made again from the readings.
create table account_seen (
  connection_id uuid not null references connection on delete cascade,
  system_id uuid not null references system on delete cascade,
  account text not null,
  -- What stands for the mail address of whoever has it; null: the vendor does not show one.
  person text,
  is_admin boolean not null,
  -- Null: the vendor does not say.
  is_active boolean,
  rights text[] not null,
  used_at timestamptz,
  first_at timestamptz not null,
  -- When its rights last became other ones.
  changed_at timestamptz not null,
  seen_at timestamptz not null,
  -- The first look at everybody that did not list it any more.
  gone_at timestamptz,
  primary key (connection_id, account)
);
create index account_seen_place on account_seen (system_id, account);
create index account_seen_person on account_seen (person) where person is not null;

-- The newest look of each connection at everybody.
create table roster_look (
  connection_id uuid primary key references connection on delete cascade,
  looked_at timestamptz not null,
  -- Why it did not see everybody; null: it did.
  why text,
  -- The last one that did.
  whole_at timestamptz
);

-- Somebody leaves, and from which instant on they have no right to any account.
create table leaving (
  person_id uuid primary key references person on delete cascade,
  left_at timestamptz not null,
  -- An owner said so: then the membership here ends by itself. Of others it waits for an owner.
  by_owner boolean not null,
  -- Null: the instant has not come.
  begun_at timestamptz,
  -- Since when every known account is closed, and was looked at.
  proven_at timestamptz
);

create table leaver_account (
  id uuid primary key,
  person_id uuid not null references leaving on delete cascade,
  -- Null: here, in art32 itself.
  system_id uuid references system on delete cascade,
  account text not null,
  state text not null check (state in ('open', 'disabled', 'gone', 'said')),
  seen_at timestamptz not null,
  -- The last look since leaving that saw it open.
  last_open_at timestamptz,
  -- The first look that saw it closed for good.
  ended_at timestamptz,
  -- Why no look since leaving saw it; null: one did.
  unseen text,
  -- Nobody can look, and this account says that it is gone.
  said_by uuid,
  said_reason text
);
create unique index leaver_account_place on leaver_account
  (person_id, coalesce(system_id, '00000000-0000-0000-0000-000000000000'), account);

-- Somebody whom a directory switched off or deleted: a person decides whether they left.
create table leaver_proposal (
  id uuid primary key,
  -- Of the directory; it may be gone there already.
  directory_id uuid not null unique,
  person_id uuid references person on delete cascade,
  name text not null,
  email text not null,
  proposed_at timestamptz not null
);

-- What was last said of all accounts together.
create table accounts_said (
  id smallint primary key check (id = 1),
  digest text not null,
  said_at timestamptz not null
);

-- A review of who may do what: a list as it was on one day, decided line by line.
create table access_review (
  id uuid primary key,
  started_by uuid,
  started_at timestamptz not null,
  signed_at timestamptz,
  role text,
  -- SHA-256 over the list with its decisions.
  list_hash text check (list_hash ~ '^[0-9a-f]{64}$'),
  dropped_at timestamptz,
  check ((signed_at is null) = (role is null) and (signed_at is null) = (list_hash is null))
);
create unique index access_review_open on access_review ((true)) where signed_at is null and dropped_at is null;

create table access_line (
  review_id uuid not null references access_review on delete cascade,
  line int not null,
  -- Names the decision.
  id uuid not null unique,
  -- Null: here, in art32 itself.
  system_id uuid,
  system_name text not null,
  account text not null,
  person text,
  -- Who has it, or answers for it, as it was known on that day.
  holder text,
  is_admin boolean not null,
  is_active boolean,
  rights text[] not null,
  used_at timestamptz,
  seen_at timestamptz,
  -- What is other than at the last review: new, rights, holder, back.
  changes text[] not null,
  before text check (before in ('keep', 'remove', 'ask')),
  before_on date,
  decision text check (decision in ('keep', 'remove', 'ask')),
  reason text not null default '',
  decided_at timestamptz,
  decided_by uuid,
  asked_account uuid,
  answer text check (answer in ('keep', 'remove')),
  answer_reason text not null default '',
  answered_at timestamptz,
  -- Of a removal, as looks see it.
  state text check (state in ('open', 'disabled', 'gone', 'said')),
  state_at timestamptz,
  primary key (review_id, line)
);
create index access_line_place on access_line (system_id, account);
create index access_line_asked on access_line (asked_account) where asked_account is not null;


grant select, insert, update, delete on account_seen, roster_look, leaving, leaver_account, leaver_proposal, accounts_said,
  access_review, access_line to art32_application;
