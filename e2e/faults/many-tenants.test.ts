import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { cookieOf } from './caller.ts'
import { testPassword } from '../../scripts/testing/server.ts'
import { isWhole, rounds, tried } from './tried.ts'

const many = rounds(5, 50)
const requests = rounds(400, 10_000)
const atOnce = isWhole ? 32 : 16

/** Stands in everything that a tenant keeps. */
const markOf = (n: number) => `canary-of-number-${n}-end`

describe('people of many tenants who ask at the same time', () => {
  let server: TestServer
  const people: { readonly slug: string; readonly headers: Record<string, string> }[] = []
  beforeAll(async () => {
    server = await startTestServer()
    for (let n = 0; n < many; n++) {
      const slug = `tenant-${n}`
      await server.registry.create({ name: markOf(n), slug, language: 'en' })
      const person = await server.addPerson(`owner${n}@example.com`, slug, 'owner')
      await person.post(`/api/tenants/${slug}/connection/add`, { target: `dns:${markOf(n)}.example`, name: markOf(n) })
      await person.upload(
        `/api/tenants/${slug}/document/read?name=${markOf(n)}.txt`,
        Buffer.from(`All network communication of ${markOf(n)} uses TLS 1.2 or newer.\n`),
      )
      const cookie = await cookieOf(server.url, { email: `owner${n}@example.com`, password: testPassword })
      people.push({ slug, headers: { cookie, origin: server.url, 'content-type': 'application/json' } })
    }
  }, 300_000)
  afterAll(() => server.stop())

  it(
    'are never handed a word of another, whoever breaks off or sends errors',
    { timeout: 600_000 },
    async (context) => {
      const strange: string[] = []
      let asked = 0
      let own = 0
      const work = async () => {
        while (asked < requests) {
          const n = asked++
          const who = n % many
          const person = people[who]
          if (!person) continue
          const at = `${server.local}/api/tenants/${person.slug}`
          const [path, init] = wish(n, person.headers)
          // Some go away while they are answered.
          const signal = n % 11 === 0 ? AbortSignal.timeout(1 + (n % 7)) : AbortSignal.timeout(60_000)
          try {
            const text = await (await fetch(`${at}${path}`, { ...init, signal })).text()
            if (text.includes(markOf(who))) own++
            const foreign = [...text.matchAll(/canary-of-number-(\d+)-end/g)].filter(
              ([, number]) => Number(number) !== who,
            )
            if (foreign.length > 0) strange.push(`${path} of ${who}: ${foreign[0]?.[0]}`)
          } catch (error) {
            if (!(error instanceof Error) || !/abort|timeout/i.test(`${error.name} ${String(error.cause)}`)) throw error
          }
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      expect(strange).toEqual([])
      // It has looked at something: lists that are full of the own words.
      expect(own).toBeGreaterThan(requests / 4)
      tried(context, requests)
    },
  )

  /** What is asked for: lists, pages of the own tenant, errors of every kind, the tenant of somebody else. */
  function wish(n: number, headers: Record<string, string>): [string, RequestInit] {
    const read = { headers }
    const post = (body: string): RequestInit => ({ method: 'POST', headers, body })
    const wishes: [string, RequestInit][] = [
      ['/connection/list', read],
      ['/document/list', read],
      ['/connection/list', read],
      ['/ledger/show', read],
      ['/connection/add', post(JSON.stringify({ target: '' }))],
      ['/connection/remove', post(JSON.stringify({ connectionId: '00000000-0000-4000-8000-000000000000' }))],
      ['/measure/change', post('{')],
      [`/../tenant-${(n + 1) % many}/connection/list`, read],
      ['/history/search', read],
    ]
    return wishes[n % wishes.length] ?? ['/connection/list', read]
  }
})
