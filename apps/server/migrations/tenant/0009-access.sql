-- Who is let in without being a member, what is said about a measure, and who did what.

-- The operator, let in by an owner for a time. Until it is given it is a request.
create table access_grant (
  id uuid primary key,
  account_id uuid not null,
  scope text not null check (scope in ('read', 'work')),
  reason text not null,
  hours int not null check (hours between 1 and 168),
  requested_at timestamptz,
  given_by uuid,
  given_at timestamptz,
  until timestamptz,
  ended_at timestamptz,
  used_at timestamptz,
  check ((given_at is null) = (until is null)),
  check (requested_at is not null or given_at is not null)
);
create unique index access_grant_open on access_grant (account_id) where ended_at is null;

-- A room: one edition, shown to invited guests until a time. What is said in it lies beside the ledger by its commitment.
create table room (
  id uuid primary key,
  name text not null,
  edition_id uuid not null references edition,
  audience text not null check (audience in ('public', 'customers', 'auditors')),
  opened_by uuid,
  opened_at timestamptz not null,
  until timestamptz not null,
  closed_at timestamptz
);

create table guest (
  room_id uuid not null references room on delete cascade,
  account_id uuid not null,
  since timestamptz not null,
  primary key (room_id, account_id)
);
create index guest_account on guest (account_id);

create table room_message (
  id uuid primary key,
  room_id uuid not null references room on delete cascade,
  -- Null: a question; otherwise the question that it answers.
  question_id uuid references room_message on delete cascade,
  line_id uuid,
  account_id uuid not null,
  at timestamptz not null,
  commitment bytea not null unique
);
create index room_message_room on room_message (room_id, at);

-- Guests are invited by the same links as members.
alter table invitation drop constraint invitation_role_check;
alter table invitation
  add column room_id uuid references room on delete cascade,
  add constraint invitation_role_check check (role in ('owner', 'editor', 'signatory', 'dpo', 'member', 'guest')),
  add constraint invitation_room_check check ((role = 'guest') = (room_id is not null));
drop index invitation_open;
create unique index invitation_open on invitation (email) where used_at is null and room_id is null;
create unique index invitation_open_room on invitation (email, room_id) where used_at is null and room_id is not null;

create table comment (
  id uuid primary key,
  measure_id uuid not null references measure on delete cascade,
  account_id uuid not null,
  at timestamptz not null,
  commitment bytea not null unique
);
create index comment_measure on comment (measure_id, at);

-- Who did what: the actor's opening is found by its content, which names the account; to be shown, handed out and erased.
create index opening_actor_entry on opening (content, idx) where role = 'actor';

grant select, insert, update, delete on access_grant, room, guest, room_message, comment to art32_application;
