-- How old the oldest is of what the installation keeps for a time, and how much is over: as any application shows it
-- (docs/guides/prove-an-application.md). The periods are those by which the daily run deletes; a test compares them.

create view art32.retention as
  select kind, kept, oldest, overdue from (
    select 'session' as kind, interval 'PT0S' as kept, min("expiresAt") as oldest,
      count(*) filter (where "expiresAt" < now()) as overdue from public.session
    union all
    select 'verification', interval 'PT0S', min("expiresAt"), count(*) filter (where "expiresAt" < now())
      from public.verification
    union all
    select 'setup_link', interval 'PT0S', min(expires_at), count(*) filter (where expires_at < now())
      from public.setup_link
    union all
    select 'attempt', interval 'PT0S', min(until), count(*) filter (where until < now()) from public.attempt
    union all
    select 'account_link', interval 'PT0S', min(expires_at), count(*) filter (where expires_at < now())
      from public.account_link
    union all
    select 'sign_in_attempt', interval 'PT0S', min(expires_at), count(*) filter (where expires_at < now())
      from public.sign_in_attempt
    union all
    select 'api_token', interval 'P30D', min(expires_at),
      count(*) filter (where expires_at < now() - interval 'P30D') from public.api_token
    union all
    select 'account_certificate', interval 'P30D', min(not_after),
      count(*) filter (where not_after < now() - interval 'P30D') from public.account_certificate
    union all
    select 'tenant_visitor', interval 'PT0S', min(until), count(*) filter (where until < now())
      from public.tenant_visitor
    union all
    select 'retention_run', interval 'P13M', min(started_at),
      count(*) filter (where started_at < now() - interval 'P13M') from public.retention_run
  ) kept_for_a_time;

grant select on art32.retention to art32_observer;
