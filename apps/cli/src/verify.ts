import { writeFile } from 'node:fs/promises'
import {
  decodeUtf8,
  LedgerError,
  parsePolicy,
  parseVkey,
  type Bundle,
  type BundleTrust,
  type Policy,
  type VerifierKey,
} from '@art32/ledger'
import { readRoots, StampError, type Root } from '@art32/timestamp'
import { fileRefusal, loadBundle, readBounded } from './bundle-source.ts'
import { firstDifference, readKept, readOld, type Kept } from './kept.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'
import type { Rechecked } from './recheck.ts'
import { clean, hang, type Terminal } from './terminal.ts'
import { verifyProofFile } from './claim-verification.ts'
import { verifyPlainProof } from './plain-proof.ts'
import { loadProof } from './proof-source.ts'
import { judgeBundleStamp, judgeClaimStamp } from './stamp-verdict.ts'
import { verifyFiles, type Verification } from './verification.ts'

/** Options of `art32 verify`. */
export interface VerifyOptions {
  readonly key?: readonly string[]
  readonly held?: readonly string[]
  /** A file in the form of C2SP tlog-policy. */
  readonly policy?: string
  /** Files of root certificates in PEM that are trusted for time stamps. */
  readonly tsaRoot?: readonly string[]
  /** The entry of a plain proof file. */
  readonly entry?: string
  readonly saveCheckpoint?: string
  readonly json?: boolean
}

/** Looks again at what can be seen from outside; the verifier in one file has no such eyes. */
export type LookAgain = (files: Bundle) => Promise<readonly Rechecked[]>

/**
 * Checks a proof bundle without server and database.
 *
 * @param lookAgain asked only when the bundle holds
 * @returns 1 if it does not hold, or if what was recorded as a pass is seen to fail
 */
export async function verify(
  source: string,
  options: VerifyOptions,
  terminal: Terminal,
  lookAgain?: LookAgain,
): Promise<0 | 1> {
  const keys = (options.key ?? []).map(keyOf)
  const held = await heldCheckpoints(options)
  const policy = options.policy === undefined ? undefined : await policyOf(options.policy)
  const roots = (await Promise.all((options.tsaRoot ?? []).map((path) => rootsAt(path)))).flat()
  const trust = {
    keys: keys.length === 0 ? undefined : keys,
    held: held.map(({ checkpoint }) => checkpoint),
    policy,
  }
  const proof = await loadProof(source)
  if (proof !== null) return await verifyProof(proof, { source, options, trust, roots, terminal })
  const { files, from } = await loadBundle(source)
  const stamp = await judgeBundleStamp(files, roots)
  const checked = verifyFiles(nodeCrypto, files, from, { ...trust, stamp })
  const verification = checked.holds
    ? checked
    : { ...checked, faults: [...checked.faults, ...differences(held, files, checked)] }
  if (options.saveCheckpoint !== undefined && verification.holds) await save(options.saveCheckpoint, files)
  const looksAgain = lookAgain !== undefined && verification.holds
  if (looksAgain) terminal.err('Looking again from here …\n')
  const rechecked = looksAgain ? await lookAgain(files) : undefined
  const whole = rechecked === undefined ? verification : { ...verification, recheck: rechecked }
  terminal.out(
    options.json === true
      ? `${JSON.stringify(whole, null, 2)}\n`
      : print(verification, terminal.columns) + printRecheck(rechecked, terminal.columns),
  )
  const isWorse = rechecked?.some(({ recorded, now }) => recorded === 'pass' && now === 'fail') ?? false
  return verification.holds && !isWorse ? 0 : 1
}

/** A proof file: with its entry in it as art32 writes it, or a plain one whose entry the caller brings. */
async function verifyProof(
  text: string,
  asked: { source: string; options: VerifyOptions; trust: BundleTrust; roots: readonly Root[]; terminal: Terminal },
): Promise<0 | 1> {
  const { source, options, trust, roots, terminal } = asked
  if (options.saveCheckpoint !== undefined)
    throw new Refusal('A single entry does not show that its log is whole. Keep the checkpoint of a bundle.')
  const verification =
    options.entry === undefined
      ? verifyProofFile(nodeCrypto, text, source, { ...trust, stamp: await judgeClaimStamp(text, roots) })
      : verifyPlainProof(nodeCrypto, text, { from: source, entry: await entryAt(options.entry), trust })
  terminal.out(
    options.json === true
      ? `${JSON.stringify(verification, null, 2)}\n`
      : print(verification, terminal.columns, 'Proof'),
  )
  return verification.holds ? 0 : 1
}

async function entryAt(path: string): Promise<Uint8Array> {
  try {
    return await readBounded(path, longestCheckpoint)
  } catch (error) {
    throw fileRefusal(error, 'the entry') ?? error
  }
}

function print(verification: Verification, columns: number, kind: 'Bundle' | 'Proof' = 'Bundle'): string {
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
    hang('', `${kind} ${from}; log ${log.origin}`, columns),
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

function printRecheck(rechecked: readonly Rechecked[] | undefined, columns: number): string {
  if (rechecked === undefined) return ''
  if (rechecked.length === 0)
    return `\nLooked at again from here\n${hang('  – ', 'Nothing: no line rests on a look from outside at a system whose public address stands in the edition.', columns)}`
  const glyphs = { same: '✓', different: '✗', 'not-reachable': '–' }
  const sentences = rechecked.map(({ result, line, check, system, recorded, now, say }) => {
    const what = {
      same: `the same now (${recorded})`,
      different: `different now: recorded as ${recorded}, seen as ${now}`,
      'not-reachable': 'not reachable from here',
    }[result]
    return hang(`  ${glyphs[result]} `, `line ${line}, ${check} on ${system}: ${what}. ${say}`, columns)
  })
  return `\nLooked at again from here\n${sentences.join('')}`
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

async function rootsAt(path: string): Promise<Root[]> {
  try {
    return await readRoots(decodeUtf8(await readBounded(path, longestCheckpoint)))
  } catch (error) {
    if (error instanceof StampError || error instanceof LedgerError)
      throw new Refusal(`--tsa-root: ${error.message}`, 2, { cause: error })
    throw fileRefusal(error, 'the root certificate') ?? error
  }
}

async function policyOf(path: string): Promise<Policy> {
  try {
    return parsePolicy(nodeCrypto, decodeUtf8(await readBounded(path, longestCheckpoint)))
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal(`--policy: ${error.message}`, 2, { cause: error })
    throw fileRefusal(error, 'the policy') ?? error
  }
}

/** What to continue; a checkpoint that is to be written over must be continued too. */
async function heldCheckpoints({ held = [], saveCheckpoint }: VerifyOptions): Promise<Kept[]> {
  const kept = await Promise.all(held.map((path) => readKept(path)))
  if (saveCheckpoint === undefined || held.includes(saveCheckpoint)) return kept
  try {
    return [...kept, await readOld(saveCheckpoint)]
  } catch (error) {
    if (error instanceof Refusal && errorCode(error.cause) === 'ENOENT') return kept
    throw error
  }
}

/** The first entries that differ from those of the bundles that were kept. */
function differences(held: readonly Kept[], files: Bundle, { log }: Verification): Verification['faults'] {
  return held.flatMap(({ bundle }) => (bundle === null ? [] : (firstDifference(bundle, files, log) ?? [])))
}

async function save(path: string, files: Bundle): Promise<void> {
  try {
    await writeFile(path, files.get('checkpoint') ?? new Uint8Array())
  } catch (error) {
    throw fileRefusal(error, 'the checkpoint') ?? error
  }
}
