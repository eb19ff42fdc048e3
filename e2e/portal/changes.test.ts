import { readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { filesBelow, heldBy, makeFolders, readPublished, startPortal } from '../../scripts/testing/portal.ts'
import type { Folders, Portal } from '../../scripts/testing/portal.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'

/** Secrets of the server, none of which may be anywhere near a portal. */
const canaries = {
  ART32_MASTER_KEY: Buffer.from('canary of the master key of art3').toString('base64'),
  ART32_METRICS_TOKEN: 'canary-of-the-metrics-token-0123456789',
  ART32_SMTP_URL: 'smtp://sender:canary-of-the-mail-server@127.0.0.1:9',
  ART32_OTLP_HEADERS: 'authorization=canary-of-the-collector',
}

let folders: Folders
let server: TestServer
let portal: Portal
let owner: Person
let challenge = ''
const at = (operation: string) => `/api/tenants/alpha/${operation}`
const here = { headers: { host: 'toms.example.com' } }

beforeAll(async () => {
  folders = await makeFolders()
  server = await startTestServer(
    {
      ...folders.environment,
      ...canaries,
      ART32_MAIL_FROM: 'art32@example.com',
      ART32_URL: 'https://toms.example.com',
    },
    { askTxt: () => Promise.resolve([challenge]) },
  )
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: `Tenant ${slug}`, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await adopt('Visitors are escorted by staff.')
  await sign()
  portal = await startPortal(folders)
})
afterAll(async () => {
  await portal.kill()
  await server.stop()
  await folders.remove()
})

async function adopt(sentence: string): Promise<void> {
  const bytes = new TextEncoder().encode(`# Measures\n\n## Access\n\n- ${sentence}\n`)
  const read = (await (await owner.upload(`${at('document/read')}?name=tom.md`, bytes)).json()) as {
    document: { id: string }
  }
  await owner.post(at('document/adopt'), { documentId: read.document.id })
}

async function sign(): Promise<void> {
  const { id } = (await (await owner.post(at('edition/draft'), {})).json()) as { id: string }
  const compared = (await (await owner.get(at('edition/compare'))).json()) as {
    changes?: { key: string; decision: string }[]
  }
  for (const { key, decision } of compared.changes ?? [])
    if (decision === 'needed') await owner.post(at('edition/decide'), { change: key, reason: 'Another document.' })
  expect((await owner.post(at('edition/sign'), { editionId: id })).status).toBe(200)
}

/** Waits until the portal says something. */
async function shows(path: string, wanted: (text: string, status: number) => boolean, host = 'toms.example.com') {
  await vi.waitFor(
    async () => {
      const { text, status } = await portal.ask(path, { headers: { host } })
      expect([path, wanted(text, status)]).toEqual([path, true])
    },
    { timeout: 25_000, interval: 100 },
  )
}

/** Whether anything that is published holds a text. */
function isPublished(text: string): boolean {
  return filesBelow(folders.published).some((file) => {
    const bytes = readFileSync(file)
    const opened = [brotliDecompressSync, gunzipSync].flatMap((open) => {
      try {
        return [open(bytes)]
      } catch {
        return []
      }
    })
    return file.includes(text) || [bytes, ...opened].some((one) => one.includes(text))
  })
}

describe('a portal', () => {
  it('holds none of the secrets of the server: not in its environment, what it has open, or what it can read', async () => {
    await shows('/trust/alpha', (text) => text.includes('Visitors are escorted'))
    const { environment, open } = heldBy(portal.pid)
    const { pathname: database, password, host } = new URL(inject('databaseUrl'))
    const secrets = [...Object.values(canaries), 'canary-of', inject('databaseUrl'), 'AGE-SECRET-KEY']
    for (const secret of secrets) {
      expect([secret, environment.includes(secret)]).toEqual([secret, false])
      expect([secret, isPublished(secret)]).toEqual([secret, false])
    }
    const names = environment.split('\0').flatMap((line) => line.split('=', 1).filter((name) => name !== ''))
    // How it keeps memory and what Node.js made of its sources: a start gives itself these.
    const byItself = ['MALLOC_MMAP_THRESHOLD_', 'NODE_COMPILE_CACHE']
    const own = ['ART32_INTAKE', 'ART32_LOG', 'ART32_PORT', 'ART32_PUBLISHED', 'PATH']
    expect(new Set(names.filter((name) => !byItself.includes(name)))).toEqual(new Set(own))
    // Files of the program and of what is published, its own ends of pipes, and the port; nothing of the server's data.
    expect(open.filter((name) => name.startsWith('/') && !/^\/(?:dev|proc)\//.test(name))).toEqual([])
    expect([database, password, host].filter((one) => one.length > 8 && environment.includes(one))).toEqual([])
    // The very same look sees what is there.
    expect([isPublished('Visitors are escorted'), environment.includes(folders.published)]).toEqual([true, true])
  })

  it('does not start with a secret in its environment, and says so without it', async () => {
    const said = await startPortal(folders, { ART32_SMTP_URL: canaries.ART32_SMTP_URL }).then(
      () => 'started',
      (error: unknown) => String(error),
    )
    expect([said.includes('ART32_SMTP_URL is set'), said.includes('canary')]).toEqual([true, false])
  })

  it('shows a new edition once it is published', async () => {
    await adopt('Kornblume is the name of a fence.')
    await sign()
    await shows('/trust/alpha', (text) => text.includes('Kornblume'))
    await shows('/trust/alpha/editions/2', (_, status) => status === 200)
  })

  it('shows at a domain of the tenant its pages, and nothing of another one', async () => {
    await owner.post(at('site/claim'), { domain: 'trust.example.net' })
    const { site } = (await (await owner.get(at('site/show'))).json()) as { site: { record: { value: string } } }
    challenge = site.record.value
    await owner.post(at('site/prove'), {})
    await shows('/', (text) => text.includes('Tenant alpha'), 'trust.example.net')
    const asked = { headers: { host: 'trust.example.net' } }
    const paths = ['/trust/beta', '/ledger/checkpoint', '/api/x', '/trust/alpha/editions', '/verify']
    const statuses = await Promise.all(paths.map(async (path) => (await portal.ask(path, asked)).status))
    expect(statuses).toEqual([404, 404, 404, 200, 200])
    const divided = await portal.ask('http://trust.example.net/', here)
    expect(divided.status).toBe(400)
  })

  it('forgets a tenant that is deleted, to the last file', async () => {
    await owner.post('/api/tenant/delete', { slug: 'alpha', confirm: 'alpha' })
    await shows('/trust/alpha', (_, status) => status === 404)
    await shows('/', (_, status) => status === 404, 'trust.example.net')
    expect(Object.keys((await readPublished(folders.published)).tenants)).toEqual([])
    const traces = ['Kornblume', 'Visitors are escorted', 'Tenant alpha', 'trust.example.net']
    await vi.waitFor(() => expect(traces.filter(isPublished)).toEqual([]), { timeout: 10_000, interval: 200 })
  })
})
