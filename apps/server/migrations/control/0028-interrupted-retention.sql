-- A run of the daily deletion that was stopped half-way came to no end: it says so, and does not count as done.
alter table retention_run add interrupted_at timestamptz;

-- One that came to its end has looked at the control database at least.
update retention_run set interrupted_at = finished_at, finished_at = null where finished_at is not null and looked = 0;
