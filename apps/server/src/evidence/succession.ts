import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { ReadLeaf } from '@art32/ledger'
import { emptyFrontier, encodeBase64, encodeFrontier, formatCheckpoint, frontierRoot, signNote } from '@art32/ledger'
import { ledgerCrypto } from '../platform/index.ts'
import type { SignedHead, SignedHeads } from '../platform/index.ts'
import { logNumber } from '../tenant/index.ts'
import type { LogSigner } from '../tenant/index.ts'
import { prepare } from './append.ts'
import { transactionOn } from './connection.ts'
import * as store from './store.ts'

/** From where it is known that a head was signed: this machine, the instance log, a witness, or a person who says so. */
export const lossSources = ['remembered', 'anchored', 'witnessed', 'declared'] as const

/** A head that was signed, and that the log in the database does not continue. */
export interface Loss {
  readonly origin: string
  readonly size: number
  /** Null where only the size is known. */
  readonly root: Uint8Array | null
  readonly from: (typeof lossSources)[number]
}

type Known = Pick<SignedHead, 'origin' | 'size' | 'root'>

/** Whether the log in the database has this head, or had it and has grown since. */
export async function continues(db: store.Queryable, state: store.StateRow, known: Known): Promise<boolean> {
  if (known.size > state.size) return false
  const root = known.size === state.size ? state.root : await store.findSignedRoot(db, known.size)
  return root !== undefined && root.equals(known.root)
}

/**
 * What was signed of a log and its successors that the database does not continue. What a former log lost was told when the
 * present one began.
 *
 * @param state undefined: the database has no log at all
 */
export async function findLosses(
  db: store.Queryable,
  state: store.StateRow | undefined,
  log: { readonly firstOrigin: string; readonly heads: SignedHeads; readonly anchored?: Known },
): Promise<Loss[]> {
  const number = (origin: string) => logNumber(log.firstOrigin, origin)
  const known: (Known & Pick<Loss, 'from'>)[] = [
    ...log.heads.family(log.firstOrigin).map((head) => ({ ...head, from: 'remembered' as const })),
    ...(log.anchored ? [{ ...log.anchored, from: 'anchored' as const }] : []),
  ]
  const losses: Loss[] = []
  for (const { origin, size, root, from } of known) {
    if (state && number(origin) < number(state.origin)) continue
    if (state && origin === state.origin && (await continues(db, state, { origin, size, root }))) continue
    // One that is known twice is told once, by its longest.
    const same = losses.findIndex((loss) => loss.origin === origin)
    if (same < 0) losses.push({ origin, size, root, from })
    else if ((losses[same]?.size ?? 0) < size) losses[same] = { origin, size, root, from }
  }
  return losses
}

/** The number of the log that goes on: none that may have been used. */
export function nextNumber(
  firstOrigin: string,
  state: store.StateRow | undefined,
  registered: number,
  losses: readonly Loss[],
): number {
  const used = losses.map(({ origin }) => logNumber(firstOrigin, origin))
  const known = Math.max(state ? logNumber(firstOrigin, state.origin) : 0, ...used)
  // A registry that is ahead by one began this very succession, and a crash came between.
  return Math.max(known + 1, registered)
}

/**
 * Seals what the database holds of a log and begins the next one, in one transaction. Its first leaves say which log it
 * continues and up to where, and what is known to have been signed and lost.
 *
 * @param signer of the next log
 * @param prepare done first in the same transaction
 */
export async function succeed(options: {
  connections: { connect(): Promise<PoolClient> }
  state: store.StateRow | undefined
  vkey: string
  subject: { readonly kind: string; readonly id: string }
  losses: readonly Loss[]
  begin: (connection: Pick<PoolClient, 'query'>) => Promise<LogSigner>
  /** Done last in the same transaction. */
  also: (connection: Pick<PoolClient, 'query'>) => Promise<void>
  at: Date
}): Promise<void> {
  const { connections, state, vkey, subject, losses, begin, also, at } = options
  await transactionOn(connections, async (sql) => {
    const signer = await begin(sql)
    const leaves = [
      ...(state ? [{ type: 'log.continued' as const, code: 'after-restore', head: headOf(state) }] : []),
      ...losses.map((loss) => ({
        type: 'log.lost' as const,
        code: loss.from,
        content: { content: { from: loss.from, origin: loss.origin, size: loss.size } },
        ...(loss.root === null ? {} : { head: headOf({ ...loss, root: loss.root }) }),
      })),
    ]
    const first = leaves.map((leaf) => prepare({ kind: 'system' }, { ...leaf, about: subject }, at).row)
    await goOn(sql, { state, vkey, signer, first })
    await also(sql)
  })
}

/**
 * Seals the log in the database as an earlier one and begins the next, with these events before whatever waits.
 *
 * @param sql a transaction
 */
export async function goOn(
  sql: store.Queryable,
  next: {
    state: store.StateRow | undefined
    vkey: string
    signer: LogSigner
    first: readonly store.Appended[]
  },
): Promise<void> {
  const { state, vkey, signer, first } = next
  const root = frontierRoot(ledgerCrypto, emptyFrontier)
  const note = signNote(ledgerCrypto, formatCheckpoint({ origin: signer.name, size: 0, root }), [signer])
  const head = { origin: signer.name, root, frontier: encodeFrontier(emptyFrontier), note }
  if (state) await store.succeed(sql, { id: randomUUID(), vkey, size: state.size }, head)
  else await store.startLog(sql, head)
  const place = Math.min(await store.findFirstPending(sql), 1) - first.length
  for (const [i, row] of first.entries()) await store.addAppendedAt(sql, row, place + i)
}

/** The head of a log as a leaf holds it. */
export function headOf({ origin, root, size }: Known): { origin: string; root: string; size: number } {
  return { origin, root: encodeBase64(root), size }
}

/** What the first leaves of a log say about the restore behind which it began; null: it began otherwise. */
export function restoredOf(first: readonly ReadLeaf[]): {
  at: string
  kept: { origin: string; size: number } | null
  lost: { origin: string | null; size: number | null; from: Loss['from'] }[]
} | null {
  const others = first.findIndex(({ type }) => type !== 'log.continued' && type !== 'log.lost')
  const leaves = others < 0 ? first : first.slice(0, others)
  const told = leaves.filter(({ type }) => type === 'log.lost')
  const [begin] = told
  if (!begin) return null
  const kept = leaves.find(({ type }) => type === 'log.continued')?.head
  return {
    at: begin.at,
    kept: kept ? { origin: kept.origin, size: kept.size } : null,
    lost: told.map(({ head, code }) => ({
      origin: head?.origin ?? null,
      size: head?.size ?? null,
      from: lossSources.find((source) => source === code) ?? 'declared',
    })),
  }
}
