import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import type { Attack } from './attack.ts'
import { furnish, marker } from './furnish.ts'
import { requestOf } from './target.ts'
import type { Answer } from './target.ts'

/** Whether something on the way may keep an answer, and hand it to somebody else. */
function mayBeShared({ headers }: Answer): boolean {
  const control = headers.get('cache-control') ?? ''
  return !/no-store/.test(control) && !/private/.test(control)
}

/** What says of an answer that it is the one from before. */
const conditions = (etag: string | null): Record<string, string>[] => [
  { 'if-none-match': '*' },
  { 'if-none-match': etag ?? 'W/"0"' },
  { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
  { range: 'bytes=0-10' },
]

/** One address, many people: browsers, proxies and networks of caches keep what they are allowed to. */
export const caches: Attack = {
  id: 'caches',
  title: 'no answer to somebody who is signed in is kept for, or given to, somebody else',
  weaken: [
    {
      file: 'apps/server/src/http/app.ts',
      from: "  set('cache-control', 'no-store')",
      to: "  set('cache-control', 'public, max-age=60')",
    },
  ],
  async run(target, tally) {
    const { ids } = await furnish(target)
    const cookie = await target.signIn('owner')
    const stranger = await target.signIn('stranger')
    const reading = target.operations.filter(
      ({ changes, kind, id }) => !changes && kind !== 'upload' && id !== 'tenant.export',
    )
    await tally.each(reading, async (operation) => {
      const [path, sent] = requestOf(operation, madeInput(operation, { given: ids }), 'alpha', { origin: target.url })
      const as = (who: string, more: Record<string, string> = {}) =>
        target
          .send(path, { ...sent, headers: { ...sent.headers, ...(who === '' ? {} : { cookie: who }), ...more } })
          // What takes a body without end closes the connection where it refuses: nothing is handed out by that.
          .catch(() => null)
      const own = await as(cookie)
      if (own === null) return null
      if (operation.scope !== 'public' && mayBeShared(own)) return `${operation.id} may be kept by others`
      if (operation.scope !== 'tenant') return null
      for (const condition of conditions(own.headers.get('etag')))
        for (const who of ['', stranger]) {
          const answer = await as(who, condition)
          if (answer !== null && ([200, 206, 304].includes(answer.status) || answer.text.includes(marker)))
            return `${operation.id} with ${JSON.stringify(condition)}: ${answer.status}`
        }
      return null
    })
    const [tenant] = await target.query<{ id: string }>(`select public_id as id from tenant where slug = 'alpha'`)
    for (const path of [
      '/',
      '/tenants/alpha',
      `/trust/alpha`,
      `/trust/${tenant?.id}`,
      '/sign-in',
      '/api/account/whoami',
    ]) {
      const names = ({ text }: Answer) => [marker, 'owner@example.com'].filter((name) => text.includes(name))
      const answer = await target.send(path, { headers: { cookie } })
      // What is published names alpha to everybody.
      const published = names(await target.send(path, {}))
      const more = names(answer).filter((name) => !published.includes(name))
      tally.add(more.length > 0 && mayBeShared(answer) ? `${path} names ${more.join()} and may be kept` : null)
    }
    tally.add((await target.send('/service-worker.js')).status === 200 ? 'a service worker keeps answers' : null)
  },
}
