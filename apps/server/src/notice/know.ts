import type { TenantContext } from '../evidence/index.ts'
import { findAuthority } from '../incident/index.ts'
import { findBody, listActivityNames } from '../processing/index.ts'
import { listNamed } from '../processor/index.ts'
import { appErrors } from './errors.ts'
import type { Facts, Known, NamedRecipient } from './facts.ts'

/** What the other registers hold of which notices are made: read once for many apps. */
export interface Registers {
  readonly controller: Known['controller']
  readonly processors: ReadonlyMap<string, NamedRecipient>
  readonly activities: readonly { readonly id: string; readonly name: string }[]
}

/** Reads the registers. Who answers stands in the record of processing, who processes in the register of processors. */
export async function readRegisters(tx: TenantContext): Promise<Registers> {
  return {
    controller: await findBody(tx),
    processors: new Map((await listNamed(tx)).map(({ id, ...one }) => [id, one])),
    activities: await listActivityNames(tx),
  }
}

/** Facts with everything that they refer to. */
export function knownOf(facts: Facts, { controller, processors, activities }: Registers): Known {
  const authority = findAuthority(facts.authority)
  const used = facts.recipients.flatMap(({ processorId }) => processorId ?? [])
  return {
    facts,
    controller,
    processors: Object.fromEntries(
      used.flatMap((id) => {
        const one = processors.get(id)
        return one ? [[id, one]] : []
      }),
    ),
    authority: authority ? { name: authority.name, seat: authority.seat, web: authority.web } : null,
    activities: activities.map(({ id }) => id).filter((id) => facts.purposes.some((one) => one.activityId === id)),
  }
}

/**
 * Refuses what cannot be meant: keys that stand for two things, and references to nothing. What is only missing is no refusal.
 *
 * @throws {app.twice | app.no_reference}
 */
export function checkFacts(facts: Facts, { processors, activities }: Registers, before: Facts | null): void {
  const keys = facts.categories.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw appErrors.twice()
  // What was there before may have ended since: that is for the check to say.
  const knownBefore = new Set(
    [
      ...(before?.recipients ?? []).map(({ processorId }) => processorId),
      ...(before?.purposes ?? []).map(({ activityId }) => activityId),
    ].filter((id) => id !== null),
  )
  const isLost = (id: string | null, isThere: (id: string) => boolean) =>
    id !== null && !isThere(id) && !knownBefore.has(id)
  if (
    facts.recipients.some(({ processorId }) => isLost(processorId, (id) => processors.has(id))) ||
    facts.purposes.some(({ activityId }) => isLost(activityId, (id) => activities.some((one) => one.id === id))) ||
    (facts.authority !== '' && findAuthority(facts.authority) === undefined)
  )
    throw appErrors.no_reference()
}
