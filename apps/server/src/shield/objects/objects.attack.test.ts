import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, openObjectJobs, tableOf } from '../../../../../scripts/testing/object-jobs.ts'
import type { ObjectJobs } from '../../../../../scripts/testing/object-jobs.ts'
import { startObjectStore } from '../../../../../scripts/testing/object-store.ts'
import type { Person } from '../../../../../scripts/testing/server.ts'

let jobs: ObjectJobs
let stranger: Person
let member: Person
beforeAll(async () => {
  jobs = await openObjectJobs()
  stranger = await jobs.server.addPerson('stranger@example.com', 'beta', 'owner')
  member = await jobs.server.addPerson('member@example.com', 'alpha', 'member')
})
afterEach(() => jobs.settle())
afterAll(() => jobs.stop())

describe('a store', () => {
  it('whose key is revoked in the middle stops the job until another one is entered', async () => {
    const other = await startObjectStore()
    try {
      for (const name of ['a', 'b', 'c']) other.put(`in/${name}.csv`, tableOf(name))
      const id = await jobs.addStore('revoked', other)
      other.fail(({ method, key }) => {
        if (method === 'GET' && key === 'in/b.csv') other.revoke()
        return undefined
      })
      const jobId = await jobs.start({ storeId: id })
      expect(await jobs.ended(jobId)).toMatchObject({
        state: 'stopped',
        problem: { code: 'objects.wrong_key' },
        done: 1,
        waiting: 2,
        failed: 0,
      })
      expect(
        await codeOf(
          await jobs.owner.post(jobs.at('job_start'), {
            storeId: id,
            planId: jobs.planId,
            input: 'in/',
            output: 'in/out/',
          }),
        ),
      ).toBe('shield.same_place')
    } finally {
      await other.close()
    }
  })

  it('that fails is asked again later, and the job says why it waits', async () => {
    jobs.bucket.put('in/a.csv', tableOf('a'))
    jobs.bucket.fail(() => ({ status: 503, code: 'SlowDown' }))
    const jobId = await jobs.start()
    expect(await jobs.until(jobId, ({ problem }) => problem !== null)).toMatchObject({
      state: 'listing',
      problem: { code: 'objects.throttled' },
    })
    await jobs.good('job_cancel', { jobId })
  })

  it('is listed without its key, used while it is in use, and gone with its key', async () => {
    const id = await jobs.addStore('listed')
    const listed = await (await jobs.owner.get(jobs.at('store_list'))).text()
    expect(listed).toContain(id)
    expect(listed).not.toContain(jobs.bucket.settings.secretAccessKey)
    expect(listed).not.toContain(jobs.bucket.settings.accessKeyId)
    expect(await codeOf(await jobs.owner.post(jobs.at('store_add'), { name: 'listed', ...jobs.bucket.settings }))).toBe(
      'shield.store_name_taken',
    )
    await jobs.good('store_remove', { storeId: id })
    expect(
      await codeOf(
        await jobs.owner.post(jobs.at('job_start'), { storeId: id, planId: jobs.planId, input: 'in/', output: 'out/' }),
      ),
    ).toBe('shield.store_not_found')
  })

  it('and a job of another tenant are not there, and nobody without the right sees them', async () => {
    jobs.bucket.put('in/a.csv', tableOf('a'))
    const jobId = await jobs.start()
    await jobs.ended(jobId)
    const tried = [
      await stranger.get(jobs.at(`job_show?jobId=${jobId}`, 'beta')),
      await stranger.post(jobs.at('job_cancel', 'beta'), { jobId }),
      await stranger.post(jobs.at('job_resume', 'beta'), { jobId }),
      await stranger.post(jobs.at('store_enter', 'beta'), {
        storeId: jobs.storeId,
        accessKeyId: 'AKIDOTHER',
        secretAccessKey: 'other',
      }),
      await stranger.post(jobs.at('store_remove', 'beta'), { storeId: jobs.storeId }),
      await stranger.get(jobs.at(`job_show?jobId=${jobId}&object=in/a.csv`, 'beta')),
      await stranger.get(jobs.at(`job_show?jobId=${jobId}`)),
    ]
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 404))
    for (const answer of [
      await member.get(jobs.at('store_list')),
      await member.get(jobs.at(`job_show?jobId=${jobId}`)),
    ])
      expect(await codeOf(answer)).toBe('http.forbidden')
  })
})

describe('a tenant that may not reach this machine', () => {
  it.each([
    ['http://127.0.0.1:9000', 'objects.bad_endpoint'],
    ['https://127.0.0.1:9000', 'objects.not_allowed'],
    ['https://169.254.169.254', 'objects.not_allowed'],
    ['https://user:secret@store.example.com', 'objects.bad_endpoint'],
  ])('adds no store at %s', async (endpoint, code) => {
    const answer = await stranger.post(jobs.at('store_add', 'beta'), { name: 'x', ...jobs.bucket.settings, endpoint })
    expect(await codeOf(answer)).toBe(code)
  })
})
