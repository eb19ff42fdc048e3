import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, openObjectJobs, tableOf } from '../../../../../scripts/testing/object-jobs.ts'
import type { ObjectJobs } from '../../../../../scripts/testing/object-jobs.ts'

let jobs: ObjectJobs
beforeAll(async () => {
  jobs = await openObjectJobs()
})
afterEach(() => jobs.settle())
afterAll(() => jobs.stop())

describe('a job that is cancelled', () => {
  it('ends at once while the store says nothing, leaves nothing half, and goes on later', async () => {
    jobs.bucket.put('in/a.csv', tableOf('a'))
    jobs.bucket.put('in/b.csv', tableOf('b'))
    jobs.bucket.fail(({ method, key }) => (method === 'GET' && key === 'in/b.csv' ? 'silent' : undefined))
    const jobId = await jobs.start()
    await jobs.until(jobId, ({ done }) => done === 1)
    await jobs.good('job_cancel', { jobId })
    expect(await jobs.show(jobId)).toMatchObject({ state: 'cancelled', done: 1, waiting: 1 })
    expect(await codeOf(await jobs.owner.post(jobs.at('job_cancel'), { jobId }))).toBe('shield.job_over')
    expect(jobs.bucket.objects.has('out/b.csv')).toBe(false)
    jobs.bucket.fail(null)
    await jobs.good('job_resume', { jobId })
    expect(await jobs.ended(jobId)).toMatchObject({ state: 'done', done: 2 })
    expect(await codeOf(await jobs.owner.post(jobs.at('job_resume'), { jobId }))).toBe('shield.job_not_ended')
  })

  it('lets go of the parts that it sent', async () => {
    const rows = 400_000
    jobs.bucket.put('in/large.csv', `id,note\n${'1,nothing to be found in this line of text\n'.repeat(rows)}`)
    jobs.bucket.fail(({ query }) => (query.get('partNumber') === '2' ? 'silent' : undefined))
    const jobId = await jobs.start()
    while (jobs.bucket.uploads.size === 0 || !jobs.bucket.asked.some((line) => line.includes('partNumber=2')))
      await new Promise((resolve) => setTimeout(resolve, 50))
    await jobs.good('job_cancel', { jobId })
    while (jobs.bucket.uploads.size > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(jobs.bucket.objects.has('out/large.csv')).toBe(false)
  })
})
