-- What live records rest on is taken over from log to log, so one commitment may stand in several earlier logs.
alter table earlier_opening drop constraint earlier_opening_pkey, add primary key (log_id, idx, role);
create index earlier_opening_commitment on earlier_opening (commitment);
