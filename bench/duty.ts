import { randomUUID } from 'node:crypto'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import type { Server } from '../apps/server/src/main.ts'
import { homeSlug } from '../apps/server/src/tenant/index.ts'
import { setUp } from './client.ts'
import type { Owner } from './client.ts'
import { furnishPeople, pagesOfPeople } from './people.ts'
import { quantile } from './load.ts'
import { rounded, type Row } from './table.ts'

const people = 500
const duties = 2_000
const days = 25
const runs = 60
const promised = 'p95 at most 100 ms'

/** Pages of a large organisation: 500 people, 2,000 duties, 50,000 due days, 20,000 evidence files. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-duty-')))
  const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
  try {
    const owner = await setUp(server)
    const dutyId = await furnish(server)
    const list = '/duty/list'
    const calendar = '/duty/calendar'
    const pages: readonly (readonly [what: string, path: string])[] = [
      ['what I can act on', `${calendar}?mine=true`],
      ['what is open', `${calendar}?state=open`],
      ['what is done', `${calendar}?state=done`],
      ['what is done, in the middle', `${calendar}?state=done&page=200`],
      ['all due days', calendar],
      ['duties', list],
      ['duties, the last page', `${list}?page=19`],
      ['duties with a word', `${list}?find=1999`],
      ['one duty', `/duty/show?dutyId=${dutyId}`],
      ...pagesOfPeople,
    ]
    const rows: Row[] = []
    for (const [what, path] of pages)
      rows.push({ what: `p95, ${what}`, value: await p95(owner, path), unit: 'ms', bar: promised })
    return rows
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function p95(owner: Owner, path: string): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < runs + 5; run += 1) {
    const begun = performance.now()
    const answer = await owner.get(`/api/tenants/${homeSlug}${path}`)
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`)
    await answer.arrayBuffer()
    // The first ones warm up.
    if (run >= 5) taken.push(performance.now() - begun)
  }
  return rounded(
    quantile(
      taken.toSorted((a, b) => a - b),
      0.95,
    ),
  )
}

/** @returns the id of one duty */
async function furnish(server: Server): Promise<string> {
  const ids = Array.from({ length: people }, () => randomUUID())
  await server.databases.control.query(
    `insert into account (id, name, email, "emailVerified", "createdAt", "updatedAt")
     select id, 'Person', id || '@example.com', true, now(), now() from unnest($1::uuid[]) as id`,
    [ids],
  )
  return await server.tenants.asSystem(homeSlug, async (tx) => {
    const { sql } = tx
    await sql.query(
      `insert into membership (account_id, role, since) select id, 'member', now() from unnest($1::uuid[]) as id`,
      [ids],
    )
    await sql.query(
      `insert into duty (id, title, instruction, rhythm, owner_account, owner_role, deputy_account, lead_days, grace_days, four_eyes,
         form, starts_on, created_at)
       select gen_random_uuid(), 'Duty ' || n, repeat('Look at it. ', 20), '{"kind":"last-working-day"}',
         case when n % 3 = 0 then null else ($1::uuid[])[1 + n % $2] end, case when n % 3 = 0 then 'owner' end,
         ($1::uuid[])[1 + (n * 7 + 1) % $2], 30, 14, n % 5 = 0,
         '[{"id":"result","label":"What was found","kind":"text","required":true}]', '2024-01-01', now()
       from generate_series(0, $3 - 1) as n`,
      [ids, people, duties],
    )
    // Two years of months: the last three are open.
    await sql.query(
      `insert into occurrence (id, duty_id, due_on, from_on, last_on, label, done_on, done_at)
       select gen_random_uuid(), id, on_day, on_day - 30, on_day + 14, '', case when k > 2 then on_day end,
         case when k > 2 then on_day + time '12:00' end
       from duty, generate_series(0, $1 - 1) as k, lateral (select current_date + 15 - k * 30 as on_day) as days`,
      [days],
    )
    await furnishPeople(tx, people)
    const { rows } = await sql.query<{ id: string }>('select id from duty limit 1')
    return rows[0]?.id ?? ''
  })
}
