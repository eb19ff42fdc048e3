/**
 * What others than the publisher vouch for, as plain sentences: witnesses that cosigned a checkpoint, and a time-stamping
 * authority that stamped one. Both speak of the instance log, in which a head of the tenant's log stands.
 */

/** What witnesses cosigned. */
export interface WitnessedPart {
  readonly witnesses: readonly {
    readonly name: string
    /** Seconds since 1970, by the witness's own clock; 0: it states none. */
    readonly posixTime: number
    /** Whether the caller's own policy lists it. */
    readonly isYours: boolean
  }[]
  /** The size of the instance log. */
  readonly size: number
  /** How many entries of the tenant's log that covers. */
  readonly head: number
  readonly quorum: string
}

/** A time stamp that was checked, all but what it is of. */
export interface VouchedTime {
  /** SHA-256 that the authority stamped. */
  readonly imprint: Uint8Array
  /** ISO 8601 in UTC. */
  readonly time: string
  /** The name in the certificate that signed it. */
  readonly authority: string
  /** Whether the caller named the root certificate, or only the publisher did. */
  readonly rootFrom: 'caller' | 'bundle'
}

/** What the caller found in a time stamp: a time, or why it counts for nothing. */
export type StampVerdict = VouchedTime | { readonly place: string; readonly say: string }

interface Said {
  readonly proven: readonly string[]
  readonly notProven: readonly string[]
}

interface Log {
  readonly entries: number
  /** The entry that it is about: an edition, unless `subject` says otherwise. */
  readonly editionLeaf: number
  readonly subject?: 'edition' | 'entry'
}

/** The sentences on cosignatures. */
export function sayWitnesses(
  { witnesses, size, head, quorum }: WitnessedPart,
  { entries, editionLeaf, subject, hasPolicy }: Log & { readonly hasPolicy: boolean },
): Said {
  const named = witnesses.filter(({ isYours }) => !isYours).map(({ name }) => name)
  return {
    proven: [
      ...witnesses.map(
        ({ name, posixTime }) =>
          `The witness ${name} cosigned the installation’s log up to its size ${size}, ${timeOf(posixTime)}.`,
      ),
      `Witnessed in this way are the first ${head} of the ${entries} entries of this log; ${editionIn(editionLeaf, head, subject)}.`,
      ...(hasPolicy && quorum !== 'none' ? [`Your own policy accepts it: its quorum ${quorum} is met.`] : []),
    ],
    notProven: [
      ...(named.length === 0
        ? []
        : [
            `That these witnesses are independent of the publisher, who named them in the bundle: ${named.join(', ')}. Give a policy of your own.`,
          ]),
      ...after('the last witnessing', head, entries),
    ],
  }
}

/** The sentences on a time stamp whose imprint is that of the checkpoint. */
export function sayStamp(
  { time, authority, rootFrom }: VouchedTime,
  { head, entries, editionLeaf, subject }: Log & { readonly head: number },
): Said {
  return {
    proven: [
      `The time-stamping authority ${authority} saw a head of the installation’s log at ${time}: the first ${head} of the ${entries} entries of this log were there by then; ${editionIn(editionLeaf, head, subject)}.`,
    ],
    notProven: [
      ...(rootFrom === 'caller'
        ? []
        : [
            'That the time-stamping authority deserves trust: its root certificate is the one that the publisher named. Give one that you trust.',
          ]),
      ...after('the time stamp', head, entries),
    ],
  }
}

function editionIn(leaf: number, head: number, subject = 'edition'): string {
  return leaf < head ? `the ${subject} is among them` : `the ${subject} was recorded later`
}

function after(what: string, head: number, entries: number): string[] {
  const left = entries - head
  if (left === 0) return []
  return [
    `That what was recorded after ${what} stays as it is: leaf ${head} to ${entries - 1}, ${left} of ${entries} entries, are self-asserted.`,
  ]
}

/** The last second that a date can hold. */
const lastSecond = 8_640_000_000_000

function timeOf(posixTime: number): string {
  if (posixTime === 0) return 'without a time'
  if (posixTime > lastSecond) return `with a time that no calendar has (${posixTime})`
  return `by its own clock at ${new Date(posixTime * 1000).toISOString().replace('.000Z', 'Z')}`
}
