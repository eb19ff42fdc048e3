import { writeFile } from 'node:fs/promises'
import { LedgerError, parseVkey, type Bundle, type VerifierKey } from '@art32/ledger'
import { fileRefusal, loadBundle } from './bundle-source.ts'
import { firstDifference, readKept, readOld, type Kept } from './kept.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'
import type { Rechecked } from './recheck.ts'
import { clean, hang, type Terminal } from './terminal.ts'
import { verifyFiles, type Verification } from './verification.ts'

/** Options of `art32 verify`. */
export interface VerifyOptions {
  readonly key?: readonly string[]
  readonly held?: readonly string[]
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
  const { files, from } = await loadBundle(source)
  const checked = verifyFiles(
    nodeCrypto,
    files,
    from,
    keys,
    held.map(({ checkpoint }) => checkpoint),
  )
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
