import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openObjectJobs, tableOf, type ObjectJobs } from '../../../../../scripts/testing/object-jobs.ts'

const main = path.resolve(import.meta.dirname, '../../../../cli/src/main.ts')
const guide = readFileSync(path.resolve(import.meta.dirname, '../../../../../docs/guides/shield.md'), 'utf8')
const [, after = ''] = guide.split('\n## Folders of an object store\n')
const [section = ''] = after.split('\n## ')
const commands = section.split('\n').flatMap((line) => (line.startsWith('    npx art32 ') ? [line.trim()] : []))
const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-objects-'))
const shown = JSON.parse(/```json\n([\s\S]*?)```/u.exec(section)?.[1] ?? '{}') as Record<string, string>

let jobs: ObjectJobs
let token = ''

/** Runs a command of the guide in the folder, with an API token. @returns the JSON that it printed */
async function shell<T>(line: string): Promise<T> {
  const command = line
    .replace('npx art32', `"${process.execPath}" "${main}"`)
    .replace('--tenant example', '--tenant alpha')
  const env = { ...process.env, ART32_SERVER: jobs.server.local, ART32_TOKEN: token }
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: folder, env })
  return JSON.parse(stdout) as T
}

beforeAll(async () => {
  jobs = await openObjectJobs()
  const wish = { tenant: 'alpha', name: 'shield', permissions: ['shield:write'] }
  ;({ token } = (await (await jobs.owner.post('/api/token/create', wish)).json()) as { token: string })
})
afterAll(async () => {
  await jobs.stop()
  rmSync(folder, { recursive: true })
})

test('the guide has its commands run: a store, a job, and how far it is', async () => {
  const [add = '', start = '', show = '', ...more] = commands
  expect(more).toEqual([])
  // The file of the guide, with a store that is there.
  expect(Object.keys(shown).sort()).toEqual(['name', ...Object.keys(jobs.bucket.settings)].sort())
  writeFileSync(path.join(folder, 'store.json'), JSON.stringify({ ...shown, ...jobs.bucket.settings }))
  jobs.bucket.put('raw/2026/a.csv', tableOf('guide'))
  const { storeId } = await shell<{ storeId: string }>(add)
  const ids = start.replace('"storeId": "…"', `"storeId": "${storeId}"`)
  const { jobId } = await shell<{ jobId: string }>(ids.replace('"planId": "…"', `"planId": "${jobs.planId}"`))
  await jobs.ended(jobId)
  const job = await shell<object>(show.replace('"jobId": "…"', `"jobId": "${jobId}"`))
  expect(job).toMatchObject({ state: 'done', storeName: shown['name'], done: 1, failed: 0 })
  expect(JSON.stringify(job)).not.toContain(jobs.bucket.settings.secretAccessKey)
  const clean = jobs.bucket.objects.get('clean/2026/a.csv')?.bytes.toString()
  expect(clean).toBe(await jobs.filtered(tableOf('guide')))
})
