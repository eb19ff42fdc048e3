import { writeFile } from 'node:fs/promises'
import {
  decodeUtf8,
  LedgerError,
  parseVkey,
  verifyBundle,
  type Bundle,
  type BundleReport,
  type VerifierKey,
} from '@art32/ledger'
import type { EditionDocument } from '@art32/press'
import { fileRefusal, loadBundle, readBounded } from './bundle-source.ts'
import { auditBundledEdition, type EditionFinding, type EditionReport } from './edition-audit.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'
import { clean, hang, type Terminal } from './terminal.ts'

/** Options of `art32 verify`. */
export interface VerifyOptions {
  readonly key?: readonly string[]
  readonly held?: readonly string[]
  readonly saveCheckpoint?: string
  readonly json?: boolean
}

/** A place that does not hold. */
interface Fault {
  readonly place: string
  readonly say: string
}

/** What the verification found; the shape of `--json`. */
interface Verification {
  readonly schema: 'art32.verify/1'
  readonly holds: boolean
  readonly from: string
  readonly edition: Pick<EditionDocument, 'title' | 'state' | 'number' | 'date' | 'counts' | 'tenant'> | null
  readonly log: { readonly origin: string; readonly size: number; readonly keyFrom: 'caller' | 'bundle' }
  readonly proven: readonly string[]
  readonly notProven: readonly string[]
  readonly faults: readonly Fault[]
  readonly steps: BundleReport['steps']
  readonly lines: readonly EditionFinding[]
}

/** Checks a proof bundle without server and database. @returns 1 if it does not hold */
export async function verify(source: string, options: VerifyOptions, terminal: Terminal): Promise<0 | 1> {
  const keys = (options.key ?? []).map(keyOf)
  const held = await heldCheckpoints(options)
  const { files, from } = await loadBundle(source)
  const verification = verifyFiles(files, from, keys, held)
  if (options.saveCheckpoint !== undefined && verification.holds) await save(options.saveCheckpoint, files)
  terminal.out(
    options.json === true ? `${JSON.stringify(verification, null, 2)}\n` : print(verification, terminal.columns),
  )
  return verification.holds ? 0 : 1
}

/**
 * Checks the files of a bundle: first the log, then what the edition says of it.
 *
 * @throws {Refusal} no bundle at all
 */
export function verifyFiles(
  files: Bundle,
  from: string,
  keys: readonly VerifierKey[],
  held: readonly string[],
): Verification {
  const report = check(files, keys, held)
  return conclude(report, report.holds ? auditBundledEdition(files, report) : notAudited, from)
}

/** The edition of a bundle that holds. @throws {Refusal} one that does not, or that has none */
export function editionOfBundle(files: Bundle): EditionDocument {
  const report = check(files, [], [])
  const { edition } = report.holds ? auditBundledEdition(files, report) : notAudited
  if (edition === null)
    throw new Refusal('The bundle does not hold, so what it says is not worth comparing. Ask: art32 verify', 1)
  return edition
}

/** The meaning of an edition that was changed is not worth a word. */
const notAudited: EditionReport = { edition: null, findings: [] }

function check(files: Bundle, keys: readonly VerifierKey[], held: readonly string[]): BundleReport {
  try {
    return verifyBundle(nodeCrypto, files, keys.length === 0 ? { held } : { keys, held })
  } catch (error) {
    if (error instanceof LedgerError)
      throw new Refusal(`The bundle cannot be read: ${error.message}`, 2, { cause: error })
    throw error
  }
}

function conclude(report: BundleReport, { edition, findings }: EditionReport, from: string): Verification {
  const faults = [...report.steps, ...findings].filter(({ ok }) => !ok).map(({ place, say }) => ({ place, say }))
  const holds = report.holds && faults.length === 0
  return {
    schema: 'art32.verify/1',
    holds,
    from,
    edition: edition === null ? null : summary(edition),
    log: { origin: report.origin, size: report.leaves.length, keyFrom: report.keyFrom },
    proven: holds ? [...report.proven, ...provenOf(edition)] : [],
    notProven: [
      ...report.notProven,
      'That page and PDF say the same as the edition: they were recorded with it, their wording was not compared.',
      ...(edition?.state === 'draft'
        ? ['That anybody stands behind it: it is a draft, not reviewed by a signatory.']
        : []),
    ],
    faults,
    steps: report.steps,
    lines: findings,
  }
}

function summary({ title, state, number, date, counts, tenant }: EditionDocument): Verification['edition'] {
  return { title, state, number, date, counts, tenant }
}

function provenOf(edition: EditionDocument | null): string[] {
  if (edition === null) return []
  const { lines, assurance } = edition.counts
  return [
    `Each of the ${lines} lines says no more than the records it cites: ${assurance.verified} verified, ${assurance.attested} attested, ${assurance.inherited} inherited; the other lines claim no proof.`,
  ]
}

function print(verification: Verification, columns: number): string {
  const { holds, edition, log, proven, notProven, faults, from } = verification
  const list = (glyph: string, sentences: readonly string[]) =>
    sentences.map((sentence) => hang(`  ${glyph} `, sentence, columns)).join('')
  const head =
    edition === null
      ? []
      : [
          hang('', `${edition.tenant.name}: ${edition.title}`, columns),
          `${edition.state === 'draft' ? 'Draft edition' : `Edition ${edition.number}`} of ${clean(edition.date)}\n`,
        ]
  return [
    ...head,
    hang('', `Bundle ${from}; log ${log.origin}`, columns),
    '\n',
    holds ? '✓ It holds.\n' : '✗ It does not hold.\n',
    ...(holds
      ? []
      : [
          list(
            '✗',
            faults.map(({ place, say }) => `${place}: ${say}`),
          ),
        ]),
    ...(holds ? ['\nProven\n', list('✓', proven)] : ['\nNothing in it is proven.\n']),
    '\nNot proven\n',
    list('–', notProven),
  ].join('')
}

function keyOf(text: string): VerifierKey {
  try {
    return parseVkey(nodeCrypto, text.trim())
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal(`--key: ${error.message}`, 2, { cause: error })
    throw error
  }
}

const longestCheckpoint = 65_536

/** The checkpoints to continue; one that is to be written over must be continued too. */
async function heldCheckpoints({ held = [], saveCheckpoint }: VerifyOptions): Promise<string[]> {
  const kept = await Promise.all(held.map((path) => readCheckpoint(path)))
  if (saveCheckpoint === undefined || held.includes(saveCheckpoint)) return kept
  try {
    return [...kept, await readCheckpoint(saveCheckpoint)]
  } catch (error) {
    if (error instanceof Refusal && errorCode(error.cause) === 'ENOENT') return kept
    throw error
  }
}

async function readCheckpoint(path: string): Promise<string> {
  try {
    return decodeUtf8(await readBounded(path, longestCheckpoint))
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal('The file of the checkpoint is not text.', 2, { cause: error })
    throw fileRefusal(error, 'the checkpoint') ?? error
  }
}

async function save(path: string, files: Bundle): Promise<void> {
  try {
    await writeFile(path, files.get('checkpoint') ?? new Uint8Array())
  } catch (error) {
    throw fileRefusal(error, 'the checkpoint') ?? error
  }
}
