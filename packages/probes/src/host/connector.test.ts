import { platform } from 'node:os'
import { describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { testContext } from '../testing/servers.ts'
import { detectComponents } from './components.ts'
import { host } from './connector.ts'
import { hostFacts } from './facts.ts'
import { run } from './run.ts'

const signal = new AbortController().signal

describe('looking at this machine', () => {
  it('gives every group, or the reason why not', async () => {
    const reading = await collect(host, {}, testContext())
    if (platform() !== 'linux') expect(reading).toMatchObject({ read: 'no', why: 'not-configured' })
    else expect(reading.read === 'ok' && Object.keys(reading.facts).sort()).toEqual(Object.keys(hostFacts).sort())
  })

  it('finds at least the runtime among the components', async () => {
    expect(await detectComponents(signal)).toContainEqual({
      product: 'nodejs',
      version: process.versions.node,
      origin: 'upstream',
    })
  })

  it('says that a program is not there, and passes on its status without a shell', async () => {
    await expect(run('no-such-program-here', [], signal)).rejects.toMatchObject({ reason: { why: 'not-configured' } })
    expect(await run('false', [], signal)).toMatchObject({ status: 1 })
    expect((await run('printf', ['%s', '$(id); `id`'], signal)).stdout).toBe('$(id); `id`')
    await expect(run('sleep', ['5'], AbortSignal.timeout(20))).rejects.toBeInstanceOf(Unreadable)
  })
})
