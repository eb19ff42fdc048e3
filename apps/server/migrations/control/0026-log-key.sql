-- Changes of the keys of logs.

-- The key of a tenant's next log, wrapped by the master key, from before it is named in the ledger until it is in use: the
-- registry and the tenant's ledger lie in two databases, and a crash between them must lose neither key.
alter table tenant add column next_ledger_key bytea, add column next_ledger_vkey text;
-- The public keys of the logs before, as vkeys. What was private of them is destroyed.
alter table tenant add column former_vkeys text[] not null default '{}';
alter table installation add column former_vkeys text[] not null default '{}';
grant update (former_vkeys) on installation to art32_application;
