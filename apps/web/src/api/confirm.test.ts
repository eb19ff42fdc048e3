import { afterEach, expect, it, vi } from 'vitest'
import { call } from './call.ts'
import { answersConfirm, askToConfirm } from './confirm.ts'

const refusal = () => Response.json({ code: 'account.confirm_needed', detail: 'Please confirm.' }, { status: 403 })

afterEach(() => vi.unstubAllGlobals())

it('puts one question for all that wait, and repeats each call once it is answered', async () => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  let isConfirmed = false
  const fetched = vi.fn(() => Promise.resolve(isConfirmed ? Response.json({}) : refusal()))
  vi.stubGlobal('fetch', fetched)
  const question = vi.fn(async () => {
    await Promise.resolve()
    isConfirmed = true
    return true
  })
  const stop = answersConfirm(question)
  await Promise.all([call('account.remove_totp', {}), call('tenant.suspend', { slug: 'alpha' })])
  expect([question.mock.calls.length, fetched.mock.calls.length]).toEqual([1, 4])
  stop()
  expect(await askToConfirm()).toBe(false)
})

it('gives the refusal where the person does not confirm, and asks no second time for one call', async () => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  vi.stubGlobal('fetch', () => Promise.resolve(refusal()))
  const answers = [false, true]
  const question = vi.fn(() => Promise.resolve(answers.shift() ?? false))
  const stop = answersConfirm(question)
  await expect(call('account.remove_totp', {})).rejects.toMatchObject({ code: 'account.confirm_needed' })
  await expect(call('account.remove_totp', {})).rejects.toMatchObject({ code: 'account.confirm_needed' })
  expect(question).toHaveBeenCalledTimes(2)
  stop()
})
