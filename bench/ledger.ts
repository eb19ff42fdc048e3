import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import { ledgerCrypto, ledgerSigner, newLedgerKey } from '../apps/server/src/platform/ledger-keys.ts'
import { startPostgres } from '../apps/server/src/platform/postgres/index.ts'
import { openPool } from '../apps/server/src/platform/postgres/pools.ts'
import {
  buildBundle,
  canonicalize,
  emptyFrontier,
  leafHash,
  openCheckpoint,
  proveInclusion,
  sequence,
  sequenceEntries,
  signNote,
  tilePath,
  tileReader,
  verifierKey,
  verifyBundle,
  verifyInclusion,
} from '../packages/ledger/src/index.ts'
import type { Batch, LeafEvent } from '../packages/ledger/src/index.ts'
import { rate, rounded, type Row } from './table.ts'

const leaves = 20_000
const audited = 1_000_000
const producers = 64
const seconds = 5
/** Connections of one tenant. */
const connections = 8

/** The ledger's arithmetic against bare SHA-256, durable appends through the server against bare commits, and an audit. */
export async function measure(): Promise<readonly Row[]> {
  return [...(await arithmetic()), ...(await appends()), ...audit()]
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
  const node = Buffer.alloc(65, 1)
  const shaOfNode = await rate(() => {
    for (let i = 0; i < 1_000; i++) ledgerCrypto.sha256(node)
  }, 1_000)
  const encoded = await rate(append, leaves, 2)
  const appended = await rate(
    () => sequenceEntries(ledgerCrypto, { origin, frontier: emptyFrontier, last: undefined }, batch.entries),
    leaves,
    2,
  )
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
  // In the long run each leaf costs its own hash and that of one node.
  const allowed = {
    what: 'what SHA-256 allows, one leaf and one node each',
    value: rounded(1 / (1 / sha + 1 / shaOfNode)),
  }
  return [
    { what: 'leaves appended in memory', value: rounded(appended), unit: '/s', bare: allowed, bar: '0.25 ×' },
    { what: 'leaves encoded, checked and appended in memory', value: rounded(encoded), unit: '/s', bare: allowed },
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
      const open = await server.registry.open('bench')
      // Durable is what is integrated and signed.
      const one = async () => {
        await server.tenants.asSystem('bench', async (tx) => {
          await tx.append({ type: 'measure.changed', about: { kind: 'measure', id: tx.newId() } })
        })
        await server.ledgers.settle(open)
      }
      await throughput(one, producers, 1)
      const single = await throughput(one, 1)
      const many = await throughput(one, producers)
      return [
        {
          what: 'durable appends, integrated and signed, one producer',
          value: rounded(single.perSecond),
          unit: '/s',
          bare: { what: 'bare commits', value: rounded(bare.single.perSecond) },
          note: said(single),
        },
        {
          what: `durable appends, integrated and signed, ${producers} producers`,
          value: rounded(many.perSecond),
          unit: '/s',
          bare: { what: `bare commits over ${connections} connections`, value: rounded(bare.many.perSecond) },
          bar: '5000 /s, 99 % within 50 ms',
          note: said(many),
        },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the same PostgreSQL takes in plain inserts, each a durable commit, over as many connections as a tenant has. */
async function commits(folder: string): Promise<{ single: Throughput; many: Throughput }> {
  const postgres = await startPostgres({ folder })
  const pool = openPool(postgres.url(postgres.maintenance), connections)
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

/** A bundle of a whole log, checked to the last byte: parsed, hashed, the tree built anew. */
function audit(): Row[] {
  const content = Buffer.from(canonicalize({ edition: {}, files: {} }))
  const salt = Buffer.alloc(32, 1)
  const c = Buffer.from(ledgerCrypto.sha256(Buffer.concat([salt, content]))).toString('base64')
  const last: LeafEvent = { ...event(0), type: 'edition.published', obj: [{ c, n: content.length, role: 'content' }] }
  const state = { origin, frontier: emptyFrontier, last: undefined }
  const events = Array.from({ length: audited - 1 }, (_, n) => event(n % 256))
  const batch = sequence(ledgerCrypto, state, [...events, last])
  const signer = ledgerSigner(origin, newLedgerKey())
  const bundle = buildBundle(ledgerCrypto, {
    checkpoint: signNote(ledgerCrypto, batch.text, [signer]),
    entries: batch.entries,
    keys: [verifierKey(ledgerCrypto, signer)],
    editionLeaf: audited - 1,
    openings: [{ index: audited - 1, role: 'content', salt, content }],
    files: new Map(),
  })
  const hashing = performance.now()
  for (const entry of batch.entries) ledgerCrypto.sha256(entry)
  const bare = performance.now() - hashing
  const start = performance.now()
  const { holds } = verifyBundle(ledgerCrypto, bundle)
  const spent = performance.now() - start
  if (!holds) throw new Error('The bundle of the bench does not hold.')
  return [
    {
      what: `a log of ${audited} leaves audited`,
      value: rounded(spent / 1_000),
      unit: 's',
      bare: { what: 'bare SHA-256 of its leaves', value: rounded(bare / 1_000) },
      bar: '10 s',
    },
  ]
}

interface Throughput {
  readonly perSecond: number
  /** Milliseconds. */
  readonly median: number
  readonly p99: number
}

async function throughput(work: () => Promise<void>, workers: number, forSeconds = seconds): Promise<Throughput> {
  const start = performance.now()
  const times: number[] = []
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() - start < forSeconds * 1_000) {
        const before = performance.now()
        await work()
        times.push(performance.now() - before)
      }
    }),
  )
  const perSecond = (times.length * 1_000) / (performance.now() - start)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { perSecond, median: at(0.5), p99: at(0.99) }
}

function said({ median, p99 }: Throughput): string {
  return `median ${rounded(median)} ms, 99 % within ${rounded(p99)} ms`
}
