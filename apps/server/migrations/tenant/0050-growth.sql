-- Looks and outcomes of years: each is found without reading all the others.

-- Every look asks for the last one of its connection.
create index reading_connection on reading (connection_id, at desc);
-- Judging asks what was said of the same look before; without it each outcome read all that were ever kept.
create index outcome_reading on outcome (reading_id);
-- The public page and the bundle know an outcome by its commitment only. Never compared but for equality: hashes are smaller.
create index outcome_commitment on outcome using hash (commitment);
-- The latest of each check on each system, also with parameters that nobody wants any more.
drop index outcome_current;
create index outcome_current on outcome (check_id, system_id, parameters, at desc) where not superseded;
