import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepPseudonyms, openPseudonyms } from '../apps/server/src/check/index.ts'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import type { Server } from '../apps/server/src/main.ts'
import { homeSlug } from '../apps/server/src/tenant/index.ts'
import { setUp } from './client.ts'
import type { Owner } from './client.ts'
import { quantile } from './load.ts'
import { rounded, type Row } from './table.ts'

const systems = 20
const accountsEach = 500
const pages = (systems * accountsEach) / 50
const runs = 60
const promised = 'p95 at most 100 ms'
const at = (operation: string) => `/api/tenants/${homeSlug}/review/${operation}`

/** A review of access with 10,000 accounts: begun, worked through page by page, and signed off. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-review-')))
  const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
  try {
    const owner = await setUp(server)
    const systemId = await furnish(server)
    const { opened, reviewId } = await begin(owner)
    const show = `${at('show')}?reviewId=${reviewId}`
    const read: readonly (readonly [what: string, path: string])[] = [
      ['the reviews', at('list')],
      ['the first page', show],
      ['a page in the middle', `${show}&page=${pages / 2}`],
      ['the last page', `${show}&page=${pages}`],
      ['one system', `${show}&system=${systemId}`],
      ['what is open', `${show}&of=open`],
      ['what changed', `${show}&of=changed&page=${pages / 2}`],
    ]
    const row = (what: string, taken: readonly number[]): Row => ({
      what: `p95, ${what}`,
      value: rounded(
        quantile(
          [...taken].toSorted((a, b) => a - b),
          0.95,
        ),
      ),
      unit: 'ms',
      bar: promised,
    })
    const rows: Row[] = [once('opened, the slowest of three', Math.max(...opened))]
    for (const [what, path] of read) rows.push(row(what, await several(async () => await owner.get(path))))
    rows.push(row('a page of decisions', await decideAll(owner, reviewId)))
    rows.push(once('signed off', await timed(async () => await owner.post(at('sign'), { reviewId }))))
    const results: readonly (readonly [what: string, path: string])[] = [
      ['the result, its first page', show],
      ['the result, what is to go', `${show}&of=remove`],
      ['the reviews, one signed off', at('list')],
    ]
    for (const [what, path] of results) rows.push(row(what, await several(async () => await owner.get(path))))
    const table = `${at('export')}?reviewId=${reviewId}&format=csv`
    rows.push(once('the result as table', await timed(async () => await owner.get(table))))
    return rows
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const once = (what: string, value: number): Row => ({ what, value: rounded(value), unit: 'ms' })

/** Begins a review three times; the third one goes on. */
async function begin(owner: Owner): Promise<{ opened: number[]; reviewId: string }> {
  const opened: number[] = []
  let reviewId = ''
  for (let time = 0; time < 3; time += 1) {
    if (reviewId !== '') await owner.post(at('drop'), { reviewId, reason: 'It was begun to be measured.' })
    const begun = performance.now()
    const answer = await owner.post(at('start'), {})
    opened.push(performance.now() - begun)
    ;({ reviewId } = (await answer.json()) as { reviewId: string })
  }
  return { opened, reviewId }
}

/** Decides every line, a page of 50 at a time: one in ten accounts is to go. */
async function decideAll(owner: Owner, reviewId: string): Promise<number[]> {
  const shown = (await (await owner.get(`${at('show')}?reviewId=${reviewId}`)).json()) as { found: number }
  const taken: number[] = []
  for (let first = 1; first <= shown.found; first += 50) {
    const lines = Array.from({ length: Math.min(50, shown.found - first + 1) }, (_, index) => first + index)
    const decision = (first - 1) % 500 === 0 ? 'remove' : 'keep'
    taken.push(
      await timed(async () => await owner.post(at('decide'), { reviewId, lines, decision, reason: 'Looked at.' })),
    )
  }
  return taken
}

async function several(call: () => Promise<Response>): Promise<number[]> {
  const taken: number[] = []
  // The first ones warm up.
  for (let run = 0; run < runs + 5; run += 1) {
    const time = await timed(call)
    if (run >= 5) taken.push(time)
  }
  return taken
}

async function timed(call: () => Promise<Response>): Promise<number> {
  const begun = performance.now()
  await (await call()).arrayBuffer()
  return performance.now() - begun
}

/** @returns the id of one system */
async function furnish(server: Server): Promise<string> {
  return await server.tenants.asSystem(homeSlug, async (tx) => {
    const { sql } = tx
    // As facts have it: names lie sealed behind pseudonyms, and are opened for whoever may see them.
    const names = await openPseudonyms(tx)
    const people = Array.from({ length: accountsEach }, (_, n) => names.of(`person-${n}@example.com`))
    await keepPseudonyms(tx, names.take())
    await sql.query(
      `insert into person (id, name, email, kind, joined_on, created_at)
       select gen_random_uuid(), 'Person ' || n, 'person-' || n || '@example.com', 'employee', '2021-01-01', now()
       from generate_series(0, $1 - 1) as n`,
      [accountsEach],
    )
    await sql.query(
      `insert into system (id, name, kind, environment, created_at)
       select gen_random_uuid(), 'System ' || n, 'service', 'production', now() from generate_series(1, $1) as n`,
      [systems],
    )
    // Looked at in ten years: nothing asks the vendors meanwhile.
    await sql.query(
      `insert into connection (id, system_id, connector, target, settings, every, paused, environment, next_at, created_at)
       select gen_random_uuid(), id, 'github', name, ''::bytea, 'PT1H', true, environment, now() + interval '10 years', now() from system
       where name like 'System %'`,
    )
    await sql.query(
      `insert into account_seen (connection_id, system_id, account, person, is_admin, is_active, rights, used_at, first_at, changed_at, seen_at)
       select c.id, c.system_id, 'account-' || n, ($2::text[])[1 + n], n % 20 = 0, true,
         array['member', 'team-' || n % 7, 'repository-' || n % 40], now() - n * interval '1 hour', now(), now(), now()
       from connection c, generate_series(0, $1 - 1) as n where c.connector = 'github'`,
      [accountsEach, people],
    )
    await sql.query(
      `insert into account_holder (id, system_id, account, person_id, at)
       select gen_random_uuid(), a.system_id, a.account, p.id, now()
       from account_seen a join person p on a.account = 'account-' || substr(p.name, 8)`,
    )
    const { rows } = await sql.query<{ id: string }>(`select id from system where name = 'System 7'`)
    return rows[0]?.id ?? ''
  })
}
