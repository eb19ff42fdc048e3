import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeFolders, readPublished, startPortal } from '../../../../scripts/testing/portal.ts'
import type { Folders, Portal, Reply } from '../../../../scripts/testing/portal.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { age } from '../platform/index.ts'

/** The portal puts what it takes into a folder of its own; a test hands it over when it wants to. */
let folders: Folders
let apart: string
let server: TestServer
let portal: Portal
let networks = 0

const slug = 'this-installation'

beforeAll(async () => {
  folders = await makeFolders()
  apart = join(folders.published, '..', 'apart')
  await mkdir(apart)
  server = await startTestServer({ ...folders.environment, ART32_URL: 'https://toms.example.com' })
  await server.registry.create({ name: 'This installation', slug, language: 'en' })
  portal = await startPortal(folders, { ART32_INTAKE: apart, ART32_TRUSTED_PROXIES: '127.0.0.1,::1' })
  await vi.waitFor(async () => expect((await readPublished(folders.published)).tenants[slug]).toBeDefined(), 20_000)
})
afterAll(async () => {
  await portal.kill()
  await server.stop()
  await folders.remove()
})

/** A report as a browser sends it. */
async function report(fields: Record<string, string | Blob>, headers: Record<string, string> = {}): Promise<Reply> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ title: 'A weakness', description: 'How.', stamp: '', ...fields }))
    form.append(name, value)
  const whole = new Response(form)
  return await portal.ask(`/trust/${slug}/report?language=en`, {
    method: 'POST',
    headers: {
      'content-type': whole.headers.get('content-type') ?? '',
      'x-forwarded-for': `198.51.100.${networks++ % 250}`,
      ...headers,
    },
    body: Buffer.from(await whole.arrayBuffer()),
  })
}

const waiting = async () => (await readdir(apart)).filter((name) => name.endsWith('.age'))

async function clear(): Promise<void> {
  for (const name of await readdir(apart)) await rm(join(apart, name), { recursive: true })
}

/** The titles of the reports that were kept. */
async function kept(): Promise<string[]> {
  return await server.tenants.asSystem(slug, async (tx) => {
    const { rows } = await tx.sql.query<{ title: string }>('select title from report order by number')
    return rows.map(({ title }) => title)
  })
}

/** Waits until the server has looked at all that waits for it. */
async function taken(): Promise<void> {
  await vi.waitFor(
    async () => expect((await readdir(folders.intake)).filter((name) => name.endsWith('.age'))).toEqual([]),
    { timeout: 20_000, interval: 50 },
  )
}

/** Hands over a file of the portal, under a name of one's choice. */
async function hand(name: string, as: string = name): Promise<void> {
  await copyFile(join(apart, name), join(folders.intake, `${as}.part`))
  await rename(join(folders.intake, `${as}.part`), join(folders.intake, as))
}

describe('a form that is posted to a portal', () => {
  it('arrives once, however often its file turns up and under whatever name, and its link opens', async () => {
    await clear()
    const answer = await report({ title: 'Once', file: new File(['proof'], '../../etc/passwd.txt') })
    const [, token = ''] =
      /https:\/\/toms\.example\.com\/trust\/this-installation\/report\/([0-9a-f]{64})\?/.exec(answer.text) ?? []
    expect([answer.status, token.length]).toEqual([200, 64])
    const [name = ''] = await waiting()
    const sealed = await readFile(join(apart, name), 'latin1')
    expect([sealed.startsWith('age-encryption.org/v1'), sealed.includes('Once'), sealed.includes(token)]).toEqual([
      true,
      false,
      false,
    ])
    for (const as of [name, `${randomUUID()}.age`]) {
      await hand(name, as)
      await taken()
    }
    // As after a crash between keeping it and removing the file.
    await hand(name)
    await taken()
    expect((await kept()).filter((title) => title === 'Once')).toEqual(['Once'])
    const page = await (await fetch(`${server.local}/trust/${slug}/report/${token}`)).text()
    expect([page.includes('Once'), page.includes('passwd.txt')]).toEqual([true, true])
  })

  it('is kept without a file that is not taken, and says so, since nobody can be asked again', async () => {
    await clear()
    const program = new File([Buffer.from('7f454c4602010100', 'hex')], 'proof.bin')
    const answer = await report({ title: 'With a program', file: program })
    const [, token = ''] = /report\/([0-9a-f]{64})\?/.exec(answer.text) ?? []
    const [name = ''] = await waiting()
    await hand(name)
    await taken()
    const page = await (await fetch(`${server.local}/trust/${slug}/report/${token}?language=en`)).text()
    expect([page.includes('With a program'), page.includes('[art32: '), page.includes('proof.bin')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is refused in words where it is not whole, and nothing is kept of it', async () => {
    await clear()
    const answers = await Promise.all([
      report({ title: '' }),
      report({ email: 'no address' }),
      report({ website: 'https://spam.example' }),
      report({}, { 'content-type': 'text/plain' }),
      report({}, { 'content-type': 'multipart/form-data; boundary=x' }),
      report({}, { 'sec-fetch-site': 'cross-site' }),
      report({}, { origin: 'https://evil.example' }),
      report({ description: 'x'.repeat(20_001) }),
      report({ file: new Blob([new Uint8Array(17 * 1_048_576)]) }),
      portal.ask('/trust/nobody/report', { method: 'POST', body: 'title=x' }),
      portal.ask(`/trust/${slug}/subscribe`, { method: 'POST', body: 'email=a@example.com' }),
      portal.ask(`/trust/${slug}/report/${'a'.repeat(64)}`, { method: 'POST', body: 'text=x' }),
      portal.ask(`/trust/${slug}/report`, { method: 'PUT', body: 'x' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([
      422, 422, 422, 422, 422, 403, 403, 422, 413, 404, 404, 404, 405,
    ])
    expect(await readdir(apart)).toEqual([])
  })

  it('is refused after twenty from one network in an hour', async () => {
    await clear()
    const statuses = []
    for (let i = 0; i < 22; i++) statuses.push((await report({}, { 'x-forwarded-for': '203.0.113.9' })).status)
    expect(statuses.slice(18)).toEqual([200, 200, 429, 429])
    expect(await waiting()).toHaveLength(20)
  })

  it('is refused where the folder takes nothing more, and half of nothing is left', async () => {
    await clear()
    await Promise.all(Array.from({ length: 5_000 }, (_, i) => writeFile(join(apart, `${i}.age`), '')))
    const answer = await report({ title: 'Too late' })
    expect([answer.status, answer.text.includes('nothing was kept')]).toEqual([503, true])
    expect((await readdir(apart)).filter((name) => !/^\d+\.age$/.test(name))).toEqual([])
    await clear()
    await rm(apart, { recursive: true })
    expect((await report({ title: 'Nowhere' })).status).toBe(503)
    await mkdir(apart)
  })
})

async function* oneLine(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{}\n')
}

describe('a folder in which somebody else writes', () => {
  it('leads to nothing but what a portal sealed', async () => {
    await clear()
    const before = await kept()
    await report({ title: 'Real' })
    const [name = ''] = await waiting()
    const real = await readFile(join(apart, name))
    const other = await age.newIdentity()
    const parts: Uint8Array[] = []
    for await (const part of age.seal([await age.recipientOf(other)], oneLine())) parts.push(part)
    const foreign = Buffer.concat(parts)
    const at = (file: string) => join(folders.intake, file)
    const foreignName = randomUUID()
    await writeFile(at(`${foreignName}.age`), foreign)
    await writeFile(at(`${randomUUID()}.age`), 'not sealed at all')
    await writeFile(at(`${randomUUID()}.age`), real.subarray(0, real.length - 20))
    await writeFile(at(`${randomUUID()}.age`), '')
    await symlink('/etc/passwd', at(`${randomUUID()}.age`))
    await mkdir(at(`${randomUUID()}.age`))
    const huge = at(`${randomUUID()}.age`)
    await writeFile(huge, '')
    await truncate(huge, 64 * 1_048_576)
    await writeFile(at('..%2f..%2fescape.age'), real)
    await writeFile(at('half.part'), real.subarray(0, 100))
    await hand(name)
    await vi.waitFor(
      async () =>
        expect((await readdir(folders.intake)).toSorted()).toEqual(
          ['..%2f..%2fescape.age', `${foreignName}.unopened`, 'half.part'].toSorted(),
        ),
      { timeout: 20_000, interval: 50 },
    )
    expect(await kept()).toEqual([...before, 'Real'])
    expect((await readFile('/etc/passwd', 'utf8')).length).toBeGreaterThan(0)
  })
})
