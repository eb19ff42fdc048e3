import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, everything, makeDatabase, people, planted, shop } from '@art32/shield/testing'

const main = path.resolve(import.meta.dirname, 'main.ts')
const guide = readFileSync(path.resolve(import.meta.dirname, '../../../docs/guides/shield.md'), 'utf8')
const [, section = ''] = guide.split('\n## Test copies of a database\n')
const commands = section
  .split('\n## ')[0]
  ?.split('\n')
  .flatMap((line) => (line.startsWith('    npx art32 ') ? [line.trim()] : []))
const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-db-'))

let source: Database
let target: Database

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, ART32_SHIELD_SOURCE: source.url, ART32_SHIELD_TARGET: target.url }
}

function shell(line: string): { status: number | null; out: string; err: string } {
  const command = line.replaceAll('npx art32', `"${process.execPath}" "${main}"`)
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  })
  return { status, out: stdout, err: stderr }
}

beforeAll(async () => {
  source = await makeDatabase('cli')
  target = await makeDatabase('copy')
  await source.query(shop)
  await source.query(people(50))
  await target.query(shop)
  expect(shell('npx art32 shield key customers.key').status).toBe(0)
})

afterAll(async () => {
  await source.drop()
  await target.drop()
})

test('the guide has its commands run, and they leave nothing of what was planted', async () => {
  expect(commands).toHaveLength(2)
  for (const command of commands ?? []) {
    const { status, err } = shell(command)
    expect([command, status, status === 0 ? '' : err]).toEqual([command, 0, ''])
    expect(err).not.toContain(new URL(source.url).password || 'no password')
  }
  const after = (await everything(target)).toLowerCase()
  expect(planted.filter((value) => after.includes(value))).toEqual(['4711.25'])
  const report = readFileSync(path.join(folder, 'copy.json'), 'utf8')
  expect(JSON.parse(report)).toMatchObject({ schema: 'art32.shield-report/1', records: 250, unknown: [], missing: [] })
  const { columns } = JSON.parse(report) as { columns: { name: string; did: string }[] }
  expect(columns.find(({ name }) => name === 'public.line.customer_id')?.did).toBe('format-preserving')
  expect(report.toLowerCase()).not.toMatch(/ostermoor|halvorsrud|lindenweg/u)
})

test('a password in an argument is warned of, and in no message', () => {
  const { status, err } = shell(
    'npx art32 shield db postgres://app:swordfish@127.0.0.1:1/shop - --plan shop.plan.yaml --key-file customers.key',
  )
  expect(status).toBe(2)
  expect(err).toContain('list of processes')
  expect(err).toContain('127.0.0.1:1/shop: nobody listens there')
  expect(err).not.toContain('swordfish')
})

test('a kill in the middle leaves the target empty, and the next run is whole', async () => {
  await target.query('truncate customer, orders, line')
  await source.query(
    `insert into line (customer_id, number, text) select customer_id, number, 'more' from orders, generate_series(1, 400)`,
  )
  const args = ['shield', 'db', '-', '-', '--plan', 'shop.plan.yaml', '--key-file', 'customers.key']
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: environment(), stdio: 'ignore' })
  const isWriting = async () =>
    (
      await target.query(
        `select 1 from pg_stat_progress_copy p where p.datname = current_database() and p.tuples_processed > 0`,
      )
    ).length > 0
  while (child.exitCode === null && !(await isWriting())) await sleep(5)
  expect(child.exitCode).toBe(null)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const count = 'select (select count(*) from customer)::int as people, (select count(*) from line)::int as lines'
  expect(await target.query(count)).toEqual([{ people: 0, lines: 0 }])
  expect(shell(`npx art32 ${args.join(' ')}`).status).toBe(0)
  expect(await target.query(count)).toEqual([{ people: 50, lines: 40_100 }])
})
