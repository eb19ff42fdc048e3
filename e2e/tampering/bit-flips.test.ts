import { readFileSync } from 'node:fs'
import type { Client } from 'pg'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LedgerError, openProof, parsePolicy, verifierKey, verifyBundle } from '../../packages/ledger/src/index.ts'
import type { LedgerCrypto } from '../../packages/ledger/src/index.ts'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'
import { auditLog } from '../../apps/server/src/evidence/audit.ts'
import { startOwned } from './owned.ts'
import type { Owned } from './owned.ts'

const flips = 1_000
/** Printed with what was not found; `ART32_FLIP_SEED=…` repeats a run. */
const seed = Number(process.env['ART32_FLIP_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Mulberry32: the same seed gives the same numbers everywhere. */
function numbersFrom(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const flipped = (bytes: Uint8Array, at: number, bit: number) =>
  Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ (1 << bit) : byte))

/** Signatures are most of the time, and nearly every flip leaves them as they are. */
const checked = new Map<string, boolean>()
const remembering: LedgerCrypto = {
  ...ledgerCrypto,
  verifyEd25519: (...args) => {
    const name = args.map((bytes) => Buffer.from(bytes).toString('base64')).join()
    const ok = checked.get(name) ?? ledgerCrypto.verifyEd25519(...args)
    checked.set(name, ok)
    return ok
  },
}

/** Places in the database whose bits all mean something, and how a row of them is named. */
const columns = [
  ['log_entry', 'leaf', 'idx = $1', 'idx'],
  ['log_entry', 'leaf_hash', 'idx = $1', 'idx'],
  ['log_tile', 'data', 'n = $1', 'n'],
  ['log_state', 'root', 'id = $1', 'id'],
  ['log_state', 'frontier', 'id = $1', 'id'],
  ['log_state', 'note', 'id = $1', 'id'],
  ['log_checkpoint', 'root', 'size = $1', 'size'],
  ['log_checkpoint', 'note', 'size = $1', 'size'],
  ['opening', 'salt', 'commitment = $1', 'commitment'],
  ['opening', 'content', 'commitment = $1', 'commitment'],
  ['opening', 'commitment', 'commitment = $1', 'commitment'],
] as const

describe(`${flips} random bits, seed ${seed}`, { timeout: 120_000 }, () => {
  let owned: Owned
  let files: Map<string, Uint8Array>
  beforeAll(async () => {
    owned = await startOwned()
    files = new Map(Object.entries(unzipSync(readFileSync(owned.kept.bundle))))
  }, 120_000)
  afterAll(async () => {
    await owned.stop()
  })

  it('of the files of a bundle are found, every one', () => {
    const random = numbersFrom(seed)
    const paths = [...files.keys()]
    const tried = new Map<string, number>()
    const missed: string[] = []
    for (let i = 0; i < flips; i++) {
      const path = paths[random(paths.length)] ?? ''
      const bytes = files.get(path) ?? Uint8Array.of()
      const [at, bit] = [random(bytes.length), random(8)]
      tried.set(path, (tried.get(path) ?? 0) + 1)
      if (holds(new Map(files).set(path, flipped(bytes, at, bit)))) missed.push(`${path} byte ${at} bit ${bit}`)
    }
    expect(holds(files)).toBe(true)
    expect(tried.size).toBe(paths.length)
    expect({ seed, missed }).toEqual({ seed, missed: [] })
  })

  it('of a proof file are found, every one', () => {
    const random = numbersFrom(seed + 1)
    const policy = parsePolicy(remembering, Buffer.from(files.get('policy.txt') ?? []).toString())
    const leaf = files.get('instance/leaf') ?? Uint8Array.of()
    const proof = files.get('instance/tenant.tlog-proof') ?? Uint8Array.of()
    const isProof = (bytes: Uint8Array) => {
      try {
        openProof(remembering, new TextDecoder('utf-8', { fatal: true }).decode(bytes), leaf, policy)
        return true
      } catch (error) {
        if (error instanceof LedgerError || error instanceof TypeError) return false
        throw error
      }
    }
    expect(isProof(proof)).toBe(true)
    const missed = Array.from({ length: flips }, () => [random(proof.length), random(8)] as const).filter(([at, bit]) =>
      isProof(flipped(proof, at, bit)),
    )
    expect({ seed, missed }).toEqual({ seed, missed: [] })
  })

  it('of what lies in the database are found, every one, and the place is named', async () => {
    const random = numbersFrom(seed + 2)
    const { signer } = await owned.server.registry.open('alpha')
    const keys = [verifierKey(ledgerCrypto, signer)]
    await owned.asSuperuser(async (client) => {
      const audit = async () => (await auditLog(client, keys, [])).faults
      await client.query(`set session_replication_role = 'replica'`)
      expect(await audit()).toEqual([])
      const missed: string[] = []
      for (let i = 0; i < flips; i++) {
        await client.query('begin')
        const what = await flipOne(client, random)
        const faults = await audit()
        if (faults.length === 0 || faults.some(({ place }) => place === '')) missed.push(what)
        await client.query('rollback')
      }
      expect({ seed, missed }).toEqual({ seed, missed: [] })
    })
  })
})

function holds(bundle: ReadonlyMap<string, Uint8Array>): boolean {
  try {
    return verifyBundle(remembering, bundle).holds
  } catch (error) {
    expect(error).toBeInstanceOf(LedgerError)
    return false
  }
}

/** Turns one bit of one stored value around. @returns where */
async function flipOne(client: Client, random: (below: number) => number): Promise<string> {
  for (;;) {
    const [table, column, where, key] = columns[random(columns.length)] ?? columns[0]
    const { rows } = await client.query<{ key: unknown; value: Buffer | string }>(
      `select ${key} as key, ${column} as value from ${table} where ${column} is not null order by ${key}`,
    )
    const row = rows[random(rows.length)]
    const bytes = Buffer.from(row?.value ?? '')
    if (!row || bytes.length === 0) continue
    const [at, bit] = [random(bytes.length), random(8)]
    const changed = Buffer.from(flipped(bytes, at, bit))
    const isText = typeof row.value === 'string'
    // PostgreSQL itself keeps no text that is none.
    if (isText && (changed.includes(0) || !changed.equals(Buffer.from(changed.toString('utf8'))))) continue
    await client.query(`update ${table} set ${column} = $2 where ${where}`, [
      row.key,
      isText ? changed.toString('utf8') : changed,
    ])
    return `${table}.${column} of ${String(row.key)} byte ${at} bit ${bit}`
  }
}
