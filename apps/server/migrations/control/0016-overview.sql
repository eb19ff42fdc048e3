-- What the overview over many tenants needs of each: counts and days. No name, no text, nothing of the content; it can be
-- counted again from the tenants' own databases at any time.
create table tenant_summary (
  tenant_id uuid primary key references tenant on delete cascade,
  -- Lines of the register by assurance.
  assurance jsonb not null,
  lines int not null,
  unconfirmed int not null,
  -- How much is due on which day: open findings, proofs that run out.
  dues jsonb not null,
  published_at timestamptz,
  counted_at timestamptz not null,
  -- When time alone changes the counts.
  stale_at timestamptz not null
);

grant select, insert, update, delete on tenant_summary to art32_application;
