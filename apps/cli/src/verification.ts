import {
  encodeHex,
  formatVkey,
  LedgerError,
  verifyBundle,
  type Bundle,
  type BundleReport,
  type BundleTrust,
  type LedgerCrypto,
} from '@art32/ledger'
import { linesOf, type EditionDocument } from '@art32/press'
import { isRecord } from './bundled-edition.ts'
import { auditBundledEdition, type EditionFinding, type EditionReport } from './edition-audit.ts'
import { Refusal } from './refusal.ts'

/** A place that does not hold. */
interface Fault {
  readonly place: string
  readonly say: string
}

/** What the verification found; the shape of `--json`. */
export interface Verification {
  readonly schema: 'art32.verify/1'
  readonly holds: boolean
  readonly from: string
  readonly edition: Pick<EditionDocument, 'title' | 'state' | 'number' | 'date' | 'counts' | 'tenant'> | null
  readonly log: { readonly origin: string; readonly size: number; readonly keyFrom: 'caller' | 'bundle' }
  /** Whose policy decided about witnesses, and what they cosigned; null: nothing. */
  readonly policyFrom: 'caller' | 'bundle'
  readonly witnessed: BundleReport['witnessed']
  /** Changes of the log's key that the key before signed, the newest first. */
  readonly rotations: readonly { readonly from: string; readonly to: string; readonly at: string }[]
  /** Whether the publisher says that a key of the log, or of one before it, may be in foreign hands. */
  readonly compromised: boolean
  readonly proven: readonly string[]
  readonly notProven: readonly string[]
  readonly faults: readonly Fault[]
  readonly steps: BundleReport['steps']
  readonly lines: readonly EditionFinding[]
  /** Times in which a look at a line was due and none was made, as the edition says. */
  readonly gaps: readonly { readonly line: string; readonly from: string; readonly until: string }[]
}

/**
 * Checks the files of a bundle: first the log, then what the edition says of it.
 *
 * @throws {Refusal} no bundle at all
 */
export function verifyFiles(crypto: LedgerCrypto, files: Bundle, from: string, trust: BundleTrust): Verification {
  const report = check(crypto, files, trust)
  return conclude(crypto, files, report, { from, policyFrom: trust.policy === undefined ? 'bundle' : 'caller' })
}

/** The edition of a bundle that holds. @throws {Refusal} one that does not, or that has none */
export function editionOfBundle(crypto: LedgerCrypto, files: Bundle): EditionDocument {
  return openBundle(crypto, files).edition
}

/** The same, with the place of the edition in its log. */
export function openBundle(crypto: LedgerCrypto, files: Bundle): { edition: EditionDocument; editionLeaf: number } {
  const report = check(crypto, files, {})
  const { edition } = report.holds ? auditBundledEdition(crypto, files, report) : notAudited
  if (edition === null)
    throw new Refusal('The bundle does not hold, so what it says is not worth taking from. Ask: art32 verify', 1)
  return { edition, editionLeaf: report.editionLeaf }
}

/** The meaning of an edition that was changed is not worth a word. */
const notAudited: EditionReport = { edition: null, findings: [] }

function check(crypto: LedgerCrypto, files: Bundle, trust: BundleTrust): BundleReport {
  try {
    return verifyBundle(crypto, files, trust)
  } catch (error) {
    if (error instanceof LedgerError)
      throw new Refusal(`The bundle cannot be read: ${error.message}`, 2, { cause: error })
    throw error
  }
}

function conclude(
  crypto: LedgerCrypto,
  files: Bundle,
  report: BundleReport,
  asked: Pick<Verification, 'from' | 'policyFrom'>,
): Verification {
  const { edition, findings } = report.holds ? auditBundledEdition(crypto, files, report) : notAudited
  const gaps = gapsOf(edition)
  const faults = [...report.steps, ...findings].filter(({ ok }) => !ok).map(({ place, say }) => ({ place, say }))
  const holds = report.holds && faults.length === 0
  return {
    schema: 'art32.verify/1',
    holds,
    ...asked,
    edition: edition === null ? null : summary(edition),
    log: { origin: report.origin, size: report.size, keyFrom: report.keyFrom },
    witnessed: holds ? report.witnessed : null,
    rotations: holds
      ? report.rotations.map(({ from, to, at }) => ({ from: formatVkey(from), to: formatVkey(to), at }))
      : [],
    compromised: report.compromised,
    proven: holds ? [...report.proven, ...provenOf(edition)] : [],
    notProven: [
      ...report.notProven,
      'That page and PDF say the same as the edition: they were recorded with it, their wording was not compared.',
      ...enclosedVerifier(crypto, files),
      ...gapSentences(gaps),
      ...(edition?.state === 'draft'
        ? ['That anybody stands behind it: it is a draft, not reviewed by a signatory.']
        : []),
    ],
    faults,
    steps: report.steps,
    lines: findings,
    gaps,
  }
}

/** Attacker-controlled: whatever is no gap is not named. */
function gapsOf(edition: EditionDocument | null): Verification['gaps'] {
  if (edition === null) return []
  return linesOf(edition.sections).flatMap(({ id, period }) => {
    const gaps: unknown = period?.gaps
    if (!Array.isArray(gaps)) return []
    return gaps.flatMap((gap: unknown) =>
      isRecord(gap) && typeof gap['from'] === 'string' && typeof gap['until'] === 'string'
        ? [{ line: id, from: gap['from'], until: gap['until'] }]
        : [],
    )
  })
}

/** More would hide the rest. */
const gapsSaid = 10

function gapSentences(gaps: Verification['gaps']): string[] {
  const said = gaps
    .slice(-gapsSaid)
    .map(
      ({ line, from, until }) => `That line ${line} held from ${from} to ${until}: a look was due and none was made.`,
    )
  return gaps.length > gapsSaid
    ? [...said, `The same of ${gaps.length - gapsSaid} more times in which nobody looked; --json names them all.`]
    : said
}

function enclosedVerifier(crypto: LedgerCrypto, files: Bundle): string[] {
  const bytes = files.get('files/art32-verify.mjs')
  if (bytes === undefined) return []
  return [
    `That the verifier in the bundle is honest: it came with what it checks. Compare its SHA-256 with the one that art32 published: ${encodeHex(crypto.sha256(bytes))}`,
  ]
}

export function summary({ title, state, number, date, counts, tenant }: EditionDocument): Verification['edition'] {
  return { title, state, number, date, counts, tenant }
}

function provenOf(edition: EditionDocument | null): string[] {
  if (edition === null) return []
  const { lines, assurance } = edition.counts
  return [
    `Each of the ${lines} lines says no more than the records it cites: ${assurance.verified} verified, ${assurance.attested} attested, ${assurance.inherited} inherited; the other lines claim no proof.`,
  ]
}
