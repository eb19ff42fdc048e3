-- The role of an account in a tenant, for show only: lists of one's tenants need not open each tenant's database. What
-- somebody may do is decided by the tenant's own database alone. Null: not known yet.
alter table tenant_account add column role text check (role in ('owner', 'editor', 'signatory', 'dpo', 'member'));
