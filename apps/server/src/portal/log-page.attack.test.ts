import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeEntries, parseLeaf } from '@art32/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { grow } from '../../../../scripts/testing/logs.ts'

const program = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
const golang = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
const hasGo =
  spawnSync('go', ['list', 'golang.org/x/mod/sumdb/tlog'], { env: { ...process.env, ...golang } }).status === 0

let { server } = {} as Published
let folder: string
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.local}${path}`, { headers })
const log = '/trust/alpha/log'

const mirror = async (...args: string[]) =>
  await new Promise<{ exit: number; out: string }>((resolve) => {
    execFile(process.execPath, [program, 'log', ...args], (error, out, err) =>
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, out: out + err }),
    )
  })

beforeAll(async () => {
  ;({ server } = await publishedEdition())
  // More than one full tile.
  await server.tenants.asSystem('alpha', async ({ append, tenant }) => {
    for (let i = 0; i < 300; i++) await append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id } })
  })
  await grow(server, 1)
  folder = mkdtempSync(join(tmpdir(), 'art32-mirror-'))
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the files of a log', () => {
  it('are those of the format, full tiles for ever, and the head asked for each time', async () => {
    const head = await get(`${log}/checkpoint`)
    expect([head.status, head.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    const size = Number((await head.text()).split('\n')[1])
    expect(size).toBeGreaterThan(300)
    const full = await get(`${log}/tile/0/000`)
    expect([full.status, full.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    const bytes = Buffer.from(await full.arrayBuffer())
    expect(bytes).toHaveLength(8_192)
    // A part of a full tile stays a part of the same.
    const part = Buffer.from(await (await get(`${log}/tile/0/000.p/7`)).arrayBuffer())
    expect(part.equals(bytes.subarray(0, 7 * 32))).toBe(true)
    const entries = decodeEntries(new Uint8Array(await (await get(`${log}/tile/entries/000`)).arrayBuffer()))
    expect(entries.map((leaf) => parseLeaf(leaf).seq)).toEqual(Array.from({ length: 256 }, (_, i) => i))
    const again = await get(`${log}/tile/0/000`, { 'if-none-match': full.headers.get('etag') ?? '' })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    expect(await (await get(`${log}/vkey`)).text()).toBe(`${(await server.registry.open('alpha')).tenant.vkey}\n`)
  })

  it.each([
    `${log}/tile/0/999`,
    `${log}/tile/0/001`,
    `${log}/tile/0/001.p/255`,
    `${log}/tile/0/001.p/0`,
    `${log}/tile/0/000.p/256`,
    `${log}/tile/7/000`,
    `${log}/tile/64/000`,
    `${log}/tile/00/000`,
    `${log}/tile/entries/000.p/999`,
    `${log}/tile/0/x000/000`,
    `${log}/tile/0/..%2f000`,
    `${log}/tile/-1/000`,
    `${log}/2/checkpoint`,
    `${log}/1/../checkpoint2`,
    '/trust/nobody/log/checkpoint',
    '/trust/beta/log/checkpoint',
    '/trust/beta/log/tile/entries/000.p/1',
    '/ledger/log/tile/entries/000.p/1',
    '/ledger/log/2/checkpoint',
  ])('are no others: %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('of the installation show hashes and no entries', async () => {
    const head = await (await get('/ledger/log/checkpoint')).text()
    expect(head.split('\n')[0]).toMatch(/\/instance$/)
    expect((await get('/ledger/log/tile/0/000.p/1')).status).toBe(200)
    const into = join(folder, 'instance')
    const { exit, out } = await mirror(`${server.local}/ledger/log`, into)
    expect([exit, out]).toEqual([0, expect.stringContaining('its entries are not public')])
    expect(readdirSync(join(into, 'tile'))).not.toContain('entries')
  })
})

describe('a mirror of a log', () => {
  it('fetches and checks everything, goes on from what it has, and a program of others accepts the folder', async () => {
    const into = join(folder, 'alpha')
    const { vkey } = (await server.registry.open('alpha')).tenant
    const first = await mirror(`${server.local}${log}`, into, '--key', vkey)
    expect(first).toEqual({ exit: 0, out: expect.stringContaining('each under the signed head') })
    const before = readFileSync(join(into, 'checkpoint'), 'utf8').split('\n')
    await grow(server, 5)
    expect((await mirror(`${server.local}${log}/`, into)).out).toContain('compare it with one')
    const { size } = await server.ledgers.settle(await server.registry.open('alpha'))
    expect(readFileSync(join(into, 'checkpoint'), 'utf8').split('\n')[1]).toBe(String(size))
    if (!hasGo) return
    const source = fileURLToPath(new URL('../../../../packages/ledger/testing/sumdb/main.go', import.meta.url))
    const built = join(folder, 'sumdb')
    expect(spawnSync('go', ['build', '-o', built, source], { env: { ...process.env, ...golang } }).status).toBe(0)
    const asked = spawnSync(built, [into, vkey, before[1] ?? '', before[2] ?? ''], { encoding: 'utf8' })
    expect(asked.stdout).toMatch(new RegExp(`^accepted: .* ${size} entries\n$`))
  })

  it('refuses a key that is another, a folder that was changed, and an address with nothing', async () => {
    const into = join(folder, 'alpha')
    const foreign = (await (await get('/ledger/log/vkey')).text()).trim()
    expect((await mirror(`${server.local}${log}`, into, '--key', `${foreign}x`)).exit).toBe(2)
    expect((await mirror(`${server.local}${log}`, into, '--key', foreign)).exit).toBe(1)
    expect((await mirror(`${server.local}/trust/nobody/log`, into)).exit).toBe(2)
    expect((await mirror('ftp://example.com', into)).exit).toBe(2)
    const tile = join(into, 'tile', '0', '000')
    const good = readFileSync(tile)
    writeFileSync(tile, Buffer.alloc(good.length))
    expect(await mirror(`${server.local}${log}`, into)).toEqual({ exit: 1, out: expect.stringContaining('✗') })
    writeFileSync(tile, good)
    expect((await mirror(`${server.local}${log}`, into)).exit).toBe(0)
  })
})
