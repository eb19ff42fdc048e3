-- Who follows the public page by mail: only whoever confirmed by a link in their own mailbox.

-- Whether the page offers it; no row: it does.
create table subscription_setting (
  id smallint primary key check (id = 1),
  is_open boolean not null
);

-- Asked for and not confirmed. Whoever asks again gets a new link; the earlier one ends.
create table subscription_request (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  email text not null,
  language text not null check (language in ('en', 'de')),
  topics text[] not null check (topics <@ array['edition', 'weakened', 'lapse'] and cardinality(topics) > 0),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz
);
create unique index subscription_request_email on subscription_request (lower(email));

create table subscriber (
  id uuid primary key,
  email text not null,
  language text not null check (language in ('en', 'de')),
  topics text[] not null check (topics <@ array['edition', 'weakened', 'lapse'] and cardinality(topics) > 0),
  since timestamptz not null,
  -- Letters that the mail server refused for good, one after the other.
  refused int not null default 0
);
create unique index subscriber_email on subscriber (lower(email));
create index subscriber_since on subscriber (since, id);

-- What is told to whoever follows: made in the transaction of what happened, spread to letters later.
create table subscription_notice (
  id uuid primary key,
  kind text not null check (kind in ('edition', 'lapse')),
  edition_id uuid not null,
  -- For a lapse: which lines of the edition, since when and how.
  lines jsonb not null default '[]',
  at timestamptz not null,
  spread_at timestamptz
);
create unique index subscription_notice_edition on subscription_notice (edition_id) where kind = 'edition';

-- One letter that waits; deleted when it was sent. Without a notice it is the welcome.
create table subscriber_letter (
  id uuid primary key,
  subscriber_id uuid not null references subscriber on delete cascade,
  notice_id uuid references subscription_notice on delete cascade,
  at timestamptz not null,
  -- Whoever sends it holds it until then.
  claimed_until timestamptz
);
create index subscriber_letter_waiting on subscriber_letter (at, id);
create unique index subscriber_letter_once on subscriber_letter (subscriber_id, notice_id);

-- Lines of the newest edition that were told to have lapsed, so that it is told once.
create table subscription_lapse (
  line_id text primary key,
  since timestamptz not null
);

grant select, insert, update, delete on subscription_setting, subscription_request, subscriber, subscription_notice,
  subscriber_letter, subscription_lapse to art32_application;
