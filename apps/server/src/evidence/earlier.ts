import { randomUUID } from 'node:crypto'
import { appendLeaves, emptyFrontier, formatProof, leafHash, parseLeaf, proveInclusion } from '@art32/ledger'
import type { HashReader, LeafHead } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { eventOf, opening } from './append.ts'
import type { Happening } from './append.ts'
import { addAppended } from './store.ts'
import type { EntryRow, OpeningRow, Queryable } from './store.ts'

/** A transaction in a database that holds a log. */
interface InDatabase {
  readonly sql: Queryable
}

/** A sealed log: of a tenant that came from another installation, or from before a restore. */
export interface EarlierLog {
  readonly id: string
  readonly origin: string
  readonly vkey: string
  readonly size: number
  /** Its last signed head. */
  readonly note: string
}

/**
 * Keeps the log of the installation a tenant came from; in the same transaction its entries follow, afterwards nothing.
 *
 * @returns its id
 */
export async function addEarlierLog(
  { sql }: InDatabase,
  { origin, vkey, size, root, note }: Omit<EarlierLog, 'id'> & { root: Uint8Array },
): Promise<string> {
  const id = randomUUID()
  await sql.query(
    `insert into earlier_log (id, position, origin, vkey, size, root, note)
     select $1, coalesce(max(position) + 1, 0), $2, $3, $4, $5, $6 from earlier_log`,
    [id, origin, vkey, size, root, note],
  )
  return id
}

/** The first leaf of the log that goes on: it commits to the last head of the one before. */
export async function continueLog(
  tx: { readonly tenant: { readonly id: string }; append(happening: Happening): Promise<unknown> },
  head: LeafHead,
): Promise<void> {
  await tx.append({ type: 'log.continued', about: { kind: 'tenant', id: tx.tenant.id }, head })
}

/**
 * Gives commitments that live records rest on a place in the present log, so that editions to come can cite them: a leaf
 * of the same type and subject over the very same commitment, which names the place it was taken over from.
 */
export async function restate(tx: InDatabase & { readonly now: Date }, commitments: readonly Buffer[]): Promise<void> {
  const { rows } = await tx.sql.query<{
    commitment: Buffer
    role: string
    salt: Buffer
    content: Buffer
    leaf: Buffer
    origin: string
  }>(
    `select * from (
       select distinct on (o.commitment) o.commitment, o.role, o.salt, o.content, e.leaf, l.origin, l.position, o.idx
       from earlier_opening o join earlier_log l on l.id = o.log_id join earlier_entry e on e.log_id = o.log_id and e.idx = o.idx
       where o.commitment = any ($1::bytea[]) and o.salt is not null
         and not exists (select 1 from opening known where known.commitment = o.commitment)
       order by o.commitment, l.position desc) newest
     order by position, idx, role`,
    [commitments],
  )
  await addAppended(
    tx.sql,
    rows.map(({ commitment, role, salt, content, leaf, origin }) => {
      const { type, subj, code, seq } = parseLeaf(leaf)
      return eventOf({ type, subj, code }, { kind: 'system' }, tx.now, [
        { commitment, role, salt, content },
        opening('restated', { origin, seq }),
      ])
    }),
  )
}

/** Where a commitment stands in an earlier log; undefined where none has it. */
export async function findEarlier(
  sql: Queryable,
  commitment: Buffer,
): Promise<{ log: EarlierLog; index: number } | undefined> {
  const { rows } = await sql.query<Omit<EarlierLog, 'size'> & { size: string; idx: string }>(
    `select l.id, l.origin, l.vkey, l.size, l.note, o.idx from earlier_opening o join earlier_log l on l.id = o.log_id
     where o.commitment = $1 order by l.position desc limit 1`,
    [commitment],
  )
  const row = rows[0]
  if (!row) return undefined
  const { idx, ...log } = row
  return { log: { ...log, size: Number(log.size) }, index: Number(idx) }
}

/** The sealed logs, newest first. */
export async function listEarlierLogs(sql: Queryable): Promise<EarlierLog[]> {
  const { rows } = await sql.query<Omit<EarlierLog, 'size'> & { size: string }>(
    'select id, origin, vkey, size, note from earlier_log order by position desc',
  )
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}

export async function listEarlierEntries(sql: Queryable, logId: string): Promise<EntryRow[]> {
  const { rows } = await sql.query<Omit<EntryRow, 'idx'> & { idx: string }>(
    'select idx, leaf, at from earlier_entry where log_id = $1 order by idx',
    [logId],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

export async function listEarlierOpenings(
  sql: Queryable,
  logId: string,
  indexes: readonly number[],
): Promise<OpeningRow[]> {
  const { rows } = await sql.query<Omit<OpeningRow, 'idx'> & { idx: string }>(
    `select idx, role, salt, content from earlier_opening where log_id = $1 and idx = any ($2::bigint[]) and role <> 'actor'`,
    [logId, indexes],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

/** The proof that an entry is in a sealed log, under its last signed head. The tree is built anew from its entries. */
export async function proveInEarlier(
  sql: Queryable,
  logId: string,
  index: number,
): Promise<{ proof: string; vkey: string }> {
  const log = (await listEarlierLogs(sql)).find(({ id }) => id === logId)
  if (!log) throw bug('an earlier log is missing')
  const entries = await listEarlierEntries(sql, logId)
  const nodes = new Map<string, Uint8Array>()
  const hashes = entries.map(({ leaf }) => leafHash(ledgerCrypto, leaf))
  appendLeaves(ledgerCrypto, emptyFrontier, hashes, (level, at, hash) => void nodes.set(`${level}/${at}`, hash))
  const read: HashReader = (wanted) =>
    wanted.map(({ level, index: at }) => nodes.get(`${level}/${at}`) ?? new Uint8Array())
  const proof = { index, hashes: proveInclusion(ledgerCrypto, index, log.size, read), checkpoint: log.note }
  return { proof: formatProof(proof), vkey: log.vkey }
}
