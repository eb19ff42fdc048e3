import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { hangingServer, listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { http } from './connector.ts'
import { noticeParts } from './facts.ts'
import { findLink, noticeOf } from './notice.ts'

const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))
async function serve(
  pages: Readonly<Record<string, string | { status: number; type?: string; location?: string }>>,
): Promise<string> {
  const answer: RequestListener = (request, response) => {
    const page = pages[request.url ?? ''] ?? { status: 404 }
    const { status, type = 'text/html', location } = typeof page === 'string' ? { status: 200 } : page
    response.writeHead(status, { 'content-type': type, ...(location === undefined ? {} : { location }) })
    response.end(typeof page === 'string' ? page : '')
  }
  const started = await listen(createServer(answer))
  servers.push(started)
  return `http://localhost:${started.port}`
}
async function look(url: string, settings: object = {}) {
  const reading = await collect(http, { url, ...settings }, testContext())
  if (reading.read === 'no') throw new Error(reading.detail)
  return reading.facts['notice']
}

const german = `<h1>Datenschutz&shy;hinweise</h1><p>Verantwortlich ist die Beispiel GmbH. Zwecke der Verarbeitung sind …,
  Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO. Empf&auml;nger sind unsere Auftragsverarbeiter. Die Speicherdauer betr&auml;gt
  90 Tage. Sie haben das Recht auf Auskunft, Berichtigung und L&#246;schung und auf Beschwerde bei einer Aufsichtsbeh&#xF6;rde.</p>`
const english = `<h1>Privacy notice</h1><p>The controller is Example Ltd. Purposes and legal basis: to run your account (Art. 6(1)(b) GDPR).
  We share your data with nobody: there are no other recipients. Data are kept for 90 days. You have the right of access,
  rectification and erasure, and may complain to a supervisory authority.</p>`
const page = (link: string) =>
  `<!doctype html><title>Shop</title><p>${'Welcome to the shop. '.repeat(30)}</p><footer>${link}</footer>`

describe('looking at a privacy notice', () => {
  it.each([
    ['German', german],
    ['English', english],
  ])('finds all that Art. 13 asks for in a %s one, and keeps none of its words', async (_language, notice) => {
    const url = await serve({ '/': page('<a class="x" href="/legal/2">Datenschutz</a>'), '/legal/2': notice })
    const facts = await look(url, { noticeWords: ['90', 'Telephone'] })
    expect(facts).toMatchObject({ facts: { found: 'linked', status: 200, missingWords: ['Telephone'] } })
    expect(facts).toMatchObject({ facts: { tells: [...noticeParts] } })
    expect(JSON.stringify(facts)).not.toMatch(/Beispiel|Example/)
  })

  it.each([
    ['controller', /Verantwortlich ist/],
    ['purposes', /Zwecke der Verarbeitung/],
    ['basis', /Rechtsgrundlage ist Art. 6/],
    ['recipients', /Empf&auml;nger sind/],
    ['period', /Speicherdauer/],
    ['rights', /Auskunft, Berichtigung/],
    ['complaint', /Aufsichtsbeh&#xF6;rde/],
  ])('misses the %s where nothing is said about it', (part, sentence) => {
    expect(noticeOf(german.replace(sentence, '…')).tells).toEqual(noticeParts.filter((one) => one !== part))
  })

  it('goes to the given address, follows a redirect on the same host, and tells a page that is gone', async () => {
    const url = await serve({
      '/': page(''),
      '/p': { status: 302, location: '/en/p' },
      '/en/p': english,
      '/a': page('<a href="/gone">Privacy</a>'),
    })
    expect(await look(url, { noticeUrl: `${url}/p` })).toMatchObject({ facts: { found: 'given', status: 200 } })
    expect(await look(`${url}/a`)).toMatchObject({ facts: { found: 'linked', status: 404, tells: [] } })
    expect(await look(url)).toMatchObject({ facts: { found: 'none' } })
  })

  it('has nothing to find behind an interface for programs', async () => {
    const url = await serve({ '/': { status: 200, type: 'application/json' } })
    expect(await look(url)).toMatchObject({ facts: { found: 'no-page' } })
  })

  it('does not judge what a script builds, a file, another host, a circle or an outage', async () => {
    const shell = '<!doctype html><div id="root"></div><script src="/app.js"></script>'
    const url = await serve({
      '/': shell,
      '/pdf': { status: 200, type: 'application/pdf' },
      '/circle': { status: 302, location: '/circle' },
      '/away': { status: 302, location: 'https://www.example.com/privacy' },
      '/broken': { status: 503 },
      '/linked': page('<a href="https://www.example.com/privacy">Privacy</a>'),
    })
    const at = async (path: string) => await look(url, { noticeUrl: `${url}${path}` })
    expect(await look(url)).toMatchObject({ read: 'no', why: 'not-configured', needs: 'noticeUrl' })
    expect(await look(`${url}/linked`)).toMatchObject({ read: 'no', why: 'not-configured', needs: 'noticeUrl' })
    expect(await at('/')).toMatchObject({ read: 'no', why: 'incomplete' })
    expect(await at('/pdf')).toMatchObject({ read: 'no', why: 'incomplete' })
    expect(await at('/circle')).toMatchObject({ read: 'no', why: 'contract' })
    expect(await at('/away')).toMatchObject({ read: 'no', why: 'not-configured' })
    expect(await at('/broken')).toMatchObject({ read: 'no', why: 'unreachable' })
    const silent = await hangingServer()
    servers.push(silent)
    expect(await look(url, { noticeUrl: `http://localhost:${silent.port}/` })).toMatchObject({
      read: 'no',
      why: 'unreachable',
    })
  })

  it('asks no other host, whether by link or by redirect', async () => {
    const other = (await serve({ '/privacy': english })).replace('localhost', '127.0.0.1')
    const url = await serve({
      '/': page(`<a href="${other}/privacy">Privacy</a>`),
      '/away': { status: 302, location: `${other}/privacy` },
    })
    for (const settings of [{}, { noticeUrl: `${url}/away` }])
      expect(await look(url, settings)).toMatchObject({ read: 'no', why: 'not-configured', needs: 'noticeUrl' })
    expect(await look(url, { noticeUrl: `${other}/privacy` })).toMatchObject({ facts: { found: 'given', status: 200 } })
  })

  it('finds a link by its words or its address, and no other', () => {
    const found = (html: string) => findLink(html, new URL('https://example.com/start/'))?.href
    expect(found('<a href="x">Imprint</a><A\nHREF=\'../d\'><b>Daten&shy;schutz</b></A>')).toBe('https://example.com/d')
    expect(found('<a href=/privacy-policy#top>§</a>')).toBe('https://example.com/privacy-policy')
    expect(
      found('<a href="javascript:privacy()">Privacy</a><a href="mailto:privacy@example.com">Privacy</a>'),
    ).toBeUndefined()
    expect(found('<!-- no link --><p>privacy</p>')).toBeUndefined()
  })

  it('reads any page in bounded time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (any) => {
        expect(noticeOf(any).tells.length).toBeLessThan(3)
        findLink(any, new URL('https://example.com/'))
      }),
    )
    const began = performance.now()
    for (const hostile of [
      '<a '.repeat(100_000),
      '<!--'.repeat(100_000),
      'auskunft '.repeat(100_000),
      '<script'.repeat(50_000),
    ]) {
      noticeOf(hostile)
      findLink(hostile, new URL('https://example.com/'))
    }
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})
