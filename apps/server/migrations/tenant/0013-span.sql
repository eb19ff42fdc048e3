-- What a look asked of others: nothing that leaves is without a trace.
alter table reading add column requests jsonb not null default '[]';

-- How long a verdict held: one row for as long as looks said the same and no look was missing.
create table span (
  check_id text not null,
  system_id uuid not null references system,
  parameters text not null,
  state text not null check (state in ('pass', 'fail', 'info', 'not-evaluated', 'not-applicable')),
  reason text,
  from_at timestamptz not null,
  until_at timestamptz not null,
  primary key (check_id, system_id, parameters, from_at)
);
grant select, insert, update, delete on span to art32_application;

-- What is kept of earlier looks, joined as far as each was fresh when the next one came.
insert into span (check_id, system_id, parameters, state, reason, from_at, until_at)
select check_id, system_id, parameters, state, reason, min(at), max(until_at)
from (
  select *, sum(begins) over (partition by check_id, system_id, parameters order by at) as nth
  from (
    select *,
      least(fresh_until, coalesce(lead(at) over earlier, fresh_until)) as until_at,
      case when state = lag(state) over earlier and reason is not distinct from lag(reason) over earlier
        and at <= lag(fresh_until) over earlier then 0 else 1 end as begins
    from outcome window earlier as (partition by check_id, system_id, parameters order by at)
  ) marked
) numbered
group by check_id, system_id, parameters, state, reason, nth;
