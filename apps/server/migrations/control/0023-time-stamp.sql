-- Time stamps (RFC 3161) on signed heads of the instance log, and how the last try went. The authority is a setting.

create table time_stamp (
  -- The size of the instance log that was stamped.
  size bigint primary key check (size >= 0),
  -- The signed checkpoint of that size.
  note text not null,
  -- The authority's reply in its normal form, and the root certificate that it leads to.
  token bytea not null,
  root text not null,
  authority text not null,
  -- By the authority's clock, and by ours.
  stamped_at timestamptz not null,
  received_at timestamptz not null
);

create table time_stamping (
  id smallint primary key check (id = 1),
  -- A size that is to be stamped before the day is over, since an edition was published.
  wanted bigint not null default 0,
  tried_at timestamptz,
  -- Why the last try failed, as a code; null: it did not.
  problem text
);

insert into time_stamping (id) values (1);

grant select, insert on time_stamp to art32_application;
grant select, update on time_stamping to art32_application;
