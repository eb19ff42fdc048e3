import type { Outcome } from '@art32/probes'
import { requestRun } from '../check/index.ts'
import type { Judged } from '../check/index.ts'
import { getConnection, lacksSettings, sendsItself } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { exceptionsInForce } from '../measure/index.ts'
import { attendExceptions } from './exception.ts'
import { stepOf } from './finding.ts'
import * as store from './store.ts'
import type { FindingRow } from './store.ts'

/** The queue of second looks; its payload is a `SecondLook`. */
export const secondLookQueue = 'finding.second-look'

/** A connection through which something was seen once. */
export interface SecondLook {
  readonly tenantId: string
  readonly connectionId: string
}

/** How long after the first look a second one decides: a restart or a short outage is over by then. */
export const secondLookMs = 5 * 60_000

/**
 * Brings the findings of a system up to what a look saw, as the table of `stepOf` says. A look says one thing of each
 * subject, so that the second reading is always that of another look.
 */
export async function settleFindings(tx: TenantContext, look: Judged): Promise<void> {
  const { systemId, outcomes, earlier } = look
  await attendExceptions(tx)
  const failing = new Map(
    outcomes.filter(({ state }) => state === 'fail').map((outcome): [string, Outcome] => [outcome.key, outcome]),
  )
  const judged = new Set(
    outcomes.filter(({ state }) => state !== 'not-evaluated' && state !== 'stale').map(({ check }) => check),
  )
  const known = new Map((await store.listOfSystem(tx, systemId)).map((row) => [row.key, row]))
  const inForce = await exceptionsInForce(tx)
  let suspects = false
  for (const [key, outcome] of failing) {
    const finding = known.get(key)
    const step = stepOf(finding, { fails: true, judged: true, judgedBefore: earlier.has(outcome.check) })
    if (step === 'suspect') {
      await store.suspect(tx, outcome, finding)
      suspects = true
    } else if (step === 'see' && finding) await store.see(tx, finding.id, outcome)
    else if (step === 'open' || step === 'reopen') {
      const id = await store.open(tx, outcome, finding)
      const type = step === 'open' ? 'finding.opened' : 'finding.reopened'
      // Nobody has to act on what an exception covers.
      const code = inForce.has(key) ? 'excepted' : outcome.severity
      await tx.append({ type, about: { kind: 'finding', id }, code })
    }
  }
  for (const finding of known.values())
    if (!failing.has(finding.key)) await settleUnseen(tx, finding, judged.has(finding.check_id))
  if (!suspects) return
  const again: SecondLook = { tenantId: tx.tenant.id, connectionId: look.connectionId }
  await tx.enqueue(secondLookQueue, again, new Date(tx.now.getTime() + secondLookMs))
}

/** What does not fail in a look: a check that could not look leaves its findings as they are. */
async function settleUnseen(tx: TenantContext, finding: FindingRow, judged: boolean): Promise<void> {
  const step = stepOf(finding, { fails: false, judged, judgedBefore: true })
  if (step === 'dismiss') await store.dismiss(tx, finding.id)
  if (step !== 'close') return
  await store.close(tx, finding.id)
  await tx.append({ type: 'finding.closed', about: { kind: 'finding', id: finding.id }, code: 'mended' })
}

/** Looks again through a connection, unless another look has decided meanwhile or nothing may be looked at. */
export async function lookTwice(tx: TenantContext, { connectionId }: SecondLook): Promise<void> {
  const row = await getConnection(tx, connectionId).catch(() => null)
  // What sends itself says it again by itself.
  if (!row || row.paused || sendsItself(row) || lacksSettings(row) || !(await store.isSuspected(tx, row.system_id)))
    return
  await requestRun(tx, [connectionId])
}
