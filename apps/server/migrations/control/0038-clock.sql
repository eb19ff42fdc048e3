-- What the clock of this machine was when a time stamp came, beside the clock of the authority.

alter table time_stamp
  -- Milliseconds by which ours was ahead at least; below nothing: behind. Null: it came before this was looked at.
  add column ahead_ms bigint;
