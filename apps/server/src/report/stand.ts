import { dayAt, endOf, addDays } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { replaceAttestation } from '../measure/index.ts'
import { figureOf } from './report.ts'
import type { Figure } from './report.ts'
import * as store from './store.ts'

/** The catalogue measure behind which reports stand. */
export const measureId = 'vulnerability-disclosure'

/** One set of reports a tenant: a fixed id, since an attestation names what it rests on by one. */
const sourceId = '00000000-0000-4000-8000-000000000032'

/** For how many days it counts that somebody answered for the promise, or that a report was acknowledged. */
const freshDays = 366

/** How often reports were acknowledged in time, now. */
export async function currentFigure(tx: TenantContext): Promise<Figure> {
  const { today, timeZone } = await findDay(tx)
  return figureOf(await store.listReports(tx), today, (at) => dayAt(at, timeZone))
}

/**
 * Says how reports stand behind their measure: somebody answers for the promise, and no report waits longer than promised.
 * Nobody answers for a promise that nobody made: then nothing stands there, and the line is what else backs it.
 */
export async function stand(tx: TenantContext): Promise<void> {
  const { set_at: setAt, role, commitment, acknowledge_days: days } = await store.findSetting(tx)
  if (setAt === null || role === null || commitment === null) return
  const { timeZone } = await findDay(tx)
  const { onTime, counted, lateSince } = await currentFigure(tx)
  const titles = {
    en: `Reports of vulnerabilities are acknowledged within ${days} ${days === 1 ? 'day' : 'days'}`,
    de: `Meldungen von Schwachstellen werden binnen ${days} ${days === 1 ? 'Tag' : 'Tagen'} bestätigt`,
  }
  const effectiveOn = dayAt(setAt, timeZone)
  await replaceAttestation(tx, {
    source: 'report',
    source_id: sourceId,
    catalogue_id: measureId,
    title: titles[tx.tenant.language],
    role,
    given_at: setAt,
    effective_on: effectiveOn,
    fresh_until: endOf(addDays(effectiveOn, freshDays), timeZone),
    commitment,
    overdue_since: lateSince === null ? null : endOf(lateSince, timeZone),
    on_time: onTime,
    counted,
  })
}
