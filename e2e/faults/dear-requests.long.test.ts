import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { adoptDocument } from '../attacks/furnish.ts'
import { startTarget } from '../attacks/target.ts'
import type { Target } from '../attacks/target.ts'
import { rounds, tried } from './tried.ts'

const lines = rounds(300, 5_000)
const times = rounds(1, 5)

/** The dearest things that one request can ask for, beside which others want to be answered. */
const dear: Readonly<Record<string, (target: Target, cookie: string) => Promise<unknown>>> = {
  'a document of many lines': (target, cookie) =>
    target.send('/api/tenants/alpha/document/read?name=long.md', {
      method: 'POST',
      headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
      body: longDocument(),
    }),
  'an edition as PDF': (target, cookie) => target.call(cookie, 'edition.draft', {}),
  'two megabytes of broad JSON': (target, cookie) =>
    target.send('/api/tenants/alpha/measure/change', {
      method: 'POST',
      headers: { cookie, origin: target.url, 'content-type': 'application/json' },
      body: `{${Array.from({ length: 120_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
    }),
  'all that there is about an account': (target, cookie) => target.call(cookie, 'account.export', {}),
}

const longDocument = () =>
  `# Measures\n\n${Array.from({ length: lines }, (_, n) => `- System ${n} uses TLS 1.2 or newer, and backups are made daily.`).join('\n')}\n`

describe('others while the dearest requests are worked on', () => {
  let target: Target
  let cookie: string
  beforeAll(async () => {
    target = await startTarget({ databaseUrl: inject('databaseUrl') })
    cookie = await target.signIn('owner')
    await adoptDocument(target, cookie, 'alpha')
  }, 180_000)
  afterAll(async () => await target.stop())

  it.for(Object.keys(dear))('are answered beside %s', { timeout: 300_000 }, async (what, context) => {
    const waits: number[] = []
    for (let n = 0; n < times; n++) {
      const over = new AbortController()
      const begun = performance.now()
      const asked = (dear[what] ?? (() => Promise.resolve()))(target, cookie).finally(() => over.abort())
      // The request has to be there before it can be in the way.
      await sleep(5)
      let beside = 0
      while (!over.signal.aborted) {
        const from = performance.now()
        expect((await target.send('/health')).status).toBe(200)
        waits.push(performance.now() - from)
        beside++
      }
      await asked
      // Whoever waits for the dear one to end is answered once at most.
      const took = performance.now() - begun
      if (took > 500) expect(beside, `in ${Math.round(took)} ms`).toBeGreaterThan(2)
    }
    const worst = Math.round(Math.max(0, ...waits))
    console.log(`beside ${what}: ${waits.length} answers, the slowest after ${worst} ms`)
    tried(context, waits.length)
  })
})
