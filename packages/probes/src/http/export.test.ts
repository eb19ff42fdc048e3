import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import { listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { webDataExport } from './checks/data-export.ts'
import { http } from './connector.ts'

const credential = 'credential-that-nobody-may-see'
const words = ['synthetic.person@example.com', 'Order 4711']
const data = JSON.stringify({ mail: words[0], orders: [{ title: words[1] }] })
type Said = { status?: number; type?: string; body?: string }

const started: TestServer[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await server.close()
})

/** An application: a page for everybody, and an export. */
async function look(said: (request: IncomingMessage) => Said, given: Record<string, unknown> = {}) {
  const server = await listen(
    createServer((request, response) => {
      const {
        status = 200,
        type = 'application/json',
        body = data,
      } = request.url === '/export' ? said(request) : { type: 'text/html', body: '<html></html>' }
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    }),
  )
  started.push(server)
  const url = `http://127.0.0.1:${server.port}`
  const sent: string[] = []
  const context = testContext({ sent: ({ path }) => sent.push(path) })
  const reading = await collect(
    http,
    { url, exportUrl: `${url}/export`, exportCredential: credential, exportWords: words, ...given },
    context,
  )
  const shown = JSON.stringify([reading, sent])
  for (const hidden of [credential, ...words]) expect(shown).not.toContain(hidden)
  if (reading.read === 'no') throw new Error(reading.detail)
  const state = rollUp(judge(webDataExport, reading, { system: 'test', now: new Date() }))
  return { exports: reading.facts['exports'], state }
}

const asOwner = (said: Said, other: Said = { status: 401, body: '' }) =>
  look(({ headers }) => (headers.authorization === `Bearer ${credential}` ? said : other))

describe('an export of the data of an account', () => {
  it('is seen by its form, size and words, and by what a stranger gets', async () => {
    const { exports, state } = await asOwner({})
    expect(exports).toMatchObject({
      facts: [{ status: 200, form: 'json', bytes: data.length, words: 2, missing: [], open: false }],
    })
    expect(state).toBe('pass')
  })

  it('may be asked for with a cookie', async () => {
    const asked = await look(({ headers }) => (headers.cookie === credential ? {} : { status: 302 }), {
      exportCredential: `Cookie: ${credential}`,
    })
    expect(asked.state).toBe('pass')
  })

  it.each([
    ['everybody gets', {}, {}],
    ['is not there', { status: 404 }, undefined],
    ['is empty', { body: '' }, undefined],
    ['is a page', { type: 'application/json', body: `<!DOCTYPE html>${data}` }, undefined],
    ['lacks an order', { body: JSON.stringify({ mail: words[0] }) }, undefined],
  ])('that %s fails', async (_name, owner, other) => {
    expect((await asOwner(owner, other)).state).toBe('fail')
  })

  it.each([
    ['csv', 'text/csv; charset=utf-8', `${words.join(';')}\n`],
    ['xml', 'application/octet-stream', `<?xml version="1.0"?><person>${words.join(' ')}</person>`],
  ])('as %s is known', async (form, type, body) => {
    const { exports, state } = await asOwner({ type, body })
    expect(exports).toMatchObject({ facts: [{ form }] })
    expect(state).toBe('pass')
  })

  it.each([
    ['zip', 'PK\u0003\u0004…'],
    ['other', 'binary'],
  ])('as %s is no pass', async (form, body) => {
    const { exports, state } = await asOwner({ type: 'application/octet-stream', body })
    expect(exports).toMatchObject({ facts: [{ form }] })
    expect(state).not.toBe('pass')
  })

  it('behind a page that asks strangers to sign in is not open', async () => {
    expect((await asOwner({}, { type: 'text/html', body: '<html>Please sign in</html>' })).state).toBe('pass')
  })

  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [302, 'contract'],
    [429, 'throttled'],
    [503, 'unreachable'],
  ])('that answers its owner with %i is not seen: %s', async (status, why) => {
    expect((await asOwner({ status })).exports).toMatchObject({ read: 'no', why })
  })

  it('without a credential is not configured, and without an address there is none', async () => {
    expect((await look(() => ({}), { exportCredential: undefined })).exports).toMatchObject({ why: 'not-configured' })
    const none = await look(() => ({}), { exportUrl: undefined })
    expect(none).toMatchObject({ exports: { facts: [] }, state: 'not-applicable' })
  })

  it('is never asked for with a credential over plain http of another machine', async () => {
    const { exports } = await look(() => ({}), { exportUrl: 'http://192.0.2.1/export' })
    expect(exports).toMatchObject({ why: 'not-configured' })
  })
})
