import type { z } from 'zod'
import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { Reporting } from './said.ts'
import * as store from './store.ts'

/** Reports of the public form that wait to be triaged at once: what comes beyond is not kept, since nobody would read it. */
export const mostWaiting = 200

/** Whether the public page has the form. */
export async function isFormOpen(tx: TenantContext): Promise<boolean> {
  return (await store.findSetting(tx)).form_open
}

/**
 * Keeps what somebody outside reports. Nobody learns whether it was kept: a flood is answered like everybody.
 *
 * @returns the number under which it is known, or one that looks like it
 */
export async function reportFromOutside(
  tx: TenantContext,
  { what, when, contact }: z.output<typeof Reporting>,
  language: 'en' | 'de',
): Promise<boolean> {
  // One at a time, so that many at once do not count each other out.
  await takeTurn(tx, 'incident.reported')
  const { rows } = await tx.sql.query<{ waiting: number }>(
    `select count(*)::int as waiting from incident where state = 'reported' and source = 'form'`,
  )
  if ((rows[0]?.waiting ?? 0) >= mostWaiting) return false
  const { id } = await store.addIncident(tx, {
    title: titleOf(what),
    description: when === '' ? what : `${what}\n\n${when}`,
    source: 'form',
    source_ref: null,
    language,
    reporter: contact === '' ? null : contact,
  })
  await store.addEntry(tx, { incidentId: id, kind: 'reported', byNobody: true })
  await tx.append({ type: 'incident.opened', about: { kind: 'incident', id }, code: 'form', by: 'system' })
  return true
}

/** The first line of a report, as its title until somebody gives it a better one. */
export function titleOf(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line.length <= 120 ? line : `${line.slice(0, 119).toWellFormed()}…`
}
