import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { mostTimes, openDeadline } from './deadline.ts'
import type { Deadline } from './deadline.ts'

const answered = { method: 'GET', host: 'vendor.example', path: '/users', status: 200 }
const patienceMs = 250

let deadline: Deadline | undefined
afterEach(() => deadline?.end())

/** Notes something again and again for so long. */
async function keepNoting(open: Deadline, forMs: number, sent: typeof answered): Promise<void> {
  for (const end = performance.now() + forMs; performance.now() < end; await sleep(5)) open.note(sent)
}

describe('the time of a target', () => {
  it('is over when nothing was answered for so long', async () => {
    deadline = openDeadline(patienceMs)
    expect([deadline.has(0), deadline.has(patienceMs * 2)]).toEqual([true, false])
    await sleep(patienceMs * 2)
    expect([deadline.signal.aborted, deadline.has(0)]).toEqual([true, false])
    expect((deadline.signal.reason as Error).name).toBe('TimeoutError')
  })

  it('goes on while answers come, and is over soon after the last one', async () => {
    deadline = openDeadline(patienceMs)
    await keepNoting(deadline, patienceMs * 4, answered)
    expect(deadline.signal.aborted).toBe(false)
    await sleep(patienceMs * 2)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('does not grow by refusals, nor by connections that only were tried', async () => {
    for (const status of [401, 404, 429, 503, null]) {
      deadline = openDeadline(patienceMs)
      await keepNoting(deadline, patienceMs * 2, { ...answered, status } as typeof answered)
      expect(deadline.signal.aborted, `${status}`).toBe(true)
    }
  })

  it('has an end for a vendor that answers for ever', async () => {
    deadline = openDeadline(20)
    await keepNoting(deadline, 20 * (mostTimes + 5), answered)
    expect(deadline.signal.aborted).toBe(true)
  })
})
