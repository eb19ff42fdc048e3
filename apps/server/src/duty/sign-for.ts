import type { TenantContext } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { findDay } from './attend.ts'
import { wrongFields } from './form.ts'
import type { Filled } from './form.ts'
import { signOff } from './sign.ts'
import * as store from './store.ts'

/**
 * Signs off what is due of a catalogue measure, where something else is its record: as far as the caller may, and its form
 * asks for no more than is filled in.
 *
 * @returns the duties by title, and whether each was signed off
 */
export async function signOffFor(
  tx: TenantContext,
  catalogueId: string,
  filled: Filled,
): Promise<{ title: string; isSigned: boolean }[]> {
  const { today } = await findDay(tx)
  const duties = (await store.listDuties(tx)).filter(
    (duty) => duty.catalogue_id === catalogueId && duty.retired_at === null,
  )
  const signed: { title: string; isSigned: boolean }[] = []
  for (const duty of duties) {
    const due = (await store.listOccurrences(tx, duty.id)).find(
      (row) => row.done_at === null && row.first_id === null && row.from_on <= today,
    )
    if (!due) continue
    const known = new Set(duty.form.map(({ id }) => id))
    const form = Object.fromEntries(Object.entries(filled).filter(([id]) => known.has(id)))
    signed.push({ title: duty.title, isSigned: wrongFields(duty.form, form).length === 0 && (await sign(form)) })

    async function sign(given: Filled): Promise<boolean> {
      try {
        await signOff(tx, { occurrenceId: due?.id ?? '', effectiveOn: today, form: given })
        return true
      } catch (error) {
        // It is another's: it stays due, and they find the record.
        if (error instanceof AppError && error.code.startsWith('duty.')) return false
        throw error
      }
    }
  }
  return signed
}
