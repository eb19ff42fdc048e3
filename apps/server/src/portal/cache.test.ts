import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openPageCache } from './cache.ts'
import type { Made } from './cache.ts'

const start = Date.parse('2026-11-22T08:00:00Z')

function world() {
  let now = start
  let count = 0
  let change: (tenantId: string) => void = () => {}
  const cache = openPageCache(
    () => new Date(now),
    (changed) => (change = changed),
  )
  const make = (more: Partial<Made> = {}) => {
    count += 1
    return Promise.resolve({ type: 'text/html', body: `page ${count}`, until: null, isForAll: true, ...more })
  }
  const ask = async (
    made: () => Promise<Made | null> = make,
    headers: Record<string, string> = {},
    tenantId = 'alpha',
  ) => {
    const request = { tenantId, key: 'page', headers: new Headers(headers) }
    return await (await cache.serve(request, made))?.text()
  }
  return { cache, ask, make, pass: (ms: number) => (now += ms), change: (tenantId: string) => change(tenantId) }
}

describe('the cache of public pages', () => {
  it('makes a page once for many who ask at once, and again after a minute', async () => {
    const { ask, pass } = world()
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['page 1', 'page 1', 'page 1'])
    pass(59_999)
    expect(await ask()).toBe('page 1')
    pass(1)
    expect(await ask()).toBe('page 2')
  })

  it('makes it again from the very moment at which it says something else by itself', async () => {
    const { ask, make, pass } = world()
    const until = () => make({ until: new Date(start + 5_000).toISOString() })
    expect(await ask(until)).toBe('page 1')
    pass(4_999)
    expect(await ask()).toBe('page 1')
    pass(1)
    expect(await ask()).toBe('page 2')
  })

  it('forgets what changed, and keeps nothing that was read before the change and made after it', async () => {
    const { ask, change } = world()
    let finish: (made: Made) => void = () => {}
    const slow = ask(() => new Promise<Made>((resolve) => (finish = resolve)))
    change('alpha')
    finish({ type: 'text/html', body: 'of before', until: null, isForAll: true })
    expect(await slow).toBe('of before')
    expect(await ask()).toBe('page 1')
    change('beta')
    expect(await ask()).toBe('page 1')
    change('alpha')
    expect(await ask()).toBe('page 2')
  })

  it('keeps nothing that is not for everybody, and no error', async () => {
    const { cache, ask, make } = world()
    const request = { tenantId: 'alpha', key: 'draft', headers: new Headers() }
    const draft = await cache.serve(request, () =>
      Promise.resolve({ type: 'text/html', body: 'a draft', until: null, isForAll: false }),
    )
    expect([await draft?.text(), draft?.headers.get('cache-control')]).toEqual(['a draft', 'private, no-cache'])
    expect(await ask(() => make({ isForAll: false }))).toBe('page 1')
    expect(await ask(() => Promise.resolve(null))).toBeUndefined()
    await expect(ask(() => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await ask()).toBe('page 2')
  })

  it('packs for who can unpack it', async () => {
    const { cache, make } = world()
    const headers = new Headers({ 'accept-encoding': 'gzip, deflate' })
    const answer = await cache.serve({ tenantId: 'alpha', key: 'page', headers }, make)
    expect(answer?.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))).toString()).toBe('page 1')
  })
})
