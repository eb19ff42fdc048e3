-- So that a running server can see whether another release has brought its database forward meanwhile.
grant select on public.migration to art32_application;
