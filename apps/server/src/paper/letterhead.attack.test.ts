import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logoLimits } from '@art32/press'
import { makePng, pngChunk, pngSignature } from '../../../../scripts/testing/png.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { readPng } from './png.ts'

const text = (words: string) => pngChunk('tEXt', Buffer.from(words, 'latin1'))

describe('a picture', () => {
  it('is written anew without texts, and without what follows its end', () => {
    const plain = makePng()
    const found = readPng(makePng({ more: [text('Author\0Somebody')], after: Buffer.from('<script>') }), logoLimits)
    expect(found).toEqual({ width: 64, height: 32, bytes: plain })
  })

  it.each<[string, Buffer, string]>([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'not_a_png'],
    ['a GIF named as PNG', Buffer.from('GIF89a....'), 'not_a_png'],
    ['nothing', Buffer.alloc(0), 'not_a_png'],
    ['a signature alone', pngSignature, 'damaged'],
    ['a cut file', makePng().subarray(0, -20), 'damaged'],
    ['a changed byte', Buffer.from(makePng().map((byte, at) => (at === 60 ? byte ^ 1 : byte))), 'damaged'],
    ['too few rows', makePng({ rows: 31 }), 'damaged'],
    ['rows that swell', makePng({ width: 16, height: 16, rows: 400_000 }), 'damaged'],
    [
      'no pixels',
      Buffer.concat([pngSignature, makePng().subarray(8, 33), pngChunk('IEND', Buffer.alloc(0))]),
      'damaged',
    ],
    ['a picture too wide', makePng({ width: 1_201 }), 'too_large'],
    ['a point', makePng({ width: 1, height: 1 }), 'too_large'],
  ])('is not %s', (_what, file, problem) => {
    expect(readPng(file, logoLimits)).toEqual({ problem })
  })
})

let server: TestServer
let owner: Person
let member: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  const document = new TextEncoder().encode('# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n')
  const read = await owner.upload('/api/tenants/alpha/document/read?name=tom.md', document)
  const { document: draft } = (await read.json()) as { document: { id: string } }
  await owner.post('/api/tenants/alpha/document/adopt', { documentId: draft.id })
})
afterAll(() => server.stop())

const at = (operation: string) => `/api/tenants/alpha/letterhead/${operation}`
const sendLogo = (person: Person, file: Buffer) => person.upload(`${at('logo')}?name=logo.png`, file)
const show = async () => (await (await owner.get(at('show'))).json()) as { accent: object | null; logo: object | null }
const codeOf = async (answer: Promise<Response>) => {
  const { status, code } = (await (await answer).json()) as { status?: number; code?: string }
  return [status, code]
}
const bytesOf = async (file: string) =>
  Buffer.from(await (await fetch(`${server.local}/trust/alpha${file}`)).arrayBuffer())
const publish = async () => {
  const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
  return await (await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })).json()
}

describe('the letterhead', () => {
  it('is not there before somebody sets it', async () => {
    expect(await show()).toEqual({ accent: null, logo: null })
    expect(await publish()).toEqual({ number: 1 })
    expect((await bytesOf('')).toString()).not.toContain('<img')
    expect((await fetch(`${server.local}/trust/alpha/logo.png`)).status).toBe(404)
  })

  it('is set by who may draft editions of this tenant, and by nobody else', async () => {
    expect((await sendLogo(member, makePng())).status).toBe(403)
    expect((await sendLogo(stranger, makePng())).status).toBe(404)
    expect((await stranger.post(at('colour'), { colour: '#1d5b8c' })).status).toBe(404)
    expect((await stranger.get(at('show'))).status).toBe(404)
    expect(await show()).toEqual({ accent: null, logo: null })
  })

  it('refuses a colour that nobody can read, and names the nearest', async () => {
    const answer = await owner.post(at('colour'), { colour: '#ffd400' })
    const problem = (await answer.json()) as { code: string; detail: string }
    expect(problem.code).toBe('letterhead.too_pale')
    const nearest = /#[0-9a-f]{6}/.exec(problem.detail)?.[0]
    expect((await owner.post(at('colour'), { colour: nearest })).status).toBe(200)
    for (const colour of ['red', '#fff', '#12345g', 'url(//evil.example)', '#123456;}'])
      expect((await owner.post(at('colour'), { colour })).status).toBe(400)
  })

  it('refuses a file that is no PNG, is too heavy or too large', async () => {
    expect(await codeOf(sendLogo(owner, Buffer.from('<svg onload="alert(1)"/>')))).toEqual([
      422,
      'letterhead.not_a_png',
    ])
    expect(await codeOf(sendLogo(owner, makePng({ rows: 3 })))).toEqual([422, 'letterhead.damaged'])
    expect(await codeOf(sendLogo(owner, makePng({ width: 200, height: 100, noise: true })))).toEqual([
      422,
      'letterhead.too_large',
    ])
    expect((await show()).logo).toBeNull()
  })

  it('stands on page, PDF and Word document of the next edition, and the one before keeps its own', async () => {
    expect(await (await sendLogo(owner, makePng({ more: [text('Author\0Somebody')] }))).json()).toEqual({
      width: 64,
      height: 32,
    })
    expect((await owner.post(at('colour'), { colour: '#0A6D5A' })).status).toBe(200)
    const before = await bytesOf('/edition.json')
    expect(await publish()).toEqual({ number: 2 })
    expect(await bytesOf('/logo.png')).toEqual(makePng())
    const page = (await bytesOf('')).toString()
    expect(page.match(/<img[^>]*>/g)).toEqual([expect.stringContaining('src="/trust/alpha/logo.png"')])
    expect((await bytesOf('/style.css')).toString()).toContain('--accent:#0a6d5a')
    expect(JSON.parse(before.toString())).not.toHaveProperty('letterhead')
    expect((await bytesOf('/edition.docx')).includes('word/media/')).toBe(true)
    expect(imagesIn(await bytesOf('/edition.pdf'))).toBeGreaterThan(0)
    expect(imagesIn(await bytesOf('/edition-archive.pdf'))).toBeGreaterThan(0)
    const { editions } = (await (await owner.get('/api/tenants/alpha/edition/list')).json()) as {
      editions: { id: string; number: number | null }[]
    }
    const first = editions.find(({ number }) => number === 1)
    const pdf = await owner.get(`/api/tenants/alpha/edition/file?editionId=${first?.id}&format=pdf`)
    expect(imagesIn(Buffer.from(await pdf.arrayBuffer()))).toBe(0)
  })

  it('is not taken from a row that says something else than a picture and a colour', async () => {
    const { connections } = await server.registry.open('alpha')
    const before = await show()
    const client = await connections.connect()
    const forge = (logo: Buffer) => client.query('update letterhead set logo = $1', [logo.toString('base64')])
    await forge(Buffer.from('<svg onload="alert(1)"/>'))
    expect((await show()).logo).toBeNull()
    await forge(makePng({ more: [text('Author\0Somebody')] }))
    expect(await show()).toEqual(before)
    await expect(client.query(`update letterhead set accent = '#fff}'`)).rejects.toThrow(/letterhead_accent_check/)
    client.release()
  })

  it('is part of what is signed', async () => {
    const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
    expect((await owner.post(at('remove_logo'), {})).status).toBe(200)
    expect(await codeOf(owner.post('/api/tenants/alpha/edition/sign', { editionId: id }))).toEqual([
      409,
      'edition.changed_since',
    ])
    expect((await show()).logo).toBeNull()
    expect((await owner.post(at('colour'), { colour: null })).status).toBe(200)
    expect(await show()).toEqual({ accent: null, logo: null })
  })
})

/** Pictures in a PDF. */
function imagesIn(pdf: Buffer): number {
  const raw = pdf.toString('latin1')
  const packed = [...raw.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    try {
      return inflateSync(pdf.subarray(index + mark.length)).toString('latin1')
    } catch {
      return ''
    }
  })
  return [raw, ...packed].join('\n').match(/\/Subtype\s*\/Image/g)?.length ?? 0
}
