import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUp, signIn } from './client.ts'
import type { Caller } from './client.ts'
import { orphansOf, postmasterOf, startDoomed } from './doomed.ts'
import type { Doomed } from './doomed.ts'
import { recompute } from './ledger.ts'
import { readConfig, startServer } from '../../apps/server/src/main.ts'

/** More rounds for a long run: `ART32_KILL_ROUNDS=50 npm test -- e2e/durability`. */
const rounds = Number(process.env['ART32_KILL_ROUNDS'] ?? 1)
const patience = 30_000 * rounds

const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const document = new TextEncoder().encode(
  '# Measures\n\n## Access\n\n- All network communication uses TLS 1.2 or newer.\n- Multi-factor authentication is required for administrators.\n',
)

interface Measure {
  readonly id: string
  readonly revision: number
  readonly owner: string | null
}

/** What the server said was done. */
interface Acknowledged {
  /** Of the measure that is changed: every revision with the owner it was given. */
  readonly changes: Map<number, string>
  readonly confirmations: Set<number>
  readonly connections: Set<string>
  readonly drafts: Set<string>
  /** Signed heads that somebody holds: size and checkpoint. */
  readonly heads: Map<number, string>
}

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

describe.skipIf(process.platform !== 'linux')('the server when it is killed at a random moment', () => {
  const acknowledged: Acknowledged = {
    changes: new Map(),
    confirmations: new Set(),
    connections: new Set(),
    drafts: new Set(),
    heads: new Map(),
  }
  let folder: string
  let doomed: Doomed | undefined

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-durability-')))
    doomed = await startDoomed(folder)
    await setUp(doomed.url, doomed.token ?? '', owner)
    const caller = await signIn(doomed.url, owner)
    const read = await caller.upload<{ document: { id: string } }>(`${at('document.read')}?name=tom.md`, document)
    await caller.post(at('document.adopt'), { documentId: read.document.id })
  })
  afterAll(async () => {
    await doomed?.kill()
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  /** Changes without a pause until the server is gone, and notes what was acknowledged. */
  async function work(caller: Caller, isOver: () => boolean): Promise<void> {
    const measures = await measuresOf(caller)
    const repeat = async (step: () => Promise<void>) => {
      while (!isOver()) await step().catch(() => sleep(5))
    }
    const [changed, confirmed] = measures
    if (!changed || !confirmed) throw new Error('the document has two measures')
    let n = acknowledged.connections.size * 1_000
    await Promise.all([
      repeat(async () => {
        const { revision } = (await measuresOf(caller)).find(({ id }) => id === changed.id) ?? changed
        const name = `team ${revision + 1}`
        const done = await caller.post<{ measure: Measure }>(at('measure.change'), {
          measureId: changed.id,
          revision,
          owner: name,
        })
        acknowledged.changes.set(done.measure.revision, name)
      }),
      repeat(async () => {
        const { revision } = (await measuresOf(caller)).find(({ id }) => id === confirmed.id) ?? confirmed
        const done = await caller.post<{ measure: Measure }>(at('measure.confirm'), {
          measureId: confirmed.id,
          revision,
        })
        acknowledged.confirmations.add(done.measure.revision)
      }),
      repeat(async () => {
        const done = await caller.post<{ connections: string[] }>(at('connection.add'), {
          target: `dns:n${n++}.example`,
        })
        for (const id of done.connections) acknowledged.connections.add(id)
      }),
      repeat(async () => {
        acknowledged.drafts.add((await caller.post<{ id: string }>(at('edition.draft'), {})).id)
        const { size, checkpoint } = await caller.get<{ size: number; checkpoint: string }>(at('ledger.show'))
        acknowledged.heads.set(size, checkpoint)
      }),
    ])
  }

  async function round(kill: (server: Doomed) => Promise<void>): Promise<number> {
    const server = doomed ?? (await startDoomed(folder))
    doomed = server
    const caller = await signIn(server.url, owner)
    const before = acknowledged.changes.size
    let over = false
    const working = work(caller, () => over)
    for (const deadline = Date.now() + 10_000; acknowledged.changes.size < before + 3 && Date.now() < deadline;)
      await sleep(10)
    await sleep(Math.random() * 400)
    await kill(server)
    over = true
    await working
    if (!server.isAlive()) doomed = undefined
    return acknowledged.changes.size - before
  }

  const killPostgres = () => {
    const postmaster = postmasterOf(folder)
    if (!postmaster) throw new Error('there is no postmaster')
    process.kill(postmaster.pid, 'SIGKILL')
    return postmaster.pid
  }

  it(
    'goes on when its PostgreSQL is killed, and takes changes again at once',
    async () => {
      for (let i = 0; i < rounds; i++) {
        const made = await round(async (server) => {
          const pid = killPostgres()
          const seen = acknowledged.changes.size
          for (const deadline = Date.now() + 10_000; acknowledged.changes.size <= seen + 1 && Date.now() < deadline;)
            await sleep(10)
          expect(acknowledged.changes.size).toBeGreaterThan(seen + 1)
          expect(server.isAlive()).toBe(true)
          expect(postmasterOf(folder)?.pid).not.toBe(pid)
        })
        expect(made).toBeGreaterThan(2)
      }
    },
    patience,
  )

  it(
    'leaves no process behind when it is killed, alone or with its PostgreSQL',
    async () => {
      for (let i = 0; i < rounds; i++) {
        const alone = i % 2 === 1
        const made = await round(async (server) => {
          if (!alone) killPostgres()
          await server.kill()
        })
        expect(made).toBeGreaterThan(2)
        expect(await orphansOf(folder)).toEqual([])
      }
    },
    patience,
  )

  it('has lost nothing that it acknowledged, and its ledger holds', async () => {
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
    try {
      const { leaves, faults, heads } = await recompute(server, 'alpha')
      expect(faults).toEqual([])
      const lostHeads = [...acknowledged.heads].filter(([size, checkpoint]) => heads.get(size) !== checkpoint)
      expect(lostHeads).toEqual([])
      expect(acknowledged.heads.size).toBeGreaterThan(0)

      const subjects = (type: string) => leaves.filter((leaf) => leaf.type === type).map((leaf) => leaf.subj.id)
      const created = new Set(subjects('connection.created'))
      expect([...acknowledged.connections].filter((id) => !created.has(id))).toEqual([])
      const drafted = new Set(subjects('edition.drafted'))
      expect([...acknowledged.drafts].filter((id) => !drafted.has(id))).toEqual([])

      await server.tenants.asSystem('alpha', async ({ sql }) => {
        const connections = await sql.query<{ id: string }>('select id from connection')
        const there = new Set(connections.rows.map(({ id }) => id))
        expect([...acknowledged.connections].filter((id) => !there.has(id))).toEqual([])
        const measures = await sql.query<Measure>('select id, revision, owner from measure')
        for (const [last, type] of [
          [Math.max(...acknowledged.changes.keys()), 'measure.changed'],
          [Math.max(...acknowledged.confirmations), 'mapping.confirmed'],
        ] as const) {
          // Each change counts the revision up by one and appends one leaf: none is missing, none was made twice.
          const measure = measures.rows.find(({ id, revision }) => revision >= last && subjects(type).includes(id))
          expect(measure?.revision).toBe(1 + subjects(type).filter((id) => id === measure?.id).length)
        }
        const changed = measures.rows.find(({ owner: name }) => name !== null)
        expect(changed?.owner).toBe(`team ${changed?.revision}`)
      })
    } finally {
      await server.stop()
    }
    expect(await orphansOf(folder)).toEqual([])
  })
})

async function measuresOf(caller: Caller): Promise<Measure[]> {
  const { statements } = await caller.get<{ statements: { measure: Measure | null }[] }>(at('register.show'))
  return statements.flatMap(({ measure }) => (measure ? [measure] : []))
}
