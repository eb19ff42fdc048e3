import {
  appendLeaves,
  emptyFrontier,
  frontierRoot,
  LedgerError,
  leafHash,
  openCheckpoint,
  parseVkey,
  verifierKey,
} from '@art32/ledger'
import type { Frontier } from '@art32/ledger'
import { AppError } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { CopyOut, Target } from '../platform/index.ts'
import { ledgerOf, tallying } from './archive.ts'
import type { Restored } from './archive.ts'
import { codeOf } from './making.ts'
import { timeOfSet } from './manifest.ts'
import { listSets, openControl, openTenantPart, readKeys, readManifest } from './opening.ts'
import type { KnownLedger, Opening } from './opening.ts'
import type { ProblemCode } from './problems.ts'
import type { Finding } from './store.ts'

/** What came of a drill. */
export interface DrillResult {
  /** Which backup was tried; null: none was found, or the place could not be looked at. */
  readonly set: string | null
  readonly findings: readonly Finding[]
  readonly databases: number
  readonly rows: number
  /** From the first byte fetched to the last database that answers. Milliseconds. */
  readonly rtoMs: number | null
  /** How old what it gave back was. Milliseconds. */
  readonly rpoMs: number | null
}

/** What a drill needs besides the place. */
export interface DrillContext extends Omit<Opening, 'target' | 'set' | 'identities'> {
  readonly now: () => Date
  /** A clock for spans. Milliseconds. */
  readonly elapsed: () => number
  /** The newest backup that this place was seen to keep. */
  readonly newestKept: string | undefined
  /** The secret keys that open a backup; none: they are not here, or forgotten. */
  readonly identitiesOf: (set: string) => Promise<readonly string[]>
  /** The key of a tenant's backups, where this is the installation itself; else it is read from the place. */
  readonly tenantKey?: (id: string) => Promise<string | undefined>
  /** What was noted when it was made, by tenant (null: the control database): a row count. */
  readonly noted?: (
    set: string,
  ) => Promise<ReadonlyMap<string | null, { readonly rows: number; readonly leaves: number }>>
}

/** A newest backup that is older than this is a finding: two nights were missed. Hours. */
export const oldHours = 50

/**
 * Restores the newest backup of a place into scratch databases, one after the other, and looks whether all of it is what was
 * backed up: signature, files, tables, rows, hashes as they are read back, the tree of the ledger under its signed head, and
 * a question as the application asks it.
 */
export async function drill(target: Target, context: DrillContext): Promise<DrillResult> {
  const start = context.elapsed()
  const findings: Finding[] = []
  const found = (code: ProblemCode, tenant: string | null = null) => void findings.push({ code, tenant })
  let set: string | null = null
  let databases = 0
  let rows = 0
  const result = (rto: number | null): DrillResult => ({
    set,
    findings,
    databases,
    rows,
    rtoMs: rto,
    rpoMs: set === null ? null : Math.max(0, context.now().getTime() - timeOfSet(set).getTime()),
  })
  try {
    ;[set = null] = await listSets(target)
    if (set === null) {
      found('none')
      return result(null)
    }
    if (context.newestKept !== undefined && set < context.newestKept) found('newest-gone')
    if (context.now().getTime() - timeOfSet(set).getTime() > oldHours * 3_600_000) found('old')
    const identities = await context.identitiesOf(set)
    if (identities.length === 0) {
      found('no-key')
      return result(null)
    }
    const opening: Opening = { ...context, target, set, identities }
    const manifest = await readManifest(target, set)
    const noted = await context.noted?.(set)
    const look = async (restored: Restored, ledger: KnownLedger | null, tenant: string | null) => {
      const seen = await lookAndDrop(restored, ledger)
      databases++
      rows += seen.rows
      for (const code of seen.problems) found(code, tenant)
      const known = noted?.get(tenant)
      if (known && (known.rows !== seen.rows || known.leaves !== seen.leaves)) found('differs-from-noted', tenant)
    }
    const control = await openControl(manifest, opening)
    await look(control.restored, null, null)
    const keys = context.tenantKey === undefined ? await readKeys(target, opening) : undefined
    for (const { id, public_id: publicId } of control.tenants) {
      if (manifest.content.missed.some((one) => one.id === id)) {
        found('not-in-it', id)
        continue
      }
      const key = await (context.tenantKey?.(id) ?? Promise.resolve(keys?.get(id)?.key))
      // Deleted since: its part opens no more, as it should be.
      if (key === undefined) continue
      try {
        const restored = await openTenantPart(manifest, { id, publicId }, key, opening)
        await look(restored, control.ledgers.get(id) ?? null, id)
      } catch (error) {
        if (!isOfBackup(error)) throw error
        findings.push({ code: problemOf(error), tenant: id })
      }
    }
    return result(context.elapsed() - start)
  } catch (error) {
    findings.push({ code: problemOf(error), tenant: null })
    // What kept it from looking says nothing about the backup.
    if (!isOfBackup(error)) set = null
    return result(null)
  }
}

/** Whether an error tells something of the backup itself. */
function isOfBackup(error: unknown): boolean {
  return (
    error instanceof AppError &&
    (error.code.startsWith('backup.') || ['target.missing', 'target.no_file'].includes(error.code))
  )
}

function problemOf(error: unknown): string {
  if (error instanceof AppError && error.code === 'backup.damaged') return String(error.params['problem'])
  return codeOf(error).replace(/^backup\./, '')
}

async function lookAndDrop(restored: Restored, known: KnownLedger | null): ReturnType<typeof lookAt> {
  try {
    return await lookAt(restored, known)
  } finally {
    await restored.scratch.drop()
  }
}

/** Reads a restored database back. */
async function lookAt(
  { scratch, head, tallies }: Restored,
  known: KnownLedger | null,
): Promise<{ rows: number; leaves: number; problems: ProblemCode[] }> {
  const copy = await scratch.read()
  const problems: ProblemCode[] = []
  let rows = 0
  try {
    for (const table of head.tables) {
      const tally = tallying()
      for await (const piece of copy.rows(table)) tally.add(piece)
      const seen = tally.end()
      rows += seen.rows
      if (seen.sha256 !== tallies.get(table.name)?.sha256) problems.push('reads-back-otherwise')
    }
    const leaves = (await ledgerOf(copy))?.size ?? 0
    // Nothing is in the database of a tenant in which nobody ever worked; whoever worked left entries that are vouched for.
    if (rows === 0 && known?.anchored === 0) return { rows, leaves, problems }
    if (leaves < (known?.anchored ?? 0)) problems.push('ledger-shorter')
    problems.push(...(await lookAtLedger(copy, known?.vkey ?? null)), ...(await ask(copy, head.kind)))
    return { rows, leaves, problems }
  } finally {
    await copy.end()
  }
}

const leavesAtOnce = 10_000

/** Computes the tree of a ledger from its leaves, and compares it with the signed head. @param vkey null: without the signature */
export async function lookAtLedger(copy: Pick<CopyOut, 'query'>, vkey: string | null): Promise<ProblemCode[]> {
  const ledger = await ledgerOf(copy)
  if (ledger === null) return ['no-ledger']
  let frontier: Frontier = emptyFrontier
  for (let from = 0; ; from += leavesAtOnce) {
    const entries = await copy.query<{ leaf: Buffer }>(
      'select leaf from log_entry where idx >= $1 and idx < $2 order by idx',
      [from, from + leavesAtOnce],
    )
    frontier = appendLeaves(
      ledgerCrypto,
      frontier,
      entries.map(({ leaf }) => leafHash(ledgerCrypto, leaf)),
    )
    if (entries.length < leavesAtOnce) break
  }
  const root = Buffer.from(frontierRoot(ledgerCrypto, frontier)).toString('base64')
  if (frontier.size !== ledger.size || root !== ledger.root) return ['ledger-root-differs']
  if (vkey === null) return []
  try {
    const signed = openCheckpoint(ledgerCrypto, ledger.note, [
      verifierKey(ledgerCrypto, { ...parseVkey(ledgerCrypto, vkey), name: ledger.origin }),
    ])
    return signed.size === ledger.size && Buffer.from(signed.root).toString('base64') === ledger.root
      ? []
      : ['ledger-head-differs']
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return ['ledger-not-signed']
  }
}

/** A question as the application asks it, with its rights. */
async function ask(copy: Pick<CopyOut, 'query'>, kind: 'control' | 'tenant'): Promise<ProblemCode[]> {
  const question =
    kind === 'control'
      ? 'select count(*)::int as n from installation i where exists (select from log_state)'
      : `select count(*)::int as n from log_state s where s.size = (select count(*) from log_entry)
           and (select count(*) from statement t join document d on d.id = t.document_id) = (select count(*) from statement)`
  const [answer] = await copy.query<{ n: number }>(question)
  return answer?.n === 1 ? [] : ['does-not-answer']
}
