import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startObjectStore } from '../../../../../scripts/testing/object-store.ts'
import type { TestObjectStore } from '../../../../../scripts/testing/object-store.ts'
import { openObjectStore } from './index.ts'
import type { ObjectStore } from './index.ts'

const mebibyte = 1_048_576
let server: TestObjectStore
let store: ObjectStore
beforeEach(async () => {
  server = await startObjectStore({ pageSize: 3 })
  store = openObjectStore(server.settings, { mayBeLocal: true, pauseMs: 5 })
})
afterEach(async () => {
  store.close()
  await server.close()
  expect(server.mistakes).toEqual([])
})

async function* pieces(bytes: Uint8Array, size = 700_001): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}

describe('an object', () => {
  it.each(['plain.csv', 'ä ö/ü+&=?#%.csv', "a'(b)!*~/../c", 'folder//twice', '日本語/😀'])(
    'is written, seen, read and deleted under the name %s',
    async (key) => {
      const bytes = randomBytes(100_000)
      const written = await store.put(key, pieces(bytes), { type: 'text/csv' })
      expect(server.objects.get(key)?.type).toBe('text/csv')
      expect(await store.head(key)).toMatchObject({ key, bytes: 100_000, etag: written.etag })
      const { info, body } = await store.get(key)
      expect(info.etag).toBe(written.etag)
      expect((await whole(body)).equals(bytes)).toBe(true)
      expect((await store.list('')).objects.map((one) => one.key)).toEqual([key])
      await store.remove(key)
      expect(await store.head(key)).toBeNull()
      await expect(store.get(key)).rejects.toThrow('The object is not there.')
      await store.remove(key)
    },
  )

  it('may be empty', async () => {
    expect(await store.put('empty', pieces(new Uint8Array()))).toMatchObject({ bytes: 0 })
    expect(await whole((await store.get('empty')).body)).toHaveLength(0)
  })

  it('is read in parts, too', async () => {
    server.put('digits', '0123456789')
    const read = async (from: number, to?: number) =>
      (await whole((await store.get('digits', to === undefined ? { from } : { from, to })).body)).toString()
    expect(await read(4)).toBe('456789')
    expect(await read(2, 4)).toBe('234')
    expect(await read(8, 99)).toBe('89')
    expect((await store.get('digits', { from: 3, to: 3 })).info.bytes).toBe(10)
  })

  it('is listed in pages, each key once', async () => {
    const keys = Array.from({ length: 8 }, (_, n) => `in/${n} & <more>.csv`)
    for (const key of [...keys, 'out/1']) server.put(key, key)
    const first = await store.list('in/')
    expect(first.objects).toHaveLength(3)
    expect(first.next).not.toBeNull()
    const all: string[] = []
    for await (const { key } of store.listAll('in/')) all.push(key)
    expect(all).toEqual(keys)
  })
})

describe('an object of several parts', () => {
  const bytes = randomBytes(17 * mebibyte)

  it('is there whole or not at all', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield* pieces(bytes)
      throw new Error('the source ends')
    }
    await expect(store.put('large', broken())).rejects.toThrow('the source ends')
    expect(server.objects.has('large')).toBe(false)
    expect(server.uploads.size).toBe(0)
    const written = await store.put('large', pieces(bytes))
    expect(written.etag).toMatch(/-3$/)
    expect((await whole((await store.get('large')).body)).equals(bytes)).toBe(true)
  })

  it('fills its parts exactly', async () => {
    const even = bytes.subarray(0, 16 * mebibyte)
    expect((await store.put('even', pieces(even))).etag).toMatch(/-2$/)
    expect(server.objects.get('even')?.bytes.equals(even)).toBe(true)
  })

  it('goes on where an upload was cut off, and sends no part twice', async () => {
    let upload = ''
    const began = (id: string) => Promise.resolve(void (upload = id))
    server.fail(({ query }) => (query.get('partNumber') === '3' ? { status: 403, code: 'AccessDenied' } : undefined))
    await expect(store.put('large', pieces(bytes), { began })).rejects.toThrow('may not do this')
    expect(server.objects.has('large')).toBe(false)
    expect(server.uploads.get(upload)?.parts.size).toBe(2)
    server.fail(null)
    server.asked.length = 0
    await store.put('large', pieces(bytes), { began, upload })
    expect(server.asked.filter((line) => line.includes('partNumber='))).toEqual([
      `PUT large?partNumber=3&uploadId=${upload}`,
    ])
    expect(server.objects.get('large')?.bytes.equals(bytes)).toBe(true)
  })

  it('sends again what is another part now, and begins anew where the upload is no more', async () => {
    let upload = ''
    const began = (id: string) => Promise.resolve(void (upload = id))
    server.fail(({ query }) => (query.get('partNumber') === '2' ? { status: 403, code: 'AccessDenied' } : undefined))
    await expect(store.put('large', pieces(bytes), { began })).rejects.toThrow('may not do this')
    server.fail(null)
    const other = Buffer.from(bytes)
    other[0] = (other[0] ?? 0) ^ 1
    await store.put('large', pieces(other), { upload })
    expect(server.objects.get('large')?.bytes.equals(other)).toBe(true)
    await store.put('large', pieces(bytes), { upload: 'gone' })
    expect(server.objects.get('large')?.bytes.equals(bytes)).toBe(true)
    await store.abandon('large', 'gone')
  })

  it('is known to be there although the answer to its last request was lost', async () => {
    let isLost = false
    server.fail(({ method, query }) => {
      if (method !== 'POST' || !query.has('uploadId') || isLost) return undefined
      isLost = true
      // Done, but the answer never came.
      const [id] = server.uploads.keys()
      const parts = [...(server.uploads.get(id ?? '')?.parts.values() ?? [])]
      server.put('large', Buffer.concat(parts.map((part) => part.bytes)))
      return 'reset'
    })
    expect((await store.put('large', pieces(bytes))).bytes).toBe(bytes.length)
    expect(server.objects.get('large')?.bytes.equals(bytes)).toBe(true)
  })
})
