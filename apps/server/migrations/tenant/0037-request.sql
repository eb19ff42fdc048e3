-- Requests of data subjects (Art. 15 to 22): what came in, by when it is answered, what was looked for, and what was said.

create table request_setting (
  id smallint primary key check (id = 1),
  -- Whether the public page has the form.
  form_open boolean not null default true,
  -- For how many days a link hands out a package.
  package_days int not null default 30 check (package_days between 7 and 90),
  -- The highest number given: numbers are not given anew when a request is deleted.
  last_number int not null default 0,
  -- Who last signed that the process is as it is written, and when.
  role text,
  set_at timestamptz,
  commitment bytea
);

create table request (
  id uuid primary key,
  number int not null unique,
  kinds text[] not null check (cardinality(kinds) > 0),
  source text not null check (source in ('form', 'mail', 'phone', 'letter', 'person')),
  language text not null check (language in ('en', 'de')),
  -- Of the person: how they call themselves, where an answer goes, what they wrote.
  name text not null default '',
  email text,
  postal text not null default '',
  text text not null,
  -- Every period counts from this day.
  received_on date not null,
  -- Days that the request waited for who the person is (Art. 12(6)).
  waited_days int not null default 0 check (waited_days >= 0),
  role text check (role in ('controller', 'processor')),
  matter_id uuid,
  state text not null check (state in ('open', 'identity', 'answered', 'refused', 'forwarded')),
  identity_asked_on date,
  identity_settled_on date,
  identity_asked text not null default '',
  identity_reason text not null default '',
  identity_how text not null default '',
  extended_on date,
  extension_reason text not null default '',
  decided_on date,
  -- The day on which it was due when it was decided: so that a later change of rules changes no figure.
  decided_due date,
  ground text,
  reason text not null default '',
  kept_reason text not null default '',
  owner_account uuid,
  -- By which mail addresses and names it was looked for.
  looked_for jsonb not null default '{}',
  looked_at timestamptz,
  told int not null default 0,
  closed_at timestamptz,
  created_at timestamptz not null
);
create index request_state on request (state, received_on);

-- What happened, in the order in which it was written down; only ever more.
create table request_entry (
  id uuid primary key,
  request_id uuid not null references request on delete cascade,
  kind text not null,
  text text not null default '',
  at timestamptz not null,
  account_id uuid
);
create index request_entry_of on request_entry (request_id, at);

-- The link by which the person reads on; only its hash.
create table request_link (
  request_id uuid primary key references request on delete cascade,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  made_at timestamptz not null,
  ends_at timestamptz not null,
  uses int not null default 0
);

-- What one look over the tenant's own stores found in each.
create table request_place (
  request_id uuid not null references request on delete cascade,
  place text not null,
  purpose text not null,
  -- Rows that are the person's, and rows in whose text the person is named; null: it could not be looked.
  own int,
  named int,
  -- Columns that nobody can look into, and why.
  not_looked jsonb not null default '[]',
  primary key (request_id, place)
);

-- Systems elsewhere in which somebody has to look.
create table request_item (
  id uuid primary key,
  request_id uuid not null references request on delete cascade,
  kind text not null check (kind in ('connection', 'processor', 'other')),
  ref_id uuid,
  name text not null,
  state text not null check (state in ('open', 'asked', 'found', 'nothing', 'not-reached')),
  note text not null default '',
  settled_at timestamptz,
  account_id uuid,
  unique (request_id, kind, name)
);

-- What the person was told: never changed but for what became of it on its way.
create table request_letter (
  id uuid primary key,
  request_id uuid not null references request on delete cascade,
  kind text not null check (kind in ('receipt', 'identity', 'extension', 'answer', 'refusal', 'forwarded')),
  way text not null check (way in ('letter', 'link', 'mail', 'post', 'phone')),
  state text not null check (state in ('queued', 'sending', 'delivered', 'refused', 'unknown')),
  subject text not null,
  text text not null,
  language text not null check (language in ('en', 'de')),
  sha256 bytea not null check (octet_length(sha256) = 32),
  made_at timestamptz not null,
  told_at timestamptz,
  told_by uuid
);
create index request_letter_of on request_letter (request_id, made_at);

-- The data that are handed out, as they were on the day of the answer.
create table request_package (
  request_id uuid primary key references request on delete cascade,
  data jsonb not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  files uuid[] not null default '{}',
  made_at timestamptz not null,
  ends_at timestamptz not null,
  taken int not null default 0,
  taken_at timestamptz
);

grant select, insert, update, delete on request_setting, request, request_link, request_place, request_item, request_package
  to art32_application;
grant select, insert, delete, update (account_id) on request_entry to art32_application;
grant select, insert, update, delete on request_letter to art32_application;
