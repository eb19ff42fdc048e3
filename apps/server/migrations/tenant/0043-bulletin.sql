-- What is said of an incident to users: in versions, to everybody or to subscribers only.

create table incident_bulletin (
  incident_id uuid primary key references incident,
  -- What it is called outside. It counts bulletins, so that nobody outside counts incidents. Null: none was published.
  number int unique check (number > 0),
  audience text not null check (audience in ('public', 'subscribers')),
  draft jsonb not null,
  -- Of the draft: what somebody looked at is what they publish.
  revision int not null check (revision > 0),
  -- Nothing more is to come.
  closed_at timestamptz,
  -- Taken back: nobody outside reads it any more.
  withdrawn_at timestamptz,
  changed_at timestamptz not null
);

-- What was said, as it was said: never changed.
create table incident_bulletin_version (
  incident_id uuid not null references incident_bulletin,
  number int not null check (number > 0),
  published_at timestamptz not null,
  content jsonb not null,
  -- Binds the leaf to it; null: said before there were versions.
  commitment bytea,
  primary key (incident_id, number)
);

-- What became of the letters on a version, without an address.
create table incident_bulletin_delivery (
  incident_id uuid not null references incident_bulletin,
  number int not null,
  subscriber_id uuid not null,
  mail_id text not null,
  outcome text not null check (outcome in ('taken', 'refused', 'interrupted')),
  at timestamptz not null,
  primary key (incident_id, number, subscriber_id)
);

-- What stood on the public page so far is the first version.
insert into incident_bulletin (incident_id, number, audience, draft, revision, changed_at)
select id, row_number() over (order by public_at, id), 'public',
  jsonb_build_object('state', case when state = 'closed' then 'resolved' else 'investigating' end, 'texts',
    jsonb_build_object(language, jsonb_build_object(
      'title', case language when 'de' then 'Hinweis auf einen Vorfall' else 'Notice of an incident' end,
      'happened', public_text, 'advice', '', 'change', ''))),
  1, public_at
from incident where public_text is not null and source <> 'drill';
insert into incident_bulletin_version (incident_id, number, published_at, content)
select incident_id, 1, changed_at, draft from incident_bulletin;
alter table incident drop column public_text, drop column public_at;

-- Subscribers can follow them.
alter table subscription_notice drop constraint subscription_notice_kind_check,
  add check (kind in ('edition', 'lapse', 'processor', 'advisory', 'bulletin')),
  add column bulletin_id uuid,
  add column bulletin_number int,
  drop constraint subscription_notice_check,
  add check ((kind = 'processor') = (change_id is not null)
    and (kind = 'advisory') = (advisory_id is not null and advisory_number is not null)
    and (kind = 'bulletin') = (bulletin_id is not null and bulletin_number is not null)
    and (kind in ('edition', 'lapse')) = (edition_id is not null));
create unique index subscription_notice_bulletin on subscription_notice (bulletin_id, bulletin_number);
alter table subscription_request drop constraint subscription_request_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors', 'advisory', 'incident'] and cardinality(topics) > 0);
alter table subscriber drop constraint subscriber_topics_check,
  add check (topics <@ array['edition', 'weakened', 'lapse', 'processors', 'advisory', 'incident'] and cardinality(topics) > 0);

grant select, insert, update on incident_bulletin to art32_application;
grant select, insert on incident_bulletin_version, incident_bulletin_delivery to art32_application;
