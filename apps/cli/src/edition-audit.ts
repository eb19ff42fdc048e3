import {
  decodeEntries,
  decodeUtf8,
  encodeBase64,
  formatVkey,
  leafHash,
  LedgerError,
  openCheckpoint,
  parsePolicy,
  parseVkey,
  slotName,
  tilePath,
  tilesOf,
  tileWidth,
  treeRoot,
  type Bundle,
  type BundleReport,
  type ClaimReport,
  type LedgerCrypto,
} from '@art32/ledger'
import { auditEdition, linesOf, type EditionDocument, type Line, type Verdict } from '@art32/press'

/** A place in the edition that does not hold, or a line that does. */
export interface EditionFinding {
  readonly ok: boolean
  /** Line of the edition, or what of it. */
  readonly place: string
  readonly say: string
}

/** The edition of a bundle and what its meaning was found to be. */
export interface EditionReport {
  readonly edition: EditionDocument | null
  readonly findings: readonly EditionFinding[]
}

/**
 * Compares what the edition of a bundle says with the log around it: its lines with the records that they cite, its ledger
 * head with the log's first entries, its state with the leaf that recorded it.
 *
 * @param report of a bundle that holds: then the content is the recorded one. Its meaning is still its maker's.
 */
export function auditBundledEdition(crypto: LedgerCrypto, bundle: Bundle, report: BundleReport): EditionReport {
  const content = contentOf(report, report.editionLeaf, 'content')
  const edition = asEdition(isRecord(content) ? content['edition'] : undefined)
  if (edition === null) return unreadable
  try {
    const verdicts = auditEdition(edition, (leaf, role) => contentOf(report, leaf, role))
    return { edition, findings: [...checkHead(crypto, edition, bundle, report), ...verdicts.map(findingOf)] }
  } catch (error) {
    // An edition of another shape trips the audit somewhere; whoever made the bundle decides where.
    if (error instanceof TypeError || error instanceof RangeError) return unreadable
    throw error
  }
}

/** The line of an edition that a claim is about, and whether it says more than the records beside it. */
export function auditClaimedLine(
  { leaf, opened }: Pick<ClaimReport, 'leaf' | 'opened'>,
  line: string,
): EditionReport & { readonly claimed: Line | null } {
  const open = (index: number, role: string) => contentOf({ opened }, index, role)
  const content = leaf === null ? undefined : open(leaf.seq, 'content')
  const edition = asEdition(isRecord(content) ? content['edition'] : undefined)
  if (edition === null) return { ...unreadable, claimed: null }
  try {
    const claimed = linesOf(edition.sections).find(({ id }) => id === line)
    const verdict = auditEdition(edition, open).find((one) => one.line === line)
    if (claimed === undefined || verdict === undefined)
      return { edition, claimed: null, findings: [{ ok: false, place: 'edition', say: 'It has no such line.' }] }
    return { edition, claimed, findings: [findingOf(verdict)] }
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return { ...unreadable, claimed: null }
    throw error
  }
}

const unreadable: EditionReport = {
  edition: null,
  findings: [
    { ok: false, place: 'edition', say: 'The content of the edition does not have the shape of art32.edition/1.' },
  ],
}

function findingOf({ line, ok, say }: Verdict): EditionFinding {
  return { ok, place: line === null ? 'edition' : `line ${line}`, say }
}

function contentOf({ opened }: Pick<BundleReport, 'opened'>, index: number, role: string): unknown {
  const bytes = opened.get(slotName({ index, role }))
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(decodeUtf8(bytes))
  } catch {
    return undefined
  }
}

function asEdition(value: unknown): EditionDocument | null {
  if (!isRecord(value) || value['format'] !== 'art32.edition/1') return null
  const { title, date, state, number, sections, ledger, tenant } = value
  const isWhole =
    typeof title === 'string' &&
    typeof date === 'string' &&
    (state === 'draft' ? number === null : state === 'edition' && Number.isSafeInteger(number)) &&
    Array.isArray(sections) &&
    isRecord(ledger) &&
    isRecord(tenant) &&
    typeof tenant['name'] === 'string'
  return isWhole ? (value as unknown as EditionDocument) : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The edition was made on top of this very log: its head is one that the log passed through before the edition's leaf. */
function checkHead(
  crypto: LedgerCrypto,
  edition: EditionDocument,
  bundle: Bundle,
  report: BundleReport,
): EditionFinding[] {
  const { ledger, state } = edition
  const problems = [
    ledger.origin === report.origin ? null : `It names the log ${ledger.origin}; the bundle holds ${report.origin}.`,
    headProblem(crypto, edition, bundle, report),
    checkpointProblem(crypto, edition, bundle),
    (report.edition?.type === 'edition.published') === (state === 'edition')
      ? null
      : `It calls itself "${state}", but was recorded as ${report.edition?.type}.`,
  ].filter((problem) => problem !== null)
  if (problems.length > 0) return problems.map((say) => ({ ok: false, place: 'edition ledger head', say }))
  return [{ ok: true, place: 'edition ledger head', say: `It rests on the first ${ledger.size} entries of this log.` }]
}

function headProblem(
  crypto: LedgerCrypto,
  { ledger: { size, root } }: EditionDocument,
  bundle: Bundle,
  { editionLeaf }: BundleReport,
): string | null {
  if (!Number.isSafeInteger(size) || size < 0 || size > editionLeaf)
    return `It names a head of ${size} entries, but was recorded as entry ${editionLeaf} itself.`
  const hashes = entriesOf(bundle, size).map((entry) => leafHash(crypto, entry))
  return encodeBase64(treeRoot(crypto, hashes)) === root
    ? null
    : `The root it names is not the one over the first ${size} entries.`
}

/** The first entries of the log. The last entry bundle may be named by the size of the whole log, not by this one. */
function entriesOf(bundle: Bundle, size: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  const whole = [...bundle.keys()].filter((path) => path.startsWith('tile/entries/'))
  for (const tile of tilesOf(size)) {
    if (tile.level !== 'entries') continue
    const full = tilePath({ ...tile, width: tileWidth })
    const path = whole.find((name) => name === full || name.startsWith(`${full}.p/`))
    const bytes = path === undefined ? undefined : bundle.get(path)
    if (bytes !== undefined) entries.push(...decodeEntries(bytes, path).slice(0, tile.width))
  }
  return entries
}

/** The signed note in the edition says the same as its fields, by a key of this log. */
function checkpointProblem(crypto: LedgerCrypto, { ledger }: EditionDocument, bundle: Bundle): string | null {
  try {
    const key = parseVkey(crypto, ledger.key)
    const policy = parsePolicy(crypto, decodeUtf8(bundle.get('policy.txt') ?? new Uint8Array()))
    if (!policy.logs.some((log) => formatVkey(log.key) === formatVkey(key))) return 'Its key is not one of this log.'
    const { origin, size, root } = openCheckpoint(crypto, ledger.checkpoint, [key])
    const isSame = origin === ledger.origin && size === ledger.size && encodeBase64(root) === ledger.root
    return isSame ? null : 'Its checkpoint says something else than its size and root.'
  } catch (error) {
    if (error instanceof LedgerError) return `Its checkpoint does not hold: ${error.reason}`
    throw error
  }
}
