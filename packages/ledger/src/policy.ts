/**
 * Trust policies (C2SP tlog-policy): which logs are known, which witnesses, and how many of them must have cosigned.
 *
 *     log <vkey>
 *     witness <name> <vkey>
 *     group <name> <k|any|all> <name>…
 *     quorum <name|none>
 */

import { hasControl, parseDecimal } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { Hasher, LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { formatVkey, isSameKey, type OpenedNote, openNote, parseVkey, type VerifierKey } from './note.ts'

/** A parsed policy. Names are unique over witnesses and groups; groups refer only to what stands before them. */
export interface Policy {
  readonly logs: readonly { readonly key: VerifierKey; readonly url?: string }[]
  readonly witnesses: readonly { readonly name: string; readonly key: VerifierKey; readonly url?: string }[]
  readonly groups: readonly { readonly name: string; readonly threshold: number; readonly members: readonly string[] }[]
  /** The witness or group that must have cosigned; `none` asks for no witness. */
  readonly quorum: string
}

/** A checkpoint whose log signature verifies. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly note: OpenedNote
}

/**
 * Verifies a checkpoint: a key that bears the name of its origin must have signed.
 *
 * A witness's cosignature alone is not enough, since it says nothing that the log did not say first.
 */
export function openCheckpoint(crypto: LedgerCrypto, note: string, keys: readonly VerifierKey[]): OpenedCheckpoint {
  const opened = openNote(crypto, note, keys)
  const checkpoint = parseCheckpoint(opened.text)
  if (!opened.verified.some(({ key }) => key.name === checkpoint.origin && key.type !== 0x04)) {
    throw new LedgerError('signature', `The checkpoint is not signed by a trusted key of the log ${checkpoint.origin}.`)
  }
  return { ...checkpoint, note: opened }
}

/** A checkpoint that a policy accepts. */
export interface AcceptedCheckpoint extends OpenedCheckpoint {
  /** Witnesses that cosigned, with their times in seconds since 1970. */
  readonly witnessed: readonly { readonly name: string; readonly posixTime: number }[]
}

/** A policy that trusts keys of logs and asks for no witness. */
export function policyOfKeys(keys: readonly VerifierKey[]): Policy {
  return { logs: keys.map((key) => ({ key })), witnesses: [], groups: [], quorum: 'none' }
}

/**
 * A policy that trusts keys of logs and asks for the cosignatures of all these witnesses; each bears the name of its key.
 *
 * As a bundle has it: then no other quorum and no other name is the same policy, and each of its bytes counts.
 */
export function policyOfWitnesses(logs: readonly VerifierKey[], witnesses: readonly VerifierKey[]): Policy {
  const members = witnesses.map(({ name }) => name)
  const [first, ...more] = members
  const policy = { ...policyOfKeys(logs), witnesses: witnesses.map((key) => ({ name: key.name, key })) }
  if (first === undefined) return policy
  if (more.length === 0) return { ...policy, quorum: first }
  return { ...policy, groups: [{ name: allWitnesses, threshold: members.length, members }], quorum: allWitnesses }
}

/** The name of the group in {@link policyOfWitnesses}. */
export const allWitnesses = 'all-witnesses'

/** The text of a policy, in one spelling: no comments, single spaces, logs first, thresholds as numbers. */
export function formatPolicy(policy: Policy): string {
  const lines = [
    ...policy.logs.map(({ key, url }) => ['log', formatVkey(key), url]),
    ...policy.witnesses.map(({ name, key, url }) => ['witness', name, formatVkey(key), url]),
    ...policy.groups.map(({ name, threshold, members }) => ['group', name, threshold, ...members]),
    ['quorum', policy.quorum],
  ]
  return lines.map((words) => `${words.filter((word) => word !== undefined).join(' ')}\n`).join('')
}

/** Parses a policy. @throws {LedgerError} `policy` or `key`, naming the line */
export function parsePolicy(crypto: Hasher, text: string): Policy {
  const reading = new PolicyReading(crypto)
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new LedgerError('policy', 'Each line of a policy ends with a newline.')
  for (const [i, line] of lines.entries()) reading.line(line, `line ${i + 1}`)
  return reading.policy()
}

/**
 * Verifies a checkpoint against a policy: signed by one of its logs under that log's name, cosigned by the quorum.
 *
 * @throws {LedgerError} `signature` or `policy`
 */
export function acceptCheckpoint(crypto: LedgerCrypto, policy: Policy, note: string): AcceptedCheckpoint {
  const keys = [...policy.logs, ...policy.witnesses].map(({ key }) => key)
  const checkpoint = openCheckpoint(crypto, note, keys)
  const { verified } = checkpoint.note
  if (!verified.some(({ key }) => key.name === checkpoint.origin && policy.logs.some((log) => log.key === key))) {
    throw new LedgerError('policy', `The policy does not list a key of the log ${checkpoint.origin} that signed.`)
  }
  const witnessed = policy.witnesses.flatMap(({ name, key }) => {
    const cosignature = verified.find((signature) => signature.key === key)
    return cosignature === undefined ? [] : [{ name, posixTime: cosignature.posixTime ?? 0 }]
  })
  const satisfied = new Set(['none', ...witnessed.map(({ name }) => name)])
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => satisfied.has(member)).length >= threshold) satisfied.add(name)
  }
  if (!satisfied.has(policy.quorum)) {
    throw new LedgerError(
      'policy',
      `The checkpoint has ${witnessed.length} of the policy's cosignatures; the quorum "${policy.quorum}" is not met.`,
    )
  }
  return { ...checkpoint, witnessed }
}

class PolicyReading {
  readonly #crypto: Hasher
  readonly #logs: { key: VerifierKey; url?: string }[] = []
  readonly #witnesses: { name: string; key: VerifierKey; url?: string }[] = []
  readonly #groups: { name: string; threshold: number; members: string[] }[] = []
  readonly #members = new Set<string>()
  #quorum: string | undefined

  constructor(crypto: Hasher) {
    this.#crypto = crypto
  }

  line(line: string, place: string): void {
    if (hasControl(line, '\t') || line.includes('\x7f'))
      throw new LedgerError('policy', 'A policy has no control characters.', place)
    const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
    if (keyword === undefined || keyword.startsWith('#')) return
    if (keyword === 'log' && (words.length === 1 || words.length === 2)) this.#log(words, place)
    else if (keyword === 'witness' && (words.length === 2 || words.length === 3)) this.#witness(words, place)
    else if (keyword === 'group' && words.length >= 3) this.#group(words, place)
    else if (keyword === 'quorum' && words.length === 1 && this.#quorum === undefined) this.#setQuorum(words[0]!, place)
    else throw new LedgerError('policy', 'The line is not log, witness, group or the one quorum with its words.', place)
  }

  policy(): Policy {
    if (this.#quorum === undefined)
      throw new LedgerError('policy', 'A policy needs a line "quorum"; "quorum none" asks for no witness.')
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum }
  }

  #log([vkey = '', url]: string[], place: string): void {
    const key = this.#key(vkey, this.#logs, place)
    this.#logs.push(url === undefined ? { key } : { key, url })
  }

  #witness([name = '', vkey = '', url]: string[], place: string): void {
    this.#claim(name, place)
    const key = this.#key(vkey, this.#witnesses, place)
    if (key.type === 0x01)
      throw new LedgerError('policy', 'The key of a witness is of a cosignature type (4 or 6).', place)
    this.#witnesses.push(url === undefined ? { name, key } : { name, key, url })
  }

  #group([name = '', rule = '', ...members]: string[], place: string): void {
    for (const member of members) {
      if (!this.#isDefined(member))
        throw new LedgerError('policy', 'A member of the group is not defined on a line before.', place)
      if (this.#members.has(member)) throw new LedgerError('policy', 'A member belongs to one group only.', place)
      this.#members.add(member)
    }
    const threshold = rule === 'any' ? 1 : rule === 'all' ? members.length : parseDecimal(rule)
    if (threshold === undefined || threshold < 1 || threshold > members.length) {
      throw new LedgerError('policy', 'The threshold of a group is any, all, or 1 to its number of members.', place)
    }
    this.#claim(name, place)
    this.#groups.push({ name, threshold, members })
  }

  #setQuorum(name: string, place: string): void {
    if (name !== 'none' && !this.#isDefined(name))
      throw new LedgerError('policy', 'The quorum is not defined on a line before.', place)
    this.#quorum = name
  }

  #key(vkey: string, others: readonly { key: VerifierKey }[], place: string): VerifierKey {
    const key = atPlace(place, () => parseVkey(this.#crypto, vkey))
    if (others.some((other) => isSameKey(other.key, key)))
      throw new LedgerError('policy', 'The public key is listed twice.', place)
    return key
  }

  #claim(name: string, place: string): void {
    if (name === 'none' || this.#isDefined(name)) throw new LedgerError('policy', 'The name is taken.', place)
  }

  #isDefined(name: string): boolean {
    return this.#witnesses.some((witness) => witness.name === name) || this.#groups.some((group) => group.name === name)
  }
}

function atPlace<T>(place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof LedgerError) throw new LedgerError(error.code, error.reason, place)
    throw error
  }
}
