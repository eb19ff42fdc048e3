/** Checks a claim; see `claim.ts` for what it is. */

import { type AnchoredHead, obeyPolicy, strayLine, trustedKeys, witnessedBy } from './anchor.ts'
import { decodeBase64, encodeUtf8, equalBytes } from './bytes.ts'
import { type BundleStep, type BundleTrust, slotName } from './bundle.ts'
import { type ClaimedAnchor, type ClaimedEntry, readClaim, type ReadClaim } from './claim.ts'
import { isOpenedBy } from './commitment.ts'
import type { LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { parseLeaf, type ReadLeaf } from './leaf.ts'
import type { VerifierKey } from './note.ts'
import {
  type AcceptedCheckpoint,
  formatPolicy,
  parsePolicy,
  type Policy,
  policyOfKeys,
  policyOfWitnesses,
} from './policy.ts'
import { openProof, parseProof } from './proof.ts'
import { leafHash, verifyConsistency, verifyInclusion } from './tree.ts'
import { sayStamp, sayWitnesses, type WitnessedPart } from './vouching.ts'

/** What a check of a claim found. */
export interface ClaimReport {
  readonly holds: boolean
  readonly steps: readonly BundleStep[]
  /** Empty unless the claim holds. */
  readonly proven: readonly string[]
  readonly notProven: readonly string[]
  readonly origin: string
  readonly size: number
  /** The entry that it proves, and those that belong to it. Trust them only where the claim holds. */
  readonly leaf: ReadLeaf | null
  readonly records: readonly ReadLeaf[]
  /** Contents by `slotName`. */
  readonly opened: ReadonlyMap<string, Uint8Array>
  /** The line of an edition that it is about. */
  readonly line: string | null
  readonly keyFrom: 'caller' | 'bundle'
  readonly witnessed: WitnessedPart | null
}

/** Whether a text begins as a proof file does. */
export function isProofText(text: string): boolean {
  return text.startsWith('c2sp.org/tlog-proof@v1\n')
}

/** Time stamp of a claim, for whoever checks certificates; null: none. @throws {LedgerError} no claim */
export function stampInClaim(
  text: string,
): { readonly note: string; readonly token: Uint8Array; readonly root: string } | null {
  const { stamp } = claimIn(text)
  return stamp && { note: parseProof(stamp.proof).checkpoint, token: stamp.token, root: stamp.root }
}

/**
 * Checks a claim. Attacker-controlled throughout. The caller's `held` checkpoints are not looked at: a single entry cannot show
 * that a log continues another.
 *
 * @throws {LedgerError} `proof` for what is no proof file, or one without a claim in it
 */
export function verifyClaim(crypto: LedgerCrypto, text: string, trust: BundleTrust = {}): ClaimReport {
  return new ClaimCheck(crypto, text, trust).report()
}

function claimIn(text: string): ReadClaim {
  const { extra } = parseProof(text)
  if (extra === undefined)
    throw new LedgerError(
      'proof',
      'The proof holds no entry in its extra line; give the entry, with a policy or a key.',
    )
  return readClaim(extra)
}

class ClaimCheck {
  readonly #crypto: LedgerCrypto
  readonly #trust: BundleTrust
  readonly #text: string
  readonly #claim: ReadClaim
  readonly #steps: BundleStep[] = []
  readonly #proven: string[] = []
  readonly #notProven: string[] = [
    'That what was observed is true: the publisher tests itself.',
    'When things happened: the times are the publisher’s own, unless a witness or a time stamp says more.',
    'What else the log holds: this file proves single entries of it.',
  ]
  readonly #opened = new Map<string, Uint8Array>()
  #policy: Policy | undefined
  #accepted: AcceptedCheckpoint | undefined
  #leaf: ReadLeaf | null = null
  readonly #records: ReadLeaf[] = []
  #keyFrom: 'caller' | 'bundle' = 'bundle'
  #witnessed: WitnessedPart | null = null

  constructor(crypto: LedgerCrypto, text: string, trust: BundleTrust) {
    this.#crypto = crypto
    this.#trust = trust
    this.#text = text
    this.#claim = claimIn(text)
  }

  report(): ClaimReport {
    this.#step('entries', 'proof', 'The entry is in the log whose checkpoint is signed.', () => this.#checkEntry())
    const accepted = this.#accepted
    if (accepted !== undefined) {
      for (const record of this.#claim.records) this.#checkRecord(accepted, record)
      this.#vouch(accepted)
    }
    const holds = this.#steps.every(({ ok }) => ok)
    return {
      holds,
      steps: this.#steps,
      proven: holds ? this.#proven : [],
      notProven: this.#notProven,
      origin: accepted?.origin ?? '',
      size: accepted?.size ?? 0,
      leaf: this.#leaf,
      records: this.#records,
      opened: this.#opened,
      line: this.#claim.line,
      keyFrom: this.#keyFrom,
      witnessed: holds ? this.#witnessed : null,
    }
  }

  #checkEntry(): void {
    const { entry, policy: text } = this.#claim
    const leaf = parseLeaf(entry.leaf, 'leaf')
    const policy = parsePolicy(this.#crypto, text)
    const keysOf = (listed: readonly { readonly key: VerifierKey }[]) => listed.map(({ key }) => key)
    if (formatPolicy(policyOfWitnesses(keysOf(policy.logs), keysOf(policy.witnesses))) !== text)
      throw new LedgerError('policy', 'The policy is not in its one spelling.', 'policy')
    const known = [leaf.log, ...this.#anchorOrigins()]
    if (policy.logs.some(({ key }) => !known.includes(key.name)))
      throw new LedgerError('policy', 'The policy names a log that is not in this file.', 'policy')
    const own = keysOf(policy.logs).filter(({ name }) => name === leaf.log)
    const trusted = trustedKeys(this.#trust, leaf.log)
    const keys = trusted === undefined ? own : own.filter((key) => trusted.some((one) => isSame(one, key)))
    if (keys.length === 0)
      throw new LedgerError('key', `No key of the log ${leaf.log} is one that you trust.`, 'policy')
    this.#keyFrom = trusted === undefined ? 'bundle' : 'caller'
    const { index, accepted } = openProof(this.#crypto, this.#text, entry.leaf, policyOfKeys(keys))
    this.#inPlace(leaf, index, accepted)
    this.#noStray(accepted, own)
    this.#policy = policy
    this.#accepted = accepted
    this.#leaf = leaf
    this.#open(leaf, entry)
    this.#proven.push(
      `Entry ${index} of the ${accepted.size} in the log ${accepted.origin}, recorded as ${leaf.type} at ${leaf.at}, is unchanged.`,
    )
    if (this.#keyFrom === 'bundle')
      this.#notProven.unshift(
        'Who made this: the key was taken from the file itself. Compare it with one that you got another way.',
      )
  }

  #checkRecord({ size, root, ...accepted }: AcceptedCheckpoint, record: ReadClaim['records'][number]): void {
    const { index, hashes: proof } = record
    this.#step('entries', `record ${index}`, `Entry ${index}, which belongs to it, is in the same log.`, () => {
      const leaf = parseLeaf(record.leaf, `record ${index}`)
      if (!verifyInclusion(this.#crypto, { index, size, root, leafHash: leafHash(this.#crypto, record.leaf), proof }))
        throw new LedgerError('proof', `The entry is not number ${index} of the log.`)
      this.#inPlace(leaf, index, { size, root, ...accepted })
      this.#open(leaf, record)
      this.#records.push(leaf)
    })
  }

  #inPlace(leaf: ReadLeaf, index: number, { origin }: AcceptedCheckpoint): void {
    if (leaf.seq !== index || leaf.log !== origin)
      throw new LedgerError('proof', `The entry was recorded as number ${leaf.seq} of the log ${leaf.log}.`)
  }

  #noStray(accepted: AcceptedCheckpoint, listed: readonly VerifierKey[]): void {
    const stray = strayLine(accepted, listed)
    if (stray !== undefined) throw new LedgerError('signature', `Nothing vouches for the signature by ${stray}.`)
  }

  #open(leaf: ReadLeaf, { openings }: ClaimedEntry): void {
    for (const { role, salt, content } of openings) {
      const committed = leaf.obj.find((one) => one.role === role)
      const name = slotName({ index: leaf.seq, role })
      if (committed === undefined || this.#opened.has(name))
        throw new LedgerError('proof', `Entry ${leaf.seq} has no such content, or it is here twice.`, role)
      if (!isOpenedBy(this.#crypto, committed.c, salt, content) || committed.n !== content.length)
        throw new LedgerError('proof', `This is not the content that entry ${leaf.seq} recorded.`, role)
      this.#opened.set(name, content)
    }
  }

  #vouch(accepted: AcceptedCheckpoint): void {
    const { instance } = this.#claim
    let anchored: AnchoredHead | undefined
    if (instance === null) this.#notProven.push('That anybody but the publisher has seen this log: no proof is here.')
    else
      this.#step('instance', 'instance', 'The installation recorded a head of this log in its own log.', () => {
        anchored = this.#anchored(accepted, instance, this.#policy)
      })
    const { policy: own } = this.#trust
    if (own !== undefined)
      this.#step('witness', 'instance', 'Your policy accepts the checkpoint of the installation.', () =>
        obeyPolicy(this.#crypto, own, accepted.origin, anchored),
      )
    if (anchored !== undefined) this.#sayWitnesses(accepted, anchored)
    this.#checkStamp(accepted)
  }

  #sayWitnesses(accepted: AcceptedCheckpoint, anchored: AnchoredHead): void {
    this.#proven.push(`The installation recorded a head of this log in its own log, by its clock at ${anchored.at}.`)
    this.#witnessed = witnessedBy(anchored, this.#policy, this.#trust.policy)
    if (this.#witnessed === null) {
      this.#notProven.push('That a witness has seen this log: none has cosigned a head of it.')
      return
    }
    const said = sayWitnesses(this.#witnessed, {
      ...this.#logOf(accepted),
      hasPolicy: this.#trust.policy !== undefined,
    })
    this.#proven.push(...said.proven)
    this.#notProven.push(...said.notProven)
  }

  #checkStamp(accepted: AcceptedCheckpoint): void {
    const { stamp } = this.#claim
    if (stamp === null) {
      this.#notProven.push('What time it was by another clock: no time stamp (RFC 3161) is in the bundle.')
      return
    }
    this.#step('stamp', 'stamp', 'The time stamp belongs to a head of this log.', () => {
      const { note, ...anchored } = this.#anchored(accepted, stamp, policyOfKeys(this.#logKeys()))
      const found = this.#trust.stamp
      if (found === undefined) {
        this.#notProven.push('What the time stamp says: this verifier cannot check it.')
        return
      }
      if ('say' in found) throw new LedgerError('proof', found.say, found.place)
      const text = note.slice(0, note.indexOf('\n\n') + 1)
      if (!equalBytes(found.imprint, this.#crypto.sha256(encodeUtf8(text))))
        throw new LedgerError('proof', 'The time stamp is of something else than this checkpoint.')
      const said = sayStamp(found, { ...this.#logOf(accepted), head: anchored.head })
      this.#proven.push(...said.proven)
      this.#notProven.push(...said.notProven)
    })
  }

  /** A head in the instance log that this log's checkpoint continues. */
  #anchored(accepted: AcceptedCheckpoint, claimed: ClaimedAnchor, listed: Policy | undefined): AnchoredHead {
    const leaf = parseLeaf(claimed.leaf, 'leaf')
    const chosen = (trustedKeys(this.#trust, leaf.log) ?? []).filter(({ name }) => name === leaf.log)
    const foreign = `Who runs the log ${leaf.log}: its key was taken from the bundle.`
    if (chosen.length === 0 && !this.#notProven.includes(foreign)) this.#notProven.push(foreign)
    const own = (listed?.logs ?? []).filter(({ key }) => key.name === leaf.log)
    const logs = chosen.length === 0 ? own : chosen.map((key) => ({ key }))
    const proof = openProof(this.#crypto, claimed.proof, claimed.leaf, { ...policyOfKeys([]), ...listed, logs })
    this.#inPlace(leaf, proof.index, proof.accepted)
    this.#noStray(proof.accepted, [...this.#logKeys(), ...(listed?.witnesses ?? []).map(({ key }) => key)])
    const { head, type } = leaf
    if (proof.extra !== undefined || type !== 'tenant.checkpoint' || head?.origin !== accepted.origin)
      throw new LedgerError('proof', 'The entry does not record a head of this log.')
    const claim = {
      oldSize: head.size,
      oldRoot: decodeBase64(head.root, 'root'),
      size: accepted.size,
      root: accepted.root,
      proof: claimed.consistency,
    }
    if (!verifyConsistency(this.#crypto, claim))
      throw new LedgerError(
        'proof',
        `The installation recorded another log, or ${head.size} entries that this one does not continue.`,
      )
    return { accepted: proof.accepted, note: proof.checkpoint, at: leaf.at, head: head.size }
  }

  #logKeys(): VerifierKey[] {
    return (this.#policy?.logs ?? []).map(({ key }) => key)
  }

  #logOf({ size }: AcceptedCheckpoint) {
    const subject = this.#leaf?.type.startsWith('edition.') === true ? 'edition' : 'entry'
    return { entries: size, editionLeaf: this.#leaf?.seq ?? 0, subject } as const
  }

  #anchorOrigins(): string[] {
    const { instance, stamp } = this.#claim
    return [instance, stamp].flatMap((anchor) => (anchor === null ? [] : [parseLeaf(anchor.leaf, 'leaf').log]))
  }

  #step(id: BundleStep['id'], place: string, say: string, act: () => void): void {
    try {
      act()
      this.#steps.push({ id, ok: true, place, say })
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      this.#steps.push({ id, ok: false, place, say: error.reason })
    }
  }
}

function isSame(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.type === b.type && equalBytes(a.publicKey, b.publicKey)
}
