import { listFiles } from '../file/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { vouch } from '../measure/index.ts'
import { endOf, findTimeZone, todayOf } from '../calendar/index.ts'
import { agreementUntil, lastDayOf, restsOn, spanOf } from './processor.ts'
import * as store from './store.ts'
import type { ProcessorRow, ProofRow } from './store.ts'

/** Says anew what a processor stands behind: after each of its changes, and when something of it begins. */
export async function vouchAnew(tx: TenantContext, processorId: string): Promise<void> {
  const row = await store.getProcessor(tx, processorId)
  const shares = row.state === 'active' ? ((await store.listShares(tx)).get(processorId) ?? []) : []
  await vouch(tx, {
    source_id: processorId,
    processor: row.name,
    contract_of: row.contract_of,
    shares,
    onFile: shares.length === 0 ? null : await onFile(tx, row),
  })
}

/** The same for all of them. What is said already is not said again. */
export async function vouchForAll(tx: TenantContext): Promise<void> {
  for (const { id } of await store.listProcessors(tx)) await vouchAnew(tx, id)
}

/** What is on file of a processor today; null: an agreement, or a report or certificate, never was. */
async function onFile(tx: TenantContext, { id }: ProcessorRow) {
  const [agreements, proofs] = [await store.listAgreements(tx, [id]), await store.listProofs(tx, [id])]
  const files = await listFiles(
    tx,
    'processor',
    [...agreements, ...proofs].map((one) => one.id),
  )
  const hashes = (of: string) => (files.get(of) ?? []).map(({ sha256 }) => sha256)
  // Whose file is gone stays on record by its hash.
  const rests = restsOn(
    agreements.filter((one) => hashes(one.id).length > 0),
    proofs.filter((one) => hashes(one.id).length > 0),
    await todayOf(tx),
  )
  if (!rests) return null
  const { agreement, proof, lastDay } = rests
  return {
    title: `${agreement.title} (${spanOf(agreement.valid_from, agreementUntil(agreement))}) · ${proof.title} (${daysOf(proof)})`,
    freshUntil: endOf(lastDay, await findTimeZone(tx)),
    agreement: hashes(agreement.id),
    proof: hashes(proof.id),
  }
}

/** A certificate's days, or a report's period and the last day on which it counts. */
function daysOf(proof: ProofRow): string {
  const span = spanOf(proof.from_on, proof.until_on)
  return proof.form === 'certificate' ? span : `${span} → ${lastDayOf(proof)}`
}
