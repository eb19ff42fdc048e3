import { LedgerError, openProof, policyOfKeys, type BundleTrust, type LedgerCrypto } from '@art32/ledger'
import { Refusal } from './refusal.ts'
import type { Verification } from './verification.ts'

/**
 * Checks a plain proof file of any log with its entry from elsewhere, by the caller's policy or keys alone.
 *
 * @throws {Refusal} neither policy nor key
 */
export function verifyPlainProof(
  crypto: LedgerCrypto,
  text: string,
  { from, entry, trust }: { from: string; entry: Uint8Array; trust: BundleTrust },
): Verification {
  const { keys = [] } = trust
  if (trust.policy === undefined && keys.length === 0)
    throw new Refusal('A plain proof says nothing by itself: give --policy or --key of the log.')
  const policy = trust.policy ?? policyOfKeys([])
  const found = opened(() =>
    openProof(crypto, text, entry, { ...policy, logs: [...policy.logs, ...keys.map((key) => ({ key }))] }),
  )
  const accepted = 'say' in found ? null : found.accepted
  const witnessed =
    accepted === null || accepted.witnessed.length === 0
      ? null
      : {
          witnesses: accepted.witnessed.map((one) => ({ ...one, isYours: true })),
          size: accepted.size,
          head: accepted.size,
          quorum: policy.quorum,
        }
  return {
    schema: 'art32.verify/1',
    holds: accepted !== null,
    from,
    edition: null,
    log: { origin: accepted?.origin ?? '', size: accepted?.size ?? 0, keyFrom: 'caller' },
    policyFrom: trust.policy === undefined ? 'bundle' : 'caller',
    witnessed,
    rotations: [],
    compromised: false,
    gaps: [],
    proven:
      'say' in found
        ? []
        : [
            `The entry is number ${found.index} of the ${found.accepted.size} in the log ${found.accepted.origin}.`,
            ...found.accepted.witnessed.map(
              ({ name, posixTime }) =>
                `Your witness ${name} cosigned the checkpoint, by its own clock at ${new Date(posixTime * 1000).toISOString()}.`,
            ),
          ],
    notProven: ['What the entry means: it was not looked at.', 'What else the log holds.'],
    faults: 'say' in found ? [{ place: 'proof', say: found.say }] : [],
    steps: [],
    lines: [],
  }
}

function opened<T>(open: () => T): T | { readonly say: string } {
  try {
    return open()
  } catch (error) {
    if (error instanceof LedgerError) return { say: error.reason }
    throw error
  }
}
