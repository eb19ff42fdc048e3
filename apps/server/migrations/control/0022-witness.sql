-- What each witness last cosigned of the instance log, and whether the last try failed. Witnesses are a setting; a row of one
-- that is no longer set stays and is not shown.

create table witness (
  -- The witness's verifier key, as it is set.
  vkey text primary key,
  size bigint check (size >= 0),
  -- The checkpoint of that size with the cosignature.
  note text,
  cosigned_at timestamptz,
  -- Why the last try failed, as a code; null: it did not.
  problem text,
  tried_at timestamptz not null,
  check ((size is null) = (note is null) and (size is null) = (cosigned_at is null))
);

grant select, insert, update on witness to art32_application;
