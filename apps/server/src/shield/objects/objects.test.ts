import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openObjectJobs, tableOf } from '../../../../../scripts/testing/object-jobs.ts'
import type { ObjectJobs } from '../../../../../scripts/testing/object-jobs.ts'

let jobs: ObjectJobs
beforeAll(async () => {
  jobs = await openObjectJobs()
})
afterEach(() => jobs.settle())
afterAll(() => jobs.stop())

describe('a job over a folder of objects', () => {
  it('makes of each the same bytes as the shield makes of the file, and says what it did', async () => {
    for (let n = 0; n < 9; n += 1) jobs.bucket.put(`in/${n % 2}/${n}.csv`, tableOf(`n${n}`))
    jobs.bucket.put('in/packed.csv.gz', gzipSync(tableOf('packed', 4_000)))
    jobs.bucket.put('in/folder/', '')
    jobs.bucket.put('other/secret.csv', tableOf('other'))
    const shown = await jobs.ended(await jobs.start())
    expect(shown).toMatchObject({ state: 'done', done: 10, failed: 0, waiting: 0, problem: null })
    expect([...jobs.bucket.objects.keys()].filter((key) => key.startsWith('out/')).sort()).toEqual([
      'out/0/0.csv',
      'out/0/2.csv',
      'out/0/4.csv',
      'out/0/6.csv',
      'out/0/8.csv',
      'out/1/1.csv',
      'out/1/3.csv',
      'out/1/5.csv',
      'out/1/7.csv',
      'out/packed.csv',
    ])
    expect(jobs.bucket.objects.get('out/0/4.csv')?.bytes.toString()).toBe(await jobs.filtered(tableOf('n4')))
    const packed = jobs.bucket.objects.get('out/packed.csv')?.bytes.toString() ?? ''
    expect(packed).toBe(await jobs.filtered(tableOf('packed', 4_000)))
    expect(packed).not.toMatch(/example\.com|DE89/u)
    expect(shown.report).toMatchObject({ objects: 10, records: 9 * 3 + 4_000 })
    expect(shown.report?.columns.find(({ name }) => name === 'mail')?.changed).toBe(9 * 3 + 4_000)
  })

  it('has a leaf that holds none of its names', async () => {
    jobs.bucket.put('in/people-of-wilrun.csv', tableOf('leaf'))
    await jobs.ended(await jobs.start())
    const leaves = await jobs.server.tenants.asSystem(
      'alpha',
      async ({ sql }) =>
        (await sql.query<{ leaf: string }>(`select convert_from(leaf, 'UTF8') as leaf from log_entry`)).rows,
      { settled: true },
    )
    expect(leaves.some(({ leaf }) => leaf.includes('shield.reported'))).toBe(true)
    expect(JSON.stringify(leaves)).not.toMatch(/wilrun|example\.com|secret-key/u)
  })

  it('shows the report of one object', async () => {
    jobs.bucket.put('in/a.csv', tableOf('a'))
    const jobId = await jobs.start()
    await jobs.ended(jobId)
    const answer = await jobs.owner.get(jobs.at(`job_show?jobId=${jobId}&object=${encodeURIComponent('in/a.csv')}`))
    expect(((await answer.json()) as { objectReport: { records: number } }).objectReport.records).toBe(3)
  })

  it('names each object that fails, and does the others', async () => {
    jobs.bucket.put('in/a.csv', tableOf('a'))
    jobs.bucket.put('in/b.csv', 'id,mail,note\n1,"never closed\n')
    jobs.bucket.put('in/c.csv', '')
    jobs.bucket.put('in/d.csv', tableOf('d'))
    jobs.bucket.put('in/d.csv.gz', gzipSync(tableOf('e')))
    jobs.bucket.put('in/f.csv', tableOf('f'))
    jobs.bucket.put('in/g.csv', tableOf('g'))
    jobs.bucket.fail(({ method, key }) => {
      if (method !== 'GET') return undefined
      // Between the list and its turn.
      if (key === 'in/a.csv') jobs.bucket.put('in/f.csv', tableOf('changed'))
      if (key === 'in/a.csv') jobs.bucket.objects.delete('in/g.csv')
      return undefined
    })
    const jobId = await jobs.start()
    const shown = await jobs.ended(jobId)
    expect(Object.fromEntries(shown.objects.map(({ key, problem }) => [key, problem?.code ?? null]))).toEqual({
      'in/a.csv': null,
      'in/b.csv': 'shield.unreadable',
      'in/c.csv': 'shield.empty',
      'in/d.csv': null,
      'in/d.csv.gz': 'shield.name_taken',
      'in/f.csv': 'objects.changed',
      'in/g.csv': 'objects.missing',
    })
    expect(shown).toMatchObject({ state: 'done', done: 2, failed: 5 })
    expect([...jobs.bucket.objects.keys()].filter((key) => key.startsWith('out/')).sort()).toEqual([
      'out/a.csv',
      'out/d.csv',
    ])
    jobs.bucket.fail(null)
    jobs.bucket.put('in/b.csv', tableOf('b'))
    jobs.bucket.put('in/g.csv', tableOf('g'))
    await jobs.good('job_resume', { jobId })
    // Other bytes than those the job began with are not taken.
    expect(await jobs.ended(jobId)).toMatchObject({ state: 'done', done: 3, failed: 4 })
  })

  it('says that there is nothing to do', async () => {
    expect(await jobs.ended(await jobs.start())).toMatchObject({
      state: 'stopped',
      problem: { code: 'shield.no_objects' },
    })
  })
})
