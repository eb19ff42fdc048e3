import { expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'

it('signing in takes as long for an unknown address as for a known one with a wrong password', async () => {
  const real = await startTestServer({}, { passwordCost: { memoryKiB: 19_456, passes: 2 } })
  await real.accounts.create({ name: 'Anna', email: 'anna@example.com', password: testPassword })
  const timed = async (email: string, n: number) => {
    const request = new Request(`${real.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: real.url },
      body: JSON.stringify({ email, password: 'not the password at all' }),
    })
    const begin = performance.now()
    await real.accounts.handle(request, `198.51.100.${n}`)
    return performance.now() - begin
  }
  const taken = { known: [] as number[], unknown: [] as number[], unhashed: [] as number[] }
  for (let n = 0; n < 20; n++) {
    taken.known.push(await timed('anna@example.com', n))
    taken.unknown.push(await timed('nobody@example.com', n))
    // Refused before any hash: what an unknown address would take without the hash that is made for nobody.
    taken.unhashed.push(await timed('nobody', n))
  }
  await real.stop()
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN
  const isAlike = (a: number[], b: number[]) => Math.abs(median(a) - median(b)) < 0.4 * median(taken.known)
  expect(isAlike(taken.known, taken.unhashed)).toBe(false)
  expect([isAlike(taken.known, taken.unknown), taken]).toEqual([true, taken])
})
