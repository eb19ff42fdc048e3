/**
 * A head of a tenant's log that stands in the instance log, whose checkpoint witnesses cosign. Shared by bundles and claims.
 */

import { isSameKey, type VerifierKey } from './note.ts'
import type { LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { acceptCheckpoint, type AcceptedCheckpoint, type Policy } from './policy.ts'
import type { WitnessedPart } from './vouching.ts'

/** A head of this log that stands in the instance log. */
export interface AnchoredHead {
  readonly accepted: AcceptedCheckpoint
  /** The checkpoint of the instance log, verbatim. */
  readonly note: string
  /** When the installation recorded the head, by its clock. */
  readonly at: string
  /** How many entries of the tenant's log it covers. */
  readonly head: number
}

/** What a caller brings to a verification. */
export interface KeyTrust {
  readonly keys?: readonly VerifierKey[] | undefined
  readonly policy?: Policy | undefined
}

/** The caller's keys; undefined: the caller brought none that could be of this log. */
export function trustedKeys({ keys, policy }: KeyTrust, origin: string): readonly VerifierKey[] | undefined {
  const listed = (policy?.logs ?? []).map(({ key }) => key)
  if (keys === undefined && !listed.some(({ name }) => name === origin)) return undefined
  return [...(keys ?? []), ...listed]
}

/**
 * Judges by the caller's own policy, whatever the publisher's says.
 *
 * @param origin of the tenant's log
 * @throws {LedgerError} `policy` or `signature`
 */
export function obeyPolicy(
  crypto: LedgerCrypto,
  own: Policy,
  origin: string,
  anchored: AnchoredHead | undefined,
): void {
  const names = [origin, ...(anchored === undefined ? [] : [anchored.accepted.origin])]
  if (own.logs.length > 0 && !own.logs.some(({ key }) => names.includes(key.name)))
    throw new LedgerError('policy', 'Your policy lists no log of this bundle.')
  if (anchored === undefined) {
    if (own.quorum === 'none') return
    throw new LedgerError(
      'policy',
      `Your policy asks for the quorum "${own.quorum}"; there is no checkpoint that witnesses could have cosigned.`,
    )
  }
  const { accepted, note } = anchored
  const isListed = own.logs.some(({ key }) => key.name === accepted.origin)
  // Whose log it is was judged before; here only the witnesses count.
  const signers = accepted.note.verified.map(({ key }) => ({ key })).filter(({ key }) => key.name === accepted.origin)
  acceptCheckpoint(crypto, { ...own, logs: isListed ? own.logs : signers }, note)
}

/** Who cosigned, and whom of them the caller's policy lists; null: nobody did. */
export function witnessedBy(
  { accepted, head }: AnchoredHead,
  publishers: Policy | undefined,
  own: Policy | undefined,
): WitnessedPart | null {
  if (accepted.witnessed.length === 0) return null
  const witnesses = accepted.witnessed.map(({ name, posixTime }) => {
    const named = publishers?.witnesses.find((witness) => witness.name === name)
    const isYours = own?.witnesses.some(({ key }) => named !== undefined && isSameKey(key, named.key)) ?? false
    return { name, posixTime, isYours }
  })
  return { witnesses, size: accepted.size, head, quorum: own?.quorum ?? 'none' }
}

/** The first signature line by a key that the policy does not list: bytes that nothing vouches for. */
export function strayLine(checkpoint: AcceptedCheckpoint, listed: readonly VerifierKey[]): string | undefined {
  const stray = checkpoint.note.unknown.find(
    ({ name, id }) => !listed.some((key) => key.name === name && key.id === id),
  )
  return stray && `${stray.name}+${stray.id}`
}
