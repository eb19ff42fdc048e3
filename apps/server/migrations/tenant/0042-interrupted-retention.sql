-- A run of the daily deletion that was stopped half-way came to no end: it says so, and does not count as done.
alter table retention_run add interrupted_at timestamptz;

-- Of those before, the ledger knows which.
update retention_run r set interrupted_at = r.finished_at, finished_at = null
  where exists (
    select 1 from log_entry e
    where e.subject = r.id::text and e.type = 'retention.performed'
      and convert_from(e.leaf, 'UTF8') like '%"code":"interrupted"%'
  );
