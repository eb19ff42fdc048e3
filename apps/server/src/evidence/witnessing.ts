import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import {
  addCosignatures,
  encodeUtf8,
  formatAddCheckpoint,
  LedgerError,
  openCheckpoint,
  planConsistency,
  proveConsistency,
  tilePath,
  tileReader,
  tilesForNodes,
  verifierKey,
} from '@art32/ledger'
import type { Hash, VerifierKey } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto, openAlone } from '../platform/index.ts'
import type { Answer, Ask, Clock, Crew, Log, WitnessSetting } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import * as store from './store.ts'
import type { Loss } from './succession.ts'

/** Why a witness did not cosign. */
export const witnessProblems = ['unreachable', 'refused', 'invalid', 'ahead', 'forked'] as const

/** How a witness stands to the instance log. */
export interface WitnessState {
  readonly name: string
  /** The size up to which it cosigned; null: never. */
  readonly size: number | null
  readonly cosignedAt: Date | null
  readonly problem: (typeof witnessProblems)[number] | null
}

/** A checkpoint of the instance log that witnesses cosigned. */
export interface Cosigned {
  /** With the cosignatures. */
  readonly note: string
  /** Of those who cosigned it. */
  readonly keys: readonly VerifierKey[]
}

/** Asks witnesses to cosign the instance log. */
export interface Witnessing {
  /** Names of the witnesses that are asked. */
  readonly names: readonly string[]
  /** Sends the signed head to every witness that has not cosigned it; what fails is tried again by the next call. */
  send(): Promise<void>
  /**
   * Asks every witness, for a short time, whether the log still continues what it cosigned: what a start does before anything is
   * signed. Who does not answer in time has said nothing.
   */
  compare(): Promise<Loss[]>
  list(): Promise<WitnessState[]>
  /** The newest checkpoint of the instance log that a witness cosigned; null: none. */
  newest(): Promise<Cosigned | null>
}

interface WitnessRow {
  readonly vkey: string
  readonly size: string | null
  readonly note: string | null
  readonly cosigned_at: Date | null
  readonly problem: WitnessState['problem']
}

type Tried =
  | { readonly note: string }
  | { readonly problem: NonNullable<WitnessState['problem']>; readonly size?: number }

/** How long another process may be at it. Milliseconds. */
const turnMs = 30_000

/** How long a start waits for witnesses. */
const patienceMs = 3_000

/** @param witnesses as set by whoever runs the installation: their addresses are not those of a tenant */
export function openWitnessing(options: {
  witnesses: readonly WitnessSetting[]
  registry: Pick<Registry, 'instance'>
  control: Pool
  ask: Ask
  clock: Clock
  log: Log
  crew?: Pick<Crew, 'hold'>
}): Witnessing {
  const { witnesses, registry, control, ask, clock, log, crew = openAlone() } = options

  async function rows(): Promise<Map<string, WitnessRow>> {
    const { rows } = await control.query<WitnessRow>('select vkey, size, note, cosigned_at, problem from witness')
    return new Map(rows.map((row) => [row.vkey, row]))
  }

  async function sendTo(witness: WitnessSetting, from: number): Promise<void> {
    const state = await store.findState(control)
    if (!state) throw bug('the instance log was not started')
    const { size } = openCheckpoint(ledgerCrypto, state.note, [verifierKey(ledgerCrypto, registry.instance)])
    const tried = await attempt(witness, from, size, state.note)
    const at = clock.now()
    if ('note' in tried) {
      await keepCosigned(control, { vkey: witness.vkey, size, note: tried.note, at })
      return
    }
    // The two that say that this log, or what a witness believes of it, was rolled back or forked are not for retries to hide.
    const grave = tried.problem === 'ahead' || tried.problem === 'forked'
    log[grave ? 'error' : 'warn']('witness.failed', { code: tried.problem })
    await keepProblem(control, { vkey: witness.vkey, problem: tried.problem, at })
  }

  async function attempt(witness: WitnessSetting, from: number, size: number, note: string): Promise<Tried> {
    const first = await post(witness, from, size, note)
    const known = first?.status === 409 ? sizeIn(first.body) : null
    if (known === null) return tried(witness, note, first)
    // It knows another head than we thought: an answer was lost, or somebody restored one of the two.
    if (known > size) return { problem: 'ahead', size: known }
    if (known === from) return { problem: 'forked' }
    const second = await post(witness, known, size, note)
    return second?.status === 409 && sizeIn(second.body) === known
      ? { problem: 'forked' }
      : tried(witness, note, second)
  }

  function tried(witness: WitnessSetting, note: string, answer: Answer | null): Tried {
    if (answer === null) return { problem: 'unreachable' }
    if (answer.status === 422) return { problem: 'forked' }
    if (answer.status !== 200) return { problem: 'refused' }
    try {
      return { note: addCosignatures(ledgerCrypto, note, encodeUtf8(answer.body), [witness.key]) }
    } catch (error) {
      if (error instanceof LedgerError) return { problem: 'invalid' }
      throw error
    }
  }

  async function post(witness: WitnessSetting, from: number, size: number, note: string): Promise<Answer | null> {
    const body = formatAddCheckpoint({ oldSize: from, proof: await proofOf(control, from, size), checkpoint: note })
    const question = { method: 'POST', headers: { 'content-type': 'text/plain' }, body, mayBeLocal: true } as const
    return await ask(`${witness.address}/add-checkpoint`, question).catch(() => null)
  }

  // One round at a time: two at once would hear of each other's heads and take them for those of another ledger.
  let sending: Promise<void> = Promise.resolve()

  async function sendToAll(): Promise<void> {
    const known = await rows()
    const state = await store.findState(control)
    const waiting = witnesses.filter(({ vkey }) => {
      const row = known.get(vkey)
      return row === undefined || row.problem !== null || Number(row.size) < Number(state?.size)
    })
    await Promise.all(waiting.map((witness) => sendTo(witness, Number(known.get(witness.vkey)?.size ?? 0))))
  }

  /** In all processes one round at a time, too, and none while heads are compared with those that the witnesses know. */
  async function inTurn<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const release = await crew.hold('witnessing', turnMs)
    if (release === null) return otherwise
    try {
      return await work()
    } finally {
      await release()
    }
  }

  async function compare(): Promise<Loss[]> {
    const state = await store.findState(control)
    if (!state || state.size === 0) return []
    const known = await rows()
    const { origin } = state
    const asked = witnesses.map(async (witness): Promise<Loss | null> => {
      const from = Number(known.get(witness.vkey)?.size ?? 0)
      const said = await attempt(witness, from, state.size, state.note)
      const size = 'problem' in said && said.problem === 'ahead' ? said.size : state.size
      const grave = 'problem' in said && (said.problem === 'ahead' || said.problem === 'forked')
      return grave ? { origin, size: size ?? state.size, root: null, from: 'witnessed' } : null
    })
    const late = sleep(patienceMs, null, { ref: false })
    const losses = await Promise.all(asked.map((one) => Promise.race([one, late])))
    return losses.flatMap((loss) => (loss === null ? [] : [loss])).slice(0, 1)
  }

  return {
    names: witnesses.map(({ key }) => key.name),
    async send() {
      if (witnesses.length === 0) return
      const before = sending
      sending = before.catch(() => undefined).then(() => inTurn(sendToAll, undefined))
      await sending
    },
    async compare() {
      return witnesses.length === 0 ? [] : await inTurn(compare, [])
    },
    async list() {
      const known = await rows()
      return witnesses.map(({ vkey, key }) => {
        const row = known.get(vkey)
        return {
          name: key.name,
          size: row?.size == null ? null : Number(row.size),
          cosignedAt: row?.cosigned_at ?? null,
          problem: row?.problem ?? null,
        }
      })
    },
    async newest() {
      const known = await rows()
      const cosigned = witnesses.flatMap(({ vkey, key }) => {
        const row = known.get(vkey)
        return row?.note == null ? [] : [{ key, note: row.note, size: Number(row.size) }]
      })
      const size = Math.max(...cosigned.map((one) => one.size))
      const [first, ...others] = cosigned.filter((one) => one.size === size)
      if (first === undefined) return null
      // A witness that was shown another history has a note of its own, which cannot be joined.
      const same = others.filter(({ note }) => textOf(note) === textOf(first.note))
      const note = same.reduce((note, { note: other, key }) => mergeCosignatures(note, other, [key]), first.note)
      return { note, keys: [first, ...same].map(({ key }) => key) }
    },
  }
}

/** Signature lines of one note under another over the same text. */
function mergeCosignatures(note: string, other: string, keys: Parameters<typeof addCosignatures>[3]): string {
  return addCosignatures(ledgerCrypto, note, encodeUtf8(other.slice(other.indexOf('\n\n') + 2)), keys)
}

function textOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n'))
}

function sizeIn(body: string): number | null {
  return /^(?:0|[1-9][0-9]{0,14})\n?$/.test(body) ? Number(body) : null
}

/** The proof that the instance log continues an earlier size. */
async function proofOf(db: store.Queryable, from: number, size: number): Promise<Hash[]> {
  if (from === 0 || from === size) return []
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesForNodes(planConsistency(from, size).nodes, size)) {
    const data = typeof tile.level === 'number' ? await store.findTile(db, tile.level, tile.index) : undefined
    if (!data) throw bug('a tile of the instance log is missing')
    tiles.set(tilePath(tile), data)
  }
  const read = tileReader(ledgerCrypto, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  return proveConsistency(ledgerCrypto, from, size, read)
}

async function keepCosigned(db: Pool, row: { vkey: string; size: number; note: string; at: Date }): Promise<void> {
  // Two servers on one database may end in another order than they began.
  await db.query(
    `insert into witness (vkey, size, note, cosigned_at, tried_at) values ($1, $2, $3, $4, $4)
     on conflict (vkey) do update set size = $2, note = $3, cosigned_at = $4, tried_at = $4, problem = null
     where witness.size is null or witness.size <= $2`,
    [row.vkey, row.size, row.note, row.at],
  )
}

async function keepProblem(db: Pool, row: { vkey: string; problem: string; at: Date }): Promise<void> {
  await db.query(
    `insert into witness (vkey, problem, tried_at) values ($1, $2, $3)
     on conflict (vkey) do update set problem = $2, tried_at = $3`,
    [row.vkey, row.problem, row.at],
  )
}
