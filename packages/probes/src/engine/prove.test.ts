import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { issue } from '../testing/certificates.ts'
import { hangingServer, listen, tlsServer } from '../testing/servers.ts'
import { prove, proveEach } from './prove.ts'
import type { ProveEvent } from './prove.ts'
import { parseTarget } from './target.ts'

const quick = { context: { limits: { silenceMs: 300, answerBytes: 65_536 } }, backoffMs: 10 }

describe('proving', () => {
  it('gives facts and outcomes in the order of the targets, as plain JSON that is stable', async () => {
    const result = await prove([...parseTarget('versions:nodejs@20.20.2'), ...parseTarget('self')], quick)
    expect(result.schema).toBe('art32.prove/1')
    expect(result.targets.map(({ connector }) => connector)).toEqual(['versions', 'self'])
    expect(result.targets[0]?.reading.read).toBe('ok')
    expect(result.targets[1]?.reading).toMatchObject({ read: 'no', why: 'not-configured' })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    expect(Object.values(result.counts).reduce((sum, one) => sum + one)).toBe(
      result.targets.flatMap(({ checks }) => checks).length,
    )
  })

  it('lets a port that hangs delay nothing but itself', async () => {
    const hanging = await hangingServer()
    const good = await tlsServer(issue())
    const order: string[] = []
    const finished = (event: ProveEvent) => {
      if (event.kind === 'finished') order.push(event.result.reading.read)
    }
    const targets = [hanging, hanging, hanging, good, good].flatMap(({ port }) =>
      parseTarget(`tls://localhost:${port}`),
    )
    const began = performance.now()
    const { targets: results } = await prove(targets, {
      ...quick,
      context: { limits: { silenceMs: 2_000, answerBytes: 65_536 } },
      attempts: 1,
      onProgress: finished,
    })
    expect(order).toEqual(['ok', 'ok', 'no', 'no', 'no'])
    expect(results.slice(0, 3).map(({ reading }) => reading.read === 'no' && reading.why)).toEqual([
      'unreachable',
      'unreachable',
      'unreachable',
    ])
    expect(performance.now() - began).toBeLessThan(5_000)
    await Promise.all([hanging.close(), good.close()])
  })

  it('ends a target when its time is over, however long its connector would wait', async () => {
    const hanging = await hangingServer()
    const { targets } = await prove(parseTarget(`tls://localhost:${hanging.port}`), {
      timeoutMs: 150,
      context: { limits: { silenceMs: 60_000, answerBytes: 1 } },
    })
    expect(targets[0]).toMatchObject({ attempts: 1, reading: { read: 'no', why: 'unreachable' } })
    expect(targets[0]?.tookMs).toBeLessThan(2_000)
    await hanging.close()
  })

  it('looks again when asked to slow down, after the time that was asked for', async () => {
    const times: number[] = []
    const server = await listen(
      createServer((_request, response) => {
        times.push(performance.now())
        const isFirst = times.length === 1
        response.writeHead(isFirst ? 429 : 200, isFirst ? { 'retry-after': '1' } : { 'content-type': 'text/plain' })
        response.end()
      }),
    )
    const events: ProveEvent[] = []
    const { targets } = await prove(parseTarget(`http://localhost:${server.port}`), {
      ...quick,
      onProgress: (event) => events.push(event),
    })
    expect(targets[0]).toMatchObject({ attempts: 2, reading: { read: 'ok' } })
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950)
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'retry', 'finished'])
    await server.close()
  })

  it('looks only once at what another look would not change', async () => {
    const { targets } = await prove(parseTarget('git:/nowhere/at/all'), quick)
    expect(targets[0]).toMatchObject({ attempts: 1, reading: { read: 'no', why: 'not-configured' } })
  })

  it('keeps to its limits, all together and for one connector', async () => {
    let active = 0
    let most = 0
    const server = await listen(
      createServer((_request, response) => {
        active += 1
        most = Math.max(most, active)
        setTimeout(() => {
          active -= 1
          response.end('ok')
        }, 30)
      }),
    )
    const targets = Array.from({ length: 6 }, () => parseTarget(`http://localhost:${server.port}`)).flat()
    await prove(targets, { ...quick, perConnector: { http: 1 } })
    // One target asks for the page and its plain twin in turn.
    expect(most).toBe(1)
    most = 0
    await prove(targets, { ...quick, concurrency: 2 })
    expect(most).toBe(2)
    await server.close()
  })

  it('judges with the parameters and the checks that it is given', async () => {
    const { targets } = await prove(parseTarget('versions:nodejs@26.10.0'), {
      ...quick,
      only: (check) => check.id === 'ver.not-eol',
      parameters: { 'ver.not-eol': { noticeDays: 20_000 } },
    })
    expect(targets[0]?.checks).toMatchObject([{ check: 'ver.not-eol', state: 'info' }])
  })

  it('waits with the next look until the one before is kept', async () => {
    let held = 0
    let most = 0
    const kept: number[] = []
    const targets = Array.from({ length: 6 }, () => parseTarget('versions:nodejs@26.10.0')).flat()
    const started: number[] = []
    await proveEach(
      targets,
      {
        ...quick,
        concurrency: 2,
        onProgress: (event) => {
          if (event.kind !== 'started') return
          started.push(event.target)
          most = Math.max(most, started.length - kept.length)
        },
      },
      async (_result, index) => {
        held += 1
        await sleep(10)
        held -= 1
        kept.push(index)
      },
    )
    expect([most, held]).toEqual([2, 0])
    expect(kept.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('begins no further look once one could not be kept, and says why when the others are done', async () => {
    const targets = Array.from({ length: 6 }, () => parseTarget('versions:nodejs@26.10.0')).flat()
    const kept: number[] = []
    await expect(
      proveEach(targets, { ...quick, concurrency: 2 }, async (_result, index) => {
        await sleep(index === 0 ? 5 : 30)
        if (index === 0) throw new Error('the disk is full')
        kept.push(index)
      }),
    ).rejects.toThrow('the disk is full')
    expect(kept).toEqual([1])
  })

  it('stops when it is told to, and says of the rest that it could not look', async () => {
    const result = await prove(parseTarget('versions:nodejs@26.10.0'), { ...quick, signal: AbortSignal.abort() })
    expect(result.targets[0]?.reading).toMatchObject({ read: 'no', why: 'unreachable' })
  })

  it('keeps the credentials of a target out of everything that comes out', async () => {
    const secret = 'k7Qz-secret'
    const events: ProveEvent[] = []
    const targets = [
      `postgres://app:${secret}@127.0.0.1:1/shop`,
      `http://app:${secret}@127.0.0.1:1/`,
      `git:http://app:${secret}@127.0.0.1:1/a.git`,
    ].flatMap(parseTarget)
    const result = await prove(targets, { ...quick, onProgress: (event) => events.push(event) })
    expect(result.targets.every(({ reading }) => reading.read === 'no')).toBe(true)
    expect(JSON.stringify([result, events])).not.toContain(secret)
  })

  it('does not reach an address that the installation must not reach', async () => {
    const { targets } = await prove([...parseTarget('tls://localhost:1'), ...parseTarget('http://127.0.0.1:1')], {
      ...quick,
      context: { mayReach: () => false },
    })
    expect(targets.map(({ reading }) => reading.read === 'no' && reading.why)).toEqual([
      'not-configured',
      'not-configured',
    ])
  })

  it('records what went out, without parameters', async () => {
    const server = createServer((_request, response) => response.end('hello'))
    const { port, close } = await listen(server)
    const url = `http://127.0.0.1:${port}/page?token=quiet-heron`
    const { targets } = await prove([{ connector: 'http', settings: { url }, system: 'site' }], quick)
    await close()
    const asked = targets[0]?.requests ?? []
    const page = { method: 'GET', host: `127.0.0.1:${port}`, path: '/page', status: 200 }
    expect(asked).toContainEqual(expect.objectContaining(page))
    expect(JSON.stringify(asked)).not.toContain('quiet-heron')
  })
})
