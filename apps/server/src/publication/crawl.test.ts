import { describe, expect, it } from 'vitest'
import type { PublishedPages } from '../platform/index.ts'
import { crawl } from './crawl.ts'

/** A site of pages by path and query, which says what it was asked for. */
function site(
  pages: Readonly<Record<string, { type?: string; text: string; status?: number; headers?: Record<string, string> }>>,
) {
  const asked: string[] = []
  const kept = new Map<string, string>()
  const run = (
    base: string,
    options: { before?: PublishedPages; mostAnnexes?: number; seeds?: readonly string[]; now?: Date } = {},
  ) =>
    crawl(
      { origin: 'https://toms.example.com', base, seeds: options.seeds ?? [''], isWithin: () => true },
      {
        ask: (request) => {
          const { pathname, search } = new URL(request.url)
          asked.push(`${pathname}${search}`)
          const page = pages[`${pathname}${search}`] ?? pages[pathname]
          return Promise.resolve(
            page
              ? new Response(page.text, {
                  status: page.status ?? 200,
                  headers: { 'content-type': page.type ?? 'text/html', 'set-cookie': 'a=b', ...page.headers },
                })
              : null,
          )
        },
        keep: (bytes) => {
          const text = Buffer.from(bytes).toString('utf8')
          kept.set(text, text)
          return Promise.resolve(`hash of ${text}`)
        },
        now: () => options.now ?? new Date(0),
        before: options.before,
        version: '1',
        mostAnnexes: options.mostAnnexes ?? 0,
      },
    )
  return { asked, kept, run }
}

const html = (body: string) => ({ text: `<!doctype html><a ${body}></a>` })

describe('what is found of a place', () => {
  it('is what its own pages lead to, and nothing of a neighbour, of elsewhere, or behind a secret link', async () => {
    const links = [
      '/trust/a/editions',
      '/trust/ab',
      '/trust/b',
      '/t/a',
      'https://evil.example/trust/a/x',
      '/trust/a/report/secret',
      '/trust/a/request/secret',
      '/trust/a/link/secret',
      '/trust/a/incident/secret',
      '/trust/a/../b/up',
      'javascript:alert(1)',
      'http://[broken',
    ]
    const all = site({
      '/trust/a': { text: `<!doctype html>${links.map((one) => `<a href="${one}"></a>`).join('')}` },
      '/trust/a/editions': html('href="/trust/a"'),
    })
    const { pages } = await all.run('/trust/a')
    expect(Object.keys(pages.pages)).toEqual(['?&&&', '/editions?&&&'])
    const elsewhere = /secret|\/trust\/ab|\/trust\/b|\/t\/a|evil|up/
    expect(all.asked.filter((one) => elsewhere.test(one))).toEqual([])
  })

  it('is only what is answered with success, and no cookie of it', async () => {
    const all = site({
      '/trust/a': { text: `<!doctype html><a href="/trust/a/x"></a><a href="/trust/a/y"></a>` },
      '/trust/a/x': { text: 'no', status: 401 },
      '/trust/a/y': { text: 'no', status: 503 },
    })
    const { pages } = await all.run('/trust/a')
    expect(Object.keys(pages.pages)).toEqual(['?&&&'])
    expect(JSON.stringify(pages)).not.toContain('a=b')
    expect([...all.kept.keys()]).not.toContain('no')
  })

  it('keeps a language apart where it says something else', async () => {
    const all = site({
      '/trust/a': { text: 'both' },
      '/trust/a?language=de': { text: 'deutsch' },
    })
    const { pages } = await all.run('/trust/a')
    expect(Object.keys(pages.pages)).toEqual(['?&&&', '?de&&&'])
  })

  it('ends, although each page leads to another one', async () => {
    let count = 0
    const { pages } = await crawl(
      { origin: 'https://toms.example.com', base: '', seeds: ['/0'], isWithin: () => true },
      {
        ask: () =>
          Promise.resolve(
            new Response(`<!doctype html><a href="/${++count}"></a>`, { headers: { 'content-type': 'text/html' } }),
          ),
        keep: () => Promise.resolve('hash'),
        now: () => new Date(0),
        before: undefined,
        version: '1',
        mostAnnexes: 0,
      },
    )
    expect(Object.keys(pages.pages).length).toBeLessThanOrEqual(20_000)
  })

  it('has annexes in turn, each once and in the language of the page that leads to it', async () => {
    const annexes = ['x', 'y', 'z'].map((preset) => `/trust/a/annex.pdf?preset=${preset}&amp;language=en`)
    const all = site({
      '/trust/a': { text: `<!doctype html>${annexes.map((one) => `<a href="${one}"></a>`).join('')}` },
      '/trust/a/annex.pdf': { text: 'annex', type: 'application/pdf' },
    })
    const made = () => all.asked.splice(0).filter((one) => one.includes('annex'))
    const first = await all.run('/trust/a')
    expect([made(), first.lacks]).toEqual([[], true])
    const second = await all.run('/trust/a', { before: first.pages, mostAnnexes: 2 })
    expect([made().length, second.lacks]).toEqual([2, true])
    const third = await all.run('/trust/a', { before: second.pages, mostAnnexes: 2 })
    expect([made(), third.lacks]).toEqual([['/trust/a/annex.pdf?language=en&preset=z'], false])
    expect(Object.keys(third.pages.pages).filter((key) => key.includes('annex'))).toHaveLength(3)
    // Quiet after that, until another edition comes.
    const fourth = await all.run('/trust/a', { before: third.pages, mostAnnexes: 2 })
    expect([made(), fourth.lacks]).toEqual([[], false])
  })

  it('makes proofs anew when they are old, and what never changes not at all', async () => {
    const links = ['/trust/a/bundle.zip', '/trust/a/line/1.tlog-proof', '/trust/a/tile']
    const all = site({
      '/trust/a': { text: `<!doctype html>${links.map((one) => `<a href="${one}"></a>`).join('')}` },
      '/trust/a/bundle.zip': { text: 'zip', type: 'application/zip' },
      '/trust/a/line/1.tlog-proof': { text: 'proof', type: 'text/plain' },
      '/trust/a/tile': { text: 'tile', type: 'text/plain', headers: { 'cache-control': 'public, immutable' } },
    })
    const { pages } = await all.run('/trust/a')
    const made = async (hours: number) => {
      all.asked.length = 0
      await all.run('/trust/a', { before: pages, now: new Date(hours * 3_600_000) })
      return links.filter((one) => all.asked.includes(one))
    }
    expect([await made(0.5), await made(2), await made(25)]).toEqual([[], links.slice(0, 1), links.slice(0, 2)])
  })
})
