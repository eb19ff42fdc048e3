-- The tenant's own provider of sign-ins, and the people its directory brings.

create table sign_in_provider (
  only_one boolean primary key default true check (only_one),
  id uuid not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea not null,
  -- The role of whoever signs in for the first time without a group of the table below; null: nobody joins by signing in.
  join_role text check (join_role in ('owner', 'editor', 'signatory', 'dpo', 'member')),
  -- Who must come by the provider: nobody, all but owners, or all.
  demand text not null check (demand in ('nobody', 'all-but-owners', 'all')),
  changed_at timestamptz not null
);

-- Which role a group of the directory gives.
create table directory_role (
  group_name text primary key,
  role text not null check (role in ('owner', 'editor', 'signatory', 'dpo', 'member'))
);

-- Who somebody is to the provider: never by a mail address, which its people may be able to change.
create table identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  since timestamptz not null,
  primary key (issuer, subject)
);
create index identity_account_idx on identity (account_id);

-- What a directory shows when it calls; only hashes are kept.
create table directory_token (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_use timestamptz
);

-- People as the directory calls them. made_here: their account was made for this tenant.
create table directory_person (
  id uuid primary key,
  account_id uuid not null unique,
  user_name text not null,
  external_id text unique,
  name text not null,
  email text not null,
  made_here boolean not null,
  is_active boolean not null,
  since timestamptz not null,
  changed_at timestamptz not null
);
create unique index directory_person_user_name on directory_person (lower(user_name));

create table directory_group (
  id uuid primary key,
  name text not null,
  external_id text unique,
  since timestamptz not null,
  changed_at timestamptz not null
);
create unique index directory_group_name on directory_group (lower(name));

create table directory_group_person (
  group_id uuid not null references directory_group on delete cascade,
  person_id uuid not null references directory_person on delete cascade,
  primary key (group_id, person_id)
);
create index directory_group_person_idx on directory_group_person (person_id);

grant select, insert, update, delete on sign_in_provider, directory_role, identity, directory_token, directory_person,
  directory_group, directory_group_person to art32_application;
