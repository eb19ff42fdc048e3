-- Letters to whoever reported a weakness and left a mail address. What they say is made when they are sent, and the address stays
-- in the report: nothing here is about a person.
create table report_letter (
  id uuid primary key,
  report_id uuid not null references report on delete cascade,
  -- The receipt holds a link; what tells of an answer or of another state does not.
  kind text not null check (kind in ('receipt', 'answer', 'state')),
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'withheld')),
  -- Of the link in the receipt: a key of its own, made when the letter leaves, that ends with the one of report_link.
  token_hash bytea unique check (octet_length(token_hash) = 32),
  made_at timestamptz not null,
  sent_at timestamptz,
  check (kind = 'receipt' or token_hash is null)
);
create index report_letter_of on report_letter (report_id, made_at);
create unique index report_letter_receipt on report_letter (report_id) where kind = 'receipt';
-- What happens while a letter waits is told by that one.
create unique index report_letter_waiting on report_letter (report_id) where kind <> 'receipt' and state = 'queued';

grant select, insert, update, delete on report_letter to art32_application;
