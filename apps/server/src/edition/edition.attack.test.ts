import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBundle } from '@art32/ledger'
import { ledgerCrypto } from '../platform/index.ts'

import { json, publishedEdition, withheldWords } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, published, bundleOf } = {} as Published
beforeAll(async () => {
  ;({ server, published, bundleOf } = await publishedEdition())
})
afterAll(() => server.stop())

describe('a line that is not for the public', () => {
  const found = (bytes: Uint8Array) => withheldWords.filter((word) => Buffer.from(bytes).includes(word))

  it('appears neither on the page nor in its JSON and Markdown, and is counted', async () => {
    for (const file of ['', '?language=de', '/edition.json', '/edition.md']) {
      const response = await fetch(`${server.url}/trust/alpha${file}`)
      expect(response.status).toBe(200)
      expect(found(new Uint8Array(await response.arrayBuffer()))).toEqual([])
    }
    const edition = await json<{ withheld: object }>(await fetch(`${server.url}/trust/alpha/edition.json`))
    expect(edition.withheld).toEqual({ customers: 1, auditors: 1 })
  })

  it.each(['edition.pdf', 'edition-archive.pdf', 'edition.docx'])('appears nowhere in %s', async (file) => {
    const bytes = new Uint8Array(await (await fetch(`${server.url}/trust/alpha/${file}`)).arrayBuffer())
    const { statements } = await server.read(bytes, file, new Date())
    const text = statements.map((one) => one.text).join('\n')
    expect(text).toContain('TLS 1.2')
    expect(found(Buffer.from(text))).toEqual([])
    // What is attached or packed in the file is looked into as well.
    expect(found(Buffer.from(unpacked(bytes)))).toEqual([])
  })

  it('appears in no file of the bundle', async () => {
    const files = Object.entries(await bundleOf(published))
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap(([name, bytes]) => found(bytes).map((word) => `${word} in ${name}`))).toEqual([])
  })
})

describe('the public page', () => {
  it('has no script, asks nobody else for anything, and escapes hostile statements', async () => {
    const response = await fetch(`${server.url}/trust/alpha`)
    const page = await response.text()
    expect(page).toContain('&#60;script')
    expect(page).not.toMatch(/<(script|img|iframe|object|embed|form|base|meta http-equiv)/i)
    const tags = page.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.length).toBeGreaterThan(20)
    for (const tag of tags) expect(tag).not.toMatch(/\s(on[a-z]+|style|srcset|srcdoc)\s*=/i)
    const addresses = [...page.matchAll(/\s(?:href|src|action|poster|data)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(3)
    expect(addresses.filter((address) => !/^(\/(?!\/)|#)/.test(address ?? ''))).toEqual([])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const css = await (await fetch(`${server.url}/trust/alpha/style.css`)).text()
    expect(css).not.toMatch(/@import|url\(["']?(https?:|\/\/|data:)/)
  })
})

describe('a published edition', () => {
  it.each([
    `update edition set content = 'x'`,
    `update edition set state = 'draft', number = null, signed_by = null`,
    'update edition set number = number + 1',
    'delete from edition',
    'truncate edition cascade',
    `update edition_file set bytes = 'x'`,
    'delete from edition_file',
    'truncate edition_file',
    `insert into edition_file (edition_id, name, type, bytes) select id, 'late.pdf', 'application/pdf', 'x' from edition where state = 'edition'`,
    'alter table edition disable trigger all',
  ])('is refused by the database: %s', async (statement) => {
    const { connections } = await server.registry.open('alpha')
    const client = await connections.connect()
    try {
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
    } finally {
      client.release()
    }
  })
})

describe('the bundle of the real server', () => {
  it('holds, and fails for each file of which one byte was changed', async () => {
    const bundle = await bundleOf(published)
    const verify = (files: Record<string, Uint8Array>) => verifyBundle(ledgerCrypto, new Map(Object.entries(files)))
    expect(verify(bundle).steps.filter(({ ok }) => !ok)).toEqual([])
    const unnoticed: string[] = []
    for (const [name, bytes] of Object.entries(bundle)) {
      const changed = Uint8Array.from(bytes)
      const place = Math.floor(Math.random() * changed.length)
      changed[place] = (changed[place] ?? 0) ^ 1
      // What is no bundle any more cannot be read at all.
      const holds = await Promise.resolve({ ...bundle, [name]: changed })
        .then(verify)
        .then(
          (report) => report.holds,
          () => false,
        )
      if (holds) unnoticed.push(`${name} at ${place}`)
    }
    expect(unnoticed).toEqual([])
  })

  it('is verified by the command line alone, which names the place of a changed byte', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'art32-verify-'))
    const cli = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
    const verify = (files: Record<string, Uint8Array>) => {
      const path = join(folder, 'bundle.zip')
      writeFileSync(path, zipSync(files))
      return spawnSync(process.execPath, [cli, 'verify', path], { encoding: 'utf8', cwd: folder })
    }
    try {
      const bundle = await bundleOf(published)
      const good = verify(bundle)
      expect([good.status, good.stderr]).toEqual([0, ''])
      const leaves = Object.keys(bundle).find((name) => name.startsWith('tile/entries/')) ?? ''
      const changed = Uint8Array.from(bundle[leaves] ?? [])
      changed[changed.length - 10] = (changed[changed.length - 10] ?? 0) ^ 1
      const bad = verify({ ...bundle, [leaves]: changed })
      expect(bad.status).toBe(1)
      expect(bad.stdout + bad.stderr).toContain(leaves)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** Every stream of a PDF, and every part of a package, unpacked. */
function unpacked(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes)
  if (raw.subarray(0, 2).toString() === 'PK')
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString('utf8'))
      .join('\n')
  const streams = [...raw.toString('latin1').matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    try {
      return inflateSync(raw.subarray(index + mark.length)).toString('utf8')
    } catch {
      return ''
    }
  })
  return streams.join('\n')
}
