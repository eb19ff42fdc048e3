-- Who wants to hear of what, what waits to be told, and addresses of other programs with what was sent to them.

create table notification_person (
  account_id uuid primary key references membership on delete cascade,
  -- The language of letters; null: the tenant's.
  language text check (language in ('en', 'de'))
);

create table notification_choice (
  account_id uuid not null references membership on delete cascade,
  kind text not null,
  rhythm text not null check (rhythm in ('now', 'daily', 'weekly', 'never')),
  primary key (account_id, kind)
);

-- Decided in the transaction of what happened: this person is told of this, in this rhythm. Deleted when told.
create table notification_item (
  id uuid primary key,
  account_id uuid not null references membership on delete cascade,
  kind text not null,
  code text,
  rhythm text not null check (rhythm in ('now', 'daily', 'weekly')),
  at timestamptz not null
);
create index notification_item_waiting on notification_item (rhythm, account_id);

create table webhook (
  id uuid primary key,
  -- Sealed: an address may itself be the secret.
  address bytea not null,
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  kinds text[] not null,
  state text not null check (state in ('active', 'paused', 'disabled')),
  failing_since timestamptz,
  created_at timestamptz not null,
  check ((previous_secret is null) = (previous_until is null))
);

-- One message to one webhook. Its id is the webhook-id, however often it is sent.
create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  type text not null,
  about_kind text not null,
  about_id text not null,
  code text,
  at timestamptz not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  tries int not null default 0,
  -- Tries before it was last sent again by hand.
  tries_before int not null default 0,
  status int,
  problem text check (problem in ('local', 'unreachable', 'timeout', 'tls')),
  next_at timestamptz,
  done_at timestamptz,
  check ((state = 'waiting') = (next_at is not null))
);
create index webhook_delivery_recent on webhook_delivery (webhook_id, at desc);

grant select, insert, update, delete on notification_person, notification_choice, notification_item, webhook, webhook_delivery
  to art32_application;
