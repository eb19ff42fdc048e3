import type { TenantContext } from '../evidence/index.ts'
import { dayAt } from './calendar.ts'

/** Where a tenant is while it has not said so. */
const usualZone = 'Europe/Berlin'

/** The time zone by which a tenant's days begin and end. */
export async function findTimeZone({ sql }: TenantContext): Promise<string> {
  const { rows } = await sql.query<{ time_zone: string }>('select time_zone from duty_setting')
  return rows[0]?.time_zone ?? usualZone
}

/** Sets the time zone. @param timeZone an IANA name that the machine knows */
export async function saveTimeZone({ sql }: TenantContext, timeZone: string): Promise<void> {
  await sql.query(
    'insert into duty_setting (id, time_zone) values (1, $1) on conflict (id) do update set time_zone = excluded.time_zone',
    [timeZone],
  )
}

/** The day it is where the tenant is: the one day by which everything of it begins, is due and expires. */
export async function todayOf(tx: TenantContext): Promise<string> {
  return dayAt(tx.now, await findTimeZone(tx))
}
