import type { TenantContext } from '../evidence/index.ts'
import type { ShieldedReport } from '../shield/index.ts'
import { replaceAttestation } from './attestation.ts'

/** The measures behind which imports through the shield stand, for as long as the catalogue says that evidence of them counts. */
const kept = [
  {
    measure: 'redaction-before-processing',
    // One for each measure of a tenant: a fixed id, since an attestation names what it rests on by one.
    sourceId: '00000000-0000-4000-8000-000000000071',
    days: 183,
    needsPseudonyms: false,
    title: {
      en: 'Imported files lose their personal data before they are stored',
      de: 'Importierte Dateien verlieren ihre personenbezogenen Daten, bevor sie gespeichert werden',
    },
  },
  {
    measure: 'pseudonymisation',
    sourceId: '00000000-0000-4000-8000-000000000072',
    days: 366,
    needsPseudonyms: true,
    title: {
      en: 'People in imported files are replaced by keyed pseudonyms',
      de: 'Menschen in importierten Dateien sind durch Pseudonyme mit Schlüssel ersetzt',
    },
  },
] as const

/** All of them. */
export const shieldedMeasures: readonly string[] = kept.map(({ measure }) => measure)

const dayMs = 86_400_000

/**
 * Says that a file went through the shield, by somebody who may sign for what they do; the report is the evidence. What a program
 * sends and gets back confirms nothing: nobody has looked.
 */
export async function standShielded(tx: TenantContext, report: ShieldedReport): Promise<void> {
  const { caller, now, tenant } = tx
  if (caller.kind !== 'user' || !caller.permissions.includes('duty:sign')) return
  for (const { measure, sourceId, days, needsPseudonyms, title } of kept) {
    if (needsPseudonyms && !report.hasPseudonyms) continue
    await replaceAttestation(tx, {
      source: 'shield',
      source_id: sourceId,
      catalogue_id: measure,
      title: title[tenant.language],
      role: caller.role,
      given_at: now,
      effective_on: now.toISOString().slice(0, 10),
      fresh_until: new Date(now.getTime() + days * dayMs),
      commitment: report.commitment,
      overdue_since: null,
      on_time: 0,
      counted: 0,
    })
  }
}
