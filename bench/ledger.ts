import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import { ledgerCrypto, ledgerSigner, newLedgerKey } from '../apps/server/src/platform/ledger-keys.ts'
import { startPostgres } from '../apps/server/src/platform/postgres/index.ts'
import { openPool } from '../apps/server/src/platform/postgres/pools.ts'
import {
  emptyFrontier,
  leafHash,
  openCheckpoint,
  proveInclusion,
  sequence,
  signNote,
  tilePath,
  tileReader,
  verifierKey,
  verifyInclusion,
} from '../packages/ledger/src/index.ts'
import type { Batch, LeafEvent } from '../packages/ledger/src/index.ts'
import { rate, rounded, type Row } from './table.ts'

const leaves = 20_000
const producers = 64
const seconds = 5

/** The ledger's arithmetic against bare SHA-256, and durable appends through the server against bare commits. */
export async function measure(): Promise<readonly Row[]> {
  return [...(await arithmetic()), ...(await appends())]
}

const origin = 'bench.example/t/aaaaaaaaaaaa'
const event = (n: number): LeafEvent => ({
  actor: { c: Buffer.alloc(32, n).toString('base64'), k: 'user' },
  at: '2026-11-22T00:00:00.000Z',
  links: [],
  obj: [{ c: Buffer.alloc(32, n).toString('base64'), n: 33, role: 'content' }],
  subj: { id: '00000000-0000-4000-8000-000000000000', t: 'measure' },
  type: 'measure.changed',
})

async function arithmetic(): Promise<readonly Row[]> {
  const events = Array.from({ length: leaves }, (_, n) => event(n % 256))
  const append = (): Batch => sequence(ledgerCrypto, { origin, frontier: emptyFrontier, last: undefined }, events)
  const batch = append()
  const leaf = batch.entries[0] ?? new Uint8Array()
  const sha = await rate(() => {
    for (let i = 0; i < 1_000; i++) ledgerCrypto.sha256(leaf)
  }, 1_000)
  const appended = await rate(append, leaves, 2)
  const tiles = new Map(batch.tiles.map((tile) => [tilePath(tile), tile.data]))
  const read = tileReader(ledgerCrypto, leaves, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  let index = 0
  const next = () => (index = (index + 7_919) % leaves)
  const proved = await rate(() => proveInclusion(ledgerCrypto, next(), leaves, read))
  const proof = proveInclusion(ledgerCrypto, 1, leaves, read)
  const { root } = batch.checkpoint
  const verified = await rate(() =>
    verifyInclusion(ledgerCrypto, {
      leafHash: leafHash(ledgerCrypto, batch.entries[1] ?? leaf),
      index: 1,
      size: leaves,
      proof,
      root,
    }),
  )
  const signer = ledgerSigner(origin, newLedgerKey())
  const signed = await rate(() => signNote(ledgerCrypto, batch.text, [signer]))
  const note = signNote(ledgerCrypto, batch.text, [signer])
  const opened = await rate(() => openCheckpoint(ledgerCrypto, note, [verifierKey(ledgerCrypto, signer)]))
  const bare = { what: 'bare SHA-256 of a leaf', value: rounded(sha) }
  return [
    { what: 'leaves encoded and sequenced', value: rounded(appended), unit: '/s', bare },
    { what: `inclusion proofs made (${leaves} leaves)`, value: rounded(proved), unit: '/s', bare },
    { what: `inclusion proofs verified (${leaves} leaves)`, value: rounded(verified), unit: '/s', bare },
    { what: 'checkpoints signed', value: rounded(signed), unit: '/s' },
    { what: 'checkpoints verified', value: rounded(opened), unit: '/s' },
  ]
}

async function appends(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'art32-bench-ledger-'))
  try {
    const bare = await commits(join(folder, 'bare'))
    const server = await startServer(
      readConfig({ ART32_DATA: join(folder, 'data'), ART32_PORT: '0', ART32_LOG: 'error' }),
    )
    try {
      await server.registry.create({ name: 'Bench', slug: 'bench', language: 'en' })
      const one = () =>
        server.tenants.asSystem('bench', async (tx) => {
          await tx.append({ type: 'measure.changed', about: { kind: 'measure', id: tx.newId() } })
        })
      await one()
      const single = await throughput(one, 1)
      const many = await throughput(one, producers)
      const start = performance.now()
      const { size } = await server.ledgers.settle(await server.registry.open('bench'))
      const rest = performance.now() - start
      return [
        {
          what: 'durable changes with a leaf, one producer',
          value: rounded(single),
          unit: '/s',
          bare: { what: 'bare commits', value: rounded(bare.single) },
        },
        {
          what: `durable changes with a leaf, ${producers} producers`,
          value: rounded(many),
          unit: '/s',
          bare: { what: 'bare commits over as many connections', value: rounded(bare.many) },
        },
        {
          what: 'until the last leaf is integrated and signed',
          value: rounded(rest),
          unit: 'ms',
          note: `${size} leaves in all`,
        },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the same PostgreSQL takes in plain inserts, each a durable commit, over the four connections a tenant has. */
async function commits(folder: string): Promise<{ single: number; many: number }> {
  const postgres = await startPostgres({ folder })
  const pool = openPool(postgres.url(postgres.maintenance), 4)
  try {
    await pool.query('create table leaf (id bigint generated always as identity, body bytea not null)')
    const body = Buffer.alloc(300, 1)
    const one = async () => void (await pool.query('insert into leaf (body) values ($1)', [body]))
    return { single: await throughput(one, 1), many: await throughput(one, producers) }
  } finally {
    await pool.end()
    await postgres.stop()
  }
}

async function throughput(work: () => Promise<void>, workers: number): Promise<number> {
  const start = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() - start < seconds * 1_000) {
        await work()
        done++
      }
    }),
  )
  return (done * 1_000) / (performance.now() - start)
}
