import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { requireAnswer, stateByError, tryPorts } from './connect.ts'
import { ports } from './connector.ts'

const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
const serve = async (): Promise<number> => {
  const server = await listen(createServer())
  servers.push(server)
  return server.port
}
const look = (settings: object, context = testContext()) => collect(ports, { host: '127.0.0.1', ...settings }, context)

describe('trying ports', () => {
  it('tells open from refused, in order, and keeps what is declared', async () => {
    const [open, gone] = [await serve(), await serve()]
    await servers.pop()?.close()
    const reading = await look({ tried: [open, gone], allowed: [open] })
    const expected = [open, gone]
      .sort((a, b) => a - b)
      .map((port) => ({ family: 'IPv4', port, state: port === open ? 'open' : 'refused' }))
    expect(reading).toMatchObject({ facts: { ports: { facts: expected }, declared: { facts: { ports: [open] } } } })
  })

  it('tries a few hundred ports without holding a connection', async () => {
    let held = 0
    let most = 0
    const server = await listen(
      createServer((socket) => {
        held += 1
        most = Math.max(most, held)
        socket.on('close', () => {
          held -= 1
        })
      }),
    )
    servers.push(server)
    const states = await tryPorts(
      '127.0.0.1',
      Array.from({ length: 400 }, () => server.port),
      testContext(),
    )
    expect(states.every((state) => state === 'open')).toBe(true)
    expect(most).toBeLessThanOrEqual(64)
  })

  it('goes only where this installation may go', async () => {
    const context = testContext({ mayReach: () => false })
    expect(await look({ tried: [await serve()] }, context)).toMatchObject({ read: 'no', why: 'not-configured' })
    expect(await look({ family: 'IPv6', tried: [1] })).toMatchObject({ read: 'no', why: 'not-configured' })
    expect(await look({ host: 'no-such-host.invalid' })).toMatchObject({ read: 'no', why: 'unreachable' })
    expect(await look({ tried: [0] })).toMatchObject({ read: 'no', why: 'not-configured' })
  })

  it('takes a refusal for closed, silence and a reset for what they are, and no trouble of its own for an answer', () => {
    const failing = (code: string) => Object.assign(new Error(code), { code })
    expect(stateByError(failing('ECONNREFUSED'))).toBe('refused')
    expect(stateByError(failing('ETIMEDOUT'))).toBe('silent')
    expect(stateByError(new Unreadable('unreachable', 'no answer in time'))).toBe('silent')
    expect(stateByError(failing('ECONNRESET'))).toBe('reset')
    for (const code of ['ENETUNREACH', 'EHOSTUNREACH', 'EMFILE', 'EADDRNOTAVAIL'])
      expect(stateByError(failing(code))).toBeUndefined()
  })

  it('says nothing about a host that says nothing', () => {
    expect(() => requireAnswer(['silent', 'reset', 'silent'], 'IPv4')).toThrow(/may be down/)
    expect(() => requireAnswer(['silent', 'refused'], 'IPv4')).not.toThrow()
    expect(() => requireAnswer(['silent', 'open'], 'IPv6')).not.toThrow()
  })

  it('ends when its time is over', async () => {
    const signal = AbortSignal.abort()
    const reading = await look({ tried: [1] }, { ...testContext(), signal })
    expect(reading).toMatchObject({ read: 'no', why: 'unreachable' })
  })
})
