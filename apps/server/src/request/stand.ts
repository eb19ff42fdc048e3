import { addTo, dayAt, endOf } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { countryOf } from '../incident/index.ts'
import { replaceAttestation } from '../measure/index.ts'
import { clockFor, figureOf, isClosed, remindersDue } from './request.ts'
import * as store from './store.ts'

/** The catalogue measure behind which requests stand. */
export const measureId = 'data-subject-requests'

/** One process a tenant: a fixed id, since an attestation names what it rests on by one. */
const sourceId = '00000000-0000-4000-8000-000000000037'

const titles = {
  en: 'Requests of data subjects are answered within their period',
  de: 'Betroffenenanfragen werden fristgerecht beantwortet',
}

/** How many requests were answered in time, now. */
export async function currentFigure(tx: TenantContext): Promise<ReturnType<typeof figureOf>> {
  const { today } = await findDay(tx)
  return figureOf(await store.listRequests(tx), today, await countryOf(tx))
}

/** For how long it counts that somebody answered for the process: the catalogue's cadence. */
const cadence = 'P1Y'

/** The end of the time for which a signature of a day counts. */
export function freshUntil(day: string, timeZone: string): Date {
  return endOf(addTo(day, cadence), timeZone)
}

/**
 * Says how requests stand behind their measure: somebody answers for the process, and none is overdue. Without a signature
 * nothing stands there; one that is overdue fails the measure until it is decided.
 */
export async function stand(tx: TenantContext): Promise<void> {
  const { set_at: setAt, role, commitment } = await store.findSetting(tx)
  if (setAt === null || role === null || commitment === null) return
  const { timeZone } = await findDay(tx)
  const { onTime, counted, lateSince } = await currentFigure(tx)
  const effectiveOn = dayAt(setAt, timeZone)
  await replaceAttestation(tx, {
    source: 'request',
    source_id: sourceId,
    catalogue_id: measureId,
    title: titles[tx.tenant.language],
    role,
    given_at: setAt,
    effective_on: effectiveOn,
    fresh_until: freshUntil(effectiveOn, timeZone),
    commitment,
    overdue_since: lateSince === null ? null : endOf(lateSince, timeZone),
    on_time: onTime,
    counted,
  })
}

/** The queue in which requests are attended to, in every tenant. */
export const requestQueue = 'request.attend'

/** Each day, before the letters of the day leave. */
export const requestTime = '31 3 * * *'

/** Reminds of every period that has come to a point: of several only the last. Any number of times, by any number of processes. */
export async function attendRequests(tx: TenantContext): Promise<void> {
  const open = (await store.listRequests(tx)).filter((row) => !isClosed(row))
  if (open.length === 0) return
  const { today } = await findDay(tx)
  const country = await countryOf(tx)
  for (const { id } of open) {
    // Held, so that two processes tell once.
    const row = await store.getRequest(tx, id)
    const due = remindersDue(clockFor(row, today, country), today)
    if (due <= row.told || isClosed(row)) continue
    await store.changeRequest(tx, id, { told: due })
    await tx.append({
      type: 'request.reminded',
      about: { kind: 'request', id },
      code: due === 4 ? 'overdue' : 'due',
      content: { content: { point: due } },
      by: 'system',
    })
  }
  await stand(tx)
}

/** Whom a period concerns most: its owner while they are a member. */
export async function ownerOfRequest(tx: TenantContext, id: string): Promise<string[]> {
  const { owner_account: owner } = await store.getRequest(tx, id)
  return owner === null ? [] : [owner]
}
