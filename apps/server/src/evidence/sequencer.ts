import type { Checkpoint, LeafEvent } from '@art32/ledger'
import {
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  formatCheckpoint,
  formatVkey,
  frontierRoot,
  openCheckpoint,
  sequence,
  signNote,
  verifierKey,
} from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { LogSigner } from '../tenant/index.ts'
import { ledgerErrors } from './errors.ts'
import { continues } from './succession.ts'
import * as store from './store.ts'

/** Leaves per transaction: bounds the time that the head is locked. */
const batchSize = 1_000

/** Starts an empty log with a signed checkpoint of size 0; does nothing where it was started already. */
export async function startLog(db: store.Queryable, signer: LogSigner): Promise<void> {
  if (await store.findState(db)) return
  const root = frontierRoot(ledgerCrypto, emptyFrontier)
  const note = signNote(ledgerCrypto, formatCheckpoint({ origin: signer.name, size: 0, root }), [signer])
  await store.startLog(db, { origin: signer.name, root, frontier: encodeFrontier(emptyFrontier), note })
}

/**
 * Moves every waiting event into the log and signs the new head; a crash at any point leaves whole batches only.
 *
 * The head that is stored is compared with the checkpoint that was signed last before anything new is signed.
 * Two sequencers cannot fork the log: the loser is refused by the database and starts from the new head.
 *
 * @param list what is taken in; left out: everything that waits
 * @returns the signed head of the log afterwards
 * @throws {ledger.rolled_back} the database holds less than, or something else than, what was signed here before
 */
export async function integratePending(
  db: store.Queryable,
  signer: LogSigner,
  list: () => Promise<store.PendingRow[]> = () => store.listPending(db, batchSize),
): Promise<Checkpoint> {
  const key = verifierKey(ledgerCrypto, signer)
  const vkey = formatVkey(key)
  for (let refused = 0; ;) {
    // Before the head in the database, which another batch may move on meanwhile.
    const known = signer.heads.of(signer.name)
    const state = await store.findState(db)
    if (!state) throw bug('a log was not started')
    // Another server let it go on under the next name.
    if (state.origin !== signer.name) throw ledgerErrors.rolled_back()
    const last = openCheckpoint(ledgerCrypto, state.note, [key])
    if (known && !(await continues(db, state, known))) throw ledgerErrors.rolled_back()
    const pending = await list()
    if (pending.length === 0) {
      if (last.size > 0) signer.heads.keep(vkey, state.note)
      return last
    }
    const batch = sequence(
      ledgerCrypto,
      { origin: state.origin, frontier: decodeFrontier(state.frontier), last },
      pending.map(({ event, at }) => leafEvent(event, at)),
    )
    const note = signNote(ledgerCrypto, batch.text, [signer])
    try {
      await store.integrate(
        db,
        pending.map((row) => row.id),
        batch,
        note,
      )
      signer.heads.keep(vkey, note)
    } catch (error) {
      if (!isSerialisationFailure(error) || ++refused > 20) throw error
    }
  }
}

/** The waiting row carries the list of its openings for the database only. */
function leafEvent(event: Omit<LeafEvent, 'at'> & { openings?: unknown }, at: Date): LeafEvent {
  const { openings: _, ...rest } = event
  return { ...rest, at: at.toISOString() }
}

function isSerialisationFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40001'
}
