import type { Pool } from 'pg'
import { answerSubmission, formatCosignatures, formatVkey, readSubmission, verifierKey } from '@art32/ledger'
import type { Submission, VerifierKey, WitnessAnswer } from '@art32/ledger'
import { ledgerCrypto } from '../platform/index.ts'
import type { Clock, Log, SignedHeads } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { transactionOn } from './connection.ts'
import type { Connection } from './connection.ts'

/** What is answered to a log that asks for a cosignature. */
export interface WitnessReply {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** A log of others, as far as this installation knows it. */
export interface WitnessedLog {
  readonly origin: string
  readonly vkey: string
  /** Up to where it was cosigned; null: it has not been seen. */
  readonly size: number | null
  readonly cosignedAt: Date | null
  /** The checkpoint that was cosigned, and the first that contradicts it: together they convict the log. */
  readonly conflict: { readonly cosigned: string; readonly other: string; readonly at: Date } | null
}

/** The witness that this installation is to others. */
export interface Witness {
  /** Answers `add-checkpoint`. What it cosigns is committed before the cosignature leaves. */
  answer(body: Uint8Array): Promise<WitnessReply>
  /** The key by which others verify its cosignatures. */
  vkey(): Promise<string>
  list(): Promise<WitnessedLog[]>
}

interface Row {
  readonly origin: string
  readonly size: string
  readonly root: Buffer
  readonly note: string
  readonly cosigned_at: Date
  readonly conflict: string | null
  readonly conflicting: string | null
  readonly conflict_at: Date | null
}

/** Longest body, as of `art32 witness`. */
export const maxSubmission = 128 * 1_024

/** Opens the witness. @param keys of the logs that whoever runs the installation allows; of several of one log any may sign */
export function openWitness(options: {
  keys: readonly VerifierKey[]
  registry: Pick<Registry, 'instance' | 'witness'>
  control: Pool
  heads: SignedHeads
  clock: Clock
  log: Log
}): Witness {
  const { keys, registry, control, heads, clock, log } = options
  // Its own log it must not vouch for.
  const keysOf = (origin: string) =>
    origin === registry.instance.name ? [] : keys.filter(({ name }) => name === origin)

  /** One at a time for a log, whichever process asks: two would both continue the same head. */
  async function decide(submission: Submission): Promise<WitnessAnswer> {
    const { origin, size, root } = submission.opened
    return await transactionOn(control, async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtextextended('art32 witness ' || $1, 0))`, [origin])
      const known = await find(sql, origin)
      const answer = answerSubmission(ledgerCrypto, submission, newest(known, origin))
      if (answer.status === 200) await keep(sql, { origin, size, root, note: submission.checkpoint, at: clock.now() })
      const isNews =
        answer.status === 409 && answer.isFork && (await keepConflict(sql, origin, submission.checkpoint, clock.now()))
      if (isNews) log.error('witness.fork', { code: 'forked' })
      return answer
    })
  }

  /** A database that was put back does not know what was cosigned since; this machine does. */
  function newest(row: Row | undefined, origin: string): { size: number; root: Uint8Array } | undefined {
    const remembered = heads.of(origin)
    if (remembered && remembered.size > Number(row?.size ?? -1)) return remembered
    return row && { size: Number(row.size), root: row.root }
  }

  return {
    async answer(body) {
      const read = readSubmission(ledgerCrypto, body, keysOf)
      if (!('opened' in read)) return refused(read)
      const answer = await decide(read)
      if (answer.status !== 200) return refused(answer)
      const [key] = keysOf(read.opened.origin)
      if (key) heads.keep(formatVkey(key), read.checkpoint)
      const posixTime = Math.floor(clock.now().getTime() / 1_000)
      const text = formatCosignatures(ledgerCrypto, read, [await registry.witness()], posixTime)
      return { status: 200, type: 'text/plain; charset=utf-8', text }
    },
    vkey: async () => formatVkey(verifierKey(ledgerCrypto, await registry.witness())),
    async list() {
      const { rows } = await control.query<Row>('select * from witnessed_log')
      return keys.map((key) => {
        const row = rows.find(({ origin }) => origin === key.name)
        return {
          origin: key.name,
          vkey: formatVkey(key),
          size: row === undefined ? null : Number(row.size),
          cosignedAt: row?.cosigned_at ?? null,
          conflict:
            row?.conflict == null || row.conflicting === null || row.conflict_at === null
              ? null
              : { cosigned: row.conflicting, other: row.conflict, at: row.conflict_at },
        }
      })
    },
  }
}

function refused(answer: Exclude<WitnessAnswer, { status: 200 }>): WitnessReply {
  if (answer.status === 409) return { status: 409, type: 'text/x.tlog.size', text: `${answer.size}\n` }
  return { status: answer.status, type: 'text/plain; charset=utf-8', text: `${answer.reason}\n` }
}

async function find(sql: Connection, origin: string): Promise<Row | undefined> {
  const { rows } = await sql.query<Row>('select * from witnessed_log where origin = $1', [origin])
  return rows[0]
}

async function keep(
  sql: Connection,
  head: { origin: string; size: number; root: Uint8Array; note: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into witnessed_log (origin, size, root, note, cosigned_at) values ($1, $2, $3, $4, $5)
     on conflict (origin) do update set size = $2, root = $3, note = $4, cosigned_at = $5`,
    [head.origin, head.size, head.root, head.note, head.at],
  )
}

/** The checkpoint that it contradicts stays with it: what is cosigned later has other lines. @returns whether it is the first */
async function keepConflict(sql: Connection, origin: string, note: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    'update witnessed_log set conflict = $2, conflict_at = $3, conflicting = note where origin = $1 and conflict is null',
    [origin, note, at],
  )
  return rowCount === 1
}
