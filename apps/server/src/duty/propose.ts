import type { TenantContext } from '../evidence/index.ts'
import { counts, findRegister, loadRegister } from '../measure/index.ts'
import { addTo, isCadence } from '../calendar/index.ts'
import type { Rhythm } from '../calendar/index.ts'
import { findDay } from './attend.ts'
import * as store from './store.ts'
import { templates } from './templates.ts'
import type { Template } from './templates.ts'

/** A duty that lines of the register ask for, and no duty does yet. */
interface Proposal {
  readonly template: Template
  readonly rhythm: Rhythm
  /** Whether the document says the rhythm; otherwise it is the catalogue's. */
  readonly isPromised: boolean
  readonly lines: readonly string[]
}

/** What the register's organisational lines promise, one duty for each catalogue measure, in the document's own order. */
export async function propose(
  tx: TenantContext,
): Promise<{ readonly language: 'en' | 'de'; readonly proposals: readonly Proposal[] }> {
  const document = await findRegister(tx)
  if (!document) return { language: tx.tenant.language, proposals: [] }
  const { today } = await findDay(tx)
  const existing = (await store.listDuties(tx)).filter((duty) => duty.retired_at === null)
  const taken = new Set(existing.map((duty) => duty.catalogue_id))
  const wanted = (await loadRegister(tx, document)).lines
    .filter(counts)
    // What is not there yet, or is the customer's, is nobody's duty here.
    .filter(({ statement: { status } }) => status === 'in-place' || status === 'conditional')
    .filter(({ measure }) => measure.row.guarantor === 'us')
    .flatMap(({ statement, measure }) =>
      measure.assessed.parts.map(({ mapping }) => ({
        id: mapping.catalogue_id,
        text: statement.text,
        cadence: measure.row.cadence ?? cadenceOf(statement.cadence),
      })),
    )
  const groups = Map.groupBy(wanted, ({ id }) => id)
  const proposals = templates.flatMap((template): Proposal[] => {
    const lines = taken.has(template.id) ? undefined : groups.get(template.id)
    if (!lines) return []
    // What happens more often than each week a machine does: the same sentence may promise both.
    const promised = lines.flatMap(({ cadence }) =>
      cadence !== null && isCadence(cadence) && addTo(today, cadence) >= addTo(today, 'P1W') ? [cadence] : [],
    )
    // Of several the shortest: it keeps the others, too.
    const shortest = promised.toSorted((a, b) => addTo(today, a).localeCompare(addTo(today, b)))[0]
    return [
      {
        template,
        rhythm: rhythmFrom(shortest ?? template.cadence, today),
        isPromised: shortest !== undefined,
        lines: lines.map(({ text }) => text),
      },
    ]
  })
  return { language: document.language, proposals }
}

/** First due after a month, or after one whole rhythm where that is shorter: what was done before is not known. */
export function rhythmFrom(cadence: string | null, today: string): Rhythm {
  if (cadence === null) return { kind: 'release', days: 7 }
  const first = [addTo(today, cadence), addTo(today, 'P1M')].toSorted()[0] ?? today
  return { kind: 'every', duration: cadence, from: first }
}

/** The rhythm that the reader saw in a sentence; null where it named none, or one with two meanings. */
function cadenceOf(cadence: unknown): string | null {
  if (typeof cadence !== 'object' || cadence === null || !('every' in cadence)) return null
  return typeof cadence.every === 'string' ? cadence.every : null
}
